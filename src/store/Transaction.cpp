// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Transaction.h"

#include "store/Failure.h"
#include "store/Settlement.h"
#include "store/Statement.h"

#include <sqlite3.h>

#include <algorithm>

namespace lectern::store {

namespace {

constexpr const char *kBegin = "BEGIN IMMEDIATE";
constexpr const char *kCommit = "COMMIT";
constexpr const char *kRollback = "ROLLBACK";
constexpr const char *kSavepoint = "SAVEPOINT closure";
constexpr const char *kRelease = "RELEASE closure";
constexpr const char *kRollbackTo = "ROLLBACK TO closure";

constexpr const char *kNextChange =
    "UPDATE change_counter SET value = value + 1 WHERE id = 1 RETURNING value";

constexpr const char *kDocumentsOfJobs =
    "SELECT DISTINCT document_id FROM job WHERE id IN (SELECT value FROM json_each(?))";

} // namespace

Transaction::Transaction(const Connection &connection, const base::Clock &clock)
    : Connection(connection.state()), m_clock(clock)
{
}

void Transaction::touch(domain::DocumentId document)
{
    // Most closures of a batch are about the document of the one before.
    if (m_touched.size() > m_touchedBefore && m_touched.constLast() == document)
        return;
    m_touched.append(document);
}

void Transaction::begin()
{
    m_touched.clear();
    m_touchedJobs.clear();
    m_touchedBefore = 0;
    m_touchedJobsBefore = 0;
    m_workspaceTouched = false;
    m_workspaceTouchedBefore = false;
    rollback(); // in case the last one could not be undone
    execute(*this, kBegin);
    m_nowMs = m_clock.nowMs();
}

void Transaction::savepoint()
{
    execute(*this, kSavepoint);
    m_touchedBefore = m_touched.size();
    m_touchedJobsBefore = m_touchedJobs.size();
    m_workspaceTouchedBefore = m_workspaceTouched;
}

void Transaction::release()
{
    execute(*this, kRelease);
}

bool Transaction::rollbackToSavepoint()
{
    if (!isOpen())
        return false;
    const auto undone = attempt([&] {
        execute(*this, kRollbackTo);
        execute(*this, kRelease);
    });
    m_touched.resize(m_touchedBefore);
    m_touchedJobs.resize(m_touchedJobsBefore);
    m_workspaceTouched = m_workspaceTouchedBefore;
    return undone.has_value();
}

void Transaction::settleTouched()
{
    if (!m_touchedJobs.isEmpty()) {
        m_touched += readRows(
            *this, kDocumentsOfJobs, [](const Statement &row) { return row.id<domain::DocumentId>(0); },
            jsonArray(m_touchedJobs));
    }
    if (m_touched.isEmpty() && !m_workspaceTouched)
        return;
    const qint64 change = readInteger(*this, kNextChange).value_or(0);
    std::sort(m_touched.begin(), m_touched.end());
    m_touched.erase(std::unique(m_touched.begin(), m_touched.end()), m_touched.end());
    for (const domain::DocumentId document : std::as_const(m_touched))
        settle(*this, document, change);
}

void Transaction::commit()
{
    execute(*this, kCommit);
}

void Transaction::rollback()
{
    // After some errors SQLite has rolled back by itself; then there is nothing to undo.
    if (!isOpen())
        return;
    Statement statement(*this, kRollback);
    statement.run();
}

bool Transaction::isOpen()
{
    return sqlite3_get_autocommit(sqliteHandle(*this)) == 0;
}

} // namespace lectern::store
