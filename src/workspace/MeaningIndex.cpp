// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/MeaningIndex.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace lectern::workspace {

using base::ErrorCode;
using vectors::VectorHit;

namespace {

/// Chunks looked at for each page that is wanted: a page has several.
constexpr int kChunksPerPage = 4;
constexpr int kFewestChunks = 200;

} // namespace

std::shared_ptr<MeaningIndex::State> MeaningIndex::state()
{
    const std::lock_guard lock(m_reading);
    return m_state;
}

base::Status MeaningIndex::update(store::Connection &reader, const domain::EmbeddingSpace &space,
                                  const base::CancelToken &cancel)
{
    const std::lock_guard updating(m_updating);
    std::shared_ptr<State> state = this->state();
    if (!state || state->space != space.id) {
        state = std::make_shared<State>(space);
        const std::lock_guard lock(
            m_reading); // at once: what was read before a cancelled search is not read again
        m_state = state;
    }
    base::Status kept;
    const base::Status read =
        store::Embeddings::read(reader, space.id, state->readTo, [&](const store::StoredVector &vector) {
            kept = state->index.add(vector.chunk.value, vector.document.value, vector.code);
            // A damaged vector is as good as none.
            if (!kept && kept.error().code == ErrorCode::Database)
                kept = {};
            state->readTo = vector.id;
            return kept && !cancel.isCancelled();
        });
    if (!read)
        return read;
    if (!kept)
        return kept;
    return cancel.isCancelled() ? base::fail(ErrorCode::Cancelled) : base::Status();
}

base::Result<QVector<NearPage>> MeaningIndex::pagesOf(store::Connection &reader, State &state,
                                                      const QVector<VectorHit> &hits) const
{
    QVector<domain::ChunkId> ids;
    QHash<qint64, double> cosines;
    for (const VectorHit &hit : hits) {
        ids.append(domain::ChunkId{hit.id});
        cosines.insert(hit.id, hit.score);
    }
    const auto places = store::Embeddings::places(reader, ids);
    if (!places)
        return base::fail(places.error());
    QSet<qint64> seenPages;
    QVector<NearPage> pages;
    for (const store::ChunkPlace &place : *places) {
        const double cosine = cosines.take(place.id.value);
        if (seenPages.contains(place.page.value))
            continue; // its best chunk came first
        seenPages.insert(place.page.value);
        pages.append({place, cosine});
    }
    for (auto gone = cosines.constBegin(); gone != cosines.constEnd(); ++gone)
        state.index.remove(gone.key());
    return pages;
}

base::Result<QVector<NearPage>> MeaningIndex::nearest(store::Connection &reader,
                                                      std::span<const float> question,
                                                      const std::optional<QVector<domain::DocumentId>> &in,
                                                      int limit, const base::CancelToken &cancel)
{
    const std::shared_ptr<State> state = this->state();
    if (!state)
        return QVector<NearPage>();
    vectors::VectorFilter filter;
    if (in) {
        QSet<qint64> documents;
        for (const domain::DocumentId document : *in)
            documents.insert(document.value);
        filter.documents = std::move(documents);
    }
    const int chunks = std::clamp(limit * kChunksPerPage, kFewestChunks, vectors::VectorIndex::kMostHits);
    const auto hits = state->index.search(question, chunks, filter, cancel);
    if (!hits)
        return base::fail(hits.error());
    auto pages = pagesOf(reader, *state, *hits);
    if (pages && pages->size() > limit)
        pages->resize(limit);
    return pages;
}

base::Result<QVector<NearPage>> MeaningIndex::nearness(store::Connection &reader,
                                                       std::span<const float> question,
                                                       const QVector<domain::PageId> &pages,
                                                       const base::CancelToken &cancel)
{
    const std::shared_ptr<State> state = this->state();
    if (!state || pages.isEmpty())
        return QVector<NearPage>();
    const auto chunks = store::Embeddings::chunksOf(reader, pages);
    if (!chunks)
        return base::fail(chunks.error());
    QSet<qint64> ids;
    QSet<qint64> documents;
    for (const store::ChunkPlace &chunk : *chunks) {
        ids.insert(chunk.id.value);
        documents.insert(chunk.document.value);
    }
    if (ids.isEmpty())
        return QVector<NearPage>();
    vectors::VectorFilter filter;
    filter.documents = std::move(documents);
    filter.accepts = [&ids](qint64 id, qint64) { return ids.contains(id); };
    const int count = std::min(static_cast<int>(ids.size()), vectors::VectorIndex::kMostHits);
    const auto hits = state->index.search(question, count, filter, cancel);
    return hits ? pagesOf(reader, *state, *hits) : base::fail(hits.error());
}

} // namespace lectern::workspace
