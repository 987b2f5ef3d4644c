// SPDX-License-Identifier: GPL-3.0-or-later
#include "vectors/VectorIndex.h"

#include "vectors/VectorSearch.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace lectern::vectors {

namespace {

/// The centre is taken when the index has this size, and again whenever it has grown so many times.
constexpr qsizetype kFirstCentre = VectorBlock::kSlots;
constexpr qsizetype kGrowth = 16;
constexpr qsizetype kSample = 4096; ///< vectors that the centre is taken from

} // namespace

/// Searches that began before a change share it with those that began after.
struct VectorIndex::State {
    std::shared_ptr<const VectorLayout> layout;
    std::vector<std::shared_ptr<VectorBlock>> blocks; ///< all but the last are full

    [[nodiscard]] bool hasRoom() const { return !blocks.empty() && !blocks.back()->isFull(); }
    void makeRoom() { blocks.push_back(std::make_shared<VectorBlock>(layout)); }
    /// Those of removed vectors too.
    [[nodiscard]] qsizetype slotsInUse() const
    {
        return blocks.empty()
                   ? 0
                   : static_cast<qsizetype>(blocks.size() - 1) * VectorBlock::kSlots + blocks.back()->count();
    }
};

VectorIndex::VectorIndex(int dimensions)
    : m_dimensions(dimensions), m_centreAt(kFirstCentre),
      m_state(std::make_shared<const State>(State{std::make_shared<const VectorLayout>(dimensions), {}}))
{
}

std::shared_ptr<const VectorIndex::State> VectorIndex::state() const
{
    const std::scoped_lock lock(m_reading);
    return m_state;
}

/// Searches that begin from now on see this.
void VectorIndex::publish(State state)
{
    auto shared = std::make_shared<const State>(std::move(state));
    const std::scoped_lock lock(m_reading);
    m_state.swap(shared);
}

qsizetype VectorIndex::size() const
{
    const std::scoped_lock lock(m_changing);
    return m_places.size();
}

qint64 VectorIndex::bytes() const
{
    const std::scoped_lock lock(m_changing);
    auto sum = static_cast<qint64>(sizeof *this);
    for (const auto &block : state()->blocks)
        sum += block->bytes();
    // QHash: two bytes for each place that it has, and some room beside its nodes.
    constexpr qint64 node = sizeof(qint64) + sizeof(Place);
    return sum + m_places.capacity() * 2 + m_places.size() * node * 5 / 4;
}

base::Status VectorIndex::add(qint64 id, qint64 document, QByteArrayView code)
{
    const base::Result<VectorCode> decoded = decodeVector(code);
    if (!decoded)
        return base::fail(decoded.error());
    const auto dimensions = static_cast<int>(decoded->numbers.size());
    if (dimensions != m_dimensions)
        return base::fail(base::ErrorCode::InvalidArgument,
                          QStringLiteral("%1 dimensions among %2").arg(dimensions).arg(m_dimensions));
    const std::scoped_lock lock(m_changing);
    if (!state()->hasRoom()) {
        State larger = *state();
        larger.makeRoom();
        publish(std::move(larger));
    }
    VectorBlock &block = *state()->blocks.back();
    const Place place{&block, block.add(id, document, *decoded)};
    const Place before = m_places.value(id);
    m_places.insert(id, place);
    if (before.block)
        before.block->remove(before.slot);
    tidy();
    return {};
}

bool VectorIndex::remove(qint64 id)
{
    const std::scoped_lock lock(m_changing);
    const Place place = m_places.take(id);
    if (!place.block)
        return false;
    place.block->remove(place.slot);
    tidy();
    return true;
}

qsizetype VectorIndex::removeDocument(qint64 document)
{
    const std::scoped_lock lock(m_changing);
    const qsizetype before = m_places.size();
    for (const auto &block : state()->blocks) {
        for (int slot = 0; slot < block->count(); ++slot) {
            if (block->document(slot) == document && !block->isRemoved(slot)) {
                block->remove(slot);
                m_places.remove(block->id(slot));
            }
        }
    }
    tidy();
    return before - m_places.size();
}

/// Keeps the signs telling, and the slots of removed vectors below a quarter of all.
void VectorIndex::tidy()
{
    const std::shared_ptr<const State> now = state();
    if (m_places.size() >= m_centreAt) {
        m_centreAt = m_places.size() * kGrowth;
        if (now->layout->signWords > 0)
            rebuild(centredLayout());
        return;
    }
    const qsizetype removed = now->slotsInUse() - m_places.size();
    if (removed > std::max<qsizetype>(VectorBlock::kSlots, m_places.size() / 3))
        rebuild(now->layout);
}

/// Copies the vectors that are not removed into new blocks, but for blocks that are as they should be.
/// Searches under way go on with the old ones.
void VectorIndex::rebuild(const std::shared_ptr<const VectorLayout> &layout)
{
    const std::shared_ptr<const State> now = state();
    const auto stays = [&](const std::shared_ptr<VectorBlock> &block) {
        return layout == now->layout && block->isFull() && block->removed() == 0;
    };
    State fresh{layout, {}};
    std::copy_if(now->blocks.begin(), now->blocks.end(), std::back_inserter(fresh.blocks), stays);
    for (const auto &block : now->blocks) {
        for (int slot = 0; slot < block->count() && !stays(block); ++slot) {
            if (block->isRemoved(slot))
                continue;
            if (!fresh.hasRoom())
                fresh.makeRoom();
            VectorBlock &copy = *fresh.blocks.back();
            m_places[block->id(slot)] = {&copy,
                                         copy.add(block->id(slot), block->document(slot), block->code(slot))};
        }
    }
    publish(std::move(fresh));
}

/// Counts signs from the mean of a sample.
std::shared_ptr<const VectorLayout> VectorIndex::centredLayout() const
{
    const std::shared_ptr<const State> now = state();
    std::vector<double> sums(static_cast<size_t>(m_dimensions));
    const qsizetype inUse = now->slotsInUse();
    qsizetype taken = 0;
    for (qsizetype at = 0; at < inUse; at += std::max<qsizetype>(1, inUse / kSample)) {
        const VectorBlock &block = *now->blocks[static_cast<size_t>(at / VectorBlock::kSlots)];
        const auto slot = static_cast<int>(at % VectorBlock::kSlots);
        if (block.isRemoved(slot))
            continue;
        const VectorCode code = block.code(slot);
        for (size_t i = 0; i < sums.size(); ++i)
            sums[i] += static_cast<double>(static_cast<float>(code.numbers[i]) * code.step);
        ++taken;
    }
    auto layout = std::make_shared<VectorLayout>(m_dimensions);
    std::transform(sums.begin(), sums.end(), layout->centre.begin(), [taken](double sum) {
        return static_cast<float>(sum / static_cast<double>(std::max<qsizetype>(taken, 1)));
    });
    return layout;
}

base::Result<QVector<VectorHit>> VectorIndex::search(std::span<const float> query, int count,
                                                     const VectorFilter &filter,
                                                     const base::CancelToken &cancel) const
{
    if (query.size() != static_cast<size_t>(m_dimensions) || count < 1 || count > kMostHits)
        return base::fail(base::ErrorCode::InvalidArgument,
                          QStringLiteral("%1 dimensions, %2 hits").arg(query.size()).arg(count));
    const std::shared_ptr<const State> now = state();
    const std::optional<Query> numbers = Query::make(query, *now->layout);
    if (!numbers)
        return base::fail(base::ErrorCode::InvalidArgument, QStringLiteral("a query without a direction"));
    VectorSearch search(*numbers, *now->layout, count, filter);
    std::optional<QVector<VectorHit>> hits = search.run(now->blocks, cancel);
    if (!hits)
        return base::fail(base::ErrorCode::Cancelled);
    return *std::move(hits);
}

} // namespace lectern::vectors
