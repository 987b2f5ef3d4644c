// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "workspace/EmbeddingModels.h"

#include <thread>

namespace lectern::store {
class Database;
}

namespace lectern::workspace {

/// Brings what searches need up to date once a workspace is open: indexes pages that the full-text index
/// lacks (after an upgrade that changed how text is normalised), newest first, and puts in jobs for chunks
/// that have no vector. Works on a thread of its own, in small writes, so that it holds nobody up; what is
/// done stays done when the program ends before.
class SearchUpkeep {
public:
    SearchUpkeep(store::Database &database, EmbeddingModels &models);
    /// Stops and waits.
    ~SearchUpkeep();
    SearchUpkeep(const SearchUpkeep &) = delete;
    SearchUpkeep &operator=(const SearchUpkeep &) = delete;

private:
    void run();
    /// How many pages were indexed.
    [[nodiscard]] base::Result<int> indexSome();

    store::Database &m_database;
    EmbeddingModels &m_models;
    base::CancelToken m_stop;
    std::thread m_thread;
};

} // namespace lectern::workspace
