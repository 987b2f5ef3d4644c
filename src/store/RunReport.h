// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Run.h"
#include "store/Budgets.h"
#include "store/UsageReport.h"

#include <QString>
#include <QVector>

#include <optional>

namespace lectern::store {

class Connection;

/// A run that asks a model: what was approved, what it did and cost, and what it waits for.
struct RunStanding {
    domain::Run run;
    RunPlan plan;
    domain::Totals totals;  ///< of the documents it has now
    QString documentName;   ///< of the first of them; empty without any
    Budgets::Account money; ///< spent and reserved under its own cap
    UsageTotals usage;
    bool isLive = false; ///< some of its work is not settled

    /// The limit at which work of it waits.
    struct Hold {
        QString scope;
        qint64 until = 0; ///< when it tries again by itself
    };
    std::optional<Hold> hold;
};

/// How runs that ask models stand. Any thread, with its own reader.
class RunReport {
public:
    /// Those with unsettled documents, the newest first. Runs of the built-in analyser are left out: they
    /// cost nothing.
    [[nodiscard]] static base::Result<QVector<domain::RunId>> live(Connection &);
    /// Errors: NotFound.
    [[nodiscard]] static base::Result<RunStanding> of(Connection &, domain::RunId);
};

} // namespace lectern::store
