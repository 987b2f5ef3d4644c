// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArrayView>

#include <string_view>
#include <vector>

namespace lectern::models {

/// The vocabulary of a byte-pair encoding: byte sequences, each with its rank, which is also its token.
/// Immutable, so any thread may read it. For o200k_base it takes 3.1 MB besides the packed bytes.
class TokenRanks {
public:
    /// `packed` holds, in the order of ranks, one length byte and the bytes of each sequence. It is read in
    /// place: it must outlive this object. Errors: Internal when it is damaged or lacks one of the 256 bytes.
    [[nodiscard]] static base::Result<TokenRanks> read(QByteArrayView packed);

    static constexpr qint32 kNone = -1;
    /// The rank of a sequence, kNone for one that is not in the vocabulary.
    [[nodiscard]] qint32 rankOf(std::string_view bytes) const;

    [[nodiscard]] qint32 size() const { return m_size; }

private:
    /// A place of the hash table (open addressing). What decides nearly every look-up stands together, since
    /// each is a cache miss.
    struct Slot {
        quint32 tag = 0; ///< of the hash
        qint32 rank = kNone;
        quint32 start = 0; ///< of the sequence's length byte
    };

    explicit TokenRanks(QByteArrayView packed) : m_packed(packed) {}
    [[nodiscard]] base::Result<std::vector<quint32>> starts() const;
    [[nodiscard]] bool insert(qint32 rank, quint32 start);
    [[nodiscard]] std::string_view bytesAt(quint32 start) const;
    /// The slot that holds a sequence, or the free one where it would be.
    [[nodiscard]] size_t slotOf(std::string_view bytes, quint64 hash) const;

    QByteArrayView m_packed;
    std::vector<Slot> m_slots;
    qint32 m_size = 0;
    size_t m_longest = 0;
};

} // namespace lectern::models
