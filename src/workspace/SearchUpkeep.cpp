// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/SearchUpkeep.h"

#include "store/Connection.h"
#include "store/Database.h"
#include "store/PageSearch.h"
#include "store/Writer.h"
#include "workspace/SearchablePage.h"

namespace lectern::workspace {

namespace {

constexpr int kPagesAtOnce = 256;
constexpr int kPagesPerWrite = 32;

} // namespace

SearchUpkeep::SearchUpkeep(store::Database &database, EmbeddingModels &models)
    : m_database(database), m_models(models), m_thread([this] { run(); })
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
    const base::Status serves =
        m_models.ensureServing(); // first: pages that are stored from now on get their jobs by themselves
    while (!m_stop.isCancelled()) {
        const auto indexed = indexSome();
        if (!indexed)
            return;
        if (*indexed == 0)
            break;
    }
    if (!serves || m_stop.isCancelled())
        return;
    const auto documents = m_models.makeMissing();
    Q_UNUSED(documents) // at the next start again
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
