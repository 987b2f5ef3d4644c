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

/// A page is as near as its nearest chunk and the nearest three of it in the mean: one that goes on about it
/// comes before one with a sentence of it, and what else a long page speaks of does not count.
class Cosines {
public:
    /// The nearest first.
    void add(const store::ChunkPlace &place, double cosine)
    {
        if (m_count == 0) {
            m_nearest = &place;
            m_best = cosine;
        }
        if (m_count == kCounted)
            return;
        m_sum += cosine;
        ++m_count;
    }
    [[nodiscard]] NearPage page() const { return {*m_nearest, (m_best + m_sum / m_count) / 2}; }

private:
    static constexpr int kCounted = 3;

    const store::ChunkPlace *m_nearest = nullptr;
    double m_best = 0;
    double m_sum = 0;
    int m_count = 0;
};

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

base::Result<QVector<domain::PageId>>
MeaningIndex::nearest(store::Connection &reader, std::span<const float> question,
                      const std::optional<QVector<domain::DocumentId>> &in, int limit,
                      const base::CancelToken &cancel)
{
    const std::shared_ptr<State> state = this->state();
    if (!state)
        return QVector<domain::PageId>();
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
    QVector<domain::ChunkId> ids;
    QSet<qint64> gone;
    for (const VectorHit &hit : *hits) {
        ids.append(domain::ChunkId{hit.id});
        gone.insert(hit.id);
    }
    const auto places = store::Embeddings::places(reader, ids);
    if (!places)
        return base::fail(places.error());
    QSet<qint64> seen;
    QVector<domain::PageId> pages;
    for (const store::ChunkPlace &place : *places) {
        gone.remove(place.id.value);
        if (seen.contains(place.page.value) || pages.size() >= limit)
            continue;
        seen.insert(place.page.value);
        pages.append(place.page);
    }
    for (const qint64 chunk : std::as_const(gone))
        state->index.remove(chunk);
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
    QHash<qint64, const store::ChunkPlace *> places;
    QSet<qint64> documents;
    for (const store::ChunkPlace &chunk : *chunks) {
        places.insert(chunk.id.value, &chunk);
        documents.insert(chunk.document.value);
    }
    if (places.isEmpty())
        return QVector<NearPage>();
    vectors::VectorFilter filter;
    filter.documents = std::move(documents);
    filter.accepts = [&places](qint64 id, qint64) { return places.contains(id); };
    const int count = std::min(static_cast<int>(places.size()), vectors::VectorIndex::kMostHits);
    const auto hits = state->index.search(question, count, filter, cancel);
    if (!hits)
        return base::fail(hits.error());
    QHash<qint64, Cosines> byPage;
    for (const VectorHit &hit : *hits) // best first
        byPage[places.value(hit.id)->page.value].add(*places.value(hit.id), static_cast<double>(hit.score));
    QVector<NearPage> near;
    for (const Cosines &cosines : std::as_const(byPage))
        near.append(cosines.page());
    std::sort(near.begin(), near.end(), [](const NearPage &a, const NearPage &b) {
        return a.score != b.score ? a.score > b.score : a.chunk.page < b.chunk.page;
    });
    return near;
}

} // namespace lectern::workspace
