// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/ResumeCheck.h"

#include "store/Budgets.h"
#include "store/Connection.h"
#include "store/Transaction.h"
#include "store/Writer.h"
#include "workspace/SourceFile.h"

#include <QDateTime>
#include <QFileInfo>
#include <QHash>

#include <algorithm>

namespace lectern::workspace {

using base::ErrorCode;
using domain::ModelRef;
using domain::Money;
using store::Budgets;
using store::Question;
using store::Questions;

namespace {

/// A page as most are: what prices are compared by.
constexpr qint64 kUsualInput = 3'000;
constexpr qint64 kUsualOutput = 400;

constexpr qint64 kPerMille = 1'000;
constexpr qint64 kRiseAsked = 1'200; ///< per mille of the price at approval; above it, it is asked
constexpr qint64 kEnoughAnswers = 5; ///< then what pages really did cost goes before the estimate

std::optional<qint64> perMille(Money now, Money then)
{
    return then.isZero() ? std::nullopt : std::optional(now.picodollars * kPerMille / then.picodollars);
}

/// What one page of the run costs at the price it was approved with.
std::optional<Money> costOfPage(const Questions::OpenRun &open)
{
    if (open.answered >= kEnoughAnswers)
        return Money{open.spent.picodollars / open.answered};
    if (open.plan.estimateLikely && open.plan.estimatePages > 0)
        return Money{open.plan.estimateLikely->picodollars / open.plan.estimatePages};
    return open.plan.pagePrice;
}

} // namespace

ResumeCheck::ResumeCheck(store::Database &database, ModelDirectory &directory, const base::Clock &clock)
    : m_database(database), m_directory(directory), m_clock(clock)
{
}

std::optional<Money> ResumeCheck::pagePrice(const ModelRef &model)
{
    const auto info = m_directory.info(model);
    const auto price = info ? info->price() : std::nullopt;
    return price ? price->costOf({.input = kUsualInput, .output = kUsualOutput}) : std::nullopt;
}

void ResumeCheck::addApproval(const ModelRef &model, store::RunPlan &plan)
{
    plan.pagePrice = pagePrice(model);
    const auto info = m_directory.info(model);
    plan.modelListed = info && info->isListed;
}

std::optional<Money> ResumeCheck::costLeft(const Questions::OpenRun &open, bool atOldPrice)
{
    const std::optional<Money> page = costOfPage(open);
    const std::optional<Money> then = page ? Money::product(*page, open.pagesLeft) : std::nullopt;
    const std::optional<Money> now = pagePrice(open.model);
    if (!then || atOldPrice || !now || !open.plan.pagePrice)
        return then;
    const auto ratio = perMille(*now, *open.plan.pagePrice);
    if (!ratio)
        return Money::product(*now, open.pagesLeft); // it cost nothing then
    const auto scaled = Money::product(*then, *ratio);
    return scaled ? std::optional(Money{scaled->picodollars / kPerMille}) : std::nullopt;
}

bool ResumeCheck::isModelGone(const Questions::OpenRun &open)
{
    const auto endpoint = m_directory.endpoint(open.model.endpoint);
    const auto info = m_directory.info(open.model);
    if (!endpoint || !endpoint->enabled || !info)
        return true;
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).date();
    return info->lifecycle(today).state == models::LifeState::Retired ||
           (open.plan.modelListed && !info->isListed);
}

base::Result<bool> ResumeCheck::isBudgetShort(store::Connection &reader, const Questions::OpenRun &open)
{
    const std::optional<Money> needed = costLeft(open, false);
    if (open.isAtLimit || !needed || needed->isZero())
        return false; // it waits there anyway, and says so
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).date();
    for (const auto period : {Budgets::Period::Day, Budgets::Period::Month, Budgets::Period::Workspace}) {
        const auto account = Budgets::ofPeriod(reader, period, today);
        if (!account)
            return base::fail(account.error());
        if (account->left() && *account->left() < *needed)
            return true;
    }
    return false;
}

base::Result<QString> ResumeCheck::changedFile(store::Connection &reader, domain::RunId run)
{
    const auto places = Questions::places(reader, run);
    if (!places)
        return base::fail(places.error());
    QHash<domain::DocumentId, QString> changed;
    QVector<domain::DocumentId> order;
    for (const store::Place &place : *places) {
        const auto stamp = stampOf(place.path);
        const bool isSame = stamp && stamp->bytes == place.bytes && stamp->modifiedAt == place.modifiedAt;
        if (!order.contains(place.document))
            order.append(place.document);
        if (isSame)
            changed.insert(place.document, QString()); // one good place is enough
        else if (stamp && !changed.contains(place.document))
            changed.insert(place.document, place.path);
    }
    for (const domain::DocumentId document : order) {
        if (const QString path = changed.value(document); !path.isEmpty())
            return path;
    }
    return QString();
}

base::Result<Question> ResumeCheck::questionOf(store::Connection &reader, const Questions::OpenRun &open,
                                               bool crashed)
{
    if (crashed || open.question == Question::Crashed)
        return Question::Crashed;
    if (isModelGone(open))
        return Question::ModelGone;
    const std::optional<Money> now = pagePrice(open.model);
    if (now && open.plan.pagePrice) {
        const auto ratio = perMille(*now, *open.plan.pagePrice);
        if (ratio ? *ratio > kRiseAsked : !now->isZero())
            return Question::PriceRose;
    }
    const auto file = changedFile(reader, open.run);
    const auto isShort = isBudgetShort(reader, open);
    if (!file || !isShort)
        return base::fail(file ? isShort.error() : file.error());
    return !file->isEmpty() ? Question::FileChanged : *isShort ? Question::BudgetShort : Question::None;
}

base::Status ResumeCheck::decide(const engine::Engine::Resumed &found)
{
    if (found.workersAtWork > 0)
        return {};
    const auto reader = m_database.openReader();
    if (!reader)
        return base::fail(reader.error());
    const auto runs = Questions::openRuns(**reader);
    if (!runs)
        return base::fail(runs.error());
    for (const Questions::OpenRun &open : *runs) {
        const auto question = questionOf(**reader, open, found.crashed);
        if (!question)
            return base::fail(question.error());
        if (*question == open.question)
            continue;
        const base::Status decided = m_database.writer().run([&](store::Transaction &transaction) {
            return *question == Question::None ? Questions::answer(transaction, open.run)
                                               : Questions::ask(transaction, open.run, *question);
        });
        if (!decided)
            return decided;
    }
    return {};
}

base::Result<QVector<OpenRun>> ResumeCheck::openRuns()
{
    const auto reader = m_database.openReader();
    if (!reader)
        return base::fail(reader.error());
    const auto runs = Questions::openRuns(**reader);
    if (!runs)
        return base::fail(runs.error());
    QVector<OpenRun> told;
    for (const Questions::OpenRun &open : *runs) {
        OpenRun run;
        run.run = open.run;
        run.model = open.model;
        run.question = open.question;
        run.documents = open.documents;
        run.pages = open.pages;
        run.pagesLeft = open.pagesLeft;
        run.costLeft = costLeft(open, false);
        run.costThen = costLeft(open, true);
        const auto now = pagePrice(open.model);
        const auto ratio = now && open.plan.pagePrice ? perMille(*now, *open.plan.pagePrice) : std::nullopt;
        if (run.question == Question::PriceRose && ratio)
            run.pricePercent = static_cast<int>(std::min<qint64>((*ratio - kPerMille) / 10, 1'000'000));
        if (run.question == Question::FileChanged)
            run.file = changedFile(**reader, open.run).value_or(QString());
        told.append(run);
    }
    return told;
}

base::Status ResumeCheck::accept(domain::RunId run)
{
    const auto reader = m_database.openReader();
    if (!reader)
        return base::fail(reader.error());
    const auto known = store::Library::run(**reader, run);
    const auto plan = known ? Budgets::runPlan(**reader, run) : base::fail(known.error());
    if (!plan)
        return base::fail(plan.error());
    store::RunPlan approved = *plan;
    if (const auto model = ModelRef::fromText(known->analyzer))
        addApproval(*model, approved);
    return m_database.writer().run([&](store::Transaction &transaction) {
        return Budgets::setRunPlan(transaction, run, approved).and_then([&] {
            return Questions::answer(transaction, run);
        });
    });
}

} // namespace lectern::workspace
