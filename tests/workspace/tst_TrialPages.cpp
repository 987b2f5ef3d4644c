// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/TrialPages.h"

#include <QTest>

using namespace lectern::workspace;
using lectern::domain::DocumentId;

/// Which pages stand for all.
class TrialPagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theyAreSpread();
    void documentsTakeTurns();
    void onePageWithAPictureIsAmongThem();
    void fewAreTakenAll();

private:
    static QVector<TrialCandidate> pages(qint64 document, int count)
    {
        QVector<TrialCandidate> pages;
        for (int number = 1; number <= count; ++number)
            pages.append({DocumentId{document}, number, false});
        return pages;
    }
    static QVector<int> numbers(const QVector<TrialCandidate> &pages)
    {
        QVector<int> numbers;
        for (const TrialCandidate &page : pages)
            numbers.append(page.number);
        return numbers;
    }
};

void TrialPagesTest::theyAreSpread()
{
    QCOMPARE(numbers(trialPages(pages(1, 60), 3)), (QVector<int>{11, 31, 51}));
    QCOMPARE(numbers(trialPages(pages(1, 4), 3)), (QVector<int>{1, 3, 4}));
    QCOMPARE(numbers(trialPages(pages(1, 5), 1)), (QVector<int>{3}));
}

void TrialPagesTest::documentsTakeTurns()
{
    const auto chosen = trialPages(pages(1, 10) + pages(2, 10) + pages(3, 10), 3);
    QCOMPARE(chosen.size(), 3);
    for (qint64 document = 1; document <= 3; ++document)
        QCOMPARE(chosen.at(document - 1).document, DocumentId{document});
}

void TrialPagesTest::onePageWithAPictureIsAmongThem()
{
    auto candidates = pages(1, 60);
    candidates[33].needsPicture = true; // page 34, nearest to 31
    QCOMPARE(numbers(trialPages(candidates, 3)), (QVector<int>{11, 34, 51}));
    candidates[10].needsPicture = true; // page 11 is chosen anyway
    QCOMPARE(numbers(trialPages(candidates, 3)), (QVector<int>{11, 31, 51}));
}

void TrialPagesTest::fewAreTakenAll()
{
    QCOMPARE(numbers(trialPages(pages(1, 2), 3)), (QVector<int>{1, 2}));
    QVERIFY(trialPages({}, 3).isEmpty());
    QVERIFY(trialPages(pages(1, 9), 0).isEmpty());
}

QTEST_GUILESS_MAIN(TrialPagesTest)
#include "tst_TrialPages.moc"
