// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Clock.h"
#include "domain/Document.h"
#include "presentation/LibraryFeed.h"
#include "presentation/PageThumbnails.h"
#include "presentation/Then.h"
#include "workspace/Workspace.h"

#include <QImage>
#include <QObject>
#include <QRect>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <QVector>

#include <functional>
#include <memory>
#include <optional>

namespace lectern::presentation {

/// What is to be drawn of a page.
struct RenderRequest {
    domain::DocumentId document;
    int page = 0;
    double pixelsPerPoint = 1;
    int maxPixels = 8'000'000;
    int rotation = 0; ///< clockwise, on top of the page's own
    QRect part = {};  ///< in pixels of the whole page; empty: all of it

    friend bool operator==(const RenderRequest &, const RenderRequest &) = default;
};

/// A drawn page, ready for the screen.
struct RenderedPage {
    RenderRequest request;
    QImage image;     ///< RGB32, device pixel ratio 1
    QImage thumbnail; ///< of a whole page that was not turned; see PageThumbnails
    double pixelsPerPoint =
        0; ///< what it was drawn with; smaller than asked for when the size had to be bounded
};

/// The window's way to the workspace. Lives on the GUI thread and never blocks it: every call returns at once
/// and is done on one of seven lanes, each with threads of its own, so that a long import never holds up a
/// pause:
///   control    pause, cancel, retry, priority, remove … in the order of the calls
///   reading    search, newest wins
///   drawing    renderPage, outline, links, two at once
///   passwords  unlock, tryPasswordOnOthers, in order
///   long       add, verifySources, diagnose, in order
///   models     askModels, eight at once: they may wait for servers
///   costs      askCosts, in order: never behind a server that does not answer
/// Calls made before the workspace is open wait for it. `then` is called on the GUI thread if `context` still
/// lives; an error of a call without `then` is told by failed().
class WorkspaceClient final : public QObject {
    Q_OBJECT

public:
    enum class State { Closed, Opening, Open, Closing };
    /// Makes the workspace; the default is Workspace::open. Called on the control lane.
    using Opener = std::function<base::Result<std::unique_ptr<workspace::Workspace>>()>;

    explicit WorkspaceClient(const base::Clock &clock, QObject *parent = nullptr);
    /// Closes and waits.
    ~WorkspaceClient() override;

    // Open and close.
    void open(const workspace::Workspace::Options &options);
    void open(Opener opener);
    /// Stops the feed, asks long tasks to end, closes the workspace (running pages are finished first) and
    /// then emits closed(). Returns at once.
    void close();
    [[nodiscard]] State state() const;
    /// Empty until opened() was emitted.
    [[nodiscard]] QString folder() const;
    [[nodiscard]] const workspace::LaunchReport &launchReport() const;
    [[nodiscard]] LibraryFeed &feed();
    /// Small pictures of pages that were drawn since the program began.
    [[nodiscard]] PageThumbnails &thumbnails() { return *m_thumbnails; }
    /// Why nothing can be stored at the moment (disk full, read-only), looked at every second; nothing when
    /// all is well.
    [[nodiscard]] const std::optional<base::Error> &problem() const;

    // Long.
    void add(const QStringList &paths, domain::Goal goal, QObject *context = nullptr,
             Then<workspace::AddReport> then = {});
    void verifySources(QObject *context = nullptr, Then<int> then = {});
    /// The password leaves memory when the workspace closes.
    void unlock(domain::DocumentId document, const QString &password, QObject *context = nullptr,
                Then<void> then = {});
    void tryPasswordOnOthers(const QString &password, QObject *context = nullptr,
                             Then<QVector<domain::DocumentId>> then = {});
    void diagnose(QObject *context, Then<QVector<workspace::Workspace::Finding>> then);
    /// Ends the long task under way and those that wait; they answer with Cancelled.
    void cancelLongTasks();
    /// Long tasks under way or waiting.
    [[nodiscard]] int longTasks() const;

    // Control.
    void pauseAll(bool paused, QObject *context = nullptr, Then<void> then = {});
    void pauseDocuments(const QVector<domain::DocumentId> &documents, bool paused, QObject *context = nullptr,
                        Then<void> then = {});
    void cancelDocuments(const QVector<domain::DocumentId> &documents, QObject *context = nullptr,
                         Then<void> then = {});
    /// Empty: every document with a failure. Answers how many jobs start again.
    void retryDocuments(const QVector<domain::DocumentId> &documents, QObject *context = nullptr,
                        Then<int> then = {});
    void retryPage(domain::DocumentId document, int page, QObject *context = nullptr, Then<void> then = {});
    void runNext(const QVector<domain::DocumentId> &documents, QObject *context = nullptr,
                 Then<void> then = {});
    void setPriority(const QVector<domain::DocumentId> &documents, domain::Priority priority,
                     QObject *context = nullptr, Then<void> then = {});
    void remove(const QVector<domain::DocumentId> &documents, QObject *context = nullptr,
                Then<void> then = {});
    void restore(const QVector<domain::DocumentId> &documents, QObject *context = nullptr,
                 Then<void> then = {});
    void deleteForGood(const QVector<domain::DocumentId> &documents, QObject *context = nullptr,
                       Then<void> then = {});

    /// Asks about models and money. `call` runs on a thread of the models lane; what it returns is run on the
    /// GUI thread, under the same conditions as a `then`. Its token is set when the workspace closes.
    using ModelCall = std::function<std::function<void()>(workspace::Workspace &, const base::CancelToken &)>;
    void askModels(QObject *context, ModelCall call);
    /// The same for questions of which only the newest counts: the one of this name that is under way is told
    /// to stop, and its answer is dropped.
    void askNewest(const QString &question, QObject *context, ModelCall call);
    /// The same for what only reads the books.
    void askCosts(QObject *context, ModelCall call);

    // Drawing and searching: the newest request of a `view` (a name chosen by the caller, as "detail") wins;
    // the one under way is told to stop, and an older one is dropped without an answer.
    void renderPage(const QString &view, const RenderRequest &request, QObject *context,
                    Then<RenderedPage> then);
    void cancelRender(const QString &view);
    /// The document's own outline. `view` as for renderPage(), of its own.
    void outline(const QString &view, domain::DocumentId document, QObject *context,
                 Then<QVector<domain::OutlineItem>> then);
    /// What can be clicked on a page. `view` as for renderPage(), of its own.
    void links(const QString &view, domain::DocumentId document, int page, QObject *context,
               Then<QVector<domain::PageLink>> then);
    void search(const workspace::SearchRequest &request, QObject *context,
                Then<workspace::SearchReport> then);

Q_SIGNALS:
    void opened(const lectern::workspace::LaunchReport &report);
    void openFailed(const lectern::base::Error &error);
    void closed();
    /// Something asked for without a `then` could not be done. `what` is what was tried, as a phrase for
    /// people: "Pausing", "Removing documents".
    void failed(const lectern::base::Error &error, const QString &what);
    void longTasksChanged(int count);
    /// problem() came, changed or went away.
    void problemChanged();

private:
    class Lanes;
    /// What the control lane learned of the workspace.
    struct Found {
        QString folder;
        workspace::LaunchReport report;
        store::Database *database = nullptr;
    };
    void finishOpening(const base::Result<Found> &found);
    template <class T, class Call>
    void submit(int lane, const QString &what, QObject *context, Then<T> then, Call call);
    /// On the drawing lane: the newest of a view wins.
    template <class T, class Call>
    void submitNewest(const QString &view, const QString &what, QObject *context, Then<T> then, Call call);
    template <class T, class Call>
    void submitLong(const QString &what, QObject *context, Then<T> then, Call call);
    void submitCall(int lane, QObject *context, const base::CancelToken &cancel, ModelCall call,
                    std::function<bool()> isWanted);
    void countLongTask(int change);
    void lookForProblem();
    void setProblem(const std::optional<base::Error> &problem);

    const base::Clock &m_clock;
    LibraryFeed *m_feed;
    PageThumbnails *m_thumbnails;
    std::unique_ptr<Lanes> m_lanes;
    State m_state = State::Closed;
    int m_longTasks = 0;
    QTimer m_problemTimer;
    std::optional<base::Error> m_problem;
    QString m_folder;
    workspace::LaunchReport m_launchReport;
};

} // namespace lectern::presentation
