// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "presentation/LibraryFeed.h"
#include "presentation/LibrarySnapshot.h"
#include "store/Connection.h"
#include "store/Library.h"

#include <QVector>

#include <optional>

namespace lectern::presentation {

/// What LibraryFeed reads, as straight-line code on its reading thread. Remembers what it has told already.
class SnapshotReader {
public:
    /// More changed documents than this are told as "everything".
    static constexpr int kDeltaLimit = 500;
    static constexpr int kRunningLimit = 100;
    static constexpr int kScheduledLimit = 1'000;

    struct News {
        LibraryDelta delta;
        LibrarySnapshot snapshot;
    };

    /// `connection` must live longer.
    explicit SnapshotReader(store::Connection &connection) : m_connection(connection) {}

    /// Nothing when nobody has committed since the last call; the first call tells everything. After an error
    /// the same change is told by the next call.
    [[nodiscard]] base::Result<std::optional<News>> read(qint64 nowMs);

    [[nodiscard]] static base::Result<FoundDocuments>
    findEach(store::Connection &connection, const QVector<store::Library::DocumentQuery> &queries,
             const QVector<int> &limits, const base::Clock &clock);
    [[nodiscard]] static base::Result<QVector<ProblemPage>> problems(store::Connection &connection,
                                                                     domain::DocumentId id, int limit);

private:
    [[nodiscard]] base::Result<LibraryDelta> readDelta(qint64 changeSeq);
    [[nodiscard]] base::Status readCounts(LibrarySnapshot &snapshot);
    [[nodiscard]] base::Status readRunning(LibrarySnapshot &snapshot);
    [[nodiscard]] base::Status readScheduled(LibrarySnapshot &snapshot);

    store::Connection &m_connection;
    std::optional<qint64> m_version;
    std::optional<qint64> m_changeSeq;
    domain::Totals m_totals;
};

} // namespace lectern::presentation
