// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "presentation/DocumentFinder.h"
#include "presentation/PageDrawings.h"
#include "presentation/PageLinks.h"
#include "presentation/PageTexts.h"
#include "presentation/ReaderDocument.h"
#include "presentation/ReaderMarks.h"
#include "presentation/TextCollector.h"
#include "ui/reader/JumpList.h"
#include "ui/reader/ReaderBar.h"

#include <QHash>
#include <QWidget>

class QSplitter;
class QStackedWidget;

namespace lectern::ui {

class AnalysisSide;
class FindBar;
class PageCanvas;
class PasswordBar;
class Placeholder;
class SideBar;

/// The Reader: one document, its pages in one column. Remembers where each document was left, goes back and
/// forward over jumps, and says in words why there are no pages. Reads through the feed, draws through the
/// client. GUI thread. objectName "readerView".
class ReaderView final : public QWidget {
    Q_OBJECT

public:
    /// Of pictures of pages, all documents together.
    static constexpr qint64 kPageBytes = 128 * 1024 * 1024;
    static constexpr qint64 kThumbnailBytes = 16 * 1024 * 1024;

    ReaderView(presentation::WorkspaceClient &client, const base::Clock &clock,
               const ReaderBar::Actions &actions, QWidget *parent = nullptr);
    ~ReaderView() override;

    /// Shows a document at a page; 0 is where it was left, or its first page. `marks` are of that page.
    void open(domain::DocumentId id, int page = 0, const presentation::ReaderMarks &marks = {});
    [[nodiscard]] domain::DocumentId documentId() const { return m_document.id(); }
    [[nodiscard]] const presentation::ReaderDocument &document() const { return m_document; }
    [[nodiscard]] PageCanvas &canvas() { return *m_canvas; }
    [[nodiscard]] const PageCanvas &canvas() const { return *m_canvas; }
    [[nodiscard]] SideBar &sideBar() { return *m_side; }
    [[nodiscard]] int currentPage() const;
    [[nodiscard]] bool isCurrentPageFailed() const;
    /// Pages are shown.
    [[nodiscard]] bool isReading() const;

    /// A jump: it can be taken back.
    void goToPage(int page);
    void goBack();
    void goForward();
    [[nodiscard]] bool canGoBack() const { return m_jumps.canGoBack(); }
    [[nodiscard]] bool canGoForward() const { return m_jumps.canGoForward(); }
    void focusPageField();
    /// The find bar, with the chosen words in it.
    void openFind();
    /// To the next or previous place found; opens the bar when nothing is looked for.
    void findStep(bool forwards);
    [[nodiscard]] const presentation::DocumentFinder &finder() const { return m_finder; }
    void selectAll();
    void copySelection();
    void askPassword();
    /// Outline and thumbnails; the analysis of the page. Where there is little room first the analysis gives
    /// way and then the side bar, unless it is asked for all the same.
    void toggleSideBar();
    [[nodiscard]] bool showsSideBar() const;
    void toggleAnalysis();
    [[nodiscard]] bool showsAnalysis() const;
    /// Its parts that F6 goes through, in reading order.
    [[nodiscard]] QVector<QWidget *> regions() const;
    /// Follows a link as a click on it does.
    void follow(const domain::PageLink &link);
    /// Everything asked for has arrived.
    [[nodiscard]] bool isSettled() const;

Q_SIGNALS:
    /// The document, the page, the look, or where one can go: what commands depend on.
    void stateChanged();
    void settled();
    void commandRequested(const QString &command);
    void copyRequested(const QString &text);
    /// A link leads outside, to an address that the document states.
    void outsideRequested(const QString &address);
    /// A phrase or a name of the analysis was clicked.
    void searchRequested(const QString &text);
    void menuRequested(const QPoint &globalPosition, const QVector<lectern::domain::PageLink> &links);
    /// Something worth a line in the status bar.
    void said(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build(const ReaderBar::Actions &actions);
    void layOut();
    void connectParts();
    void connectText();
    void connectSides();
    void updateSides();
    void readOutline();
    void takeDocument();
    void showDocument();
    void showPage();
    void leave();
    void arrive();
    [[nodiscard]] ReaderSpot here() const;
    void goTo(const ReaderSpot &spot);
    void takeTypedPage(const QString &typed);
    void find(const QString &words, bool caseSensitive);
    void showCount();
    void tryPassword(const QString &password);
    void lookForLock(int page);

    presentation::WorkspaceClient &m_client;
    const base::Clock &m_clock;
    presentation::ReaderDocument m_document;
    presentation::PageDrawings m_drawings;
    presentation::PageTexts m_texts;
    presentation::DocumentFinder m_finder;
    presentation::TextCollector m_collector;
    presentation::PageLinks m_links;
    JumpList m_jumps;
    QHash<domain::DocumentId, PagePlace> m_left; ///< where documents were left
    PagePlace m_wanted;                          ///< where to go as soon as there are pages
    presentation::ReaderMarks m_wantedMarks;     ///< and what to mark there
    QVector<store::PageFrame> m_known;           ///< pages as they were when their texts were last read
    bool m_hadSelection = false;
    bool m_outlineAsked = false;
    /// A part beside the pages: wanted, and wanted although there is little room.
    struct Beside {
        bool wanted = true;
        bool forced = false;
    };
    Beside m_sideWish;
    Beside m_analysisWish;
    QString m_obstacleCommand;
    domain::DocumentId m_askedFor; ///< the document whose password was asked for unasked

    ReaderBar *m_bar = nullptr;
    PasswordBar *m_password = nullptr;
    FindBar *m_find = nullptr;
    PageCanvas *m_canvas = nullptr;
    Placeholder *m_obstacle = nullptr;
    QStackedWidget *m_stack = nullptr;
    QSplitter *m_splitter = nullptr;
    SideBar *m_side = nullptr;
    AnalysisSide *m_analysis = nullptr;
};

} // namespace lectern::ui
