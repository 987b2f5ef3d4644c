// SPDX-License-Identifier: GPL-3.0-or-later
#include "Spending.h"

namespace lectern::store {

using domain::DocumentId;
using domain::Job;
using domain::Money;
using domain::RunId;
using support::must;

Spending::Spending()
{
    save(endpoint(QStringLiteral("cloud")));
    domain::Endpoint local = endpoint(QStringLiteral("local"));
    local.kind = domain::EndpointKind::Ollama;
    save(local);
    must(write([](Transaction &t) {
        return JobQueue::registerWorker(t, QStringLiteral("w1"), QStringLiteral("test"), 1);
    }));
}

domain::Endpoint Spending::endpoint(const QString &id)
{
    domain::Endpoint endpoint;
    endpoint.id = id;
    endpoint.name = id.toUpper();
    endpoint.kind = domain::EndpointKind::OpenAi;
    endpoint.address = QStringLiteral("https://%1.example/v1").arg(id);
    endpoint.concurrency = 64;
    return endpoint;
}

void Spending::save(const domain::Endpoint &endpoint)
{
    must(write([&](Transaction &t) { return Endpoints::save(t, endpoint); }));
}

domain::ModelRef Spending::model(const QString &name)
{
    return {QStringLiteral("cloud"), name};
}

Reservation Spending::request(RunId run, qint64 worst) const
{
    Reservation request;
    request.model = model();
    request.worst = Money{worst};
    request.day = today;
    request.worker = QStringLiteral("w1");
    request.run = run;
    request.characters = 100;
    request.pictureBytes = 10;
    return request;
}

base::Result<UsageId> Spending::reserve(const Reservation &request)
{
    return write([&](Transaction &t) { return Ledger::reserve(t, request); });
}

Settlement Spending::settlement(qint64 cost, base::ErrorCode outcome)
{
    Settlement settlement;
    settlement.cost = Money{cost};
    settlement.tokens = {1000, 100, 10, 50, 5, true};
    settlement.outcome = outcome;
    settlement.httpStatus = 200;
    settlement.requestId = QStringLiteral("req-1");
    return settlement;
}

bool Spending::settle(UsageId id, qint64 cost, base::ErrorCode outcome)
{
    return must(write([&](Transaction &t) { return Ledger::settle(t, id, settlement(cost, outcome)); }));
}

RunId Spending::createRunOf(const QString &analyzer, std::optional<qint64> cap)
{
    const RunId run =
        must(write([&](Transaction &t) { return Library::createRun(t, domain::Goal::Analysis, analyzer); }));
    if (cap)
        must(write([&](Transaction &t) { return Budgets::setRunCap(t, run, Money{*cap}); }));
    return run;
}

void Spending::setLimit(Budgets::Period period, std::optional<qint64> amount)
{
    const auto limit = amount ? std::optional(Money{*amount}) : std::nullopt;
    must(write([&](Transaction &t) { return Budgets::setLimit(t, period, limit); }));
}

Budgets::Account Spending::account(RunId run)
{
    return must(Budgets::ofRun(*reader, run));
}

Budgets::Account Spending::account(Budgets::Period period)
{
    return must(Budgets::ofPeriod(*reader, period, today));
}

DocumentId Spending::addWaiting(const QString &path, int pages, RunId run)
{
    const DocumentId id = add(path, run).document;
    const Job job = startExtraction(id, pages);
    QVector<int> numbers;
    QVector<QByteArray> keys;
    for (int number = 1; number <= pages; ++number) {
        numbers.append(number);
        keys.append(answerKey(id, number));
    }
    must(storePages(job, numbers, keys));
    must(write([&](Transaction &t) { return Library::finishExtraction(t, job.leaseToken(), id); }));
    return id;
}

QVector<Job> Spending::claimLane(const QString &lane, int limit, const QString &worker)
{
    return must(write([&](Transaction &t) {
        return JobQueue::claim(t, {lane, worker, limit, clock.nowMs(), false});
    }));
}

} // namespace lectern::store
