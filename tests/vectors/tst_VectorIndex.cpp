// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/Expect.h"
#include "support/Strict.h"
#include "vectors/VectorCode.h"
#include "vectors/VectorIndex.h"

#include <QMap>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <random>
#include <thread>
#include <vector>

using namespace lectern;
using namespace lectern::vectors;
using base::ErrorCode;

namespace {

using Numbers = std::vector<float>;

Numbers randomVector(std::mt19937 &random, int dimensions)
{
    std::normal_distribution<float> normal(0, 1);
    Numbers vector(static_cast<size_t>(dimensions));
    std::generate(vector.begin(), vector.end(), [&] { return normal(random); });
    return vector;
}

/// Near one of a few directions, as texts on one subject are.
Numbers clustered(std::mt19937 &random, int dimensions, const std::vector<Numbers> &centres)
{
    Numbers vector = randomVector(random, dimensions);
    const Numbers &centre = centres[random() % centres.size()];
    for (size_t i = 0; i < vector.size(); ++i)
        vector[i] = centre[i] + 0.6F * vector[i];
    return vector;
}

QByteArray coded(const Numbers &vector)
{
    return support::must(encodeVector(vector));
}

/// A plain list that does the same, in double, on the same codes.
class Model {
public:
    struct Entry {
        qint64 document = 0;
        Numbers numbers;
    };

    void add(qint64 id, qint64 document, const QByteArray &code)
    {
        const VectorCode decoded = support::must(decodeVector(code));
        Numbers numbers;
        for (const qint16 number : decoded.numbers)
            numbers.push_back(static_cast<float>(number) * decoded.step);
        m_entries[id] = {document, numbers};
    }
    bool remove(qint64 id) { return m_entries.remove(id) > 0; }
    qsizetype removeDocument(qint64 document)
    {
        const auto before = m_entries.size();
        m_entries.removeIf([&](auto entry) { return entry.value().document == document; });
        return before - m_entries.size();
    }
    [[nodiscard]] const QMap<qint64, Entry> &entries() const { return m_entries; }

    [[nodiscard]] double score(qint64 id, const Numbers &query) const
    {
        double product = 0;
        double squares = 0;
        const Numbers &numbers = m_entries.constFind(id)->numbers;
        for (size_t i = 0; i < query.size(); ++i) {
            product += static_cast<double>(query[i]) * static_cast<double>(numbers[i]);
            squares += static_cast<double>(query[i]) * static_cast<double>(query[i]);
        }
        return product / std::sqrt(squares);
    }

    /// Scores of all that the filter lets through, best first.
    [[nodiscard]] std::vector<double> best(const Numbers &query, const VectorFilter &filter) const
    {
        std::vector<double> scores;
        for (auto entry = m_entries.cbegin(); entry != m_entries.cend(); ++entry) {
            if (filter.documents && !filter.documents->contains(entry->document))
                continue;
            if (!filter.accepts || filter.accepts(entry.key(), entry->document))
                scores.push_back(score(entry.key(), query));
        }
        std::sort(scores.begin(), scores.end(), std::greater());
        return scores;
    }

private:
    QMap<qint64, Entry> m_entries;
};

/// What is wrong with the hits; empty when they are the best there are. Scores may differ by rounding.
QString fault(const QVector<VectorHit> &hits, const Model &model, const Numbers &query, int count,
              const VectorFilter &filter)
{
    constexpr double tolerance = 1e-4;
    const std::vector<double> expected = model.best(query, filter);
    if (hits.size() != std::min<qsizetype>(count, static_cast<qsizetype>(expected.size())))
        return QStringLiteral("%1 hits of %2").arg(hits.size()).arg(expected.size());
    QSet<qint64> seen;
    for (qsizetype i = 0; i < hits.size(); ++i) {
        const VectorHit &hit = hits.at(i);
        const auto entry = model.entries().constFind(hit.id);
        if (entry == model.entries().cend() || entry->document != hit.document || seen.contains(hit.id))
            return QStringLiteral("id %1 should not be there").arg(hit.id);
        seen.insert(hit.id);
        if (filter.documents && !filter.documents->contains(hit.document))
            return QStringLiteral("a document that is filtered out");
        if (filter.accepts && !filter.accepts(hit.id, hit.document))
            return QStringLiteral("an id that is filtered out");
        if (std::abs(static_cast<double>(hit.score) - model.score(hit.id, query)) > tolerance)
            return QStringLiteral("score %1 instead of %2").arg(hit.score).arg(model.score(hit.id, query));
        if (std::abs(static_cast<double>(hit.score) - expected[static_cast<size_t>(i)]) > tolerance)
            return QStringLiteral("hit %1 scores %2 instead of %3")
                .arg(i)
                .arg(hit.score)
                .arg(expected[static_cast<size_t>(i)]);
        if (i > 0 && hits.at(i - 1).score < hit.score)
            return QStringLiteral("not in order");
    }
    return {};
}

} // namespace

class tst_VectorIndex : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void agreesWithBruteForce_data();
    void agreesWithBruteForce();
    void nearestOfManyAreFound_data();
    void nearestOfManyAreFound();
    void filters();
    void equalScoresAreInOrderOfIds();
    void whatIsWrongIsRefused();
    void memoryIsKnownAndGivenBack();
    void searchesGoOnWhileItChanges();
    void stopsWhenCancelled();
};

void tst_VectorIndex::agreesWithBruteForce_data()
{
    QTest::addColumn<int>("dimensions");
    QTest::addColumn<int>("ids");
    QTest::addColumn<int>("steps");
    QTest::newRow("tiny") << 1 << 5 << 300;
    QTest::newRow("odd") << 33 << 300 << 2'000;
    QTest::newRow("several blocks") << 16 << 4'000 << 15'000;
    QTest::newRow("as the built-in embedding") << 512 << 300 << 1'000;
    QTest::newRow("large") << 3'072 << 20 << 60;
}

/// Random additions, replacements, removals and searches, against the list.
void tst_VectorIndex::agreesWithBruteForce()
{
    QFETCH(int, dimensions);
    QFETCH(int, ids);
    QFETCH(int, steps);
    std::mt19937 random(static_cast<unsigned>(dimensions));
    std::vector<Numbers> centres;
    for (int i = 0; i < 8; ++i)
        centres.push_back(randomVector(random, dimensions));
    VectorIndex index(dimensions);
    Model model;
    for (int step = 0; step < steps; ++step) {
        const auto id = static_cast<qint64>(random() % static_cast<unsigned>(ids)) - 3;
        const qint64 document = id / 10;
        const auto action = random() % 1000;
        if (action < 700 || (action < 990 && step < steps / 2)) {
            const QByteArray code = coded(clustered(random, dimensions, centres));
            EXPECT_OK(index.add(id, document, code));
            model.add(id, document, code);
        } else if (action < 995) {
            QCOMPARE(index.remove(id), model.remove(id));
        } else {
            QCOMPARE(index.removeDocument(document), model.removeDocument(document));
        }
        QCOMPARE(index.size(), model.entries().size());
        if (step % (steps / 50 + 1) != 0)
            continue;
        const Numbers query = clustered(random, dimensions, centres);
        VectorFilter filter;
        if (random() % 2)
            filter.documents = QSet<qint64>{document, document + 1, document + 7};
        if (random() % 3 == 0)
            filter.accepts = [](qint64 some, qint64) { return some % 3 == 0; };
        const int count = static_cast<int>(random() % 20) + 1;
        const QString wrong =
            fault(support::must(index.search(query, count, filter)), model, query, count, filter);
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("step %1: %2").arg(step).arg(wrong)));
    }
}

void tst_VectorIndex::nearestOfManyAreFound_data()
{
    QTest::addColumn<int>("dimensions");
    QTest::addColumn<float>("aside");
    QTest::newRow("around zero") << 512 << 0.0F;
    QTest::newRow("to one side of zero") << 512 << 4.0F; // as the vectors of many models are
    QTest::newRow("few dimensions") << 256 << 0.0F;
    QTest::newRow("too few for signs") << 250 << 2.0F;
}

/// Not only among the codes, and not only when all of them are looked at: of ten that are nearest in floats,
/// hardly any is lost.
void tst_VectorIndex::nearestOfManyAreFound()
{
    QFETCH(int, dimensions);
    QFETCH(float, aside);
    std::mt19937 random(6);
    std::vector<Numbers> centres;
    for (int i = 0; i < 40; ++i) {
        centres.push_back(randomVector(random, dimensions));
        for (float &number : centres.back())
            number += aside;
    }
    VectorIndex index(dimensions);
    std::vector<Numbers> all;
    for (int i = 0; i < 20'000; ++i) {
        all.push_back(clustered(random, dimensions, centres));
        double squares = 0;
        for (const float number : all.back())
            squares += static_cast<double>(number) * static_cast<double>(number);
        for (float &number : all.back())
            number = static_cast<float>(static_cast<double>(number) / std::sqrt(squares));
        EXPECT_OK(index.add(i, i % 10, coded(all.back())));
    }
    VectorFilter filter;
    int found = 0;
    constexpr int rounds = 40;
    for (int round = 0; round < rounds; ++round) {
        if (round % 2)
            filter.documents = QSet<qint64>{3, 7};
        else
            filter.documents.reset();
        const Numbers query = clustered(random, dimensions, centres);
        std::vector<std::pair<double, qint64>> scores;
        for (size_t i = 0; i < all.size(); ++i) {
            if (filter.documents && !filter.documents->contains(static_cast<qint64>(i % 10)))
                continue;
            double product = 0;
            for (size_t j = 0; j < query.size(); ++j)
                product += static_cast<double>(query[j]) * static_cast<double>(all[i][j]);
            scores.emplace_back(-product, static_cast<qint64>(i));
        }
        std::partial_sort(scores.begin(), scores.begin() + 10, scores.end());
        const QVector<VectorHit> hits = support::must(index.search(query, 10, filter));
        for (int i = 0; i < 10; ++i) {
            const qint64 id = scores[static_cast<size_t>(i)].second;
            found +=
                std::any_of(hits.begin(), hits.end(), [&](const VectorHit &hit) { return hit.id == id; });
        }
    }
    qInfo("%d of %d", found, 10 * rounds);
    QVERIFY(found >= 99 * rounds / 10);
}

void tst_VectorIndex::filters()
{
    std::mt19937 random(4);
    VectorIndex index(64);
    Model model;
    for (qint64 id = 0; id < 3'000; ++id) {
        const QByteArray code = coded(randomVector(random, 64));
        EXPECT_OK(index.add(id, id % 100, code));
        model.add(id, id % 100, code);
    }
    const Numbers query = randomVector(random, 64);
    VectorFilter filter;
    filter.documents = QSet<qint64>{};
    QVERIFY(support::must(index.search(query, 10, filter)).isEmpty());
    filter.documents = QSet<qint64>{77, 5'000};
    QCOMPARE(fault(support::must(index.search(query, 50, filter)), model, query, 50, filter), QString());
    filter.documents.reset();
    filter.accepts = [](qint64, qint64) { return false; };
    QVERIFY(support::must(index.search(query, 10, filter)).isEmpty());
    filter.accepts = [](qint64 id, qint64 document) { return id > 2'000 && document == 3; };
    QCOMPARE(fault(support::must(index.search(query, 10'000, filter)), model, query, 10'000, filter),
             QString());
}

void tst_VectorIndex::equalScoresAreInOrderOfIds()
{
    VectorIndex index(3);
    for (const qint64 id : {9, 4, 7, 1, 8})
        EXPECT_OK(index.add(id, 0, coded({1, 2, 3})));
    QVector<qint64> ids;
    for (const VectorHit &hit : support::must(index.search(Numbers{1, 2, 3}, 3)))
        ids.append(hit.id);
    QCOMPARE(ids, QVector<qint64>({1, 4, 7}));
}

void tst_VectorIndex::whatIsWrongIsRefused()
{
    VectorIndex index(3);
    QVERIFY(support::must(index.search(Numbers{1, 0, 0}, 5)).isEmpty());
    const QByteArray good = coded({1, 2, 3});
    EXPECT_OK(index.add(1, 1, good));
    EXPECT_ERROR(index.add(2, 1, coded({1, 2})), ErrorCode::InvalidArgument);
    EXPECT_ERROR(index.add(2, 1, good.chopped(1)), ErrorCode::Database);
    EXPECT_ERROR(index.add(1, 1, QByteArray()), ErrorCode::Database);
    QVERIFY(!index.remove(2));
    QCOMPARE(index.size(), 1);
    QCOMPARE(support::must(index.search(Numbers{1, 2, 3}, 5)).size(), 1);
    EXPECT_ERROR(index.search(Numbers{1, 2}, 5), ErrorCode::InvalidArgument);
    EXPECT_ERROR(index.search(Numbers{0, 0, 0}, 5), ErrorCode::InvalidArgument);
    EXPECT_ERROR(index.search(Numbers{1, std::nanf(""), 0}, 5), ErrorCode::InvalidArgument);
    EXPECT_ERROR(index.search(Numbers{1, 2, 3}, 0), ErrorCode::InvalidArgument);
    EXPECT_ERROR(index.search(Numbers{1, 2, 3}, VectorIndex::kMostHits + 1), ErrorCode::InvalidArgument);
    // Sizes of a query don't matter, however extreme.
    for (const float size : {1e-20F, 1e15F})
        QVERIFY(std::abs(support::must(index.search(Numbers{size, 2 * size, 3 * size}, 1)).front().score -
                         1) < 0.01F);
}

void tst_VectorIndex::memoryIsKnownAndGivenBack()
{
    std::mt19937 random(5);
    VectorIndex index(512);
    const QByteArray code = coded(randomVector(random, 512));
    for (qint64 id = 0; id < 20'000; ++id)
        EXPECT_OK(index.add(id, id / 50, code));
    const qint64 full = index.bytes();
    QVERIFY2(full > 20'000 * 724 && full < 20'000 * 800, qPrintable(QString::number(full)));
    // Removing and adding again and again must not make it grow.
    for (int round = 0; round < 5; ++round) {
        for (qint64 document = 0; document < 300; ++document)
            QCOMPARE(index.removeDocument(document), 50);
        for (qint64 id = 0; id < 15'000; ++id)
            EXPECT_OK(index.add(id, id / 50, code));
    }
    QCOMPARE(index.size(), 20'000);
    QVERIFY2(index.bytes() < full * 3 / 2, qPrintable(QString::number(index.bytes())));
    for (qint64 id = 10; id < 20'000; ++id)
        QVERIFY(index.remove(id));
    QVERIFY2(index.bytes() < full / 8, qPrintable(QString::number(index.bytes())));
    QCOMPARE(support::must(index.search(randomVector(random, 512), 100)).size(), 10);
}

/// One thread adds, replaces and removes; others search. Ids below 100 stay all the time and must always be
/// found; of the others none may be found twice.
void tst_VectorIndex::searchesGoOnWhileItChanges()
{
    constexpr int dimensions = 256; // so many that signs are counted, and their centre is taken meanwhile
    std::mt19937 random(7);
    std::vector<QByteArray> codes;
    for (int i = 0; i < 64; ++i)
        codes.push_back(coded(randomVector(random, dimensions)));
    const Numbers goal = randomVector(random, dimensions);
    VectorIndex index(dimensions);
    for (qint64 id = 0; id < 100; ++id)
        EXPECT_OK(index.add(id, -1, coded(goal)));

    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::atomic<int> searches = 0;
    const auto reader = [&] {
        while (!done || searches < 20) {
            const QVector<VectorHit> hits = support::must(index.search(goal, 100));
            const bool right =
                hits.size() == 100 && std::all_of(hits.begin(), hits.end(), [](const VectorHit &hit) {
                    return hit.id < 100 && hit.document == -1 && hit.score > 0.99F;
                });
            wrong += right ? 0 : 1;
            QSet<qint64> seen;
            const QVector<VectorHit> all = support::must(index.search(goal, 5'000));
            for (const VectorHit &hit : all)
                seen.insert(hit.id);
            wrong += seen.size() == all.size() ? 0 : 1;
            ++searches;
        }
    };
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i)
        readers.emplace_back(reader);
    for (int step = 0; step < 20'000; ++step) {
        const qint64 id = 100 + static_cast<qint64>(random() % 3'000);
        if (random() % 3)
            EXPECT_OK(index.add(id, id / 10, codes[random() % codes.size()]));
        else
            index.remove(id);
        if (step % 500 == 0)
            index.removeDocument(20);
    }
    done = true;
    for (std::thread &thread : readers)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

void tst_VectorIndex::stopsWhenCancelled()
{
    VectorIndex index(3);
    for (qint64 id = 0; id < 20'000; ++id)
        EXPECT_OK(index.add(id, 1, coded({1, 2, 3})));
    base::CancelToken cancel;
    VectorFilter filter;
    int asked = 0;
    filter.accepts = [&](qint64, qint64) {
        cancel.cancel();
        return ++asked > 0;
    };
    EXPECT_ERROR(index.search(Numbers{1, 2, 3}, 1, filter, cancel), ErrorCode::Cancelled);
    QVERIFY2(asked < 5'000, qPrintable(QString::number(asked)));
    EXPECT_ERROR(index.search(Numbers{1, 2, 3}, 1, {}, cancel), ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(tst_VectorIndex)
#include "tst_VectorIndex.moc"
