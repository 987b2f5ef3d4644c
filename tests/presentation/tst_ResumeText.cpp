// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/ResumeText.h"
#include "support/Strict.h"

#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern;
using presentation::Notice;
using presentation::ResumeText;
using store::Question;
using workspace::OpenRun;

/// What a run that waits for an answer says.
class ResumeTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { support::failOnWarnings(); }
    void everyCauseIsToldApart();
    void theRiseIsSaidInMoney();
    void theWaysOn();

private:
    static OpenRun run(Question question)
    {
        OpenRun run;
        run.run = {7};
        run.model = {u"openai"_s, u"gpt-6-luna"_s};
        run.question = question;
        run.documents = 3;
        run.pages = 1'031;
        run.pagesLeft = 412;
        run.costLeft = domain::Money::fromDecimal(u"1.51"_s);
        run.costThen = domain::Money::fromDecimal(u"1.12"_s);
        run.pricePercent = 35;
        run.file = u"/home/me/Reports/water.pdf"_s;
        return run;
    }
};

void ResumeTextTest::everyCauseIsToldApart()
{
    QSet<QString> sentences;
    for (const Question question : {Question::PriceRose, Question::BudgetShort, Question::ModelGone,
                                    Question::FileChanged, Question::Crashed}) {
        const QString sentence = ResumeText::sentence(run(question));
        QVERIFY2(sentence.startsWith(u"412 pages wait for your answer: "_s), qPrintable(sentence));
        QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
        sentences.insert(sentence);
    }
    QCOMPARE(sentences.size(), 5);
    QVERIFY(ResumeText::sentence(run(Question::FileChanged)).contains(u"“water.pdf”"_s));
    OpenRun unread = run(Question::Crashed);
    unread.pagesLeft = 0;
    QVERIFY(ResumeText::sentence(unread).startsWith(u"3 documents wait for your answer: "_s));
}

void ResumeTextTest::theRiseIsSaidInMoney()
{
    QCOMPARE(ResumeText::sentence(run(Question::PriceRose)),
             u"412 pages wait for your answer: gpt-6-luna costs 35 % more than when you approved the run. "
             "The rest comes to ≈ $1.51 instead of ≈ $1.12."_s);
    OpenRun free = run(Question::PriceRose);
    free.pricePercent = 0;
    free.costThen = domain::Money();
    QVERIFY(ResumeText::sentence(free).contains(u"cost nothing when you approved"_s));
    OpenRun unknown = run(Question::PriceRose);
    unknown.costThen.reset();
    QVERIFY(!ResumeText::sentence(unknown).contains(u'$'));
}

void ResumeTextTest::theWaysOn()
{
    const Notice notice = ResumeText::notice(run(Question::PriceRose));
    QVERIFY(!notice.closable);
    QCOMPARE(notice.id, u"resume.run:7"_s);
    QCOMPARE(notice.actions.size(), 2);
    QCOMPARE(notice.actions.at(0).command, u"run.accept:7"_s);
    QCOMPARE(notice.actions.at(1).command, u"run.review:7"_s);
    const Notice gone = ResumeText::notice(run(Question::ModelGone));
    QCOMPARE(gone.actions.at(0).command, u"run.otherModel:7"_s);
}

QTEST_GUILESS_MAIN(ResumeTextTest)
#include "tst_ResumeText.moc"
