// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/SearchUpkeep.h"

#include "store/Connection.h"
#include "store/Database.h"
#include "store/Embeddings.h"
#include "store/PageSearch.h"
#include "store/Writer.h"
#include "workspace/SearchablePage.h"

namespace lectern::workspace {

namespace {

constexpr int kPagesAtOnce = 256;
constexpr int kPagesPerWrite = 32;

} // namespace

SearchUpkeep::SearchUpkeep(store::Database &database, BuiltInEmbedder &embedder, std::function<void()> wake)
    : m_database(database), m_embedder(embedder), m_wake(std::move(wake)), m_thread([this] { run(); })
{
}

SearchUpkeep::~SearchUpkeep()
{
    m_stop.cancel();
    m_thread.join();
}

// An error (a full disk, a locked file) ends it: the pages that are left wait for the next start.
void SearchUpkeep::run()
{
    const auto space = this->space(); // first: pages that are stored from now on get their jobs by themselves
    while (!m_stop.isCancelled()) {
        const auto indexed = indexSome();
        if (!indexed)
            return;
        if (*indexed == 0)
            break;
    }
    if (space && !m_stop.isCancelled())
        enqueueMissing(*space);
}

std::optional<domain::SpaceId> SearchUpkeep::space()
{
    const auto embedder = m_embedder.embedder();
    if (!embedder)
        return std::nullopt; // searches by meaning say so
    const auto space = m_database.writer().run([&](store::Transaction &transaction) {
        return store::Embeddings::ensureSpace(transaction, BuiltInEmbedder::modelName(*embedder),
                                              embed::kDimensions, BuiltInEmbedder::language());
    });
    return space ? std::optional(space->id) : std::nullopt;
}

// Only what is put in takes the writer's time: looking takes a while in a large library.
void SearchUpkeep::enqueueMissing(domain::SpaceId space)
{
    const auto reader = m_database.openReader();
    const auto documents =
        reader ? store::Embeddings::incomplete(**reader, space) : base::fail(reader.error());
    if (!documents || documents->isEmpty())
        return;
    const base::Status added = m_database.writer().run(
        [&](store::Transaction &transaction) { return store::Embeddings::enqueue(transaction, *documents); });
    if (added)
        m_wake();
}

base::Result<int> SearchUpkeep::indexSome()
{
    const auto reader = m_database.openReader();
    if (!reader)
        return base::fail(reader.error());
    const auto pages = store::PageSearch::unindexed(**reader, kPagesAtOnce);
    if (!pages)
        return base::fail(pages.error());
    int indexed = 0;
    while (indexed < pages->size() && !m_stop.isCancelled()) {
        QVector<std::pair<domain::PageId, SearchablePage>> ready;
        for (; indexed < pages->size() && ready.size() < kPagesPerWrite; ++indexed) {
            const store::PageSearch::Unindexed &page = pages->at(indexed);
            ready.append({page.page, searchablePage(page.content, page.documentName, page.documentTitle)});
        }
        const base::Status written =
            m_database.writer().run([&](store::Transaction &transaction) -> base::Status {
                for (const auto &[page, searchable] : ready) {
                    const base::Status done = store::PageSearch::index(
                        transaction, page, searchable.columns, searchable.language, searchable.chunks);
                    if (!done)
                        return done;
                }
                return {};
            });
        if (!written)
            return base::fail(written.error());
    }
    return indexed;
}

} // namespace lectern::workspace
