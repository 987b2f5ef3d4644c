// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Document.h"
#include "presentation/WorkspaceClient.h"

#include <QWidget>

#include <optional>

class QScrollArea;
class QStackedWidget;
class QToolButton;

namespace lectern::presentation {
class PageListModel;
}

namespace lectern::ui {

class AnalysisPanel;
class ElidedLabel;
class PageImageView;
class PageStrip;
class SegmentedControl;
class TextPanel;

/// The pages of a document: the strip, and of the chosen page its picture, its analysis and its text. Reads
/// through the feed and draws through the client; the newest choice wins. GUI thread. objectName "pagePanel".
class PagePanel final : public QWidget {
    Q_OBJECT

public:
    explicit PagePanel(presentation::WorkspaceClient &client, QWidget *parent = nullptr);
    ~PagePanel() override;
    /// The document as it is now. Another one than before starts at its first page; one without an id
    /// empties.
    void setDocument(const domain::Document &document);
    [[nodiscard]] int currentPage() const { return m_page; }
    [[nodiscard]] bool isCurrentPageFailed() const;
    void goToPage(int page);
    void goToFirstFailed();
    void showText();
    void focusFind();
    /// Something of the page is still being read or drawn.
    [[nodiscard]] bool isBusy() const { return m_reading || m_drawing; }

Q_SIGNALS:
    void pageChanged();
    void retryRequested();
    /// The page is to be read in full.
    void openRequested(int page);
    /// isBusy() is false now.
    void settled();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    [[nodiscard]] QWidget *buildHead();
    void updateStrip();
    void choosePage(int page);
    void readPage();
    void takePage(const domain::PageRecord &record);
    void showRecord(const domain::PageRecord &record);
    void draw();
    void takePicture(const base::Result<presentation::RenderedPage> &result);
    void showPageError(const base::Error &error, bool canRetry);
    void finishStep();

    presentation::WorkspaceClient &m_client;
    presentation::PageListModel *m_pages;
    domain::Document m_document;
    int m_page = 0;
    std::optional<domain::PageState> m_shownState;
    domain::PageRecord m_record;
    bool m_reading = false;
    bool m_drawing = false;
    bool m_stale = false;        ///< changed while hidden
    bool m_failedWanted = false; ///< go to the first failed page as soon as the states are known

    PageStrip *m_strip = nullptr;
    QScrollArea *m_stripArea = nullptr;
    ElidedLabel *m_heading = nullptr;
    ElidedLabel *m_state = nullptr;
    QToolButton *m_previous = nullptr;
    QToolButton *m_next = nullptr;
    QToolButton *m_open = nullptr;
    PageImageView *m_picture = nullptr;
    SegmentedControl *m_choice = nullptr;
    QStackedWidget *m_stack = nullptr;
    AnalysisPanel *m_analysis = nullptr;
    TextPanel *m_text = nullptr;
};

} // namespace lectern::ui
