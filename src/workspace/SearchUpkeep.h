// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "domain/Ids.h"
#include "workspace/BuiltInEmbedder.h"

#include <functional>
#include <optional>
#include <thread>

namespace lectern::store {
class Database;
}

namespace lectern::workspace {

/// Brings what searches need up to date once a workspace is open: indexes pages that the full-text index
/// lacks (after an upgrade that changed how text is normalised), newest first, and puts in jobs for chunks
/// that have no vector of the built-in embedding. Works on a thread of its own, in small writes, so that it
/// holds nobody up; what is done stays done when the program ends before.
class SearchUpkeep {
public:
    /// `wake` is called on the thread of its own when jobs were put in.
    SearchUpkeep(store::Database &database, BuiltInEmbedder &embedder, std::function<void()> wake);
    /// Stops and waits.
    ~SearchUpkeep();
    SearchUpkeep(const SearchUpkeep &) = delete;
    SearchUpkeep &operator=(const SearchUpkeep &) = delete;

private:
    void run();
    /// How many pages were indexed.
    [[nodiscard]] base::Result<int> indexSome();
    /// The space of the built-in embedding; nothing when there is no such embedding.
    [[nodiscard]] std::optional<domain::SpaceId> space();
    void enqueueMissing(domain::SpaceId space);

    store::Database &m_database;
    BuiltInEmbedder &m_embedder;
    std::function<void()> m_wake;
    base::CancelToken m_stop;
    std::thread m_thread;
};

} // namespace lectern::workspace
