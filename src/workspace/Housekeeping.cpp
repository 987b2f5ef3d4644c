// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/Housekeeping.h"

#include "store/Connection.h"
#include "store/Database.h"
#include "store/Embeddings.h"
#include "store/Library.h"
#include "store/Writer.h"

namespace lectern::workspace {

using store::Library;
using store::Transaction;

namespace {

constexpr int kAtOnce = 500;
constexpr qint64 kKeptMs = 30LL * 24 * 3600 * 1000;

base::Status emptyOldTrash(store::Database &database, qint64 before)
{
    const auto reader = database.openReader();
    const auto old = reader ? Library::trashedBefore(**reader, before) : base::fail(reader.error());
    if (!old)
        return base::fail(old.error());
    if (old->isEmpty())
        return {};
    return database.writer().run([&](Transaction &transaction) { return Library::purge(transaction, *old); });
}

/// `forget` takes so many at once, and says how many it looked at.
template <class Forget> base::Status inSteps(store::Database &database, Forget forget)
{
    while (true) {
        const base::Result<int> looked =
            database.writer().run([&](Transaction &transaction) { return forget(transaction, kAtOnce); });
        if (!looked)
            return base::fail(looked.error());
        if (*looked < kAtOnce)
            return {};
    }
}

} // namespace

base::Status throwOldThingsAway(store::Database &database, const base::Clock &clock)
{
    const qint64 before = clock.nowMs() - kKeptMs;
    return emptyOldTrash(database, before)
        .and_then([&] {
            return inSteps(database, [before](Transaction &transaction, int limit) {
                return Library::purgeAnswers(transaction, before, limit);
            });
        })
        .and_then([&] {
            return inSteps(database, [before](Transaction &transaction, int limit) {
                return store::Embeddings::forgetKept(transaction, before, limit);
            });
        });
}

} // namespace lectern::workspace
