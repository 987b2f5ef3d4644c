// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/TokenRanks.h"

#include <QString>

#include <algorithm>
#include <bit>

namespace lectern::models {

namespace {

/// FNV-1a with a final mixing, so that the low bits (place) and the high bits (tag) depend on every byte.
quint64 hashOf(std::string_view bytes)
{
    quint64 hash = 14695981039346656037ULL;
    for (const char byte : bytes)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
    hash = (hash ^ (hash >> 32)) * 0x9e3779b97f4a7c15ULL;
    return hash ^ (hash >> 29);
}

quint32 tagOf(quint64 hash)
{
    return static_cast<quint32>(hash >> 32);
}

tl::unexpected<base::Error> damaged(const QString &how)
{
    return base::fail(base::ErrorCode::Internal, QStringLiteral("token ranks: ") + how);
}

} // namespace

base::Result<TokenRanks> TokenRanks::read(QByteArrayView packed)
{
    TokenRanks ranks(packed);
    const auto starts = ranks.starts();
    if (!starts)
        return base::fail(starts.error());
    // A third more places than sequences at least, so that a missing one is found missing in a few steps.
    ranks.m_slots.resize(std::bit_ceil(starts->size() + starts->size() / 4 + 1));
    for (const quint32 start : *starts) {
        if (!ranks.insert(ranks.m_size++, start))
            return damaged(QStringLiteral("the sequence at byte %1 occurs twice").arg(start));
    }
    for (int byte = 0; byte < 256; ++byte) {
        const char single = static_cast<char>(byte);
        if (ranks.rankOf({&single, 1}) == kNone)
            return damaged(QStringLiteral("no token for byte %1").arg(byte));
    }
    return ranks;
}

base::Result<std::vector<quint32>> TokenRanks::starts() const
{
    std::vector<quint32> starts;
    for (qsizetype at = 0; at < m_packed.size();) {
        const auto length = static_cast<unsigned char>(m_packed[at]);
        if (length == 0 || at + length >= m_packed.size())
            return damaged(QStringLiteral("cut off at byte %1").arg(at));
        starts.push_back(static_cast<quint32>(at));
        at += 1 + length;
    }
    return starts;
}

bool TokenRanks::insert(qint32 rank, quint32 start)
{
    const std::string_view bytes = bytesAt(start);
    const quint64 hash = hashOf(bytes);
    Slot &slot = m_slots[slotOf(bytes, hash)];
    if (slot.rank != kNone)
        return false;
    slot = {tagOf(hash), rank, start};
    m_longest = std::max(m_longest, bytes.size());
    return true;
}

size_t TokenRanks::slotOf(std::string_view bytes, quint64 hash) const
{
    const size_t mask = m_slots.size() - 1;
    const quint32 tag = tagOf(hash);
    for (size_t place = hash & mask;; place = (place + 1) & mask) {
        const Slot &slot = m_slots[place];
        if (slot.rank == kNone || (slot.tag == tag && bytesAt(slot.start) == bytes))
            return place;
    }
}

qint32 TokenRanks::rankOf(std::string_view bytes) const
{
    if (bytes.empty() || bytes.size() > m_longest)
        return kNone;
    return m_slots[slotOf(bytes, hashOf(bytes))].rank;
}

std::string_view TokenRanks::bytesAt(quint32 start) const
{
    const char *at = m_packed.data() + start;
    return {at + 1, static_cast<unsigned char>(*at)};
}

} // namespace lectern::models
