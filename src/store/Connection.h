// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QString>

#include <memory>
#include <optional>

class QSqlQuery;
struct sqlite3;

namespace lectern::store {

/// One connection to a workspace's database. It belongs to the thread that opened it, and to no other: its
/// statements are prepared once and kept for as long as it lives.
class Connection {
public:
    enum class Access { ReadOnly, ReadWrite };
    struct Options {
        QString file;
        Access access = Access::ReadOnly;
        int busyTimeoutMs = 5'000;
    };

    /// Errors: those of openError() in Statement.h.
    [[nodiscard]] static base::Result<std::unique_ptr<Connection>> open(const Options &options);

    virtual ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// Changes whenever any other connection, of this process or another, has committed. Takes microseconds.
    [[nodiscard]] base::Result<qint64> dataVersion();

protected:
    struct State;
    /// A second face of the same connection; see Transaction.
    explicit Connection(std::shared_ptr<State> state);
    [[nodiscard]] const std::shared_ptr<State> &state() const { return m_state; }

private:
    friend class Statement;
    friend class Transaction;
    friend sqlite3 *sqliteHandle(Connection &connection);

    std::shared_ptr<State> m_state;
};

/// SQLite's own handle, for the few things Qt has no call for. Owned by the connection.
[[nodiscard]] sqlite3 *sqliteHandle(Connection &connection);

} // namespace lectern::store
