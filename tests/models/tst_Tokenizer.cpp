// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/BytePairs.h"
#include "models/TokenRanks.h"
#include "models/Tokenizer.h"
#include "support/Expect.h"
#include "support/Strict.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

#include <ctime>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace lectern;
using namespace lectern::models;
using namespace Qt::StringLiterals;

namespace {

const QString kPackage = QStringLiteral(LECTERN_RANKS_FOLDER "/node_modules/gpt-tokenizer");

struct Sample {
    QString name;
    QString text;
};

/// What gpt-tokenizer itself makes of these texts; empty when it could not be run.
QVector<QVector<qint32>> reference(const QVector<Sample> &samples)
{
    QJsonArray texts;
    for (const Sample &sample : samples)
        texts.append(sample.text);
    QProcess node;
    node.start(QStringLiteral(LECTERN_NODE),
               {QStringLiteral(LECTERN_SOURCE_DIR "/tests/models/count-tokens.mjs"), kPackage});
    node.write(QJsonDocument(texts).toJson(QJsonDocument::Compact));
    node.closeWriteChannel();
    if (!node.waitForFinished(60'000) || node.exitCode() != 0) {
        qWarning("%s", node.readAllStandardError().constData());
        return {};
    }
    QVector<QVector<qint32>> all;
    const QJsonArray lists = QJsonDocument::fromJson(node.readAllStandardOutput()).array();
    for (const QJsonValue &list : lists) {
        QVector<qint32> tokens;
        for (const QJsonValue &token : list.toArray())
            tokens.append(token.toInt());
        all.append(tokens);
    }
    return all;
}

QVector<Sample> writtenSamples()
{
    return {
        {u"empty"_s, {}},
        {u"english"_s, u"The committee's final report, dated 3 May 2024, wasn't published (see Fig. 12)."_s},
        {u"german"_s, u"Größenänderung der Straßenbahnhaltestellenüberdachung für 1.234,56 €."_s},
        {u"french"_s, u"L'été où l’œuvre s’acheva, d'après Émile Zola; qu'est-ce que c'est ?"_s},
        {u"greek"_s, u"Η γρήγορη καφέ αλεπού πηδάει πάνω από το νωθρό σκυλί."_s},
        {u"russian"_s, u"Съешь же ещё этих мягких французских булок, да выпей чаю."_s},
        {u"turkish"_s, u"İstanbul'da IŞIK ılık ığdır."_s},
        {u"arabic"_s, u"نصٌّ حكيمٌ لهُ سِرٌّ قاطِعٌ وَذُو شَأنٍ عَظيمٍ ١٢٣٤٥"_s},
        {u"hebrew"_s, u"דג סקרן שט בים מאוכזב ולפתע מצא חברה."_s},
        {u"hindi"_s, u"ऋषियों को सताने वाले दुष्ट राक्षसों के राजा रावण १२३४"_s},
        {u"thai"_s, u"เป็นมนุษย์สุดประเสริฐเลิศคุณค่า"_s},
        {u"chinese"_s, u"视野无限广，窗外有蓝天。第12页共345页"_s},
        {u"japanese"_s, u"いろはにほへと ちりぬるを ｶﾀｶﾅ と漢字１２３"_s},
        {u"korean"_s, u"키스의 고유조건은 입술끼리 만나야 한다."_s},
        {u"georgian and title case"_s, u"ᲐᲑᲒ აბგ ǅungla ǈ ǋegoš"_s},
        {u"contractions"_s,
         u"I'm I'M you're YOU'RE we've WE'VE he'll HE'LL she'd SHE'D it's IT'S don't DON'T "
         "'tis o'clock 'SD 'lL 'Re 'vE x'sy I’m don’t 'ſ"_s},
        {u"spaces"_s, u"a  b   c    d\t\te\n\n\nf \n g\r\n\r\nh   \n   \n  i   "_s},
        {u"only spaces"_s, QString(200, u' ')},
        {u"spaces and line ends"_s, u"  \n\n  \r\n \t \r \n  x"_s},
        {u"odd spaces"_s,
         u"a\u00a0\u00a0b\u2003\u2003c\u3000\u3000d\u2028e\u2029f\u202fg\u205fh\u1680i\u180ej\u000bk\fl"_s},
        {u"digits"_s, u"1 12 123 1234 12345 1234567890 3.14159 1,000,000 0x1F ½ Ⅷ ²³ ٣٤٥٦ 12abc34"_s},
        {u"signs"_s,
         u"!!! ... ??? ---- ==== #### //// a/b/c// http://example.org/x?y=1&z=%20#f \\n {}[]()<>;:"_s},
        {u"signs before line ends"_s, u"end.\nnext;\r\n//\n/*\n*/\n\n"_s},
        {u"emoji"_s,
         u"😀 👩‍👩‍👧‍👦 👍🏽 🇩🇪🇫🇷 ❤️ ☃ 𝔘𝔫𝔦 𝒳𝟙𝟚𝟛𝟜"_s},
        {u"marks"_s, u"e\u0301e\u0301 n\u0303 \u0301x Z\u0351\u036b\u0343\u036a a\u20dd"_s},
        {u"camel case"_s, u"parseHTMLDocument XMLHttpRequest iPhone McDONALD aB Ab AB ab ABc aBC"_s},
        {u"special tokens as text"_s, u"<|endoftext|> <|fim_prefix|><|endofprompt|>"_s},
        {u"zero width"_s, u"a\u200bb \u200b\u200b c\u200d\u200d d\u00ade"_s},
        {u"private use and noncharacters"_s, u"\uf8ff\ue000 \ufffd\ufffd x\U0010fffdy"_s},
        {u"lone surrogates"_s, u"a"_s + QChar(0xd800) + u"b "_s + QChar(0xdfff) + QChar(0xd83d)},
        {u"table"_s, u"| 2021 | 1.204,5 | -3 % |\n|-----:|--------:|-----:|\n| 2022 |   998,0 | +7 % |"_s},
        {u"code"_s,
         u"int main(void)\n{\n\tfor (int i=0;i<10;++i) printf(\"%d\\n\", i);\n    return 0;\n}\n"_s},
        {u"long word"_s, u"a"_s.repeated(5'000)},
        {u"long upper-case word"_s, u"ABCDEFGHIJKLMNOPQRSTUVWXYZ"_s.repeated(200)},
        {u"long digits"_s, u"31415926535897932384626433832795"_s.repeated(100)},
        {u"long signs"_s, u"=-"_s.repeated(1'000) + u"\n"_s},
        {u"long ideographs"_s, u"日本語文字列"_s.repeated(500)},
    };
}

QString randomText(std::mt19937 &random)
{
    static const QVector<QString> pieces{
        u" "_s,      u"  "_s,     u"\n"_s,  u"\r\n"_s, u"\t"_s,  u"'s"_s,     u"'LL"_s,    u"'"_s,
        u"a"_s,      u"Z"_s,      u"é"_s,   u"ß"_s,    u"Ж"_s,   u"я"_s,      u"中"_s,     u"の"_s,
        u"ا"_s,      u"ก"_s,      u"7"_s,   u"2024"_s, u"٣"_s,   u"½"_s,      u"."_s,      u","_s,
        u"/"_s,      u"-"_s,      u"("_s,   u"€"_s,    u"😀"_s,   u"\u0301"_s, u"ʰ"_s,      u"ǅ"_s,
        u"\u00a0"_s, u"\u2009"_s, u"ing"_s, u"tion"_s, u"The"_s, u"und"_s,    u"\u200d"_s, u"𝔘"_s};
    QString text;
    for (auto count = random() % 40 + 1; count > 0; --count)
        text += pieces[static_cast<qsizetype>(random() % static_cast<unsigned>(pieces.size()))];
    return text;
}

/// Time this process has used: what others do on the machine does not count.
double cpuSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// A word of random letters that is in no vocabulary.
QString longWord(int length, unsigned seed)
{
    std::mt19937 random(seed);
    QString word;
    word.reserve(length);
    for (int i = 0; i < length; ++i)
        word += QChar(static_cast<char16_t>(u'a' + random() % 26));
    return word;
}

QByteArray packed(const QVector<QByteArray> &sequences)
{
    QByteArray bytes;
    for (const QByteArray &sequence : sequences)
        bytes += static_cast<char>(sequence.size()) + sequence;
    return bytes;
}

QVector<QByteArray> allBytes()
{
    QVector<QByteArray> sequences;
    for (int byte = 0; byte < 256; ++byte)
        sequences.append(QByteArray(1, static_cast<char>(byte)));
    return sequences;
}

} // namespace

class tst_Tokenizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void agreesWithTheOriginal();
    void whiteSpaceIsUnicodes();
    void tokensAreTheTextAgain();
    void veryLongWordsTakeLinearTime_data();
    void veryLongWordsTakeLinearTime();
    void longAndShortWaysAgree();
    void manyThreadsShareOne();
    void damagedRanksAreRefused();
    void speed();

private:
    /// The bytes of each token, from the package's own file: independent of how the ranks were packed.
    static QVector<QByteArray> ranksOfPackage();

    Tokenizer m_tokenizer;
};

QVector<QByteArray> tst_Tokenizer::ranksOfPackage()
{
    QFile file(kPackage + u"/data/o200k_base.tiktoken"_s);
    QVector<QByteArray> ranks;
    if (!file.open(QIODevice::ReadOnly))
        return ranks;
    for (QByteArray line = file.readLine(); !line.isEmpty(); line = file.readLine())
        ranks.append(QByteArray::fromBase64(line.left(line.indexOf(' '))));
    return ranks;
}

void tst_Tokenizer::agreesWithTheOriginal()
{
    if (!QFileInfo::exists(kPackage))
        QSKIP("built from a given ranks file: the package to compare with is not there");
    QVector<Sample> samples = writtenSamples();
    std::mt19937 random(20261122);
    for (int i = 0; i < 3'000; ++i)
        samples.append({u"random %1"_s.arg(i), randomText(random)});

    const QVector<QVector<qint32>> expected = reference(samples);
    QCOMPARE(expected.size(), samples.size());
    for (qsizetype i = 0; i < samples.size(); ++i) {
        const QVector<qint32> found = m_tokenizer.encode(samples[i].text);
        if (found != expected[i]) {
            qInfo() << "ours" << found << "theirs" << expected[i];
            QFAIL(qPrintable(samples[i].name + u": "_s + samples[i].text.left(200)));
        }
        QCOMPARE(m_tokenizer.count(samples[i].text), qint64{found.size()});
    }
}

/// JavaScript's \s lacks U+0085 and has U+FEFF, and the package reads U+FEFF away at the start of a text:
/// there the original in Rust, and Unicode's White_Space, are followed instead.
void tst_Tokenizer::whiteSpaceIsUnicodes()
{
    const auto joined = [&](const QStringList &parts) {
        QVector<qint32> tokens;
        for (const QString &part : parts)
            tokens += m_tokenizer.encode(part);
        return tokens;
    };
    QCOMPARE(m_tokenizer.encode(u"x \u0085y"_s), joined({u"x"_s, u" "_s, u"\u0085y"_s}));
    const auto mark = ranksOfPackage().indexOf(QByteArray("\xef\xbb\xbf"));
    if (mark < 0)
        QSKIP("built from a given ranks file: the package to compare with is not there");
    QCOMPARE(m_tokenizer.encode(u"\ufeff"_s), QVector<qint32>{static_cast<qint32>(mark)});
}

void tst_Tokenizer::tokensAreTheTextAgain()
{
    const QVector<QByteArray> ranks = ranksOfPackage();
    if (ranks.isEmpty())
        QSKIP("built from a given ranks file: the package to compare with is not there");
    QCOMPARE(ranks.size(), 199'998);
    std::mt19937 random(7);
    for (int i = 0; i < 200; ++i) {
        const QString text = randomText(random);
        QByteArray back;
        for (const qint32 token : m_tokenizer.encode(text))
            back += ranks.at(token);
        QCOMPARE(QString::fromUtf8(back), text);
    }
}

void tst_Tokenizer::veryLongWordsTakeLinearTime_data()
{
    QTest::addColumn<QString>("text");
    constexpr int length = 200'000;
    QTest::newRow("random letters") << longWord(length, 1);
    QTest::newRow("one letter") << QString(length, u'a');
    QTest::newRow("capitals") << longWord(length, 2).toUpper();
    QTest::newRow("ideographs") << QString(length, QChar(0x4e2d));
    QTest::newRow("spaces") << QString(length, u' ');
    QTest::newRow("spaces, then a word") << QString(length, u' ') + u'x';
    QTest::newRow("signs") << QString(length, u'=');
    QTest::newRow("line ends") << QString(length, u'\n');
    QTest::newRow("digits") << QString(length, u'7');
    QTest::newRow("marks") << QString(length, QChar(0x301));
    QTest::newRow("apostrophes") << u"'s"_s.repeated(length / 2);
}

void tst_Tokenizer::veryLongWordsTakeLinearTime()
{
    QFETCH(QString, text);
    QVERIFY(m_tokenizer.count(u"loaded") > 0);
    const double before = cpuSeconds();
    const qint64 tokens = m_tokenizer.count(text);
    const double used = cpuSeconds() - before;
    qInfo("%lld tokens in %.3f s", static_cast<long long>(tokens), used);
    QVERIFY(tokens > 0);
    // Looking through all parts for each merge would take minutes.
    QVERIFY2(used < 5, "not linear");
}

void tst_Tokenizer::longAndShortWaysAgree()
{
    // A vocabulary in which merges overlap and compete, and words on both sides of the length at which the
    // way changes.
    QVector<QByteArray> sequences = allBytes();
    sequences += {"aa", "ab", "ba", "aaaa", "aba", "bab", "abab", "aab", "baa", "bb"};
    const QByteArray bytes = packed(sequences);
    const TokenRanks ranks = support::must(TokenRanks::read(bytes));
    BytePairs pairs(ranks);
    // The plain definition, without any cleverness.
    const auto defined = [&](std::string_view piece) {
        std::vector<std::string> parts;
        for (const char byte : piece)
            parts.emplace_back(1, byte);
        for (;;) {
            size_t best = 0;
            qint32 lowest = TokenRanks::kNone;
            for (size_t i = 0; i + 1 < parts.size(); ++i) {
                const qint32 rank = ranks.rankOf(parts[i] + parts[i + 1]);
                if (rank != TokenRanks::kNone && (lowest == TokenRanks::kNone || rank < lowest)) {
                    lowest = rank;
                    best = i;
                }
            }
            if (lowest == TokenRanks::kNone)
                break;
            parts[best] += parts[best + 1];
            parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(best) + 1);
        }
        std::vector<qint32> tokens;
        for (const std::string &part : parts)
            tokens.push_back(ranks.rankOf(part));
        return tokens;
    };
    std::mt19937 random(3);
    for (int i = 0; i < 400; ++i) {
        std::string piece;
        for (auto length = random() % 300 + 1; length > 0; --length)
            piece += static_cast<char>('a' + random() % 3);
        std::vector<qint32> found;
        pairs.encode(piece, found);
        QCOMPARE(found, defined(piece));
    }
}

void tst_Tokenizer::manyThreadsShareOne()
{
    const Tokenizer shared;
    const QString text = u"Every thread counts the same 1,234 words, größer 中文 😀.\n"_s.repeated(50);
    const qint64 expected = m_tokenizer.count(text);
    std::vector<qint64> counts(8);
    std::vector<std::thread> threads;
    for (qint64 &count : counts)
        threads.emplace_back([&] { count = shared.count(text); });
    for (std::thread &thread : threads)
        thread.join();
    for (const qint64 count : counts)
        QCOMPARE(count, expected);
}

void tst_Tokenizer::damagedRanksAreRefused()
{
    const QByteArray whole = packed(allBytes());
    EXPECT_OK(TokenRanks::read(whole));
    EXPECT_ERROR(TokenRanks::read({}), base::ErrorCode::Internal);
    EXPECT_ERROR(TokenRanks::read(whole.chopped(1)), base::ErrorCode::Internal);
    EXPECT_ERROR(TokenRanks::read(whole.chopped(2)), base::ErrorCode::Internal); // one byte has no token
    EXPECT_ERROR(TokenRanks::read(whole + whole.left(2)), base::ErrorCode::Internal);
    EXPECT_ERROR(TokenRanks::read(whole + '\0'), base::ErrorCode::Internal);
}

void tst_Tokenizer::speed()
{
    QFile file(QStringLiteral(LECTERN_SOURCE_DIR "/resources/guide/guide.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString page = QString::fromUtf8(file.readAll());
    const Tokenizer fresh;
    const double start = cpuSeconds();
    const qint64 once = fresh.count(page + u'\n');
    const double loaded = cpuSeconds();
    const qint64 often = fresh.count((page + u'\n').repeated(100));
    const double used = cpuSeconds() - loaded;
    qInfo("loaded in %.0f ms; %.1f million tokens a second", (loaded - start) * 1e3,
          static_cast<double>(often) / used / 1e6);
    QVERIFY(often <= once * 100 && often > once * 99);
}

QTEST_GUILESS_MAIN(tst_Tokenizer)
#include "tst_Tokenizer.moc"
