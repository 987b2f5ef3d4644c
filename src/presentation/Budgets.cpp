// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/Budgets.h"

#include "presentation/Format.h"
#include "presentation/MoneyText.h"

#include <QDateTime>
#include <QLocale>

namespace lectern::presentation {

namespace {

/// The sentences of the banner. Only a class with translation functions can be asked for words.
class Sentences {
    Q_DECLARE_TR_FUNCTIONS(BudgetText)

public:
    static QString reached(const BudgetHold &hold);
    static QString inFlight(const BudgetHold &hold);
    static QString until(qint64 until, qint64 nowMs);
    static QString wait(qint64 until, qint64 nowMs);
};

QString Sentences::reached(const BudgetHold &hold)
{
    const QString limit = MoneyText::exact(hold.limit);
    const int count = hold.waiting;
    switch (hold.scope) {
    case BudgetScope::Day:
        return count == 1 ? tr("Daily budget of %1 reached: 1 document waits.").arg(limit)
                          : tr("Daily budget of %1 reached: %Ln documents wait.", nullptr, count).arg(limit);
    case BudgetScope::Month:
        return count == 1
                   ? tr("Monthly budget of %1 reached: 1 document waits.").arg(limit)
                   : tr("Monthly budget of %1 reached: %Ln documents wait.", nullptr, count).arg(limit);
    case BudgetScope::Workspace:
        return count == 1 ? tr("Budget of this library, %1, reached: 1 document waits.").arg(limit)
                          : tr("Budget of this library, %1, reached: %Ln documents wait.", nullptr, count)
                                .arg(limit);
    case BudgetScope::Run:
        return count == 1 ? tr("“%1” reached its cap of %2: 1 document waits.").arg(hold.runName, limit)
                          : tr("“%1” reached its cap of %2: %Ln documents wait.", nullptr, count)
                                .arg(hold.runName, limit);
    }
    return {};
}

QString Sentences::inFlight(const BudgetHold &hold)
{
    if (hold.inFlight <= 0)
        return {};
    const QString cost = MoneyText::approximately(hold.inFlightCost);
    return hold.inFlight == 1
               ? tr("1 request is still under way (%1).").arg(cost)
               : tr("%Ln requests are still under way (%1).", nullptr, hold.inFlight).arg(cost);
}

QString Sentences::until(qint64 until, qint64 nowMs)
{
    if (until <= 0)
        return tr("Nothing is lost; it does not go on by itself.");
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(until);
    const QDate today = QDateTime::fromMSecsSinceEpoch(nowMs).date();
    const QString clock = QLocale().toString(time.time(), QLocale::ShortFormat);
    if (time.date() == today.addDays(1))
        return tr("It goes on by itself tomorrow at %1.").arg(clock);
    if (time.date() == today)
        return tr("It goes on by itself at %1.").arg(clock);
    return tr("It goes on by itself on %1.").arg(QLocale().toString(time.date(), QLocale::ShortFormat));
}

QString Sentences::wait(qint64 until, qint64 nowMs)
{
    if (until <= 0)
        return tr("Leave it waiting");
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(until);
    if (time.date() == QDateTime::fromMSecsSinceEpoch(nowMs).date().addDays(1))
        return tr("Tomorrow %1", "wait until then")
            .arg(QLocale().toString(time.time(), QLocale::ShortFormat));
    return tr("Wait until then");
}

} // namespace

QString BudgetText::noticeId(const BudgetHold &hold)
{
    switch (hold.scope) {
    case BudgetScope::Run:
        return QStringLiteral("budget.") + (hold.account.isEmpty() ? QStringLiteral("run") : hold.account);
    case BudgetScope::Day:
        return QStringLiteral("budget.day");
    case BudgetScope::Month:
        return QStringLiteral("budget.month");
    case BudgetScope::Workspace:
        return QStringLiteral("budget.workspace");
    }
    return {};
}

Notice BudgetText::reached(const BudgetHold &hold, qint64 nowMs)
{
    QStringList sentences{Sentences::reached(hold)};
    const QString inFlight = Sentences::inFlight(hold);
    if (!inFlight.isEmpty())
        sentences << inFlight;
    sentences << Sentences::until(hold.until, nowMs);
    const bool today = hold.scope == BudgetScope::Day;
    const auto command = [&](const QString &name) {
        return hold.account.isEmpty() ? name : name + QLatin1Char(':') + hold.account;
    };
    QVector<Notice::Action> ways{{command(raiseCommand()), today ? tr("Raise for today…") : tr("Raise…")}};
    if (hold.hasPages)
        ways.append({command(cheaperCommand()), tr("Use a cheaper model…")});
    ways.append({command(waitCommand()), Sentences::wait(hold.until, nowMs)});
    return Notice{noticeId(hold), Notice::Kind::Warning, sentences.join(QLatin1Char(' ')), ways, true};
}

QString BudgetText::name(BudgetScope scope)
{
    switch (scope) {
    case BudgetScope::Run:
        return tr("Cap of this run");
    case BudgetScope::Day:
        return tr("Daily budget");
    case BudgetScope::Month:
        return tr("Monthly budget");
    case BudgetScope::Workspace:
        return tr("Budget of this library");
    }
    return {};
}

QString BudgetText::period(BudgetScope scope)
{
    switch (scope) {
    case BudgetScope::Run:
        return tr("This run");
    case BudgetScope::Day:
        return tr("Today");
    case BudgetScope::Month:
        return tr("This month");
    case BudgetScope::Workspace:
        return tr("This library");
    }
    return {};
}

QString BudgetText::use(const BudgetUse &use)
{
    const QString spent = MoneyText::amount(use.spent);
    return use.limit ? tr("%1 of %2", "spent of a limit").arg(spent, MoneyText::exact(*use.limit)) : spent;
}

QString BudgetText::spokenUse(BudgetScope scope, const BudgetUse &use)
{
    const QString spent = MoneyText::spoken(use.spent);
    if (!use.limit) {
        switch (scope) {
        case BudgetScope::Run:
            return tr("Spent in this run %1").arg(spent);
        case BudgetScope::Day:
            return tr("Spent today %1").arg(spent);
        case BudgetScope::Month:
            return tr("Spent this month %1").arg(spent);
        case BudgetScope::Workspace:
            return tr("Spent in this library %1").arg(spent);
        }
    }
    const QString limit = MoneyText::spoken(use.limit.value_or(domain::Money{}));
    switch (scope) {
    case BudgetScope::Run:
        return tr("Spent in this run %1 of %2").arg(spent, limit);
    case BudgetScope::Day:
        return tr("Spent today %1 of %2").arg(spent, limit);
    case BudgetScope::Month:
        return tr("Spent this month %1 of %2").arg(spent, limit);
    case BudgetScope::Workspace:
        return tr("Spent in this library %1 of %2").arg(spent, limit);
    }
    return {};
}

QString BudgetText::statusToday(const BudgetUse &today)
{
    const QString spent = MoneyText::amount(today.spent);
    return today.limit ? tr("Today %1 / %2").arg(spent, MoneyText::exact(*today.limit))
                       : tr("Today %1").arg(spent);
}

QString BudgetText::contradiction(const Budgets &budgets)
{
    if (budgets.day && budgets.month && *budgets.day > *budgets.month)
        return tr("The daily budget is above the monthly one, which then ends the work first.");
    if (budgets.month && budgets.workspace && *budgets.month > *budgets.workspace)
        return tr("The monthly budget is above that of the whole library, which then ends the work first.");
    if (budgets.run && budgets.day && *budgets.run > *budgets.day)
        return tr("The cap of a run is above the daily budget, which then ends the work first.");
    return {};
}

} // namespace lectern::presentation
