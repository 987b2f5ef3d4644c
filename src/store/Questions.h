// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Endpoint.h"
#include "domain/Ids.h"
#include "domain/Money.h"
#include "store/Budgets.h"
#include "store/Library.h"

#include <QSet>
#include <QString>
#include <QVector>

namespace lectern::store {

class Connection;
class Transaction;

/// Why a run that was approved does not go on by itself after a start. Stored by name.
enum class Question {
    None,
    PriceRose,   ///< its model costs more than a fifth more than when it was approved
    BudgetShort, ///< a budget has less left than the rest will cost
    ModelGone,   ///< its endpoint is switched off, or no longer has the model
    FileChanged, ///< a file of it is not what was read
    Crashed,     ///< the program crashed while it was working
};

/// Stable names ("price_rose"); empty for None.
[[nodiscard]] QString questionName(Question question);
/// None for a name that this version does not know.
[[nodiscard]] Question questionFromName(const QString &name);

/// Runs of models with work left, and what they ask. A run that asks is paused: nothing of it is sent until
/// somebody answers.
class Questions {
public:
    struct OpenRun {
        domain::RunId run;
        domain::ModelRef model;
        RunPlan plan;
        Question question = Question::None;
        int documents = 0; ///< that are not settled
        qint64 pages = 0;  ///< of these documents, as far as their number is known
        qint64 pagesLeft = 0;
        domain::Money spent;    ///< by the run so far
        qint64 answered = 0;    ///< requests of the run that gave an answer
        bool isAtLimit = false; ///< all that is left waits at a cap or a budget
    };
    /// In the order in which they were started; documents in the trash are left out.
    [[nodiscard]] static base::Result<QVector<OpenRun>> openRuns(Connection &);
    /// Runs that ask something and have work left.
    [[nodiscard]] static base::Result<QSet<domain::RunId>> asking(Connection &);
    /// The run's documents that are not settled.
    [[nodiscard]] static base::Result<QVector<domain::DocumentId>> documents(Connection &, domain::RunId);
    /// Their places.
    [[nodiscard]] static base::Result<QVector<Place>> places(Connection &, domain::RunId);

    /// Holds the run with this question. Errors: NotFound.
    [[nodiscard]] static base::Status ask(Transaction &, domain::RunId, Question);
    /// It asks nothing any more, and goes on. No-op for a run that asks nothing.
    [[nodiscard]] static base::Status answer(Transaction &, domain::RunId);
};

} // namespace lectern::store
