// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QtGlobal>

#include <compare>

namespace lectern::domain {

/// A database row's number that cannot be mixed up with another table's. 0 means "none".
template <class Tag> struct Id {
    qint64 value = 0;

    [[nodiscard]] bool isValid() const { return value > 0; }
    friend auto operator<=>(const Id &, const Id &) = default;
    friend size_t qHash(const Id &id, size_t seed = 0) { return ::qHash(id.value, seed); }
};

using SourceId = Id<struct SourceTag>;
using DocumentId = Id<struct DocumentTag>;
using PageId = Id<struct PageTag>;
using JobId = Id<struct JobTag>;
using RunId = Id<struct RunTag>;
using ChunkId = Id<struct ChunkTag>;
using SpaceId = Id<struct SpaceTag>;

} // namespace lectern::domain
