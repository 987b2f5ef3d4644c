// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <functional>

class QAction;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace lectern::ui {

class ElidedLabel;

/// The row above the pages: the document's name, back and forward, the page, the zoom. Its buttons are the
/// window's commands. GUI thread. objectName "readerBar".
class ReaderBar final : public QWidget {
    Q_OBJECT

public:
    /// The action of a command by its id.
    using Actions = std::function<QAction &(const QString &command)>;

    explicit ReaderBar(const Actions &actions, QWidget *parent = nullptr);
    void setTitle(const QString &title);
    /// `page` as in "17 (xv)", `count` as in "86"; both empty while there are no pages.
    void setPage(const QString &page, const QString &count);
    /// 1.0 = 100 %.
    void setZoom(double zoom);
    void focusPage();
    /// What was typed leads to no page.
    void refusePage();

Q_SIGNALS:
    /// A page was typed: its number or its label.
    void pageTyped(const QString &page);
    /// A zoom was chosen from the list.
    void zoomChosen(double zoom);
    /// Esc in the page field, or Return with nothing typed: the keyboard belongs to the pages again.
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QToolButton *addButton(QHBoxLayout &row, const QString &command, const char *name);
    void buildPageField(QHBoxLayout &row);
    void buildZoom(QHBoxLayout &row);
    void showPage();

    Actions m_actions;
    ElidedLabel *m_title;
    QLineEdit *m_page;
    QLabel *m_count;
    QToolButton *m_zoom;
    QString m_pageText;
};

} // namespace lectern::ui
