// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/PageCells.h"

#include <QWidget>

#include <functional>

namespace lectern::ui {

/// Every page of a document as one small cell, in lines that wrap. Not mirrored for right-to-left languages.
/// Arrow keys, Home and End move; Return or a click activates. Each cell is a child for assistive programs.
/// objectName "pageStrip", accessible name as "Pages, 86, 2 failed".
class PageStrip final : public QWidget {
    Q_OBJECT

public:
    explicit PageStrip(QWidget *parent = nullptr);
    void setPages(const QVector<PageState> &states);
    void setPageState(int page, PageState state);
    [[nodiscard]] const PageCells &cells() const { return m_cells; }
    /// The selected page, 0 for none.
    [[nodiscard]] int currentPage() const { return m_current; }
    /// Selects without a signal; 0 or a page outside selects none.
    void setCurrentPage(int page);
    /// One more line for the tool tip of a page, for instance why it failed. Asked for only when shown.
    void setNoteProvider(std::function<QString(int page)> provider);
    /// The words of a cell: "Page 17: failed" or "Pages 33 to 36: 1 failed, 3 done".
    [[nodiscard]] QString cellText(int cell) const;
    [[nodiscard]] QRect cellRect(int cell) const;
    [[nodiscard]] int cellAt(const QPoint &position) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

Q_SIGNALS:
    /// The selection moved by key or click.
    void currentPageChanged(int page);
    /// Return or a double click: open that page.
    void pageActivated(int page);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    /// The words of a state, for one page (count -1) or as a number of pages.
    [[nodiscard]] static QString stateText(PageState state, int count);
    [[nodiscard]] int columns(int width) const;
    void selectCell(int cell);
    void paintCell(QPainter &painter, int cell) const;
    void updateName();

    PageCells m_cells;
    std::function<QString(int page)> m_note;
    int m_current = 0;
};

} // namespace lectern::ui
