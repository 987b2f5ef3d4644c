// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Fixture.h"

#include "store/Budgets.h"
#include "store/Endpoints.h"
#include "store/Ledger.h"

namespace lectern::store {

/// A workspace that asks models, and the few steps that most tests of money are made of.
class Spending : public Fixture {
public:
    static constexpr qint64 kDollar = domain::Money::kPicoPerDollar;

    /// The endpoint "cloud" is there, and "local", which asks no money.
    Spending();

    [[nodiscard]] static domain::Endpoint endpoint(const QString &id);
    void save(const domain::Endpoint &endpoint);

    [[nodiscard]] static domain::ModelRef model(const QString &name = QStringLiteral("m"));
    /// Of this run, for no job, by worker "w1".
    [[nodiscard]] Reservation request(domain::RunId run, qint64 worst) const;

    base::Result<UsageId> reserve(const Reservation &request);
    UsageId reserved(domain::RunId run, qint64 worst) { return support::must(reserve(request(run, worst))); }
    bool settle(UsageId id, qint64 cost, base::ErrorCode outcome = base::ErrorCode::None);
    [[nodiscard]] static Settlement settlement(qint64 cost, base::ErrorCode outcome = base::ErrorCode::None);

    domain::RunId createRunOf(const QString &analyzer, std::optional<qint64> cap = {});
    void setLimit(Budgets::Period period, std::optional<qint64> amount);
    [[nodiscard]] Budgets::Account account(domain::RunId run);
    [[nodiscard]] Budgets::Account account(Budgets::Period period);

    /// Adds a document whose pages are extracted and wait for this run's analyser.
    domain::DocumentId addWaiting(const QString &path, int pages, domain::RunId run);
    QVector<domain::Job> claimLane(const QString &lane, int limit,
                                   const QString &worker = QStringLiteral("w1"));

    QDate today = QDate(2026, 11, 22);
};

} // namespace lectern::store
