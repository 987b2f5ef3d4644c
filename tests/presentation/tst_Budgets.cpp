// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/Budgets.h"
#include "support/Strict.h"

#include <QLocale>
#include <QTest>

using namespace lectern::presentation;
using lectern::domain::Money;
using namespace Qt::StringLiterals;

namespace {

/// 2026-11-22 14:00 UTC.
constexpr qint64 kNow = 1'795'356'000'000;
constexpr qint64 kHour = 3'600'000;

Money money(const char *dollars)
{
    return *Money::fromDecimal(QString::fromLatin1(dollars));
}

} // namespace

class BudgetsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init() { lectern::support::failOnWarnings(); }

    void reachedSaysThreeWaysOn()
    {
        BudgetHold hold;
        hold.scope = BudgetScope::Day;
        hold.limit = money("5");
        hold.waiting = 7;
        hold.inFlight = 2;
        hold.inFlightCost = money("0.01");
        hold.until = kNow + 10 * kHour;
        const Notice notice = BudgetText::reached(hold, kNow);
        QCOMPARE(notice.id, u"budget.day"_s);
        QVERIFY2(notice.text.startsWith(u"Daily budget of US$5.00 reached: 7 documents wait."_s) ||
                     notice.text.startsWith(u"Daily budget of $5.00 reached: 7 documents wait."_s),
                 qPrintable(notice.text));
        QVERIFY2(notice.text.contains(u"2 requests are still under way"_s), qPrintable(notice.text));
        QVERIFY2(notice.text.contains(u"tomorrow at 00:00"_s), qPrintable(notice.text));
        QCOMPARE(notice.actions.size(), 3);
        QCOMPARE(notice.actions.at(0).command, BudgetText::raiseCommand());
        QCOMPARE(notice.actions.at(1).command, BudgetText::cheaperCommand());
        QCOMPARE(notice.actions.at(2).command, BudgetText::waitCommand());
    }

    void vectorsWaitForNoOtherModel()
    {
        BudgetHold hold;
        hold.scope = BudgetScope::Run;
        hold.hasPages = false;
        const Notice notice = BudgetText::reached(hold, kNow);
        QCOMPARE(notice.actions.size(), 2);
        QCOMPARE(notice.actions.at(0).command, BudgetText::raiseCommand());
        QCOMPARE(notice.actions.at(1).command, BudgetText::waitCommand());
    }

    void everyScopeHasItsOwnNotice()
    {
        QSet<QString> ids;
        for (const BudgetScope scope :
             {BudgetScope::Run, BudgetScope::Day, BudgetScope::Month, BudgetScope::Workspace}) {
            for (const int waiting : {1, 5}) {
                BudgetHold hold;
                hold.scope = scope;
                hold.limit = money("2");
                hold.runName = u"Thesis"_s;
                hold.waiting = waiting;
                const Notice notice = BudgetText::reached(hold, kNow);
                ids.insert(notice.id);
                QVERIFY(notice.text.contains(u"$2.00"_s));
                QVERIFY(notice.text.contains(u"does not go on by itself"_s));
            }
            QVERIFY(!BudgetText::name(scope).isEmpty());
            QVERIFY(!BudgetText::period(scope).isEmpty());
        }
        QCOMPARE(ids.size(), 4);
    }

    void uses()
    {
        const BudgetUse use{money("5"), money("1.84"), money("0.2")};
        QCOMPARE(BudgetText::use(use), u"$1.84 of $5.00"_s);
        QCOMPARE(BudgetText::spokenUse(BudgetScope::Day, use),
                 u"Spent today 1 dollar 84 cents of 5 dollars"_s);
        QCOMPARE(BudgetText::statusToday(use), u"Today $1.84 / $5.00"_s);
        QCOMPARE(use.left(), money("2.96"));
        QVERIFY(!use.isReached());
        const BudgetUse open{{}, money("0.0012"), {}};
        QCOMPARE(BudgetText::statusToday(open), u"Today $0.0012"_s);
        QCOMPARE(open.left(), std::nullopt);
        QVERIFY(!open.isReached());
        const BudgetUse over{money("1"), money("0.9"), money("0.2")};
        QVERIFY(over.isReached());
        QCOMPARE(over.left(), Money{});
    }

    void contradictions()
    {
        Budgets budgets;
        QVERIFY(BudgetText::contradiction(budgets).isEmpty());
        budgets.day = money("5");
        budgets.month = money("60");
        QVERIFY(BudgetText::contradiction(budgets).isEmpty());
        budgets.month = money("4");
        QVERIFY(!BudgetText::contradiction(budgets).isEmpty());
        budgets.month = money("60");
        budgets.run = money("6");
        QVERIFY(!BudgetText::contradiction(budgets).isEmpty());
    }
};

QTEST_GUILESS_MAIN(BudgetsTest)
#include "tst_Budgets.moc"
