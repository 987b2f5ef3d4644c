// SPDX-License-Identifier: GPL-3.0-or-later
// bench_vectors SIZE ROUNDS graph|exact <VECTORS: the ten nearest of SIZE vectors, found by Lectern's index,
// by hnswlib's graph (unless "exact" is asked for, since building one takes long) and by hnswlib's comparison
// with every vector, which says what is right. On stdin are floats, 512 for each of some sentences; from them
// the vectors are made. Prints JSON: milliseconds of a search, for each round, and of ten how many were
// right.
#include "vectors/VectorCode.h"
#include "vectors/VectorIndex.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <hnswlib/hnswlib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <queue>
#include <random>
#include <string_view>
#include <thread>
#include <vector>

using namespace lectern::vectors;

namespace {

constexpr int kDimensions = 512;
constexpr int kQueries = 100;
constexpr int kHits = 10;
constexpr qint64 kFirstQuery = qint64{1} << 40; ///< vectors from this number on are queries

using Numbers = std::vector<float>;
using Ids = std::vector<qint64>;
using Find = std::function<Ids(const Numbers &query)>;

double seconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Makes vectors like those of passages: what one sentence says, half as much of another, and as much that is
/// neither's.
class Maker {
public:
    explicit Maker(std::vector<float> sentences)
        : m_sentences(std::move(sentences)), m_count(m_sentences.size() / kDimensions)
    {
    }

    [[nodiscard]] Numbers make(qint64 number) const
    {
        std::mt19937_64 random(static_cast<quint64>(number) * 2654435761U + 1);
        const float *first = m_sentences.data() + random() % m_count * kDimensions;
        const float *second = m_sentences.data() + random() % m_count * kDimensions;
        Numbers vector(kDimensions);
        double squares = 0;
        quint64 bits = random();
        for (size_t i = 0; i < vector.size(); ++i) {
            // Even between ±1/24, whose length over all dimensions is about half.
            bits = bits * 6364136223846793005U + 1442695040888963407U;
            const float noise = (static_cast<float>(bits >> 40) / static_cast<float>(1 << 23) - 1) / 24;
            vector[i] = first[i] + 0.5F * second[i] + noise;
            squares += static_cast<double>(vector[i]) * static_cast<double>(vector[i]);
        }
        for (float &component : vector)
            component = static_cast<float>(static_cast<double>(component) / std::sqrt(squares));
        return vector;
    }

private:
    std::vector<float> m_sentences;
    size_t m_count;
};

QByteArray coded(const Numbers &vector)
{
    const auto code = encodeVector(vector);
    if (!code)
        qFatal("%s", qPrintable(code.error().detail));
    return *code;
}

void mustAdd(VectorIndex &index, qint64 id, const QByteArray &code)
{
    if (const auto added = index.add(id, id / 100, code); !added)
        qFatal("%s", qPrintable(added.error().detail));
}

Ids idsOf(std::priority_queue<std::pair<float, hnswlib::labeltype>> nearest)
{
    Ids ids;
    for (; !nearest.empty(); nearest.pop())
        ids.push_back(static_cast<qint64>(nearest.top().second));
    return ids;
}

/// What was measured of one contender.
struct Measured {
    QJsonArray p50;
    QJsonArray p95;
    double recall = 0;

    [[nodiscard]] QJsonObject toJson() const
    {
        return {
            {QStringLiteral("p50"), p50}, {QStringLiteral("p95"), p95}, {QStringLiteral("recall"), recall}};
    }
};

class Bench {
public:
    Bench(const Maker &maker, qint64 size, int rounds) : m_maker(maker), m_size(size), m_rounds(rounds)
    {
        for (qint64 i = 0; i < kQueries; ++i)
            m_queries.push_back(maker.make(kFirstQuery + i));
    }

    [[nodiscard]] QJsonObject run(bool withGraph)
    {
        QJsonObject result{{QStringLiteral("size"), m_size}};
        hnswlib::InnerProductSpace space(kDimensions);
        result.insert(QStringLiteral("exact"), exact(space).toJson());
        hnswlib::HierarchicalNSW<float> graph(&space, withGraph ? static_cast<size_t>(m_size) : 1);
        if (withGraph)
            result.insert(QStringLiteral("graph_build_s"), fill(graph));
        VectorIndex index(kDimensions);
        result.insert(QStringLiteral("build_s"), fill(index));
        result.insert(QStringLiteral("bytes"), static_cast<double>(index.bytes()));

        const Find ours = [&](const Numbers &query) { return found(index, query); };
        const Find theirs = [&](const Numbers &query) { return idsOf(graph.searchKnn(query.data(), kHits)); };
        if (withGraph)
            result.insert(QStringLiteral("graph_ef"), static_cast<qint64>(tune(graph, theirs)));
        Measured lectern;
        Measured changing;
        Measured hnsw;
        for (int round = 0; round < m_rounds; ++round) {
            measure(ours, lectern);
            if (withGraph)
                measure(theirs, hnsw);
            measureWhileItChanges(index, ours, changing);
        }
        result.insert(QStringLiteral("lectern"), lectern.toJson());
        result.insert(QStringLiteral("changing"), changing.toJson());
        if (withGraph)
            result.insert(QStringLiteral("graph"), hnsw.toJson());
        return result;
    }

private:
    [[nodiscard]] static Ids found(const VectorIndex &index, const Numbers &query)
    {
        const auto hits = index.search(query, kHits);
        if (!hits)
            qFatal("%s", qPrintable(hits.error().detail));
        Ids ids;
        for (const VectorHit &hit : *hits)
            ids.push_back(hit.id);
        return ids;
    }

    /// Once for each query; what it finds is right.
    [[nodiscard]] Measured exact(hnswlib::InnerProductSpace &space)
    {
        hnswlib::BruteforceSearch<float> all(&space, static_cast<size_t>(m_size));
        for (qint64 id = 0; id < m_size; ++id)
            all.addPoint(m_maker.make(id).data(), static_cast<size_t>(id));
        Measured measured;
        measure(
            [&](const Numbers &query) {
                const Ids ids = idsOf(all.searchKnn(query.data(), kHits));
                m_right.emplace_back(ids.begin(), ids.end());
                return ids;
            },
            measured);
        return measured;
    }

    /// Seconds. On all processors, as is usual; Lectern's is filled by one thread.
    [[nodiscard]] double fill(hnswlib::HierarchicalNSW<float> &graph) const
    {
        const double before = seconds();
        std::atomic<qint64> next = 0;
        std::vector<std::thread> threads;
        for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
            threads.emplace_back([&] {
                for (qint64 id = next++; id < m_size; id = next++)
                    graph.addPoint(m_maker.make(id).data(), static_cast<size_t>(id));
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        return seconds() - before;
    }

    [[nodiscard]] double fill(VectorIndex &index) const
    {
        const double before = seconds();
        for (qint64 id = 0; id < m_size; ++id)
            mustAdd(index, id, coded(m_maker.make(id)));
        return seconds() - before;
    }

    /// The least effort of the graph that finds 99 of 100.
    [[nodiscard]] size_t tune(hnswlib::HierarchicalNSW<float> &graph, const Find &find) const
    {
        size_t effort = 16;
        for (;; effort *= 2) {
            graph.setEf(effort);
            Measured tried;
            measure(find, tried);
            if (tried.recall >= 0.99 || effort >= 1024)
                return effort;
        }
    }

    /// Asks all queries, one after the other.
    void measure(const Find &find, Measured &measured) const
    {
        std::vector<double> times;
        std::vector<Ids> answers;
        for (const Numbers &query : m_queries) {
            const double before = seconds();
            answers.push_back(find(query));
            times.push_back((seconds() - before) * 1000);
        }
        std::sort(times.begin(), times.end());
        measured.p50.append(times[times.size() / 2]);
        measured.p95.append(times[times.size() * 95 / 100]);
        qint64 right = 0;
        for (size_t i = 0; i < answers.size(); ++i)
            right += std::count_if(answers[i].begin(), answers[i].end(),
                                   [&](qint64 id) { return m_right[i].contains(id); });
        measured.recall = static_cast<double>(right) / (kQueries * kHits);
    }

    /// Another thread adds vectors and removes them again, as fast as it can.
    void measureWhileItChanges(VectorIndex &index, const Find &find, Measured &measured) const
    {
        std::atomic<bool> done = false;
        std::thread changer([&] {
            while (!done) {
                for (qint64 id = m_size; id < m_size + 5000 && !done; ++id)
                    mustAdd(index, id, coded(m_maker.make(id)));
                for (qint64 id = m_size; id < m_size + 5000; ++id)
                    index.remove(id);
            }
        });
        measure(find, measured);
        done = true;
        changer.join();
    }

    const Maker &m_maker;
    const qint64 m_size;
    const int m_rounds;
    std::vector<Numbers> m_queries;
    std::vector<QSet<qint64>> m_right; ///< for each query
};

} // namespace

int main(int argc, char **argv)
{
    const qint64 size = argc > 1 ? QByteArray(argv[1]).toLongLong() : 0;
    const int rounds = argc > 2 ? QByteArray(argv[2]).toInt() : 0;
    QFile input;
    if (argc != 4 || size < kHits || rounds < 1 || !input.open(stdin, QIODevice::ReadOnly))
        qFatal("usage: bench_vectors SIZE ROUNDS graph|exact <VECTORS");
    const QByteArray bytes = input.readAll();
    std::vector<float> sentences(static_cast<size_t>(bytes.size()) / sizeof(float));
    std::memcpy(sentences.data(), bytes.constData(), sentences.size() * sizeof(float));
    if (sentences.size() < kDimensions || sentences.size() % kDimensions != 0)
        qFatal("no vectors of %d dimensions", kDimensions);
    const Maker maker(std::move(sentences));
    const QJsonObject result = Bench(maker, size, rounds).run(std::string_view(argv[3]) == "graph");
    std::puts(QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    return 0;
}
