// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Connection.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <memory>
#include <thread>

namespace lectern::store {

/// What the faces of one connection share. Private to this module.
struct Connection::State {
    struct Prepared {
        std::unique_ptr<QSqlQuery> query;
        bool busy = false;
    };

    State() = default;
    ~State();
    State(const State &) = delete;
    State &operator=(const State &) = delete;

    QSqlDatabase database;
    QString name;
    QString file;
    /// By the address of the SQL constant: each statement is written in one place.
    QHash<const void *, std::shared_ptr<Prepared>> prepared;
    std::thread::id owner = std::this_thread::get_id();
};

} // namespace lectern::store
