// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/Strict.h"
#include "text/Chunks.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <ctime>
#include <random>

using namespace lectern;
using namespace lectern::text;
using domain::Chunk;
using namespace Qt::StringLiterals;

namespace {

QStringList textsOf(const QString &page, const QVector<Chunk> &chunks)
{
    QStringList texts;
    for (const Chunk &chunk : chunks)
        texts.append(page.mid(chunk.start, chunk.length));
    return texts;
}

QVector<Chunk> split(const QString &page, const QString &language = u"en"_s)
{
    return splitChunks(page, language);
}

/// Whether it has a letter or a digit.
bool saysSomething(QStringView text)
{
    for (const char32_t c : text.toUcs4()) {
        if (QChar::isLetterOrNumber(c))
            return true;
    }
    return false;
}

/// What is wrong with chunks as a division of the page; empty when nothing is.
QString fault(const QString &page, const QVector<Chunk> &chunks)
{
    qsizetype at = 0;
    for (const Chunk &chunk : chunks) {
        if (chunk.start < at || chunk.length < 1 || chunk.start + chunk.length > page.size())
            return u"chunk at %1 after %2"_s.arg(chunk.start).arg(at);
        if (saysSomething(QStringView(page).mid(at, chunk.start - at)))
            return u"text lost before %1"_s.arg(chunk.start);
        const QStringView text = QStringView(page).mid(chunk.start, chunk.length);
        if (text.front().isSpace() || text.back().isSpace())
            return u"white space at the ends of %1"_s.arg(chunk.start);
        if (!saysSomething(text) || chunk.words < 1)
            return u"nothing in %1"_s.arg(chunk.start);
        if (text.front().isLowSurrogate() && chunk.start > 0 && page.at(chunk.start - 1).isHighSurrogate())
            return u"a character was cut at %1"_s.arg(chunk.start);
        if (text.size() > kMostLetters * 9 / 8)
            return u"too long: %1"_s.arg(text.size());
        at = chunk.start + chunk.length;
    }
    return saysSomething(QStringView(page).mid(at)) ? u"text lost at the end"_s : QString();
}

double cpuSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

} // namespace

class tst_Chunks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void sentencesStayWhole();
    void sizesAreSensible();
    void blocksBeginChunks();
    void headingsGoWithWhatFollows();
    void longSentencesAreCutWell();
    void scriptsWithoutSpaces();
    void wordsAndLanguage();
    void readableText_data();
    void readableText();
    void nothingIsLostOrDoubled();
    void realTexts();
    void hostileTextsTakeLinearTime_data();
    void hostileTextsTakeLinearTime();
};

void tst_Chunks::sentencesStayWhole()
{
    const QStringList kinds{
        u"It is shown in Fig. %1 that Dr. Smith, e.g. in No. 7,\nfound more of them than were known."_s,
        u"Did the other %1 committees agree with that!"_s,
        u"In version 2.%1 of the list it costs 3.50 each, which nobody had thought of before."_s};
    QStringList sentences;
    for (int i = 0; i < 60; ++i)
        sentences.append(kinds.at(i % 3).arg(i));
    const QString page = sentences.join(u' ');
    const QVector<Chunk> chunks = split(page);
    QCOMPARE(fault(page, chunks), QString());
    QVERIFY(chunks.size() > 5);
    QCOMPARE(textsOf(page, chunks).join(u' '), page);
    for (const Chunk &chunk : chunks) {
        const QString text = page.mid(chunk.start, chunk.length);
        const auto begins = [&](const QString &sentence) { return text.startsWith(sentence); };
        const auto ends = [&](const QString &sentence) { return text.endsWith(sentence); };
        QVERIFY2(std::any_of(sentences.begin(), sentences.end(), begins), qPrintable(text));
        QVERIFY2(std::any_of(sentences.begin(), sentences.end(), ends), qPrintable(text));
    }
    QVERIFY(split({}).isEmpty());
    QVERIFY(split(u" \n\n \t "_s).isEmpty());
    QVERIFY(split(u"- - -\n\n* * *\n\n(...)"_s).isEmpty()); // says nothing
}

/// As many words as an embedding reads to their end, and as many as say something.
void tst_Chunks::sizesAreSensible()
{
    const QString page =
        u"The members of the committee, who had not been asked before, met again in the spring of the next "
        u"year. They decided that all of the remaining work should be paid for at once. "_s.repeated(50);
    const QVector<Chunk> chunks = split(page);
    for (const Chunk &chunk : chunks.first(chunks.size() - 1))
        QVERIFY2(chunk.words >= 60 && chunk.words <= 100, qPrintable(QString::number(chunk.words)));
    QCOMPARE(split(page), chunks);
}

void tst_Chunks::blocksBeginChunks()
{
    const QString first =
        u"The first block says something of its own, and it takes a number of words to do so, since it "
        u"is about one thing only, and then it goes on about it a little longer than needed, until "
        u"nothing is left to say."_s;
    const QString second = u"The second one is about another."_s;
    for (const auto *gap : {u"\n\n", u"\r\n\r\n", u"\n \t\n\n"}) {
        const QString page = first + QString::fromUtf16(gap) + second;
        QCOMPARE(textsOf(page, split(page)), QStringList({first, second}));
    }
    for (const auto *gap : {u"\n", u"\r\n"}) { // begins no block
        const QString page = first + QString::fromUtf16(gap) + second;
        QCOMPARE(textsOf(page, split(page)), QStringList{page});
    }
}

void tst_Chunks::headingsGoWithWhatFollows()
{
    const QString body =
        u"It was a long way, and nobody knew it well enough to walk it at night without a lamp, so that "
        u"all of them waited for the morning, which came late in that time of the year, as it does."_s;
    const QString page = u"1 The way\n\n"_s + body + u"\n\n2 The night\n\n"_s + body;
    QCOMPARE(textsOf(page, split(page)),
             QStringList({u"1 The way\n\n"_s + body, u"2 The night\n\n"_s + body}));
    // With a sentence that fills a chunk alone, too.
    QString sentence = u"Long"_s;
    while (sentence.size() < kMostLetters * 4 / 5)
        sentence += u" and longer"_s;
    const QString full = u"1 The way that all of them had to go\n\n"_s + sentence + u'.';
    QCOMPARE(textsOf(full, split(full)), QStringList{full});
}

void tst_Chunks::longSentencesAreCutWell()
{
    // At line ends where there are any, else after commas, else between words.
    const QString rows = u"alpha beta 1,234 567 890\n"_s.repeated(60).trimmed();
    for (const QString &text : textsOf(rows, split(rows)))
        QVERIFY2(text.startsWith(u"alpha"_s) && text.endsWith(u"890"_s), qPrintable(text));
    const QString clauses = u"and then there was more to say about it, "_s.repeated(30).trimmed();
    const QStringList parts = textsOf(clauses, split(clauses));
    QVERIFY(parts.size() > 2);
    for (const QString &part : parts)
        QVERIFY2(part.endsWith(u','), qPrintable(part));
    const QString words = u"word after word "_s.repeated(100).trimmed();
    for (const QString &part : textsOf(words, split(words)))
        QVERIFY2(part.endsWith(u"word"_s) || part.endsWith(u"after"_s), qPrintable(part));
    const QString letters = QString(u"x"_s.repeated(5'000));
    QCOMPARE(fault(letters, split(letters)), QString());
    QVERIFY(split(letters).size() > 5);
}

void tst_Chunks::scriptsWithoutSpaces()
{
    const QString chinese = u"人民法院依法审理案件。当事人可以上诉！谁负责执行？法院负责。"_s.repeated(20);
    const QStringList sentences = textsOf(chinese, split(chinese, u"zh"_s));
    QVERIFY(sentences.size() > 2);
    for (const QString &text : sentences)
        QVERIFY2(text.endsWith(u'。') || text.endsWith(u'！') || text.endsWith(u'？'), qPrintable(text));
    const QString endless = u"これはとても長い文で"_s.repeated(200);
    const QVector<Chunk> cut = split(endless, u"ja"_s);
    QCOMPARE(fault(endless, cut), QString());
    QCOMPARE(cut.front().length, kMostLetters / 3);
    QCOMPARE(cut.front().words, kMostLetters / 3);
    const QString commas = u"春眠不覺曉，處處聞啼鳥，夜來風雨聲，花落知多少，"_s.repeated(40);
    for (const QString &part : textsOf(commas, split(commas, u"zh"_s)))
        QVERIFY2(part.endsWith(u'，'), qPrintable(part));
    const QString rare = u"𠮷野家"_s.repeated(500); // outside the Basic Multilingual Plane
    QCOMPARE(fault(rare, split(rare, u"ja"_s)), QString());
    const QString marks = u"กำกิก่"_s.repeated(500); // marks stay with their letters
    const QVector<Chunk> thai = split(marks, u"th"_s);
    QVERIFY(thai.size() > 3);
    for (const QString &part : textsOf(marks, thai))
        QVERIFY(!part.front().isMark());
}

void tst_Chunks::wordsAndLanguage()
{
    const QString english =
        u"The committee met in the spring and decided that all of the remaining work should be paid for, "
        u"since nobody could say any longer who had asked for it, and since it was done well enough for all of them."_s;
    const QString german =
        u"Der Ausschuss beschloss im Frühjahr, dass die übrigen Arbeiten vollständig bezahlt werden "
        u"sollen, und vertagte sich anschließend auf den Herbst des folgenden Jahres, wie es dort üblich geworden ist."_s;
    const QString page = english + u"\n\n"_s + german + u"\n\nNr. 12-B"_s;
    const QVector<Chunk> chunks = split(page, u"fr"_s);
    QCOMPARE(textsOf(page, chunks), QStringList({english, german, u"Nr. 12-B"_s}));
    QCOMPARE(chunks.at(0).words, 40);
    QCOMPARE(chunks.at(0).language, u"en"_s);
    QCOMPARE(chunks.at(1).language, u"de"_s);
    QCOMPARE(chunks.at(2).words, 2);
    QCOMPARE(chunks.at(2).language, u"fr"_s); // too short to tell
}

void tst_Chunks::readableText_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("text");
    QTest::newRow("line ends") << u"one\ntwo\r\nthree  four\tfive"_s << u"one two three four five"_s;
    QTest::newRow("split word") << u"the docu-\nment is here"_s << u"the document is here"_s;
    QTest::newRow("soft hyphen") << u"the docu\u00ad\nment is here"_s << u"the document is here"_s;
    QTest::newRow("compound") << u"a low-\nconcentration, and low-concentration too"_s
                              << u"a low-concentration, and low-concentration too"_s;
    QTest::newRow("range") << u"pages 3-\n5 and A-\nB"_s << u"pages 3- 5 and A- B"_s;
    QTest::newRow("dash") << u"it came -\nand went"_s << u"it came - and went"_s;
}

void tst_Chunks::readableText()
{
    QFETCH(QString, page);
    QFETCH(QString, text);
    const QVector<Chunk> chunks = split(page);
    QCOMPARE(chunks.size(), 1);
    QCOMPARE(chunkText(page, chunks.front()), text);
}

void tst_Chunks::nothingIsLostOrDoubled()
{
    static const QStringList parts{u" "_s,
                                   u" "_s,
                                   u"\n"_s,
                                   u"\n\n"_s,
                                   u"\r\n"_s,
                                   u"\t"_s,
                                   u"\f"_s,
                                   u"."_s,
                                   u". "_s,
                                   u"! "_s,
                                   u"?\n"_s,
                                   u"。"_s,
                                   u"，"_s,
                                   u"漢"_s,
                                   u"か"_s,
                                   u"ก่"_s,
                                   u"한글"_s,
                                   u"a"_s,
                                   u"The "_s,
                                   u"word"_s,
                                   u"Dr. "_s,
                                   u"e.g. "_s,
                                   u"12"_s,
                                   u"3. "_s,
                                   u"("_s,
                                   u"\""_s,
                                   u"”"_s,
                                   u"-"_s,
                                   u"\u0301"_s,
                                   u"😀"_s,
                                   u"\u00a0"_s,
                                   u"\u2028"_s,
                                   QString(QChar(0xd800)),
                                   QString(QChar(0xdc00)),
                                   QString(QChar(0))};
    std::mt19937 random(11);
    for (int i = 0; i < 400; ++i) {
        QString page;
        for (auto count = random() % 1'000; count > 0; --count)
            page += parts[static_cast<qsizetype>(random() % static_cast<unsigned>(parts.size()))];
        const QVector<Chunk> chunks = split(page, i % 2 ? u"en"_s : u"und"_s);
        QVERIFY2(fault(page, chunks).isEmpty(), qPrintable(fault(page, chunks) + u": "_s + page));
        for (const Chunk &chunk : chunks)
            QVERIFY(!chunkText(page, chunk).isEmpty());
    }
}

void tst_Chunks::realTexts()
{
    const QString corpus = qEnvironmentVariable("LECTERN_CORPUS");
    QStringList files{QStringLiteral(LECTERN_SOURCE_DIR "/resources/guide/guide.md"),
                      QStringLiteral(LECTERN_SOURCE_DIR "/resources/guide/reisebericht.md")};
    if (!corpus.isEmpty()) {
        for (const QFileInfo &file : QDir(corpus + u"/text"_s).entryInfoList(QDir::Files, QDir::Name))
            files.append(file.filePath());
    }
    for (const QString &path : files) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString page = QString::fromUtf8(file.readAll()).left(200'000);
        QVERIFY2(fault(page, split(page)).isEmpty(), qPrintable(path));
    }
}

void tst_Chunks::hostileTextsTakeLinearTime_data()
{
    QTest::addColumn<QString>("page");
    constexpr int size = 1'000'000;
    QTest::newRow("one letter") << QString(size, u'x');
    QTest::newRow("full stops") << QString(size, u'.');
    QTest::newRow("full stops and spaces") << u". "_s.repeated(size / 2);
    QTest::newRow("opening brackets") << u"a. "_s + QString(size, u'(');
    QTest::newRow("abbreviations") << u"e.g. "_s.repeated(size / 5);
    QTest::newRow("ordinals") << u"3. "_s.repeated(size / 3);
    QTest::newRow("spaces") << u"a"_s + QString(size, u' ') + u'b';
    QTest::newRow("line ends") << u"a\n"_s.repeated(size / 2);
    QTest::newRow("blocks") << u"a\n\n"_s.repeated(size / 3);
    QTest::newRow("hyphens at line ends") << u"ab-\n"_s.repeated(size / 4);
    QTest::newRow("marks") << u"a"_s + QString(size, QChar(0x301));
    QTest::newRow("lone surrogates") << QString(size, QChar(0xdbff));
    QTest::newRow("no full stop") << u"and so it went on "_s.repeated(size / 18);
    QTest::newRow("ideographs") << QString(size, QChar(0x4e2d));
}

void tst_Chunks::hostileTextsTakeLinearTime()
{
    QFETCH(QString, page);
    const double before = cpuSeconds();
    const QVector<Chunk> chunks = split(page);
    for (const Chunk &chunk : chunks)
        (void)chunkText(page, chunk);
    const double used = cpuSeconds() - before;
    QCOMPARE(fault(page, chunks), QString());
    qInfo("%lld chunks in %.2f s", static_cast<long long>(chunks.size()), used);
    QVERIFY2(used < 10, qPrintable(u"%1 s"_s.arg(used)));
}

QTEST_GUILESS_MAIN(tst_Chunks)
#include "tst_Chunks.moc"
