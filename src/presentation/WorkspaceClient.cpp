// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/WorkspaceClient.h"

#include "base/CancelToken.h"

#include <QHash>
#include <QPointer>
#include <QThreadPool>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace lectern::presentation {

using workspace::Workspace;

namespace {

/// Holds the workspace between the lanes: they wait here until it is open, or known not to be.
class Gate {
public:
    void settle(base::Result<std::unique_ptr<Workspace>> opened)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (opened)
                m_workspace = std::move(*opened);
            else
                m_error = opened.error();
            m_settled = true;
        }
        m_changed.notify_all();
    }

    base::Result<Workspace *> wait()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_settled; });
        if (m_workspace == nullptr)
            return base::fail(m_error);
        return m_workspace.get();
    }

    /// Calls that have not begun answer Cancelled from now on.
    void refuse() { m_refused.store(true, std::memory_order_release); }
    [[nodiscard]] bool isRefusing() const { return m_refused.load(std::memory_order_acquire); }

    /// When no lane uses it any more.
    void closeWorkspace()
    {
        std::unique_ptr<Workspace> workspace;
        {
            const std::lock_guard lock(m_mutex);
            workspace = std::move(m_workspace);
            m_error = {base::ErrorCode::NotFound, QStringLiteral("the workspace is closed")};
        }
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::unique_ptr<Workspace> m_workspace;
    base::Error m_error;
    bool m_settled = false;
    std::atomic<bool> m_refused = false;
};

constexpr int kProblemPollMs = 1'000;

QImage imageOf(const domain::PageImage &page)
{
    // The pixels belong to the answer; the picture needs its own, since it lives on.
    const QImage view(reinterpret_cast<const uchar *>(page.pixels.constData()), page.width, page.height,
                      page.width * 4, QImage::Format_RGB32);
    return view.copy();
}

base::Result<RenderedPage> render(Workspace &workspace, const RenderRequest &request,
                                  const base::CancelToken &cancel)
{
    const base::Result<domain::PageImage> page = workspace.renderPage(
        request.document,
        {request.page, request.pixelsPerPoint, request.maxPixels, request.rotation, request.part}, cancel);
    if (!page)
        return base::fail(page.error());
    const qint64 expected = qint64{4} * page->width * page->height;
    if (page->width <= 0 || page->height <= 0 || page->pixels.size() < expected)
        return base::fail(base::ErrorCode::HelperProtocol, QStringLiteral("a picture of wrong size"));
    RenderedPage drawn{request, imageOf(*page), {}, page->pixelsPerPoint};
    if (request.part.isEmpty() && request.rotation == 0)
        drawn.thumbnail = PageThumbnails::smallOf(drawn.image);
    return drawn;
}

} // namespace

enum Lane { ControlLane, ReadingLane, DrawingLane, PasswordLane, LongLane, ModelLane, CostLane, LaneCount };

/// The threads, the workspace they use, and what is under way.
class WorkspaceClient::Lanes {
public:
    /// The newest request of a kind: an older one is told to stop, and its answer is dropped.
    struct Newest {
        base::CancelToken cancel;
        quint64 number = 0;
    };

    Lanes()
    {
        for (QThreadPool &pool : pools) {
            pool.setMaxThreadCount(1);
            pool.setExpiryTimeout(-1);
        }
        pools[DrawingLane].setMaxThreadCount(2);
        pools[ModelLane].setMaxThreadCount(8);
    }

    ~Lanes()
    {
        for (QThreadPool &pool : pools)
            pool.waitForDone();
    }

    Newest &renew(Newest &newest)
    {
        newest.cancel.cancel();
        newest.cancel = base::CancelToken();
        ++newest.number;
        return newest;
    }

    std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    base::CancelToken longTask;
    base::CancelToken models;
    int longTasks = 0;
    QHash<QString, Newest> renders;
    QHash<QString, Newest> questions;
    Newest searching;
    std::array<QThreadPool, LaneCount> pools; ///< last: they go first, while the rest still lives
};

WorkspaceClient::WorkspaceClient(const base::Clock &clock, QObject *parent)
    : QObject(parent), m_clock(clock), m_feed(new LibraryFeed(clock, this)),
      m_thumbnails(new PageThumbnails(this))
{
    m_problemTimer.setSingleShot(true);
    m_problemTimer.setInterval(kProblemPollMs);
    connect(&m_problemTimer, &QTimer::timeout, this, &WorkspaceClient::lookForProblem);
}

WorkspaceClient::~WorkspaceClient()
{
    if (m_lanes) {
        close();
        m_lanes.reset();
    }
}

void WorkspaceClient::open(const Workspace::Options &options)
{
    open([options, &clock = m_clock] { return Workspace::open(options, clock); });
}

void WorkspaceClient::open(Opener opener)
{
    if (m_state != State::Closed)
        return;
    m_state = State::Opening;
    m_lanes = std::make_unique<Lanes>();
    m_lanes->pools[ControlLane].start([this, gate = m_lanes->gate, opener = std::move(opener)] {
        gate->settle(opener());
        const base::Result<Workspace *> opened = gate->wait();
        base::Result<Found> found =
            opened ? base::Result<Found>(
                         Found{(*opened)->folder(), (*opened)->launchReport(), &(*opened)->database()})
                   : base::Result<Found>(base::fail(opened.error()));
        QMetaObject::invokeMethod(
            this, [this, found] { finishOpening(found); }, Qt::QueuedConnection);
    });
}

void WorkspaceClient::finishOpening(const base::Result<Found> &found)
{
    if (m_state != State::Opening)
        return;
    if (!found) {
        m_state = State::Closed;
        // Calls that were made meanwhile have their answer; nothing else uses the threads.
        m_lanes.reset();
        Q_EMIT openFailed(found.error());
        return;
    }
    m_state = State::Open;
    m_folder = found->folder;
    m_launchReport = found->report;
    m_feed->start(*found->database);
    m_problemTimer.start();
    Q_EMIT opened(m_launchReport);
}

void WorkspaceClient::close()
{
    if (m_state == State::Closed || m_state == State::Closing)
        return;
    m_state = State::Closing;
    m_problemTimer.stop();
    m_feed->stop();
    m_lanes->gate->refuse();
    cancelLongTasks();
    m_lanes->models.cancel();
    for (auto *newest : {&m_lanes->renders, &m_lanes->questions}) {
        for (Lanes::Newest &one : *newest)
            m_lanes->renew(one);
    }
    m_lanes->renew(m_lanes->searching);
    Lanes *lanes = m_lanes.get();
    lanes->pools[ControlLane].start([this, lanes] {
        for (int lane = ReadingLane; lane < LaneCount; ++lane)
            lanes->pools[static_cast<std::size_t>(lane)].waitForDone();
        lanes->gate->closeWorkspace();
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_lanes.reset();
                m_state = State::Closed;
                m_folder.clear();
                setProblem({});
                Q_EMIT closed();
            },
            Qt::QueuedConnection);
    });
}

WorkspaceClient::State WorkspaceClient::state() const
{
    return m_state;
}

QString WorkspaceClient::folder() const
{
    return m_folder;
}

const workspace::LaunchReport &WorkspaceClient::launchReport() const
{
    return m_launchReport;
}

LibraryFeed &WorkspaceClient::feed()
{
    return *m_feed;
}

const std::optional<base::Error> &WorkspaceClient::problem() const
{
    return m_problem;
}

template <class T, class Call>
void WorkspaceClient::submit(int lane, const QString &what, QObject *context, Then<T> then, Call call)
{
    const QPointer<QObject> alive(context);
    const bool changes = lane != DrawingLane && lane != ReadingLane && lane != CostLane;
    const auto answer = [this, what, alive, changes, hasContext = context != nullptr,
                         then = std::move(then)](base::Result<T> result) {
        QMetaObject::invokeMethod(
            this,
            [this, what, alive, changes, hasContext, then, result = std::move(result)] {
                if (changes)
                    m_feed->wake();
                if (hasContext && !alive)
                    return;
                if (then)
                    then(result);
                else if (!result && result.error().code != base::ErrorCode::Cancelled)
                    Q_EMIT failed(result.error(), what);
            },
            Qt::QueuedConnection);
    };
    if (!m_lanes || m_state == State::Closing) {
        answer(base::fail(base::ErrorCode::NotFound, QStringLiteral("no workspace is open")));
        return;
    }
    m_lanes->pools[static_cast<std::size_t>(lane)].start(
        [answer, call = std::move(call), gate = m_lanes->gate] {
            const base::Result<Workspace *> workspace = gate->wait();
            if (!workspace)
                answer(base::fail(workspace.error()));
            else if (gate->isRefusing())
                answer(base::fail(base::ErrorCode::Cancelled));
            else
                answer(call(**workspace));
        });
}

template <class T, class Call>
void WorkspaceClient::submitLong(const QString &what, QObject *context, Then<T> then, Call call)
{
    const base::CancelToken cancel = m_lanes ? m_lanes->longTask : base::CancelToken();
    countLongTask(1);
    // The count has to go down even when whoever asked is gone, so the client itself is the context.
    const QPointer<QObject> alive(context);
    submit<T>(
        LongLane, what, this,
        [this, what, alive, hasContext = context != nullptr,
         then = std::move(then)](const base::Result<T> &result) {
            countLongTask(-1);
            if (hasContext && !alive)
                return;
            if (then)
                then(result);
            else if (!result && result.error().code != base::ErrorCode::Cancelled)
                Q_EMIT failed(result.error(), what);
        },
        [call = std::move(call), cancel](Workspace &workspace) {
            return cancel.isCancelled() ? base::Result<T>(base::fail(base::ErrorCode::Cancelled))
                                        : call(workspace, cancel);
        });
}

void WorkspaceClient::countLongTask(int change)
{
    m_longTasks += change;
    Q_EMIT longTasksChanged(m_longTasks);
}

void WorkspaceClient::lookForProblem()
{
    // Asked on the reading lane, like every question; the next look waits for the answer to this one.
    using Problem = std::optional<base::Error>;
    submit<Problem>(
        ReadingLane, {}, this,
        [this](const base::Result<Problem> &problem) {
            if (m_state != State::Open)
                return;
            if (problem)
                setProblem(*problem);
            m_problemTimer.start();
        },
        [](Workspace &workspace) { return base::Result<Problem>(workspace.problem()); });
}

void WorkspaceClient::setProblem(const std::optional<base::Error> &problem)
{
    if (m_problem == problem)
        return;
    m_problem = problem;
    Q_EMIT problemChanged();
}

void WorkspaceClient::add(const QStringList &paths, domain::Goal goal, QObject *context,
                          Then<workspace::AddReport> then)
{
    submitLong<workspace::AddReport>(tr("Adding documents"), context, std::move(then),
                                     [paths, goal](Workspace &workspace, const base::CancelToken &cancel) {
                                         return workspace.add(paths, goal, cancel);
                                     });
}

void WorkspaceClient::verifySources(QObject *context, Then<int> then)
{
    submitLong<int>(tr("Looking for changed files"), context, std::move(then),
                    [](Workspace &workspace, const base::CancelToken &cancel) {
                        return workspace.verifySources(cancel);
                    });
}

void WorkspaceClient::diagnose(QObject *context, Then<QVector<Workspace::Finding>> then)
{
    submitLong<QVector<Workspace::Finding>>(
        tr("Checking the library"), context, std::move(then),
        [](Workspace &workspace, const base::CancelToken &) { return workspace.diagnose(); });
}

void WorkspaceClient::askModels(QObject *context, ModelCall call)
{
    submitCall(ModelLane, context, m_lanes ? m_lanes->models : base::CancelToken(), std::move(call),
               [] { return true; });
}

void WorkspaceClient::askCosts(QObject *context, ModelCall call)
{
    submitCall(CostLane, context, m_lanes ? m_lanes->models : base::CancelToken(), std::move(call),
               [] { return true; });
}

void WorkspaceClient::askNewest(const QString &question, QObject *context, ModelCall call)
{
    Lanes::Newest none;
    const Lanes::Newest newest = m_lanes ? m_lanes->renew(m_lanes->questions[question]) : none;
    submitCall(ModelLane, context, newest.cancel, std::move(call), [this, question, number = newest.number] {
        return !m_lanes || m_lanes->questions.value(question).number == number;
    });
}

void WorkspaceClient::submitCall(int lane, QObject *context, const base::CancelToken &cancel, ModelCall call,
                                 std::function<bool()> isWanted)
{
    using Answer = std::function<void()>;
    submit<Answer>(
        lane, {}, context,
        [isWanted = std::move(isWanted)](const base::Result<Answer> &answer) {
            if (answer && *answer && isWanted())
                (*answer)();
        },
        [call = std::move(call), cancel](Workspace &workspace) {
            return base::Result<Answer>(call(workspace, cancel));
        });
}

void WorkspaceClient::unlock(domain::DocumentId document, const QString &password, QObject *context,
                             Then<void> then)
{
    submit<void>(PasswordLane, tr("Opening with the password"), context, std::move(then),
                 [document, password](Workspace &workspace) { return workspace.unlock(document, password); });
}

void WorkspaceClient::tryPasswordOnOthers(const QString &password, QObject *context,
                                          Then<QVector<domain::DocumentId>> then)
{
    submit<QVector<domain::DocumentId>>(
        PasswordLane, tr("Trying the password on other documents"), context, std::move(then),
        [password](Workspace &workspace) { return workspace.tryPasswordOnOthers(password); });
}

void WorkspaceClient::cancelLongTasks()
{
    if (!m_lanes)
        return;
    m_lanes->longTask.cancel();
    m_lanes->longTask = base::CancelToken();
}

int WorkspaceClient::longTasks() const
{
    return m_longTasks;
}

void WorkspaceClient::pauseAll(bool paused, QObject *context, Then<void> then)
{
    submit<void>(ControlLane, paused ? tr("Pausing") : tr("Resuming"), context, std::move(then),
                 [paused](Workspace &workspace) { return workspace.pauseAll(paused); });
}

void WorkspaceClient::pauseDocuments(const QVector<domain::DocumentId> &documents, bool paused,
                                     QObject *context, Then<void> then)
{
    submit<void>(
        ControlLane, paused ? tr("Pausing") : tr("Resuming"), context, std::move(then),
        [documents, paused](Workspace &workspace) { return workspace.pauseDocuments(documents, paused); });
}

void WorkspaceClient::cancelDocuments(const QVector<domain::DocumentId> &documents, QObject *context,
                                      Then<void> then)
{
    submit<void>(ControlLane, tr("Stopping"), context, std::move(then),
                 [documents](Workspace &workspace) { return workspace.cancelDocuments(documents); });
}

void WorkspaceClient::retryDocuments(const QVector<domain::DocumentId> &documents, QObject *context,
                                     Then<int> then)
{
    submit<int>(ControlLane, tr("Trying again"), context, std::move(then),
                [documents](Workspace &workspace) { return workspace.retryDocuments(documents); });
}

void WorkspaceClient::retryPage(domain::DocumentId document, int page, QObject *context, Then<void> then)
{
    submit<void>(ControlLane, tr("Trying the page again"), context, std::move(then),
                 [document, page](Workspace &workspace) { return workspace.retryPage(document, page); });
}

void WorkspaceClient::runNext(const QVector<domain::DocumentId> &documents, QObject *context, Then<void> then)
{
    submit<void>(ControlLane, tr("Moving to the head of the queue"), context, std::move(then),
                 [documents](Workspace &workspace) { return workspace.runNext(documents); });
}

void WorkspaceClient::setPriority(const QVector<domain::DocumentId> &documents, domain::Priority priority,
                                  QObject *context, Then<void> then)
{
    submit<void>(
        ControlLane, tr("Changing the priority"), context, std::move(then),
        [documents, priority](Workspace &workspace) { return workspace.setPriority(documents, priority); });
}

void WorkspaceClient::remove(const QVector<domain::DocumentId> &documents, QObject *context, Then<void> then)
{
    submit<void>(ControlLane, tr("Removing documents"), context, std::move(then),
                 [documents](Workspace &workspace) { return workspace.remove(documents); });
}

void WorkspaceClient::restore(const QVector<domain::DocumentId> &documents, QObject *context, Then<void> then)
{
    submit<void>(ControlLane, tr("Restoring documents"), context, std::move(then),
                 [documents](Workspace &workspace) { return workspace.restore(documents); });
}

void WorkspaceClient::deleteForGood(const QVector<domain::DocumentId> &documents, QObject *context,
                                    Then<void> then)
{
    submit<void>(ControlLane, tr("Deleting documents"), context, std::move(then),
                 [documents](Workspace &workspace) { return workspace.deleteForGood(documents); });
}

template <class T, class Call>
void WorkspaceClient::submitNewest(const QString &view, const QString &what, QObject *context, Then<T> then,
                                   Call call)
{
    Lanes::Newest none;
    const Lanes::Newest newest = m_lanes ? m_lanes->renew(m_lanes->renders[view]) : none;
    submit<T>(
        DrawingLane, what, context,
        [this, view, number = newest.number, then = std::move(then)](const base::Result<T> &result) {
            if (!m_lanes || m_lanes->renders.value(view).number == number)
                then(result);
        },
        [call = std::move(call), cancel = newest.cancel](Workspace &workspace) {
            return cancel.isCancelled() ? base::Result<T>(base::fail(base::ErrorCode::Cancelled))
                                        : call(workspace, cancel);
        });
}

void WorkspaceClient::renderPage(const QString &view, const RenderRequest &request, QObject *context,
                                 Then<RenderedPage> then)
{
    submitNewest<RenderedPage>(
        view, tr("Drawing a page"), context,
        [this, request, then = std::move(then)](const base::Result<RenderedPage> &result) {
            if (result)
                m_thumbnails->keep(request.document, request.page, result->thumbnail);
            then(result);
        },
        [request](Workspace &workspace, const base::CancelToken &cancel) {
            return render(workspace, request, cancel);
        });
}

void WorkspaceClient::outline(const QString &view, domain::DocumentId document, QObject *context,
                              Then<QVector<domain::OutlineItem>> then)
{
    submitNewest<QVector<domain::OutlineItem>>(
        view, tr("Reading an outline"), context, std::move(then),
        [document](Workspace &workspace, const base::CancelToken &cancel) {
            return workspace.outline(document, cancel);
        });
}

void WorkspaceClient::links(const QString &view, domain::DocumentId document, int page, QObject *context,
                            Then<QVector<domain::PageLink>> then)
{
    submitNewest<QVector<domain::PageLink>>(
        view, tr("Reading links"), context, std::move(then),
        [document, page](Workspace &workspace, const base::CancelToken &cancel) {
            return workspace.links(document, page, cancel);
        });
}

void WorkspaceClient::cancelRender(const QString &view)
{
    if (m_lanes && m_lanes->renders.contains(view))
        m_lanes->renew(m_lanes->renders[view]);
}

void WorkspaceClient::search(const workspace::SearchRequest &request, QObject *context,
                             Then<workspace::SearchReport> then)
{
    using Report = workspace::SearchReport;
    Lanes::Newest none;
    const Lanes::Newest newest = m_lanes ? m_lanes->renew(m_lanes->searching) : none;
    submit<Report>(
        ReadingLane, tr("Searching"), context,
        [this, number = newest.number, then = std::move(then)](const base::Result<Report> &result) {
            if (!m_lanes || m_lanes->searching.number == number)
                then(result);
        },
        [request, cancel = newest.cancel](Workspace &workspace) {
            return cancel.isCancelled() ? base::Result<Report>(base::fail(base::ErrorCode::Cancelled))
                                        : workspace.search(request, cancel);
        });
}

} // namespace lectern::presentation
