// SPDX-License-Identifier: GPL-3.0-or-later
#include "PageBuilder.h"

#include "text/KeyPhrases.h"
#include "text/PageLayout.h"
#include "text/Passages.h"
#include "text/Sentences.h"
#include "text/Summary.h"
#include "text/Title.h"

#include "support/Strict.h"

#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace lectern;
using tests::PageBuilder;
using text::LineRole;

namespace {

/// Processor time of this process in milliseconds: unlike the clock on the wall it is the same on a busy
/// machine.
qint64 processorMs()
{
    return static_cast<qint64>(std::clock()) * 1000 / CLOCKS_PER_SEC;
}

QString titleOf(const domain::PageContent &page, const QString &language = u"en"_s)
{
    const text::PageLayout layout = text::readLayout(page, language);
    return text::pageTitle(layout, text::splitSentences(layout));
}

QString summaryOf(const domain::PageContent &page, const QString &language = u"en"_s)
{
    const text::PageLayout layout = text::readLayout(page, language);
    const auto sentences = text::splitSentences(layout);
    return text::summarise(layout, sentences, text::pageTitle(layout, sentences));
}

QStringList phrasesOf(const QString &text, const QString &language = u"en"_s)
{
    return text::keyPhrases(text::readLayout(tests::plainPage(text), language), {});
}

/// A page as reports have them: running header, heading, two paragraphs, page number.
PageBuilder report()
{
    PageBuilder builder;
    builder.at(40).line(u"Annual Report of the Survey  12"_s);
    builder.at(110).line(u"3.2 Groundwater quality in the basin"_s, 14, true).gap();
    builder.line(u"Groundwater quality was measured in forty wells of the basin between March"_s)
        .line(u"and June. The nitrate concentration exceeded the limit in nine of the forty"_s)
        .line(u"wells, most of them near irrigated fields. However, this may change soon."_s)
        .gap();
    builder.line(u"Nitrate concentration falls with the depth of the well in all parts of the"_s)
        .line(u"basin. See Table 4 for the list of wells and their depth."_s);
    builder.at(800).line(u"- 12 -"_s);
    return builder;
}

} // namespace

class PageLayoutTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void tellsRolesOfLines()
    {
        const text::PageLayout layout = text::readLayout(report().page(), u"en"_s);
        QVector<LineRole> roles;
        for (const text::Line &line : layout.lines)
            roles.append(line.role);
        const QVector<LineRole> expected = {LineRole::Furniture, LineRole::Heading,  LineRole::Prose,
                                            LineRole::Prose,     LineRole::Prose,    LineRole::Prose,
                                            LineRole::Prose,     LineRole::Furniture};
        QCOMPARE(roles, expected);
        QCOMPARE(layout.bodySize, 10.0F);
    }

    void tellsTablesAndContents()
    {
        PageBuilder builder;
        builder.line(u"Region  1999  2000  2001"_s)
            .line(u"North  1,200  1,300  1,450"_s)
            .line(u"South  900  950  1,000"_s)
            .gap();
        builder.line(u"1 Introduction . . . . . . . . . . . 5"_s)
            .line(u"2 Methods ........................ 12"_s);
        const text::PageLayout layout = text::readLayout(builder.page(), u"en"_s);
        QCOMPARE(layout.lines.at(1).role, LineRole::Data);
        QCOMPARE(layout.lines.at(3).role, LineRole::Contents);
        QCOMPARE(layout.lines.at(4).role, LineRole::Contents);
        QVERIFY(text::splitSentences(layout).isEmpty());
    }

    void joinsLinesAndMendsWords()
    {
        const QString page =
            u"The docu-\nment has low-\nconcentration values and a low-concentration limit.\n"
            "Its soft\u00ad\nhyphen is gone."_s;
        const text::PageLayout layout = text::readLayout(tests::plainPage(page), u"en"_s);
        QCOMPARE(layout.passages.size(), 1);
        const text::Passage &passage = layout.passages.first();
        QCOMPARE(
            passage.text,
            u"The document has low-concentration values and a low-concentration limit. Its softhyphen is gone."_s);
        QCOMPARE(passage.source.size(), passage.text.size());
        // Places lead back to the page's own text, over the line end.
        const qsizetype word = passage.text.indexOf(u"document"_s);
        QCOMPARE(page.mid(passage.sourceOffset(word), passage.sourceLength(word, 8)), u"docu-\nment"_s);
    }

    void keepsHyphens_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("page");
        QTest::addColumn<bool>("keeps");
        QTest::newRow("split word") << u"docu"_s << u"ment"_s << QString() << false;
        QTest::newRow("compound elsewhere") << u"fuel"_s << u"burning"_s << u"a fuel-burning stove"_s << true;
        QTest::newRow("whole word elsewhere") << u"self"_s << u"ish"_s << u"selfish"_s << false;
        QTest::newRow("usual first part") << u"the well"_s << u"known"_s << QString() << true;
        QTest::newRow("chain") << u"state-of"_s << u"the-art"_s << QString() << true;
    }

    void keepsHyphens()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, page);
        QFETCH(bool, keeps);
        QCOMPARE(text::keepsHyphen(before, after, page), keeps);
    }

    void readsSectionNumbers_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("length");
        QTest::newRow("levels") << u"2.4.3 Memory"_s << 6;
        QTest::newRow("one level") << u"3. Methods"_s << 3;
        QTest::newRow("word") << u"Chapter 2 Rules"_s << 10;
        QTest::newRow("roman") << u"TITLE VI—MISCELLANEOUS"_s << 9;
        QTest::newRow("appendix") << u"Appendix A Data"_s << 11;
        QTest::newRow("Chinese") << u"第三章 安装"_s << 3;
        QTest::newRow("Russian") << u"ГЛАВА 2. СИСТЕМА"_s << 9;
        QTest::newRow("year") << u"1999 was dry"_s << 0;
        QTest::newRow("list") << u"1) first"_s << 0;
        QTest::newRow("word alone") << u"Sections are long"_s << 0;
        QTest::newRow("none") << u"Methods"_s << 0;
    }

    void readsSectionNumbers()
    {
        QFETCH(QString, line);
        QFETCH(int, length);
        QCOMPARE(text::sectionNumberLength(line), length);
    }

    void titleIsTheHeading()
    {
        QCOMPARE(titleOf(report().page()), u"3.2 Groundwater quality in the basin"_s);
    }

    void titleJoinsItsLines()
    {
        PageBuilder builder;
        builder.line(u"Determination of Volatile"_s, 18).line(u"Organic Compounds"_s, 18).gap();
        builder.line(u"By Brooke F. Connor"_s)
            .gap()
            .line(u"This is a report about the compounds in the water of the basin."_s);
        QCOMPARE(titleOf(builder.page()), u"Determination of Volatile Organic Compounds"_s);
    }

    void titleTakesTheNumberBesideIt()
    {
        PageBuilder builder;
        builder.at(100).line(u"2.4.3"_s, 13).gap(-15.6F).line(u"Network cards"_s, 13).gap();
        builder.line(
            u"The installer knows most of the network cards that are in use today and in the past."_s);
        QCOMPARE(titleOf(builder.page()), u"2.4.3 Network cards"_s);
    }

    void titleWithoutHeadingIsTheFirstSentence()
    {
        PageBuilder builder;
        builder.at(40).line(u"Linear Mixed Models  30"_s);
        builder.at(100)
            .line(u"of the former kind. The deviance profile is computed with a few iterations only. It is"_s)
            .line(u"used for all models that the package can fit to the data of the user."_s);
        QCOMPARE(titleOf(builder.page()), u"The deviance profile is computed with a few iterations only"_s);
    }

    void titleIsNoPageNumberAndNoFormula()
    {
        PageBuilder builder;
        builder.at(30).line(u"17"_s);
        builder.at(100).line(u"∑ x = y ⊇ K"_s, 16).gap();
        builder.line(u"The sum of all the parts is never larger than the whole of them together."_s);
        QCOMPARE(titleOf(builder.page()),
                 u"The sum of all the parts is never larger than the whole of them together"_s);
    }

    void titleIsNoStatementNumberAndNoWarning()
    {
        PageBuilder builder;
        builder.at(40).line(u"1.5. Compact spaces  17"_s);
        builder.at(120)
            .line(u"Remark 21"_s, 10, true)
            .gap()
            .line(u"Every compact set of a Hausdorff space is closed in it, as we have seen."_s);
        builder.gap()
            .line(u"Warning!"_s, 12, true)
            .gap()
            .line(u"The reverse is not true in general, since a closed set may be unbounded."_s);
        QCOMPARE(titleOf(builder.page()), u"1.5. Compact spaces"_s);
    }

    void titleOfATableIsItsCaption()
    {
        PageBuilder builder;
        builder.line(u"Table 8. Precision and accuracy for selected compounds in surface water"_s).gap();
        builder.line(u"COMPOUND  RANGE  MEAN"_s, 12, true);
        for (int i = 0; i < 20; ++i)
            builder.line(u"Acetone  12.5  13.8"_s);
        QCOMPARE(titleOf(builder.page()),
                 u"Table 8. Precision and accuracy for selected compounds in surface water"_s);
    }

    void titleOfARunInHeadingEndsThere()
    {
        QCOMPARE(
            titleOf(tests::plainPage(u"appends x to the list.\n3.2.42 listcreate({n}). This function is "
                                     u"obsolete, use List in all of the "
                                     "new programs that you write for this version of the library.\n"_s)),
            u"3.2.42 listcreate({n})"_s);
    }

    void titleIsBounded()
    {
        PageBuilder builder;
        builder.line(u"word "_s.repeated(100), 20);
        QVERIFY(titleOf(builder.page()).size() <= text::kLongestTitle);
        QCOMPARE(titleOf(tests::plainPage(QString())), QString());
        QCOMPARE(titleOf(tests::plainPage(u"12 13 14\n99"_s)), QString());
    }

    void summaryIsTwoSentencesInOrder()
    {
        const QString summary = summaryOf(report().page());
        QCOMPARE(summary,
                 u"Groundwater quality was measured in forty wells of the basin between March and June. "
                 "Nitrate concentration falls with the depth of the well in all parts of the basin."_s);
    }

    void summaryOfSlidesIsTheirPoints()
    {
        PageBuilder builder;
        builder.line(u"Background"_s, 28).gap();
        builder.line(u"• Most of the patients in the study are over sixty"_s, 18).gap();
        builder.line(u"• Evidence of problems in the quality of care"_s, 18);
        QCOMPARE(
            summaryOf(builder.page()),
            u"Most of the patients in the study are over sixty; Evidence of problems in the quality of care"_s);
    }

    void summaryOfATableIsEmpty()
    {
        PageBuilder builder;
        for (int i = 0; i < 60; ++i)
            builder.line(u"Region %1  1,200  1,300  1,450  22.5"_s.arg(i));
        QCOMPARE(summaryOf(builder.page()), QString());
    }

    void summaryOfOtherScripts()
    {
        const QString text =
            u"现在你可以在系统中使用命令行工具来管理所有的用户帐号。命令行工具会显示系统中每个用户的名称和权限设置。天气很好。"_s;
        const QString summary = summaryOf(tests::plainPage(text), u"zh-Hans"_s);
        QVERIFY2(summary.contains(u"命令行工具"_s) && summary.endsWith(u'。'), qPrintable(summary));
    }

    void phrasesAreAboutThePage()
    {
        const QStringList phrases = phrasesOf(
            u"The hazardous fuel reduction project begins in spring. A hazardous fuel reduction project "
            u"needs an environmental "
            "analysis. The Secretary may select wildland fire experts. Wildland fires are frequent on "
            "federal land. "
            "Federal land is managed by the agency. Fire experts quickly decide about federal land."_s);
        QVERIFY2(phrases.contains(u"hazardous fuel reduction project"_s), qPrintable(phrases.join(u'|')));
        QVERIFY2(phrases.contains(u"federal land"_s), qPrintable(phrases.join(u'|')));
        QVERIFY(phrases.size() <= 8);
        for (const QString &phrase : phrases) {
            QVERIFY2(!phrase.contains(u"quickly"_s) && !phrase.startsWith(u"the "_s), qPrintable(phrase));
            QVERIFY2(!phrase.startsWith(u"fuel reduction"_s), "a fragment of a longer phrase");
        }
    }

    void phrasesGroupFormsOfAWord()
    {
        const QStringList phrases =
            phrasesOf(u"The mixed model fits. Mixed models are common. We use a mixed model in the lab."_s);
        QCOMPARE(phrases.filter(u"mixed"_s).size(), 1);
    }

    void phrasesLeavePeopleOut()
    {
        const QString text =
            u"Anna Karenina spoke. The novel about Anna Karenina is long. Anna Karenina died."_s;
        const text::PageLayout layout = text::readLayout(tests::plainPage(text), u"en"_s);
        QVERIFY(!text::keyPhrases(layout, {u"Anna Karenina"_s}).contains(u"Anna Karenina"_s));
    }

    void germanPhrasesEndWithNouns()
    {
        const QStringList phrases = phrasesOf(
            u"Die offene Überdeckung ist endlich. Jede offene Überdeckung hat eine endliche Teilüberdeckung. "
            "Die Teilüberdeckung ist klein und schön. Der topologische Raum ist kompakt. Ein topologischer Raum heißt kompakt."_s,
            u"de"_s);
        QVERIFY2(phrases.contains(u"offene Überdeckung"_s), qPrintable(phrases.join(u'|')));
        for (const QString &phrase : phrases)
            QVERIFY2(phrase.section(u' ', -1).front().isUpper(), qPrintable(phrase));
    }

    void chinesePhrasesAreWholeWords()
    {
        const QStringList phrases = phrasesOf(
            u"命令行工具很好。使用命令行工具。系统的命令行工具。图形环境不是命令行工具，图形环境需要内存。安装图形环境后。"_s,
            u"zh-Hans"_s);
        QVERIFY2(phrases.contains(u"命令行工具"_s) && phrases.contains(u"图形环境"_s),
                 qPrintable(phrases.join(u'|')));
        QVERIFY2(!phrases.contains(u"令行工具"_s) && !phrases.contains(u"命令行工"_s),
                 qPrintable(phrases.join(u'|')));
    }

    void japanesePhrasesAreKatakanaAndKanji()
    {
        const QStringList phrases = phrasesOf(
            u"オペレーティングシステムを導入します。パッケージ管理はオペレーティングシステムの一部です。"_s,
            u"ja"_s);
        QVERIFY2(phrases.contains(u"オペレーティングシステム"_s), qPrintable(phrases.join(u'|')));
    }

    void hostilePages_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("one token") << QString(2'000'000, u'a');
        QTest::newRow("a million words") << u"ab "_s.repeated(1'000'000);
        QTest::newRow("a million different words") << [] {
            QString text;
            for (int i = 0; i < 300'000; ++i)
                text += u'w' + QString::number(i, 36) + (i % 9 == 0 ? u'\n' : u' ');
            return text;
        }();
        QTest::newRow("a million lines") << u"A b\n"_s.repeated(500'000);
        QTest::newRow("blocks") << u"Word\n\n"_s.repeated(300'000);
        QTest::newRow("lone surrogates") << QString(100'000, QChar(0xdc00)) + QString(100'000, QChar(0xd83d));
        QTest::newRow("marks") << u"a"_s + QString(300'000, QChar(0x301));
        QTest::newRow("direction marks") << QString(300'000, QChar(0x202e));
        QTest::newRow("hyphens") << u"ab-\ncd"_s.repeated(100'000);
        QTest::newRow("full stops") << QString(500'000, u'.');
        QTest::newRow("brackets") << QString(500'000, u'(');
        QTest::newRow("dates") << u"1.1."_s.repeated(200'000);
        QTest::newRow("capitals") << u"University of "_s.repeated(100'000);
        QTest::newRow("initials") << u"J. "_s.repeated(200'000);
        QTest::newRow("ideographs") << u"系统管理员"_s.repeated(60'000);
        QTest::newRow("null characters") << QString(100'000, QChar(0));
    }

    void hostilePages()
    {
        QFETCH(QString, text);
        const domain::PageContent page = tests::plainPage(text);
        for (const QString &language : {u"en"_s, u"de"_s, u"zh-Hans"_s, u"ja"_s}) {
            const qint64 start = processorMs();
            const text::PageLayout layout = text::readLayout(page, language);
            const auto sentences = text::splitSentences(layout);
            const QString title = text::pageTitle(layout, sentences);
            QVERIFY(title.size() <= text::kLongestTitle);
            QVERIFY(text::summarise(layout, sentences, title).size() <= text::kLongestSummary);
            QVERIFY(text::keyPhrases(layout, {}).size() <= 8);
            QVERIFY2(processorMs() - start < 6000, qPrintable(QString::number(processorMs() - start)));
        }
    }
};

QTEST_APPLESS_MAIN(PageLayoutTest)
#include "tst_PageLayout.moc"
