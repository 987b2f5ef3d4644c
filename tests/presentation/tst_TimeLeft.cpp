// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/TimeLeft.h"
#include "support/Strict.h"

#include <QTest>

using namespace lectern;
using presentation::PaceBook;
using presentation::TimeLeft;

namespace {

domain::Document document(int total, int extracted, int done, int failed = 0)
{
    domain::Document value;
    value.id = {7};
    value.state = domain::DocumentState::Indexing;
    value.pagesTotal = total;
    value.pagesExtracted = extracted;
    value.pagesDone = done;
    value.pagesFailed = failed;
    return value;
}

} // namespace

class TimeLeftTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void saysNothingBeforeThreePages()
    {
        TimeLeft time;
        time.note(0, 100);
        QVERIFY(!time.remainingMs());
        time.note(1'000, 99);
        time.note(2'000, 98);
        QVERIFY(!time.remainingMs());
        time.note(3'000, 97);
        QCOMPARE(time.remainingMs(), std::optional<qint64>(97'000));
    }

    void takesTheMedianOfTheLastTwenty()
    {
        TimeLeft time;
        qint64 now = 0;
        qint64 left = 1'000;
        time.note(now, left);
        for (int page = 0; page < 30; ++page)
            time.note(now += 100, --left);
        // Nine slow pages don't move a median of twenty.
        for (int page = 0; page < 9; ++page)
            time.note(now += 60'000, --left);
        QCOMPARE(time.remainingMs(), std::optional<qint64>(left * 100));
        // With eleven they are the rule.
        time.note(now += 60'000, --left);
        time.note(now += 60'000, --left);
        QCOMPARE(time.remainingMs(), std::optional<qint64>(left * 60'000));
    }

    void pagesThatCameTogetherShareTheirTime()
    {
        TimeLeft time;
        time.note(0, 100);
        time.note(1'000, 90);
        QCOMPARE(time.remainingMs(), std::optional<qint64>(90 * 100));
    }

    void looksWithoutNewsDontShortenAPage()
    {
        TimeLeft time;
        time.note(0, 10);
        for (qint64 now = 100; now < 1'000; now += 100)
            time.note(now, 10);
        time.note(1'000, 7);
        QCOMPARE(time.remainingMs(), std::optional<qint64>(7 * 1'000 / 3));
    }

    void morePagesAreNotSpeed()
    {
        TimeLeft time;
        time.note(0, 10);
        time.note(3'000, 7);
        time.note(3'100, 107);
        QCOMPARE(time.remainingMs(), std::optional<qint64>(107'000));
    }

    void aPauseIsNotCounted()
    {
        TimeLeft time;
        time.note(0, 10);
        time.note(3'000, 7);
        time.interrupt();
        time.note(3'600'000, 7);
        time.note(3'601'000, 6);
        QCOMPARE(time.remainingMs(), std::optional<qint64>(6'000));
    }

    void nothingIsLeftOfNothing()
    {
        TimeLeft time;
        time.note(0, 3);
        time.note(3'000, 0);
        QVERIFY(!time.remainingMs());
    }

    void stepsOfADocument()
    {
        QVERIFY(!TimeLeft::stepsLeft(document(-1, 0, 0)));
        QCOMPARE(TimeLeft::stepsLeft(document(10, 0, 0)), std::optional<qint64>(20));
        QCOMPARE(TimeLeft::stepsLeft(document(10, 10, 4, 1)), std::optional<qint64>(5));
        QCOMPARE(TimeLeft::stepsLeft(document(10, 8, 8, 2)), std::optional<qint64>(0));
        domain::Document textOnly = document(10, 4, 4);
        textOnly.goal = domain::Goal::Text;
        QCOMPARE(TimeLeft::stepsLeft(textOnly), std::optional<qint64>(6));
    }

    void aBookForgetsWhatDoesNotRun()
    {
        PaceBook book;
        book.note(0, document(10, 10, 0), false);
        book.note(4'000, document(10, 10, 4), false);
        QCOMPARE(book.remainingMs({7}), std::optional<qint64>(6'000));
        book.note(5'000, document(10, 10, 5), true);
        QVERIFY(!book.remainingMs({7}));
        book.note(6'000, document(10, 10, 5), false);
        book.note(9'000, document(10, 10, 8), false);
        QCOMPARE(book.remainingMs({7}), std::optional<qint64>(2'000));
        domain::Document settled = document(10, 10, 10);
        settled.state = domain::DocumentState::Done;
        book.note(10'000, settled, false);
        QVERIFY(!book.remainingMs({7}));
    }
};

QTEST_GUILESS_MAIN(TimeLeftTest)
#include "tst_TimeLeft.moc"
