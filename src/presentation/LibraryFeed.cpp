// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/LibraryFeed.h"

#include "presentation/SnapshotReader.h"

#include <QPointer>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <functional>

namespace lectern::presentation {

namespace {

/// Reading may take this part of the thread's time at most; in a huge workspace polls become rarer instead.
constexpr qint64 kRestPerWork = 3;

using Read = std::function<void(const base::Result<store::Connection *> &)>;

} // namespace

/// Lives on the reading thread. Everything but the constructor, the destructor and post() runs there.
class LibraryFeed::Worker final : public QObject {
public:
    using Deliver = std::function<void(LibraryDelta, LibrarySnapshot)>;
    using Report = std::function<void(base::Error)>;

    Worker(store::Database &database, const base::Clock &clock, Deliver deliver, Report report)
        : m_database(database), m_clock(clock), m_deliver(std::move(deliver)), m_report(std::move(report))
    {
        m_thread.setObjectName(QStringLiteral("library-feed"));
        moveToThread(&m_thread);
        m_thread.start();
        QMetaObject::invokeMethod(
            this, [this] { begin(); }, Qt::QueuedConnection);
    }

    ~Worker() override
    {
        m_stopping.store(true, std::memory_order_release);
        QMetaObject::invokeMethod(
            this, [this] { end(); }, Qt::QueuedConnection);
        m_thread.wait();
    }

    /// Thread-safe.
    void post(Read read)
    {
        QMetaObject::invokeMethod(
            this,
            [this, read = std::move(read)] {
                if (!m_stopping.load(std::memory_order_acquire))
                    read(reader());
            },
            Qt::QueuedConnection);
    }
    void wake()
    {
        QMetaObject::invokeMethod(
            this, [this] { poll(); }, Qt::QueuedConnection);
    }
    /// The GUI thread has taken the last delta. Thread-safe.
    void delivered() { m_delivered.store(true, std::memory_order_release); }

private:
    void begin()
    {
        m_timer = std::make_unique<QTimer>();
        m_timer->setInterval(kPollMs);
        m_timer->setTimerType(Qt::PreciseTimer);
        connect(m_timer.get(), &QTimer::timeout, this, [this] { poll(); });
        m_timer->start();
        poll();
    }

    void end()
    {
        m_timer.reset();
        m_snapshots.reset();
        m_reader.reset();
        m_thread.quit();
    }

    base::Result<store::Connection *> reader()
    {
        if (!m_reader) {
            base::Result<std::unique_ptr<store::Connection>> opened = m_database.openReader();
            if (!opened)
                return base::fail(opened.error());
            m_reader = std::move(*opened);
            m_snapshots = std::make_unique<SnapshotReader>(*m_reader);
        }
        return m_reader.get();
    }

    void poll()
    {
        if (m_stopping.load(std::memory_order_acquire) || !m_delivered.load(std::memory_order_acquire))
            return;
        const qint64 started = m_clock.monotonicMs();
        if (started < m_restUntil)
            return;
        if (const base::Result<store::Connection *> connection = reader(); !connection) {
            report(connection.error());
            return;
        }
        base::Result<std::optional<SnapshotReader::News>> news = m_snapshots->read(m_clock.nowMs());
        if (!news) {
            report(news.error());
            return;
        }
        m_reported = base::ErrorCode::None;
        if (!*news)
            return;
        m_restUntil = started + (m_clock.monotonicMs() - started) * (1 + kRestPerWork);
        m_delivered.store(false, std::memory_order_release);
        m_deliver(std::move((*news)->delta), std::move((*news)->snapshot));
    }

    void report(const base::Error &error)
    {
        if (error.code == m_reported)
            return;
        m_reported = error.code;
        m_report(error);
    }

    store::Database &m_database;
    const base::Clock &m_clock;
    Deliver m_deliver;
    Report m_report;
    QThread m_thread;
    std::atomic<bool> m_stopping = false;
    std::atomic<bool> m_delivered = true;
    std::unique_ptr<QTimer> m_timer;
    std::unique_ptr<store::Connection> m_reader;
    std::unique_ptr<SnapshotReader> m_snapshots;
    qint64 m_restUntil = 0;
    base::ErrorCode m_reported = base::ErrorCode::None;
};

LibraryFeed::LibraryFeed(const base::Clock &clock, QObject *parent) : QObject(parent), m_clock(clock) {}

LibraryFeed::~LibraryFeed()
{
    stop();
}

void LibraryFeed::start(store::Database &database)
{
    if (m_worker)
        return;
    const quint64 session = ++m_session;
    auto deliver = [this, session](LibraryDelta delta, LibrarySnapshot snapshot) {
        QMetaObject::invokeMethod(
            this,
            [this, session, delta = std::move(delta), snapshot = std::move(snapshot)] {
                if (session == m_session)
                    this->deliver(delta, snapshot);
            },
            Qt::QueuedConnection);
    };
    auto report = [this, session](const base::Error &error) {
        QMetaObject::invokeMethod(
            this,
            [this, session, error] {
                if (session == m_session)
                    Q_EMIT readFailed(error);
            },
            Qt::QueuedConnection);
    };
    m_worker = std::make_unique<Worker>(database, m_clock, std::move(deliver), std::move(report));
}

void LibraryFeed::stop()
{
    ++m_session;
    m_worker.reset();
}

bool LibraryFeed::isStarted() const
{
    return m_worker != nullptr;
}

void LibraryFeed::wake()
{
    if (m_worker)
        m_worker->wake();
}

void LibraryFeed::deliver(const LibraryDelta &delta, const LibrarySnapshot &snapshot)
{
    // The delta's listeners already ask for the state of the workspace, so it has to be the new one.
    m_snapshot = snapshot;
    Q_EMIT changed(delta);
    Q_EMIT snapshotChanged(m_snapshot);
    if (m_worker)
        m_worker->delivered();
}

template <class T, class Call> void LibraryFeed::ask(QObject *context, Then<T> then, Call call)
{
    const quint64 session = m_session;
    const QPointer<QObject> alive(context);
    const auto answer = [this, session, alive, hasContext = context != nullptr,
                         then = std::move(then)](base::Result<T> result) {
        QMetaObject::invokeMethod(
            this,
            [this, session, alive, hasContext, then, result = std::move(result)] {
                if (session == m_session && (!hasContext || alive))
                    then(result);
            },
            Qt::QueuedConnection);
    };
    if (!m_worker) {
        answer(base::fail(base::ErrorCode::NotFound, QStringLiteral("no workspace is open")));
        return;
    }
    m_worker->post([answer, call = std::move(call)](const base::Result<store::Connection *> &connection) {
        answer(connection ? call(**connection) : base::Result<T>(base::fail(connection.error())));
    });
}

void LibraryFeed::find(const store::Library::DocumentQuery &query, QObject *context,
                       Then<FoundDocuments> then)
{
    findEach({query}, {0}, context, std::move(then));
}

void LibraryFeed::findEach(const QVector<store::Library::DocumentQuery> &queries, const QVector<int> &limits,
                           QObject *context, Then<FoundDocuments> then)
{
    ask<FoundDocuments>(context, std::move(then),
                        [queries, limits, &clock = m_clock](store::Connection &connection) {
                            return SnapshotReader::findEach(connection, queries, limits, clock);
                        });
}

void LibraryFeed::documents(const QVector<domain::DocumentId> &ids, QObject *context,
                            Then<QVector<domain::Document>> then)
{
    ask<QVector<domain::Document>>(context, std::move(then), [ids](store::Connection &connection) {
        return store::Library::documents(connection, ids);
    });
}

void LibraryFeed::document(domain::DocumentId id, QObject *context, Then<domain::Document> then)
{
    ask<domain::Document>(context, std::move(then), [id](store::Connection &connection) {
        return store::Library::document(connection, id);
    });
}

void LibraryFeed::places(domain::DocumentId id, QObject *context, Then<QVector<store::Place>> then)
{
    ask<QVector<store::Place>>(context, std::move(then), [id](store::Connection &connection) {
        return store::Library::places(connection, id);
    });
}

void LibraryFeed::departures(domain::DocumentId id, QObject *context,
                             Then<QVector<store::UsageReport::Departure>> then)
{
    ask<QVector<store::UsageReport::Departure>>(
        context, std::move(then),
        [id](store::Connection &connection) { return store::UsageReport::departures(connection, id); });
}

void LibraryFeed::pageStates(domain::DocumentId id, QObject *context, Then<QByteArray> then)
{
    ask<QByteArray>(context, std::move(then), [id](store::Connection &connection) {
        return store::Library::pageStates(connection, id);
    });
}

void LibraryFeed::pages(domain::DocumentId id, int after, int limit, QObject *context,
                        Then<QVector<domain::Page>> then)
{
    ask<QVector<domain::Page>>(context, std::move(then), [id, after, limit](store::Connection &connection) {
        return store::Library::pages(connection, id, after, limit);
    });
}

void LibraryFeed::page(domain::DocumentId id, int number, QObject *context, Then<domain::PageRecord> then)
{
    ask<domain::PageRecord>(context, std::move(then), [id, number](store::Connection &connection) {
        return store::Library::page(connection, id, number);
    });
}

void LibraryFeed::frames(domain::DocumentId id, QObject *context, Then<QVector<store::PageFrame>> then)
{
    ask<QVector<store::PageFrame>>(context, std::move(then), [id](store::Connection &connection) {
        return store::Reading::frames(connection, id);
    });
}

void LibraryFeed::words(domain::DocumentId id, int after, int limit, QObject *context,
                        Then<QVector<store::PageWords>> then)
{
    ask<QVector<store::PageWords>>(context, std::move(then),
                                   [id, after, limit](store::Connection &connection) {
                                       return store::Reading::words(connection, id, after, limit);
                                   });
}

void LibraryFeed::occurrences(domain::DocumentId id, const text::Occurrences &what, int after, int limit,
                              QObject *context, Then<QVector<PageHits>> then)
{
    ask<QVector<PageHits>>(
        context, std::move(then),
        [id, what, after, limit](store::Connection &connection) -> base::Result<QVector<PageHits>> {
            const auto pages = store::Reading::words(connection, id, after, limit);
            if (!pages)
                return base::fail(pages.error());
            QVector<PageHits> found;
            for (const store::PageWords &page : *pages) {
                auto hits = what.in(page.text, kHitLimit);
                if (!hits.isEmpty())
                    found.append({page.number, std::move(hits)});
            }
            return found;
        });
}

void LibraryFeed::problems(domain::DocumentId id, int limit, QObject *context,
                           Then<QVector<ProblemPage>> then)
{
    ask<QVector<ProblemPage>>(context, std::move(then), [id, limit](store::Connection &connection) {
        return SnapshotReader::problems(connection, id, limit);
    });
}

void LibraryFeed::jobs(const store::JobFilter &filter, QObject *context, Then<QVector<domain::Job>> then)
{
    ask<QVector<domain::Job>>(context, std::move(then), [filter](store::Connection &connection) {
        return store::JobQueue::list(connection, filter);
    });
}

void LibraryFeed::log(domain::DocumentId id, int limit, QObject *context, Then<QVector<store::JobEvent>> then)
{
    ask<QVector<store::JobEvent>>(context, std::move(then), [id, limit](store::Connection &connection) {
        base::Result<QVector<store::JobEvent>> events =
            store::JobQueue::log(connection, id, std::min(limit, kLogLimit));
        if (events)
            std::sort(events->begin(), events->end(),
                      [](const auto &a, const auto &b) { return a.id > b.id; });
        return events;
    });
}

} // namespace lectern::presentation
