// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "../store/Fixture.h"
#include "presentation/LibraryFeed.h"

#include <QObject>
#include <QVector>

#include <functional>
#include <optional>

namespace lectern::presentation {

/// A real workspace folder, written to by the test, and a started feed that reads it.
class FeedFixture : public store::Fixture {
public:
    FeedFixture();

    /// Adds that many documents in one transaction, named document-00001.pdf and so on.
    QVector<domain::DocumentId> addMany(int count, domain::Goal goal = domain::Goal::Analysis);
    /// Asks the feed and waits for its answer.
    template <class T> std::optional<base::Result<T>> await(const std::function<void(Then<T>)> &ask);
    /// Spins the event loop until the condition holds; false after ten seconds.
    static bool until(const std::function<bool()> &condition);

    LibraryFeed feed;
    int deltas = 0;
    int snapshots = 0;
    QVector<domain::Document> changed; ///< of all deltas
    bool sawEverything = false;

private:
    int m_added = 0;
};

template <class T> std::optional<base::Result<T>> FeedFixture::await(const std::function<void(Then<T>)> &ask)
{
    std::optional<base::Result<T>> answer;
    ask([&answer](const base::Result<T> &result) { answer = result; });
    until([&answer] { return answer.has_value(); });
    return answer;
}

} // namespace lectern::presentation
