// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Connection.h"

#include "base/Clock.h"
#include "domain/Ids.h"

#include <QVector>

namespace lectern::store {

/// The write transaction that is open on the writer's connection: usable wherever a Connection is asked for.
/// Made by the Writer alone; valid inside a closure, on the writer's thread.
class Transaction final : public Connection {
public:
    /// One moment for everything that is written together: milliseconds since 1970-01-01 UTC.
    [[nodiscard]] qint64 nowMs() const { return m_nowMs; }

    /// A document changed, or the last of its jobs may have ended. Before the commit each such document gets
    /// the transaction's change number and, when nothing of it is live any more, its final state.
    void touch(domain::DocumentId document);

    /// The same for the document of a job. Finding it is left for the commit, which asks once for all of its
    /// jobs.
    void touchDocumentOf(domain::JobId job) { m_touchedJobs.append(job); }

    /// Something changed that belongs to no document (a pause of everything, a document that is gone).
    void touchWorkspace() { m_workspaceTouched = true; }

private:
    friend class WriterThread;

    Transaction(const Connection &connection, const base::Clock &clock);

    void begin(); ///< throws Failure; WorkspaceLocked at once when another process writes
    void savepoint();
    void release();
    /// Undoes what was done since savepoint(); false when SQLite has already undone the whole transaction.
    [[nodiscard]] bool rollbackToSavepoint();
    void settleTouched(); ///< before commit()
    void commit();
    void rollback();
    [[nodiscard]] bool isOpen();

    const base::Clock &m_clock;
    qint64 m_nowMs = 0;
    QVector<domain::DocumentId> m_touched;
    QVector<domain::JobId> m_touchedJobs;
    qsizetype m_touchedBefore = 0; ///< this and the next two: at the savepoint
    qsizetype m_touchedJobsBefore = 0;
    bool m_workspaceTouchedBefore = false;
    bool m_workspaceTouched = false;
};

} // namespace lectern::store
