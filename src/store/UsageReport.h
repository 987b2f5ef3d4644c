// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Endpoint.h"
#include "domain/Ids.h"
#include "domain/Money.h"
#include "domain/TokenUsage.h"
#include "store/Usage.h"

#include <QDate>
#include <QString>
#include <QVector>

#include <optional>

namespace lectern::store {

class Connection;

/// Sums over the ledger. A request that is in flight is in none of them: it stands as reserved in
/// Budgets::Account.
struct UsageTotals {
    qint64 requests = 0; ///< all that were sent, those of the next three lines included
    domain::Money spent;
    domain::TokenUsage tokens; ///< `reported` says nothing here
    qint64 unpriced = 0;       ///< requests without a known price: counted as no money

    struct Part {
        qint64 requests = 0;
        domain::Money spent;
    };
    Part failed;  ///< paid or not, their answer was of no use
    Part again;   ///< retries and repairs, failed or not
    Part unknown; ///< outcome unknown, booked at the reservation

    qint64 savedPages = 0; ///< pages that were not asked for, since the answer was stored
    domain::Money saved;   ///< what those answers cost when they were asked for
};

/// What is told of what was spent. Any thread, with its own reader.
class UsageReport {
public:
    enum class By { Model, Endpoint, Purpose, Document, Run, Day, DayAndModel };

    struct Filter {
        std::optional<domain::RunId> run;
        std::optional<domain::DocumentId> document;
        std::optional<domain::ModelRef> model;
        QDate from; ///< local days, both included; invalid: no bound
        QDate to;
    };

    /// One line of a table: only the fields of its kind are set.
    struct Line {
        domain::ModelRef model; ///< Model, DayAndModel; of an Endpoint only the endpoint
        Purpose purpose = Purpose::Analysis;
        domain::DocumentId document; ///< 0: of documents that are gone, or for none
        domain::RunId run;           ///< 0: outside of runs
        QDate day;
        QString name;         ///< of the document, or of the run's analyser
        qint64 startedAt = 0; ///< of the run
        UsageTotals totals;
    };

    [[nodiscard]] static base::Result<UsageTotals> totals(Connection &, const Filter &);
    /// Days in order, all else by what was spent, the most first. A model nobody ever asked has no lines.
    [[nodiscard]] static base::Result<QVector<Line>> lines(Connection &, By, const Filter &);

    /// A row of the ledger.
    struct Row {
        UsageId id;
        UsageState state = UsageState::AboutToSend;
        Purpose purpose = Purpose::Analysis;
        bool again = false;
        domain::ModelRef model;
        domain::RunId run;
        domain::DocumentId document;
        QString documentName; ///< empty for documents that are gone
        int page = 0;
        domain::JobId job;
        domain::Money reserved;
        domain::Money spent;
        CostSource source = CostSource::Reservation;
        domain::TokenUsage tokens;
        qint64 characters = 0;
        qint64 pictureBytes = 0;
        int httpStatus = 0;
        base::ErrorCode outcome = base::ErrorCode::None;
        QString requestId;
        qint64 sentAt = 0;
        qint64 settledAt = 0;
    };
    /// In the order of sending, after the row `after`; by day of sending, run and document as the filter
    /// says.
    [[nodiscard]] static base::Result<QVector<Row>> rows(Connection &, const Filter &, UsageId after,
                                                         int limit);

    /// What of a document left this machine, one line for each model it went to, the latest first. Requests
    /// that were never sent are left out; those whose outcome is unknown are counted.
    struct Departure {
        domain::ModelRef model;
        qint64 requests = 0;
        qint64 pages = 0; ///< different ones
        qint64 firstAt = 0;
        qint64 lastAt = 0;
        qint64 characters = 0;
        qint64 pictureBytes = 0;
        domain::TokenUsage tokens;
        domain::Money spent; ///< requests in flight not included
    };
    [[nodiscard]] static base::Result<QVector<Departure>> departures(Connection &, domain::DocumentId);
};

} // namespace lectern::store
