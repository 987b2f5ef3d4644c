// SPDX-License-Identifier: GPL-3.0-or-later
#include "vectors/VectorBlock.h"

#include <algorithm>
#include <utility>

namespace lectern::vectors {

namespace {

/// Where slot's part begins in an array with so many elements for each.
size_t placeOf(int slot, int each)
{
    return static_cast<size_t>(slot) * static_cast<size_t>(each);
}

} // namespace

VectorBlock::VectorBlock(std::shared_ptr<const VectorLayout> layout)
    : m_layout(std::move(layout)), m_signs(placeOf(kSlots, m_layout->signWords)),
      m_upper(placeOf(kSlots, m_layout->padded)), m_lower(placeOf(kSlots, m_layout->padded / 4))
{
}

qint64 VectorBlock::bytes() const
{
    const size_t arrays = m_signs.size() * sizeof(quint64) + m_upper.size() + m_lower.size();
    return static_cast<qint64>(arrays) + qint64{sizeof *this};
}

bool VectorBlock::isRemoved(int slot) const
{
    const quint64 bits = m_removed[static_cast<size_t>(slot) / 64].load(std::memory_order_relaxed);
    return (bits >> (slot % 64) & 1) != 0;
}

void VectorBlock::fetch(int slot) const
{
    constexpr int line = 64;
    const int padded = m_layout->padded;
    for (int i = 0; i < padded; i += line)
        __builtin_prefetch(m_upper.data() + placeOf(slot, padded) + i);
    for (int i = 0; i < padded / 4; i += line)
        __builtin_prefetch(m_lower.data() + placeOf(slot, padded / 4) + i);
}

void VectorBlock::differences(const quint64 *query, int slot, int count, quint16 *results) const
{
    const int words = m_layout->signWords;
    m_kernels.differences(query, m_signs.data() + placeOf(slot, words), words, count, results);
}

float VectorBlock::product(const qint16 *query, int slot) const
{
    const int padded = m_layout->padded;
    const qint32 product = m_kernels.product(query, m_upper.data() + placeOf(slot, padded),
                                             m_lower.data() + placeOf(slot, padded / 4), padded);
    return static_cast<float>(product) * m_steps[static_cast<size_t>(slot)];
}

VectorCode VectorBlock::code(int slot) const
{
    const int padded = m_layout->padded;
    VectorCode code{m_steps[static_cast<size_t>(slot)], std::vector<qint16>(static_cast<size_t>(padded))};
    unpackNumbers(m_upper.data() + placeOf(slot, padded), m_lower.data() + placeOf(slot, padded / 4),
                  code.numbers);
    code.numbers.resize(m_layout->centre.size());
    return code;
}

int VectorBlock::add(qint64 id, qint64 document, const VectorCode &code)
{
    const int slot = m_count.load(std::memory_order_relaxed);
    const int padded = m_layout->padded;
    std::vector<qint16> numbers = code.numbers;
    numbers.resize(static_cast<size_t>(padded));
    packNumbers(numbers, m_upper.data() + placeOf(slot, padded), m_lower.data() + placeOf(slot, padded / 4));
    m_layout->signsOf(code.numbers, code.step, m_signs.data() + placeOf(slot, m_layout->signWords));
    m_steps[static_cast<size_t>(slot)] = code.step;
    m_ids[static_cast<size_t>(slot)] = id;
    m_documents[static_cast<size_t>(slot)] = document;
    m_count.store(slot + 1, std::memory_order_release);
    return slot;
}

void VectorBlock::remove(int slot)
{
    m_removed[static_cast<size_t>(slot) / 64].fetch_or(quint64{1} << (slot % 64), std::memory_order_relaxed);
    ++m_removedCount;
}

} // namespace lectern::vectors
