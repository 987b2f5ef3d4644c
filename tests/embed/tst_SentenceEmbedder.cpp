// SPDX-License-Identifier: GPL-3.0-or-later
#include "embed/ModelFile.h"
#include "embed/PieceTokenizer.h"
#include "embed/SentenceEmbedder.h"
#include "embed/Transformer.h"
#include "support/Expect.h"
#include "support/Strict.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <ctime>
#include <memory>
#include <numeric>
#include <random>
#include <thread>
#include <vector>

using namespace lectern;
using namespace lectern::embed;
using namespace Qt::StringLiterals;

namespace {

/// A JSON list in which every unit is escaped, so that lone surrogates arrive as they are.
QByteArray jsonList(const QStringList &texts)
{
    QByteArray json = "[";
    for (const QString &text : texts) {
        json += json.size() > 1 ? ",\"" : "\"";
        for (const QChar unit : text)
            json += "\\u" + QByteArray::number(unit.unicode(), 16).rightJustified(4, '0');
        json += '"';
    }
    return json + ']';
}

/// What the published program writes for these texts; empty when it could not be run.
QByteArray reference(const QString &what, const QStringList &texts)
{
    QProcess node;
    node.start(QStringLiteral(LECTERN_NODE),
               {QStringLiteral(LECTERN_SOURCE_DIR "/tests/embed/reference.mjs"),
                QStringLiteral(LECTERN_REFERENCE_PACKAGES), QStringLiteral(LECTERN_REFERENCE_MODEL), what});
    node.write(jsonList(texts));
    node.closeWriteChannel();
    if (!node.waitForFinished(240'000) || node.exitCode() != 0) {
        qWarning("%s", node.readAllStandardError().constData());
        return {};
    }
    return node.readAllStandardOutput();
}

bool hasReference()
{
    return QFile::exists(QStringLiteral(LECTERN_REFERENCE_PACKAGES "/installed")) &&
           QFile::exists(QStringLiteral(LECTERN_REFERENCE_MODEL "/dist/vocab.json"));
}

QVector<Embedding> referenceVectors(const QStringList &texts)
{
    const QByteArray bytes = reference(u"vectors"_s, texts);
    QVector<Embedding> vectors(bytes.size() / static_cast<qsizetype>(sizeof(Embedding)));
    std::memcpy(vectors.data(), bytes.constData(), static_cast<size_t>(vectors.size()) * sizeof(Embedding));
    return vectors;
}

double cosine(const Embedding &a, const Embedding &b)
{
    double product = 0;
    double left = 0;
    double right = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        product += static_cast<double>(a[i]) * static_cast<double>(b[i]);
        left += static_cast<double>(a[i]) * static_cast<double>(a[i]);
        right += static_cast<double>(b[i]) * static_cast<double>(b[i]);
    }
    return product / std::sqrt(left * right);
}

QString contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Sentences and lines of the project's own texts and, where they are at hand, of the test documents.
QStringList writtenSentences()
{
    QStringList files;
    for (const auto *folder : {LECTERN_SOURCE_DIR, LECTERN_SOURCE_DIR "/resources/guide"}) {
        for (const QFileInfo &file :
             QDir(QLatin1String(folder)).entryInfoList({u"*.md"_s}, QDir::Files, QDir::Name))
            files.append(file.filePath());
    }
    const QString corpus = qEnvironmentVariable("LECTERN_CORPUS");
    if (!corpus.isEmpty()) {
        for (const QFileInfo &file : QDir(corpus + u"/text"_s).entryInfoList(QDir::Files, QDir::Name))
            files.append(file.filePath());
    }
    static const QRegularExpression end(u"(?<=[.!?])\\s+|\\n+"_s);
    QStringList sentences;
    for (const QString &path : files) {
        for (const QString &sentence : contentOf(path).left(40'000).split(end, Qt::SkipEmptyParts)) {
            if (sentence.size() > 12)
                sentences.append(sentence);
        }
    }
    sentences.removeDuplicates();
    return sentences;
}

QStringList oddTexts()
{
    QStringList texts{
        {},
        u" "_s,
        u"."_s,
        u"a"_s,
        u"    four  spaces   everywhere    "_s,
        u"line\nend\ttab\r\nreturn"_s,
        u"0123456789 3.14159 1,234,567.89 2024-05-03 10:30 12:00 :30 :00 ratio 16:9"_s,
        u"!!! ??? ... ;;; ::: --- ((( ))) [[ ]] {{ }} <> /\\ | & * # @ $ % ^ ~ ` ' \""_s,
        u"see: http://example.org/a?b=c&d=e#f or mail someone@example.com :) :( :-)"_s,
        u"“5 stars”5 and ”5”5 again”5"_s, // the vocabulary holds this piece three times
        u"IT WAS ALL IN CAPITAL LETTERS, AND VERY LOUD."_s,
        u"视野无限广，窗外有蓝天。"_s,
        u"いろはにほへと ちりぬるを ｶﾀｶﾅ と漢字１２３"_s,
        u"키스의 고유조건은 입술끼리 만나야 한다."_s,
        u"נצחון בא בעקבות התמדה ועוד مثال على النص العربي"_s,
        u"Съешь же ещё этих мягких французских булок, да выпей чаю."_s,
        u"Größenänderung der Straßenbahnhaltestellenüberdachung für 1.234,56 €."_s,
        u"ﬁne ﬂowers ½ ² ™ ℌ ① Ⅷ ﷺ ㌀ fullwidth ＡＢＣ"_s, // compatibility forms
        u"e\u0301a\u0300 n\u0303 decomposed"_s,
        u"😀 👩‍👩‍👧‍👦 👍🏽 🇩🇪 mixed with words ❤️"_s,
        u"x"_s.repeated(2'000),
        u"漢"_s.repeated(3'000) + u" and then English words"_s, // one unknown piece
        u"the same "_s.repeated(100),
        u"\u200b\u200d\ufeff invisible \u00ad marks \u202e"_s,
        u"<s> </s> extra_token_id_1 \ufffd ▁the ▁"_s, // names of reserved pieces, and the space's sign
        u"a"_s + QChar(0xd800) + u" lone "_s + QChar(0xdfff) + QChar(0xd83d),
        u"int main(void)\n{\n\tfor (int i=0;i<10;++i) printf(\"%d\\n\", i);\n    return 0;\n}\n"_s,
    };
    QStringList words;
    for (int i = 0; i < 300; ++i)
        words.append(i % 7 ? u"word"_s : u"committee's"_s);
    texts.append(words.join(u' '));
    return texts;
}

QString randomText(std::mt19937 &random)
{
    static const QStringList parts{
        u" "_s,   u" "_s,      u"  "_s,  u"the"_s, u"ing"_s, u"tion"_s, u"s"_s,       u"a"_s,
        u"e"_s,   u"qu"_s,     u":"_s,   u"://"_s, u" :"_s,  u" :)"_s,  u" :("_s,     u"):"_s,
        u":-)"_s, u":30"_s,    u":00"_s, u"”5"_s,  u"5"_s,   u"“"_s,    u"”"_s,       u"."_s,
        u","_s,   u"-"_s,      u"漢"_s,  u"▁"_s,   u"\n"_s,  u"é"_s,    u"e\u0301"_s, u"█"_s,
        u"►"_s,   u"😀"_s,      u"ಠ"_s,   u"ﬁ"_s,   u"K"_s,   u"Z"_s,    u"2016"_s,    u"http"_s,
        u"www"_s, u"\u0301"_s, u"İ"_s,   u"ſ"_s,   u"…"_s,   u"€"_s,    u"’s"_s,      u"n't"_s};
    QString text;
    for (auto count = random() % 30; count > 0; --count)
        text += parts[static_cast<qsizetype>(random() % static_cast<unsigned>(parts.size()))];
    return text;
}

double cpuSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

} // namespace

class tst_SentenceEmbedder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { support::failOnWarnings(); }
    void isFoundBesideTheProgram();
    void piecesAgreeWithTheReference();
    void vectorsAgreeWithTheReference();
    void companyDoesNotMatter();
    void everyProcessorGetsTheSameBits();
    void meaningIsNear();
    void anyTextHasAVector_data();
    void anyTextHasAVector();
    void stopsWhenCancelled();
    void manyThreadsShareOne();
    void unusableFilesAreRefused();

private:
    [[nodiscard]] Embedding one(const QString &text) const;

    std::unique_ptr<SentenceEmbedder> m_embedder;
};

void tst_SentenceEmbedder::initTestCase()
{
    m_embedder =
        std::make_unique<SentenceEmbedder>(support::must(SentenceEmbedder::load(embeddingFilePath())));
}

Embedding tst_SentenceEmbedder::one(const QString &text) const
{
    return support::must(m_embedder->embed({text})).front();
}

void tst_SentenceEmbedder::isFoundBesideTheProgram()
{
    const QString path = embeddingFilePath();
    QVERIFY2(path.endsWith(u"/share/lectern/use-lite-en.embedding"_s), qPrintable(path));
    QVERIFY(QFileInfo(path).size() < 8'500'000);
    QVERIFY(m_embedder->name().startsWith(u"use-lite-en-"_s));
}

void tst_SentenceEmbedder::piecesAgreeWithTheReference()
{
    if (!hasReference())
        QSKIP("the package to compare with is not there");
    QStringList texts = writtenSentences() + oddTexts();
    std::mt19937 random(20261122);
    for (int i = 0; i < 4'000; ++i)
        texts.append(randomText(random));
    const QJsonArray expected = QJsonDocument::fromJson(reference(u"pieces"_s, texts)).array();
    QCOMPARE(expected.size(), texts.size());

    const ModelFile model = support::must(ModelFile::read(embeddingFilePath()));
    const PieceTokenizer tokenizer(model.pieces(), model.scores());
    for (qsizetype i = 0; i < texts.size(); ++i) {
        std::vector<int> pieces;
        for (const QJsonValue &piece : expected.at(i).toArray())
            pieces.push_back(piece.toInt());
        const std::vector<int> found = tokenizer.encode(texts.at(i));
        QVERIFY2(found == pieces, qPrintable(texts.at(i).left(300)));
        QCOMPARE(m_embedder->pieceCount(texts.at(i)), static_cast<int>(pieces.size()));
    }
}

void tst_SentenceEmbedder::vectorsAgreeWithTheReference()
{
    if (!hasReference())
        QSKIP("the package to compare with is not there");
    QStringList texts = oddTexts();
    const QStringList written = writtenSentences();
    const qsizetype wanted = 400;
    QVERIFY(written.size() >= 400);
    for (qsizetype i = 0; i < wanted; ++i) {
        const QString &sentence = written.at(i * written.size() / wanted);
        texts.append(i % 4 ? sentence : sentence.section(u' ', 0, 1)); // and what people search for
    }
    const QVector<Embedding> expected = referenceVectors(texts);
    QCOMPARE(expected.size(), texts.size());
    const QVector<Embedding> found = support::must(m_embedder->embed(texts));
    QCOMPARE(found.size(), texts.size());

    double least = 1;
    double sum = 0;
    QString furthest;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        const double agreement = cosine(found.at(i), expected.at(i));
        sum += agreement;
        if (agreement < least)
            furthest = texts.at(i);
        least = std::min(least, agreement);
    }
    const double mean = sum / static_cast<double>(texts.size());
    qInfo("%lld texts: cosine %.6f in the mean, %.6f at least", static_cast<long long>(texts.size()), mean,
          least);
    QVERIFY2(least > 0.999, qPrintable(furthest.left(300)));
    QVERIFY(mean > 0.9997);
}

void tst_SentenceEmbedder::companyDoesNotMatter()
{
    QStringList texts = oddTexts() + writtenSentences().mid(0, 60);
    const QVector<Embedding> together = support::must(m_embedder->embed(texts));
    for (qsizetype i = 0; i < texts.size(); ++i)
        QVERIFY2(one(texts.at(i)) == together.at(i), qPrintable(texts.at(i).left(100)));
    QVERIFY(support::must(m_embedder->embed({})).isEmpty());
    const QVector<Embedding> nothing = support::must(m_embedder->embed(QStringList(1'000, QString())));
    QCOMPARE(nothing.size(), 1'000);
    QVERIFY(nothing.front() == together.front());
    QVERIFY(nothing.back() == together.front());
}

void tst_SentenceEmbedder::everyProcessorGetsTheSameBits()
{
    const Arithmetic *avx2 = avx2Arithmetic();
    if (!avx2)
        QSKIP("this processor has one way only");
    const ModelFile model = support::must(ModelFile::read(embeddingFilePath()));
    const PieceTokenizer tokenizer(model.pieces(), model.scores());
    const Transformer plain(model, plainArithmetic());
    const Transformer fast(model, *avx2);
    Transformer::Room room;
    for (const QString &text : oddTexts()) {
        const std::vector<std::vector<int>> pieces{tokenizer.encode(text)};
        Embedding slow{};
        Embedding quick{};
        plain.embed(pieces, room, &slow);
        fast.embed(pieces, room, &quick);
        QVERIFY2(slow == quick, qPrintable(text.left(100)));
    }
}

void tst_SentenceEmbedder::meaningIsNear()
{
    const Embedding question = one(u"How do I get my money back?"_s);
    const double near = cosine(question, one(u"Customers may request a refund within thirty days."_s));
    const double far = cosine(question, one(u"The glacier lost nine metres of ice in that summer."_s));
    QVERIFY2(near > far + 0.15, qPrintable(u"%1 %2"_s.arg(near).arg(far)));
}

void tst_SentenceEmbedder::anyTextHasAVector_data()
{
    QTest::addColumn<QString>("text");
    constexpr int huge = 4'000'000;
    QTest::newRow("no spaces") << QString(huge, u'x');
    QTest::newRow("spaces") << QString(huge, u' ');
    QTest::newRow("ideographs") << QString(huge, QChar(0x4e2d));
    QTest::newRow("lone high surrogates") << QString(huge, QChar(0xd800));
    QTest::newRow("lone low surrogates") << QString(huge, QChar(0xdc00));
    QTest::newRow("zeros") << QString(huge, QChar(0));
    QTest::newRow("noncharacters") << QString(huge, QChar(0xffff));
    // Putting marks into their canonical order is quadratic, and this one becomes 18 letters.
    QString marks = u"a"_s;
    for (int i = 0; i < huge / 2; ++i)
        marks += QString(QChar(0x0315)) + QChar(0x0328);
    QTest::newRow("marks in the wrong order") << marks;
    QTest::newRow("long decompositions") << QString(huge, QChar(0xfdfa));
    QTest::newRow("words") << u"several words again "_s.repeated(200'000);
}

void tst_SentenceEmbedder::anyTextHasAVector()
{
    QFETCH(QString, text);
    const double before = cpuSeconds();
    const Embedding vector = one(text);
    const double used = cpuSeconds() - before;
    double squares = 0;
    for (const float number : vector)
        squares += static_cast<double>(number) * static_cast<double>(number);
    QVERIFY(std::abs(squares - 1) < 1e-5);
    QVERIFY2(used < 3, qPrintable(u"%1 s"_s.arg(used)));
}

void tst_SentenceEmbedder::stopsWhenCancelled()
{
    base::CancelToken cancel;
    cancel.cancel();
    EXPECT_ERROR(m_embedder->embed({u"some text"_s}, cancel), base::ErrorCode::Cancelled);

    base::CancelToken later;
    const QStringList many(200'000, u"a text that takes its time, which is more than nothing at all"_s);
    std::thread other([later]() mutable { later.cancel(); });
    const auto result = m_embedder->embed(many, later);
    other.join();
    EXPECT_ERROR(result, base::ErrorCode::Cancelled);
}

void tst_SentenceEmbedder::manyThreadsShareOne()
{
    const QStringList texts = writtenSentences().mid(0, 40);
    const QVector<Embedding> expected = support::must(m_embedder->embed(texts));
    std::vector<QVector<Embedding>> found(6);
    std::vector<std::thread> threads;
    for (QVector<Embedding> &vectors : found)
        threads.emplace_back([&, copy = *m_embedder] { vectors = support::must(copy.embed(texts)); });
    for (std::thread &thread : threads)
        thread.join();
    for (const QVector<Embedding> &vectors : found)
        QVERIFY(vectors == expected);
}

void tst_SentenceEmbedder::unusableFilesAreRefused()
{
    QFile good(embeddingFilePath());
    QVERIFY(good.open(QIODevice::ReadOnly));
    const QByteArray bytes = good.readAll();
    QTemporaryDir folder;
    const auto written = [&](const QByteArray &content) {
        const QString path = folder.filePath(u"other"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("the copy can't be written");
        return path;
    };
    const auto refused = [&](const QByteArray &content) {
        const auto result = SentenceEmbedder::load(written(content));
        return !result && result.error().code == base::ErrorCode::EmbeddingMissing;
    };
    EXPECT_OK(SentenceEmbedder::load(written(bytes)));
    EXPECT_ERROR(SentenceEmbedder::load({}), base::ErrorCode::EmbeddingMissing);
    EXPECT_ERROR(SentenceEmbedder::load(folder.filePath(u"none"_s)), base::ErrorCode::EmbeddingMissing);
    EXPECT_ERROR(SentenceEmbedder::load(folder.path()), base::ErrorCode::EmbeddingMissing);
    QVERIFY(refused({}));
    QVERIFY(refused(bytes.left(100)));
    QVERIFY(refused(bytes.chopped(1)));
    QVERIFY(refused(bytes + 'x'));
    for (const qsizetype place : {qsizetype{0}, qsizetype{8}, qsizetype{13}, qsizetype{17}, qsizetype{21},
                                  qsizetype{70}, qsizetype{200}, bytes.size() - 1}) {
        QByteArray changed = bytes;
        changed[place] = static_cast<char>(changed.at(place) ^ 0x40);
        QVERIFY2(refused(changed), qPrintable(QString::number(place)));
    }
    // Nor is one whose check sum fits: another number of pieces, and a number that is none.
    const auto sealed = [](QByteArray content) {
        const QByteArray hash =
            QCryptographicHash::hash(QByteArrayView(content).sliced(128), QCryptographicHash::Sha256);
        return content.replace(64, 32, hash);
    };
    QByteArray fewer = bytes;
    fewer[16] = static_cast<char>(fewer.at(16) - 1);
    QVERIFY(refused(sealed(fewer)));
    QByteArray cut = bytes.chopped(64);
    const auto size = static_cast<quint32>(cut.size() - 128);
    std::memcpy(cut.data() + 20, &size, sizeof size);
    QVERIFY(refused(sealed(cut)));
    QByteArray infinite = bytes;
    infinite.replace(bytes.size() - 512 * 512 - 2048, 4,
                     QByteArray::fromHex("0000807f")); // a step of the last layer
    QVERIFY(refused(sealed(infinite)));
}

QTEST_GUILESS_MAIN(tst_SentenceEmbedder)
#include "tst_SentenceEmbedder.moc"
