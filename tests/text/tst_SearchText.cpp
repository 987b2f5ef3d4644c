// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/SearchText.h"
#include "text/SearchWords.h"
#include "text/Snippet.h"
#include "text/WordMatches.h"

#include "support/Strict.h"

#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace lectern;

namespace {

/// Processor time of this process in milliseconds: unlike the clock on the wall it is the same on a busy
/// machine.
qint64 processorMs()
{
    return static_cast<qint64>(std::clock()) * 1000 / CLOCKS_PER_SEC;
}

/// A full-text index with one page, as the workspace has it.
class Index {
public:
    Index()
    {
        m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"search-text-test"_s);
        m_database.setDatabaseName(u":memory:"_s);
        m_open = m_database.open();
        QSqlQuery query(m_database);
        m_open =
            m_open &&
            query.exec(
                u"CREATE VIRTUAL TABLE page USING fts5(title, headings, body, stems, tokenize='unicode61 remove_diacritics 2')"_s);
    }
    ~Index()
    {
        m_database = {};
        QSqlDatabase::removeDatabase(u"search-text-test"_s);
    }

    [[nodiscard]] bool isOpen() const { return m_open; }

    void put(const QString &page, const QString &language = u"und"_s, const QString &title = {},
             const QString &headings = {})
    {
        QSqlQuery query(m_database);
        query.exec(u"DELETE FROM page"_s);
        query.prepare(u"INSERT INTO page VALUES (?, ?, ?, ?)"_s);
        const text::SearchFields fields = text::searchFields(page, headings, language);
        query.addBindValue(text::searchTitle(title, language));
        query.addBindValue(fields.headings);
        query.addBindValue(fields.body);
        query.addBindValue(fields.stems);
        query.exec();
    }

    /// 1 found, 0 not found, -1 an error
    int search(const QString &match)
    {
        QSqlQuery query(m_database);
        query.prepare(u"SELECT count(*) FROM page WHERE page MATCH ?"_s);
        query.addBindValue(match);
        if (!query.exec() || !query.next())
            return -1;
        return query.value(0).toInt();
    }

private:
    QSqlDatabase m_database;
    bool m_open = false;
};

QString marked(const text::Snippet &snippet)
{
    QString out;
    qsizetype at = 0;
    for (const auto &hit : snippet.hits) {
        out += snippet.text.mid(at, hit.offset - at) + u'[' + snippet.text.mid(hit.offset, hit.length) + u']';
        at = hit.offset + hit.length;
    }
    return out + snippet.text.mid(at);
}

} // namespace

class SearchTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void makesSearchable_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain") << u"The Page"_s << u"the page"_s;
        QTest::newRow("ligatures") << u"e\ufb03cient \ufb01le"_s << u"efficient file"_s;
        QTest::newRow("full width") << u"ＡＢＣ１２"_s << u"abc12"_s;
        QTest::newRow("accents in two parts") << u"cafe\u0301 Über"_s << u"cafe uber"_s;
        QTest::newRow("soft hyphen") << u"docu\u00adment"_s << u"document"_s;
        QTest::newRow("split word") << u"docu-\nment and\nmore"_s << u"document and\nmore\ndocu ment"_s;
        QTest::newRow("soft hyphen at the end") << u"docu\u00ad\nment"_s << u"document"_s;
        QTest::newRow("list hyphen stays") << u"A -\nb"_s << u"a -\nb"_s;
        QTest::newRow("Chinese") << u"使用Debian系统"_s << u"使 用 debian 系 统"_s;
        QTest::newRow("Japanese voiced marks") << u"ガ゙か\u3099"_s << u"ガ゙ が"_s;
        QTest::newRow("Arabic") << u"الـكِتَاب إلى"_s << u"الكتاب الي"_s;
        QTest::newRow("Arabic presentation forms") << u"\ufee3\ufeae\ufea3\ufe92\ufe8e"_s << u"مرحبا"_s;
        QTest::newRow("Korean in parts") << u"\u1112\u1161\u11ab"_s << u"한"_s;
        QTest::newRow("sharp s") << u"Straße"_s << u"strasse"_s;
        QTest::newRow("direction marks") << u"\u202bab\u202cc"_s << u"abc"_s;
        QTest::newRow("half a character") << u"a"_s + QChar(0xd800) + u"b"_s << u"a b"_s;
    }

    void makesSearchable()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        if (qstrcmp(QTest::currentDataTag(), "Japanese voiced marks") == 0)
            QVERIFY(text::searchFields(text, {}, u"und"_s).body.contains(u'が'));
        else
            QCOMPARE(text::searchFields(text, {}, u"und"_s).body, expected);
    }

    void readsWords_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("read");
        QTest::newRow("words") << u"fuel Reduction"_s << u"fuel|reduction"_s;
        QTest::newRow("phrase") << u"\"fuel reduction\" plan"_s << u"\"fuel reduction|plan"_s;
        QTest::newRow("typographic quotes") << u"“fuel reduction”"_s << u"\"fuel reduction"_s;
        QTest::newRow("open quote") << u"\"fuel red"_s << u"\"fuel red"_s;
        QTest::newRow("not") << u"fuel -nuclear -\"power plant\""_s << u"fuel|-nuclear|-\"power plant"_s;
        QTest::newRow("beginning") << u"redu*"_s << u"redu*"_s;
        QTest::newRow("beginning of a phrase") << u"\"fuel redu\"*"_s << u"\"fuel redu*"_s;
        QTest::newRow("title") << u"title:fuel Title:\"a b\" -title:c"_s
                               << u"title:fuel|title:\"a b|-title:c"_s;
        QTest::newRow("title of nothing") << u"title: fuel"_s << u"fuel"_s;
        QTest::newRow("operators are words") << u"a OR b NEAR(c)"_s << u"a|or|b|near c"_s;
        QTest::newRow("hyphen inside") << u"low-concentration"_s << u"low concentration"_s;
        QTest::newRow("Chinese") << u"图形环境"_s << u"图 形 环 境"_s;
        QTest::newRow("mixed") << u"Debian系统"_s << u"debian 系 统"_s;
        QTest::newRow("nothing") << u"  \"\" * - ! ** "_s << QString();
    }

    void readsWords()
    {
        QFETCH(QString, words);
        QStringList read;
        for (const text::SearchTerm &term : text::readSearchWords(words)) {
            read.append((term.excluded ? u"-"_s : QString()) + (term.inTitle ? u"title:"_s : QString()) +
                        (term.quoted ? u"\""_s : QString()) + term.tokens.join(u' ') +
                        (term.prefix ? u"*"_s : QString()));
        }
        QTEST(read.join(u'|'), "read");
    }

    void asksForAllOrForSome()
    {
        const QStringList english{u"en"_s};
        QVERIFY(text::wordQuery(u"-fuel"_s, english).all.isEmpty());
        QVERIFY(text::wordQuery(u"fuel fuel"_s, english).some.isEmpty());
        QVERIFY(text::wordQuery(u"\"fuel plan\" title:x"_s, english).some.isEmpty());
        QCOMPARE(text::wordQuery(u"the fuel of it"_s, english).all, text::wordQuery(u"fuel"_s, english).all);
        QVERIFY(text::wordQuery(u"to be or not"_s, english).all.count(u"AND"_s) == 3);

        Index index;
        QVERIFY(index.isOpen());
        index.put(u"The reduction of fuel"_s, u"en"_s);
        const auto found = [&](const QString &words) {
            const text::WordQuery query = text::wordQuery(words, english);
            return std::pair(index.search(query.all), query.some.isEmpty() ? 0 : index.search(query.some));
        };
        QCOMPARE(found(u"fuel nuclear"_s), std::pair(0, 1));
        QCOMPARE(found(u"fuel nuclear -reduction"_s), std::pair(0, 0));
        QCOMPARE(found(u"\"fuel plan\" fuel nuclear"_s), std::pair(0, 0));
        QCOMPARE(found(u"\"reduction of\" fuel nuclear"_s), std::pair(0, 1));
        QCOMPARE(found(u"wood nuclear"_s), std::pair(0, 0));
    }

    void findsOtherForms_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("found");
        QTest::newRow("plural") << u"en"_s << u"two payments were late"_s << u"payment"_s << true;
        QTest::newRow("singular") << u"en"_s << u"a payment was late"_s << u"payments"_s << true;
        QTest::newRow("verb") << u"en"_s << u"they were connected"_s << u"connecting"_s << true;
        QTest::newRow("quoted is exact") << u"en"_s << u"two payments"_s << u"\"payment\""_s << false;
        QTest::newRow("star is no stem") << u"en"_s << u"two payments"_s << u"paying*"_s << false;
        QTest::newRow("compound") << u"en"_s << u"low-concentration values"_s << u"low-concentrations"_s
                                  << true;
        QTest::newRow("split word") << u"en"_s << u"two pay-\nments"_s << u"payment"_s << true;
        QTest::newRow("no stems known") << u"und"_s << u"two payments"_s << u"payments"_s << true;
        QTest::newRow("other language's stem") << u"und"_s << u"two payments"_s << u"payment"_s << false;
        QTest::newRow("German umlaut") << u"de"_s << u"die Häuser am See"_s << u"Haus"_s << true;
        QTest::newRow("German, no umlaut typed") << u"de"_s << u"die großen Häuser"_s << u"grosse"_s << true;
        QTest::newRow("French") << u"fr"_s << u"les économies nationales"_s << u"économie national"_s << true;
        QTest::newRow("Spanish") << u"es"_s << u"las canciones"_s << u"canción"_s << true;
        QTest::newRow("Russian") << u"ru"_s << u"новых документов"_s << u"новый документ"_s << true;
        QTest::newRow("Chinese among stems") << u"zh"_s << u"安装系统"_s << u"系统"_s << true;
    }

    void findsOtherForms()
    {
        QFETCH(QString, language);
        QFETCH(QString, page);
        QFETCH(QString, words);
        QFETCH(bool, found);
        Index index;
        QVERIFY(index.isOpen());
        index.put(page, language);
        const QStringList languages{u"en"_s, u"de"_s, u"fr"_s, u"es"_s, u"ru"_s, u"und"_s, u"zh"_s};
        QCOMPARE(index.search(text::wordQuery(words, languages).all), found ? 1 : 0);
        // What finds a page is marked on it.
        QCOMPARE(!text::makeSnippet(page, words, language, 100).hits.isEmpty(), found);
    }

    void findsInTitlesAndHeadings()
    {
        Index index;
        QVERIFY(index.isOpen());
        index.put(u"Nothing of it here"_s, u"en"_s, u"Annual Reports"_s, u"Water Supplies"_s);
        const auto count = [&](const QString &words) {
            return index.search(text::wordQuery(words, {u"en"_s}).all);
        };
        QCOMPARE(count(u"report"_s), 1);
        QCOMPARE(count(u"title:report"_s), 1);
        QCOMPARE(count(u"title:\"annual reports\""_s), 1);
        QCOMPARE(count(u"title:\"annual report\""_s), 1); // titles are held by their stems too
        QCOMPARE(count(u"supply"_s), 1);
        QCOMPARE(count(u"title:supply"_s), 0);
        QCOMPARE(count(u"nothing -title:annual"_s), 0);
        QCOMPARE(count(u"nothing -annual"_s), 1);
    }

    // "Load-deflection" is one thing where it stands so, and two words where it does not.
    void compoundsFindTheirParts()
    {
        const QString page = u"How the load bends a shell, and its deflection"_s;
        Index index;
        QVERIFY(index.isOpen());
        index.put(page);
        const auto query = [](const QString &words) { return text::wordQuery(words, {u"en"_s}); };
        QCOMPARE(index.search(query(u"load-deflection curve"_s).all), 0);
        QCOMPARE(index.search(query(u"load-deflection curve"_s).some), 1);
        QCOMPARE(index.search(query(u"load-deflection"_s).some), 1);
        QCOMPARE(index.search(query(u"up-and-down curve"_s).some), 0); // "and" says nothing
        QVERIFY(query(u"\"load-deflection\""_s).some.isEmpty());
        QVERIFY(query(u"joe@mail.example.org"_s).some.isEmpty());
        QStringList marked;
        for (const text::WordMatch &match :
             text::findWords(page, text::readSearchWords(u"load-deflection"_s), u"en"_s))
            marked.append(page.mid(match.start, match.end - match.start));
        QCOMPARE(marked, (QStringList{u"load"_s, u"deflection"_s}));
    }

    // Whoever writes without spaces types a question as one word.
    void questionsWithoutSpacesFindTheirParts()
    {
        const QString page = u"恢复已经删除但仍然被打开的文件"_s;
        Index index;
        QVERIFY(index.isOpen());
        index.put(page);
        const auto some = [&](const QString &words) {
            const QString expression = text::wordQuery(words, {u"zh"_s}).some;
            return expression.isEmpty() ? -1 : index.search(expression);
        };
        QCOMPARE(index.search(text::wordQuery(u"怎样恢复文件"_s, {u"zh"_s}).all), 0);
        QCOMPARE(some(u"怎样恢复文件"_s), 1);
        QCOMPARE(some(u"怎样备份"_s), 0);
        QCOMPARE(some(u"恢复"_s), -1); // a word as it is
        QCOMPARE(some(u"\"怎样恢复文件\""_s), -1);
        QCOMPARE(some(u"joe.doe@example.org"_s), -1);
        const auto marked = [&](const QString &words) {
            QStringList found;
            for (const text::WordMatch &match : text::findWords(page, text::readSearchWords(words), u"zh"_s))
                found.append(page.mid(match.start, match.end - match.start));
            return found;
        };
        QCOMPARE(marked(u"怎样恢复文件"_s), (QStringList{u"恢复"_s, u"文件"_s}));
        QCOMPARE(marked(u"已经删除"_s), QStringList{u"已经删除"_s});
        QCOMPARE(marked(u"用 lsof恢复"_s), QStringList{u"恢复"_s});
    }

    void finds_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("found");
        QTest::newRow("Latin before Arabic without a space")
            << u"habibi\u062d\u0628\u064a\u0628\u064a"_s << u"habibi"_s << true;
        QTest::newRow("case and accents") << u"Das Übermaß der CAFÉS"_s << u"ubermaß cafés"_s << true;
        QTest::newRow("accents typed, none on the page") << u"a resume of it"_s << u"résumé"_s << true;
        QTest::newRow("ß as ss") << u"in der Hauptstraße"_s << u"hauptstrasse"_s << true;
        QTest::newRow("split word") << u"the docu-\nment is"_s << u"document"_s << true;
        QTest::newRow("phrase over a split word")
            << u"the docu-\nment is"_s << u"\"the document is\""_s << true;
        QTest::newRow("part of a compound")
            << u"of low-\nconcentration values"_s << u"concentration"_s << true;
        QTest::newRow("ligature") << u"an e\ufb03cient way"_s << u"efficient"_s << true;
        QTest::newRow("Chinese inside a sentence") << u"如果你在安装的过程中"_s << u"安装"_s << true;
        QTest::newRow("Chinese, other order") << u"如果你在安装的过程中"_s << u"装安"_s << false;
        QTest::newRow("Chinese over a line end") << u"图形\n环境"_s << u"图形环境"_s << true;
        QTest::newRow("Japanese") << u"有機交流電燈のひとつ"_s << u"交流電燈"_s << true;
        QTest::newRow("half-width kana") << u"ｼｽﾃﾑ"_s << u"システム"_s << true;
        QTest::newRow("Thai") << u"เอกสารนี้อธิบายวิธีการติดตั้งระบบ"_s << u"ติดตั้ง"_s << true;
        QTest::newRow("Korean") << u"시스템 설치 방법"_s << u"설치"_s << true;
        QTest::newRow("Arabic with vowel signs") << u"قَرَأْتُ الكِتَابَ"_s << u"الكتاب"_s << true;
        QTest::newRow("Hebrew with points") << u"שָׁלוֹם"_s << u"שלום"_s << true;
        QTest::newRow("Hindi") << u"यह हिन्दी है"_s << u"हिन्दी"_s << true;
        QTest::newRow("beginning") << u"the reduction of"_s << u"reduc*"_s << true;
        QTest::newRow("no beginning without star") << u"the reduction of"_s << u"reduc"_s << false;
        QTest::newRow("excluded") << u"the reduction of fuel"_s << u"reduction -fuel"_s << false;
        QTest::newRow("not excluded") << u"the reduction of fuel"_s << u"reduction -nuclear"_s << true;
        QTest::newRow("all words") << u"the reduction of fuel"_s << u"reduction nuclear"_s << false;
        QTest::newRow("mail") << u"write to joe.doe@example.org"_s << u"joe.doe@example.org"_s << true;
        QTest::newRow("number") << u"since 10.18637/jss.v067.i01"_s << u"10.18637/jss.v067.i01"_s << true;
        QTest::newRow("C++") << u"written in C++"_s << u"c++"_s << true;
    }

    void finds()
    {
        QFETCH(QString, page);
        QFETCH(QString, words);
        QFETCH(bool, found);
        Index index;
        QVERIFY(index.isOpen());
        index.put(page);
        QCOMPARE(index.search(text::wordQuery(words, {u"und"_s}).all), found ? 1 : 0);
        // What a page is found by can be marked on it.
        if (found)
            QVERIFY(!text::findWords(page, text::readSearchWords(words), u"und"_s).isEmpty());
    }

    void neverASyntaxError()
    {
        Index index;
        QVERIFY(index.isOpen());
        index.put(u"some page"_s);
        const QString alphabet = u"ab\"“*-+(){}[]^:;,.'\\/%&|!?=<>~ AND OR NOT NEAR 系ก\u064b\u0301\u200d"_s +
                                 QChar(0xd800) + QChar(0xdc00) + QChar(0) + QChar(0xfffe) + u"𝔄🙂"_s;
        QRandomGenerator random(7);
        for (int i = 0; i < 3000; ++i) {
            QString words;
            for (int n = random.bounded(24); n >= 0; --n)
                words += alphabet.at(random.bounded(static_cast<int>(alphabet.size())));
            const QString query = text::wordQuery(words, {u"und"_s}).all;
            if (!query.isEmpty())
                QVERIFY2(index.search(query) >= 0, qPrintable(words + u" → "_s + query));
        }
    }

    void makesSnippets_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("expected");
        QTest::newRow("whole page") << u"A short page about fuel."_s << u"fuel"_s << 100
                                    << u"A short page about [fuel]."_s;
        QTest::newRow("cut at words")
            << u"One two three four five six seven eight nine ten eleven twelve thirteen"_s << u"seven"_s
            << 30 << u"…six [seven] eight nine ten…"_s;
        QTest::newRow("accents") << u"Les ÉTUDES de l'été"_s << u"etudes ete"_s << 60
                                 << u"Les [ÉTUDES] de l'[été]"_s;
        QTest::newRow("accents in two parts")
            << u"a cafe\u0301 b"_s << u"café"_s << 60 << u"a [cafe\u0301] b"_s;
        QTest::newRow("whole words only")
            << u"art and start and art"_s << u"art"_s << 60 << u"[art] and start and [art]"_s;
        QTest::newRow("beginnings") << u"start starting art"_s << u"star*"_s << 60
                                    << u"[start] [starting] art"_s;
        QTest::newRow("phrase") << u"fuel and reduction. Fuel reduction"_s << u"\"fuel reduction\""_s << 60
                                << u"fuel and reduction. [Fuel reduction]"_s;
        QTest::newRow("line ends") << u"the fuel\nreduction  \n\n plan"_s << u"\"fuel reduction\""_s << 60
                                   << u"the [fuel reduction] plan"_s;
        QTest::newRow("split word") << u"the docu-\nment is"_s << u"document"_s << 60
                                    << u"the [docu- ment] is"_s;
        QTest::newRow("Chinese") << u"如果你在安装的过程中安装了"_s << u"安装"_s << 60
                                 << u"如果你在[安装]的过程中[安装]了"_s;
        QTest::newRow("Arabic") << u"قَرَأْتُ الكِتَابَ اليوم"_s << u"الكتاب"_s << 60 << u"قَرَأْتُ [الكِتَابَ] اليوم"_s;
        QTest::newRow("excluded words are not marked")
            << u"fuel plan"_s << u"fuel -plan"_s << 60 << u"[fuel] plan"_s;
        QTest::newRow("no hit") << u"One two three four five six seven eight"_s << u"zebra"_s << 22
                                << u"One two three four…"_s;
        QTest::newRow("most words") << u"fuel x x x x x x x x x x x x x x x x x x x x fuel and the plan"_s
                                    << u"fuel plan"_s << 26 << u"…x x x [fuel] and the [plan]"_s;
        QTest::newRow("nothing") << QString() << u"fuel"_s << 50 << QString();
    }

    void makesSnippets()
    {
        QFETCH(QString, page);
        QFETCH(QString, words);
        QFETCH(int, length);
        QFETCH(QString, expected);
        const text::Snippet snippet = text::makeSnippet(page, words, u"und"_s, length);
        QCOMPARE(marked(snippet), expected);
        QVERIFY(snippet.text.size() <= length);
    }

    void snippetsOfRandomTextAreSound()
    {
        const QString alphabet =
            u"abé \n-系统ก\u064b\u0301\u200d.,"_s + QChar(0xd800) + QChar(0xdc00) + u"𝔄🙂ﬁ"_s;
        QRandomGenerator random(11);
        for (int i = 0; i < 3000; ++i) {
            QString page;
            for (int n = random.bounded(200); n > 0; --n)
                page += alphabet.at(random.bounded(static_cast<int>(alphabet.size())));
            const int length = 20 + random.bounded(60);
            const text::Snippet snippet = text::makeSnippet(page, u"a 系* \"b a\" fi"_s, u"fr"_s, length);
            QVERIFY(snippet.text.size() <= length);
            qsizetype end = 0;
            for (const auto &hit : snippet.hits) {
                QVERIFY(hit.offset >= end && hit.length > 0);
                end = hit.offset + hit.length;
                QVERIFY(end <= snippet.text.size());
            }
        }
    }

    void linearOnHugePages()
    {
        for (const QString &page :
             {u"fuel "_s.repeated(400'000), QString(2'000'000, u'a'), u"a"_s + QString(500'000, QChar(0x301)),
              u"系统"_s.repeated(500'000), u"ab-\n"_s.repeated(300'000), QString(300'000, QChar(0xfdfa))}) {
            const qint64 start = processorMs();
            QVERIFY(!text::searchFields(page, {}, u"en"_s).body.isEmpty());
            QVERIFY(text::makeSnippet(page, u"fuel 系统 \"fuel fuel fuel\" a*"_s, u"en"_s, 200).text.size() <=
                    200);
            QVERIFY2(processorMs() - start < 8000,
                     qPrintable(page.left(5) + QString::number(processorMs() - start)));
        }
        QVERIFY(text::wordQuery(u"word "_s.repeated(100'000), {}).all.size() < 100);
        QString many;
        for (int i = 0; i < 10'000; ++i)
            many += u"w%1 "_s.arg(i);
        QVERIFY(text::wordQuery(many, {}).all.count(u"AND"_s) < 32);
    }
};

QTEST_GUILESS_MAIN(SearchTextTest)
#include "tst_SearchText.moc"
