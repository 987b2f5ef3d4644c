// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Ids.h"

#include <QVector>

namespace lectern::store {

class Connection;
class Transaction;

/// A page of a trial.
struct TrialPage {
    domain::DocumentId document;
    int number = 0;

    friend bool operator==(const TrialPage &, const TrialPage &) = default;
};

/// Trials: a few pages are asked about before all the others are. The jobs belong to a run of their own; the
/// documents stay in theirs, and so do all their other pages. What is answered is kept as any answer is, so
/// that a run that follows pays nothing for it, and a page that was done shows it at once. Pauses of
/// documents and runs do not hold a trial, which somebody has just asked for; one whose document goes to the
/// trash, or that is overtaken by a run of its document, ends.
class Trials {
public:
    /// Asks the run's analyser about these pages, before everything that waits. A page of which a trial is
    /// under way already is left out. Returns how many there are. Errors: NotFound.
    [[nodiscard]] static base::Result<int> start(Transaction &, domain::RunId, const QVector<TrialPage> &);

    /// How a trial stands.
    struct State {
        int pages = 0;
        int answered = 0;
        int failed = 0;
        int cancelled = 0;
        base::Error problem; ///< of the last page that failed, or that waits and says why

        [[nodiscard]] bool isOver() const { return answered + failed + cancelled >= pages; }
        friend bool operator==(const State &, const State &) = default;
    };
    /// `documents` are those of its pages.
    [[nodiscard]] static base::Result<State> state(Connection &, domain::RunId,
                                                   const QVector<domain::DocumentId> &documents);

    /// What waits is not asked any more; what was sent already is waited for and kept. Returns how many
    /// pages.
    [[nodiscard]] static base::Result<int> cancel(Transaction &, domain::RunId,
                                                  const QVector<domain::DocumentId> &documents);
    /// Those that nobody waits for any more, since the program that asked is gone.
    [[nodiscard]] static base::Result<int> cancelAll(Transaction &);
};

} // namespace lectern::store
