// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vectors/Kernels.h"
#include "vectors/VectorCode.h"
#include "vectors/VectorLayout.h"

#include <array>
#include <atomic>
#include <memory>
#include <vector>

namespace lectern::vectors {

/// Up to kSlots vectors, one after the other. One thread adds and removes; any number of threads may read at
/// the same time: a slot below count() never changes, and only its mark of being removed may be set.
class VectorBlock {
public:
    static constexpr int kSlots = 1024;

    explicit VectorBlock(std::shared_ptr<const VectorLayout> layout);

    [[nodiscard]] int count() const { return m_count.load(std::memory_order_acquire); }
    [[nodiscard]] bool isFull() const { return count() == kSlots; }
    [[nodiscard]] int removed() const { return m_removedCount; } ///< for the writing thread
    [[nodiscard]] qint64 bytes() const;
    [[nodiscard]] const VectorLayout &layout() const { return *m_layout; }

    [[nodiscard]] qint64 id(int slot) const { return m_ids[static_cast<size_t>(slot)]; }
    [[nodiscard]] qint64 document(int slot) const { return m_documents[static_cast<size_t>(slot)]; }
    [[nodiscard]] bool isRemoved(int slot) const;
    /// In how many signs each of `count` vectors from `slot` on differs from the query.
    void differences(const quint64 *query, int slot, int count, quint16 *results) const;
    /// Inner product with the query, which must be padded as the layout says.
    [[nodiscard]] float product(const qint16 *query, int slot) const;
    /// Makes the product of this slot quicker when it is asked for soon.
    void fetch(int slot) const;
    [[nodiscard]] VectorCode code(int slot) const;

    /// Returns the slot. The block must not be full.
    int add(qint64 id, qint64 document, const VectorCode &code);
    void remove(int slot);

private:
    const std::shared_ptr<const VectorLayout> m_layout;
    const Kernels &m_kernels = kernels();
    std::vector<quint64> m_signs;
    std::vector<qint8> m_upper;
    std::vector<quint8> m_lower;
    std::array<float, kSlots> m_steps{};
    std::array<qint64, kSlots> m_ids{};
    std::array<qint64, kSlots> m_documents{};
    std::array<std::atomic<quint64>, kSlots / 64> m_removed{};
    std::atomic<int> m_count = 0;
    int m_removedCount = 0;
};

} // namespace lectern::vectors
