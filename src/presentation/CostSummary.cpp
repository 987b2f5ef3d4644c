// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/CostSummary.h"

#include "presentation/Format.h"
#include "presentation/MoneyText.h"

#include <QDateTime>
#include <QLocale>
#include <QMap>
#include <QStringList>

namespace lectern::presentation {

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

QString CostText::committed(const CostSummary &summary)
{
    if (summary.committed.isZero())
        return {};
    return tr("Committed %1").arg(MoneyText::approximately(summary.committed));
}

QString CostText::saved(const CostSummary &summary)
{
    if (summary.savedPages <= 0)
        return {};
    const int pages = static_cast<int>(summary.savedPages);
    if (summary.saved.isZero())
        return pages == 1
                   ? tr("1 page was answered from the store, without asking again.")
                   : tr("%Ln pages were answered from the store, without asking again.", nullptr, pages);
    const QString saved = MoneyText::amount(summary.saved);
    return pages == 1 ? tr("1 page was answered from the store: %1 saved.").arg(saved)
                      : tr("%Ln pages were answered from the store: %1 saved.", nullptr, pages).arg(saved);
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
    if (!run.free && run.pagesDone > 0)
        facts << tr("%1 per page").arg(MoneyText::amount(MoneyText::share(run.money.spent, run.pagesDone)));
    facts << tr("%1 tokens in, %2 out")
                 .arg(MoneyText::tokens(run.usage.input), MoneyText::tokens(run.usage.output));
    if (run.usage.cachedInput > 0)
        facts << tr("%1 of them cached").arg(MoneyText::tokens(run.usage.cachedInput));
    const int failed = static_cast<int>(run.failedRequests);
    if (failed > 0)
        facts << (failed == 1 ? tr("1 failed request") : tr("%Ln failed requests", nullptr, failed));
    return facts.join(QStringLiteral(" · "));
}

QString CostText::runHeld(const RunCost &run, qint64 nowMs)
{
    if (!run.held)
        return {};
    const QString what = tr("%1 reached").arg(BudgetText::name(run.heldAt));
    if (run.heldUntil <= nowMs)
        return tr("%1: it waits until you raise it.").arg(what);
    const QDateTime until = QDateTime::fromMSecsSinceEpoch(run.heldUntil);
    return tr("%1: it waits until you raise it, or until %2.")
        .arg(what, QLocale().toString(until, QLocale::ShortFormat));
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

} // namespace lectern::presentation
