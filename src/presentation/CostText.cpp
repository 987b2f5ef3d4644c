// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/CostText.h"

#include "presentation/ErrorText.h"
#include "presentation/Format.h"
#include "presentation/MoneyText.h"

#include <QDateTime>
#include <QLocale>
#include <QMap>
#include <QStringList>

#include <algorithm>

namespace lectern::presentation {

using domain::Document;
using domain::Money;

QString CostText::groupingName(CostGrouping grouping)
{
    switch (grouping) {
    case CostGrouping::Model:
        return tr("Model");
    case CostGrouping::Document:
        return tr("Document");
    case CostGrouping::Run:
        return tr("Run");
    case CostGrouping::Day:
        return tr("Day");
    }
    return {};
}

QString CostText::committed(Money committed)
{
    if (committed.isZero())
        return {};
    return tr("Committed %1").arg(MoneyText::approximately(committed));
}

QString CostText::saved(qint64 pages, Money saved)
{
    if (pages <= 0)
        return {};
    const int count = static_cast<int>(pages);
    if (saved.isZero())
        return count == 1
                   ? tr("1 page was answered from the store, without asking again.")
                   : tr("%Ln pages were answered from the store, without asking again.", nullptr, count);
    const QString amount = MoneyText::amount(saved);
    return count == 1 ? tr("1 page was answered from the store: %1 saved.").arg(amount)
                      : tr("%Ln pages were answered from the store: %1 saved.", nullptr, count).arg(amount);
}

QString CostText::unknown(const CostSummary &summary)
{
    const int requests = static_cast<int>(summary.unknown.requests);
    if (requests <= 0)
        return {};
    const QString booked = MoneyText::amount(summary.unknown.spent);
    return requests == 1
               ? tr("Lectern ended while 1 request was under way, and nobody told how it ended. It is booked "
                    "at the most it can have cost, %1.")
                     .arg(booked)
               : tr("Lectern ended while %Ln requests were under way, and nobody told how they ended. They "
                    "are booked at the most they can have cost, %1.",
                    nullptr, requests)
                     .arg(booked);
}

QString CostText::pricesOf(const CostSummary &summary)
{
    if (!summary.pricesOf.isValid())
        return {};
    return tr("Prices of %1").arg(QLocale().toString(summary.pricesOf, QStringLiteral("d MMM yyyy")));
}

QString CostText::narrowed(const CostQuery &query)
{
    if (query.run != 0)
        return tr("Only run %1").arg(Format::count(query.run));
    if (!query.model.isEmpty())
        return tr("Only %1", "a model").arg(query.model);
    if (query.day.isValid())
        return tr("Only %1", "a day").arg(QLocale().toString(query.day, QLocale::LongFormat));
    return {};
}

QString CostText::chart(const QVector<CostDay> &days)
{
    QMap<QDate, QVector<CostDay>> byDay;
    for (const CostDay &day : days)
        byDay[day.day].append(day);
    QStringList sentences;
    for (auto day = byDay.constEnd(); day != byDay.constBegin();) {
        --day;
        Money total;
        QStringList models;
        for (const CostDay &part : day.value()) {
            total += part.spent;
            models << tr("%1 %2", "model, amount").arg(part.model, MoneyText::amount(part.spent));
        }
        sentences << tr("%1: %2 (%3)", "day: total (models)")
                         .arg(QLocale().toString(day.key(), QLocale::ShortFormat), MoneyText::amount(total),
                              models.join(QStringLiteral(", ")));
    }
    return sentences.join(QStringLiteral("; "));
}

QString CostText::runName(qint64 run, const QString &model, qint64 startedAt)
{
    if (run == 0)
        return tr("Outside of runs");
    const QString when =
        QLocale().toString(QDateTime::fromMSecsSinceEpoch(startedAt), QStringLiteral("d MMM hh:mm"));
    return tr("Run %1 · %2 · %3", "number, start, model").arg(Format::count(run), when, model);
}

QString CostText::runTitle(qint64 run, int documents, const QString &first)
{
    if (documents == 0)
        return tr("Run %1").arg(Format::count(run));
    return documents == 1 ? tr("Analyze %1").arg(first) : tr("Analyze %Ln documents", nullptr, documents);
}

QString CostText::run(const RunCost &run)
{
    if (run.free)
        return tr("Free");
    const QString spent = MoneyText::amount(run.money.spent);
    if (run.estimateHigh.isZero())
        return tr("Spent %1").arg(spent);
    return tr("Spent %1, estimate %2")
        .arg(spent, MoneyText::approximateRange(run.estimateLow, run.estimateHigh));
}

QString CostText::runShort(const RunCost &run)
{
    if (run.free)
        return tr("Free");
    const QString spent = MoneyText::amount(run.money.spent);
    return run.estimateHigh.isZero()
               ? spent
               : tr("%1 / %2", "spent, estimate")
                     .arg(spent, MoneyText::approximateRange(run.estimateLow, run.estimateHigh));
}

QString CostText::runCap(const RunCost &run)
{
    if (run.free)
        return {};
    if (!run.money.limit)
        return tr("No cap");
    return tr("Cap %1: %2 left")
        .arg(MoneyText::exact(*run.money.limit), MoneyText::amount(run.money.left().value_or(Money{})));
}

QString CostText::runFacts(const RunCost &run)
{
    QStringList facts;
    facts << tr("%1 of %2 pages").arg(Format::count(run.pagesDone), Format::count(run.pages));
    if (!run.free && run.answeredRequests > 0)
        facts << tr("%1 per page")
                     .arg(MoneyText::amount(MoneyText::share(run.money.spent, run.answeredRequests)));
    const QString in = MoneyText::tokens(run.usage.input);
    const QString out = MoneyText::tokens(run.usage.output);
    facts << (run.usage.cachedInput > 0 ? tr("%1 tokens in, %2 of them cached, %3 out")
                                              .arg(in, MoneyText::tokens(run.usage.cachedInput), out)
                                        : tr("%1 tokens in, %2 out").arg(in, out));
    return facts.join(QStringLiteral(" · "));
}

QString CostText::runTrouble(const RunCost &run)
{
    QStringList parts;
    const int failed = static_cast<int>(run.failedRequests);
    if (failed > 0)
        parts << (failed == 1 ? tr("1 failed request") : tr("%Ln failed requests", nullptr, failed));
    const int again = static_cast<int>(run.againRequests);
    if (again > 0)
        parts << (again == 1 ? tr("1 sent again") : tr("%Ln sent again", nullptr, again));
    return parts.join(QStringLiteral(", "));
}

QString CostText::runHeld(const RunCost &run, qint64 nowMs)
{
    const auto moment = [](qint64 ms) {
        return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms), QLocale::ShortFormat);
    };
    if (run.held) {
        const QString what = tr("%1 reached").arg(BudgetText::name(run.heldAt));
        if (run.heldUntil <= nowMs)
            return tr("%1: it waits until you raise it.").arg(what);
        return tr("%1: it waits until you raise it, or until %2.").arg(what, moment(run.heldUntil));
    }
    if (run.asks)
        return tr("Waits for your answer.");
    if (run.paused)
        return tr("Paused by you.");
    if (run.waitsFor == base::ErrorCode::None || run.waitsUntil <= nowMs)
        return {};
    const QTime next = QDateTime::fromMSecsSinceEpoch(run.waitsUntil).time();
    return tr("%1: next try at %2.", "what happened, time")
        .arg(ErrorText::of(run.waitsFor).title, QLocale().toString(next, QStringLiteral("hh:mm:ss")));
}

QString CostText::runHeldShort(const RunCost &run, qint64 nowMs)
{
    return run.held ? tr("%1 reached").arg(BudgetText::name(run.heldAt)) : runHeld(run, nowMs);
}

QString CostText::spokenRun(const RunCost &run)
{
    QStringList parts{run.name};
    if (run.free)
        parts << tr("free");
    else
        parts << BudgetText::spokenUse(BudgetScope::Run, run.money);
    parts << tr("%1 of %2 pages").arg(Format::count(run.pagesDone), Format::count(run.pages));
    return parts.join(QStringLiteral(", "));
}

std::optional<Money> CostText::whole(const Document &document, const RunCost *run)
{
    if (run == nullptr || domain::isSettled(document.state) || document.pagesTotal < 0)
        return std::nullopt;
    const qint64 left = std::max(0, document.pagesTotal - document.pagesDone - document.pagesFailed);
    const auto more = Money::product(run->expectedPerPage(), left);
    if (!more || more->isZero())
        return std::nullopt;
    return Money::sum(document.spent, *more);
}

QString CostText::document(const Document &document, const RunCost *run)
{
    if (const auto all = whole(document, run))
        return MoneyText::approximately(*all);
    return document.spent.isZero() ? Format::none() : MoneyText::amount(document.spent);
}

QString CostText::documentSoFar(const Document &document, const RunCost *run)
{
    const auto all = whole(document, run);
    if (!all)
        return document.spent.isZero() ? Format::none() : MoneyText::amount(document.spent);
    return tr("%1 / %2", "spent, estimate")
        .arg(MoneyText::amount(document.spent), MoneyText::approximately(*all));
}

QString CostText::documentInFull(const Document &document, const RunCost *run)
{
    if (const auto all = whole(document, run))
        return tr("Spent %1, about %2 when it is done")
            .arg(MoneyText::exact(document.spent), MoneyText::amount(*all));
    return document.spent.isZero() ? QString() : tr("Spent %1").arg(MoneyText::exact(document.spent));
}

} // namespace lectern::presentation
