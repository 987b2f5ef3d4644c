// SPDX-License-Identifier: GPL-3.0-or-later
// bench_search fill WORKSPACE <SENTENCES: a vector for every chunk of an extracted library, made from those
// of the sentences, by the way that the program stores them. bench_search measure WORKSPACE PLAIN FOLDER
// <QUESTIONS: how long searches take, first at rest and then while FOLDER is being indexed by this process;
// PLAIN: an FTS5 index of the same pages. Prints one JSON object, times in milliseconds.
#include "PlainIndex.h"
#include "base/Clock.h"
#include "embed/SentenceEmbedder.h"
#include "store/Connection.h"
#include "store/Database.h"
#include "store/EmbeddingSpaces.h"
#include "store/Embeddings.h"
#include "store/JobQueue.h"
#include "store/Library.h"
#include "vectors/VectorCode.h"
#include "workspace/BuiltInEmbedder.h"
#include "workspace/Workspace.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <time.h>

using namespace Qt::StringLiterals;
using namespace lectern;
using domain::SearchMode;
using store::Embeddings;
using store::EmbeddingSpaces;

namespace {

constexpr int kLimit = 50;         ///< pages of an answer, as the window asks for
constexpr int kIdleRounds = 2;     ///< over all questions
constexpr int kStoredAtOnce = 500; ///< vectors
constexpr float kSecond = 0.5F;    ///< how much of another sentence is in a made vector
constexpr float kNoise = 0.5F;     ///< and how long its noise is

template <class T> T must(base::Result<T> result)
{
    if (!result)
        qFatal("%s: %s", qPrintable(base::errorName(result.error().code)), qPrintable(result.error().detail));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

QStringList textsFromInput()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        qFatal("no input");
    QStringList texts;
    const QJsonArray list = QJsonDocument::fromJson(input.readAll()).array();
    for (const QJsonValue &text : list)
        texts.append(text.toString());
    return texts;
}

/// One sentence, half of another, and noise half as long.
class MadeVectors {
public:
    explicit MadeVectors(const QVector<embed::Embedding> &sentences) : m_sentences(sentences) {}

    QByteArray next()
    {
        const embed::Embedding &first = m_sentences.at(pick());
        const embed::Embedding &second = m_sentences.at(pick());
        embed::Embedding vector = first;
        embed::Embedding noise;
        float length = 0;
        for (float &value : noise) {
            value = m_normal(m_dice);
            length += value * value;
        }
        for (size_t i = 0; i < vector.size(); ++i)
            vector[i] += kSecond * second[i] + kNoise / std::sqrt(length) * noise[i];
        return must(vectors::encodeVector(vector));
    }

private:
    qsizetype pick() { return static_cast<qsizetype>(m_dice() % static_cast<quint64>(m_sentences.size())); }

    const QVector<embed::Embedding> &m_sentences;
    std::mt19937_64 m_dice{1};
    std::normal_distribution<float> m_normal;
};

void fillDocument(store::Database &database, store::Connection &reader, const domain::EmbeddingSpace &space,
                  const domain::Job &job, MadeVectors &made)
{
    domain::ChunkId last;
    while (true) {
        const auto chunks = must(Embeddings::pending(reader, space, job.document, last, kStoredAtOnce));
        if (chunks.isEmpty())
            break;
        QVector<store::NewVector> fresh;
        for (const store::PendingChunk &chunk : chunks)
            fresh.append({chunk.id, made.next(), {}});
        must(database.writer().run([&](store::Transaction &t) {
            return Embeddings::store(t, job.leaseToken(), space.id, fresh, 0);
        }));
        last = chunks.last().id;
    }
    must(database.writer().run(
        [&](store::Transaction &t) { return Embeddings::finish(t, job.leaseToken(), space.id); }));
}

int fill(const QString &folder)
{
    const auto embedder = must(embed::SentenceEmbedder::load(embed::embeddingFilePath()));
    const QVector<embed::Embedding> sentences = must(embedder.embed(textsFromInput()));
    MadeVectors made(sentences);
    const base::SystemClock clock;
    store::Database::Options options;
    options.folder = folder;
    const auto database = must(store::Database::open(options, clock));
    const auto reader = must(database->openReader());
    domain::EmbeddingSpace wanted;
    wanted.model = workspace::BuiltInEmbedder::modelName(embedder);
    wanted.dimensions = embed::kDimensions;
    wanted.language = workspace::BuiltInEmbedder::language();
    const auto space = must(
        database->writer().run([&](store::Transaction &t) { return EmbeddingSpaces::choose(t, wanted); }));
    const auto missing = must(EmbeddingSpaces::incomplete(*reader, space.id));
    must(database->writer().run(
        [&](store::Transaction &t) { return Embeddings::enqueue(t, space, missing); }));
    const store::ClaimRequest request{domain::localLane(domain::JobKind::Embed), u"bench"_s, 1, clock.nowMs(),
                                      false};
    while (true) {
        const auto jobs = must(database->writer().run(
            [&](store::Transaction &t) { return store::JobQueue::claim(t, request); }));
        if (jobs.isEmpty())
            break;
        fillDocument(*database, *reader, space, jobs.first(), made);
    }
    const auto coverage = must(EmbeddingSpaces::coverage(*reader, space));
    if (coverage.vectors == 0 || coverage.vectors != coverage.chunks)
        qFatal("%lld of %lld chunks have a vector", coverage.vectors, coverage.chunks);
    return 0;
}

/// Milliseconds.
struct Times {
    double wall = 0;
    double processor = 0; ///< of this thread
};

double threadMs()
{
    timespec now = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

template <class Function> Times timed(const Function &function)
{
    QElapsedTimer timer;
    timer.start();
    const double before = threadMs();
    function();
    return {static_cast<double>(timer.nsecsElapsed()) / 1e6, threadMs() - before};
}

/// Every contender answers the same question before the next one comes.
class Contest {
public:
    Contest(workspace::Workspace &workspace, bench::PlainIndex &plain, const QStringList &questions)
        : m_workspace(workspace), m_plain(plain), m_questions(questions)
    {
    }

    Times lectern(SearchMode mode, const QString &question)
    {
        workspace::SearchRequest request;
        request.words = question;
        request.mode = mode;
        request.limit = kLimit;
        return timed([&] { (void)must(m_workspace.search(request, base::CancelToken())); });
    }

    void askNext()
    {
        const QString &question = m_questions.at(m_next++ % m_questions.size());
        note(u"words"_s, lectern(SearchMode::Words, question));
        note(u"meaning"_s, lectern(SearchMode::Meaning, question));
        note(u"both"_s, lectern(SearchMode::Both, question));
        note(u"plain"_s, timed([&] { m_plain.search(question, kLimit); }));
    }

    /// And begins anew.
    QJsonObject take()
    {
        QJsonObject all;
        for (auto [name, taken] : m_taken.asKeyValueRange()) {
            std::sort(taken.wall.begin(), taken.wall.end());
            std::sort(taken.processor.begin(), taken.processor.end());
            all.insert(name, QJsonObject{{u"p50"_s, at(taken.wall, 0.5)},
                                         {u"p95"_s, at(taken.wall, 0.95)},
                                         {u"processor_p50"_s, at(taken.processor, 0.5)},
                                         {u"processor_p95"_s, at(taken.processor, 0.95)},
                                         {u"count"_s, static_cast<int>(taken.wall.size())}});
        }
        m_taken.clear();
        return all;
    }

private:
    struct Taken {
        std::vector<double> wall;
        std::vector<double> processor;
    };

    void note(const QString &name, const Times &times)
    {
        m_taken[name].wall.push_back(times.wall);
        m_taken[name].processor.push_back(times.processor);
    }

    [[nodiscard]] static double at(const std::vector<double> &sorted, double share)
    {
        return sorted.at(static_cast<size_t>(share * static_cast<double>(sorted.size() - 1)));
    }

    workspace::Workspace &m_workspace;
    bench::PlainIndex &m_plain;
    const QStringList &m_questions;
    qsizetype m_next = 0;
    QMap<QString, Taken> m_taken;
};

bool isWorking(store::Connection &reader, const QVector<domain::DocumentId> &documents)
{
    const auto read = must(store::Library::documents(reader, documents));
    const bool allSettled = std::all_of(
        read.begin(), read.end(), [](const auto &document) { return domain::isSettled(document.state); });
    return !allSettled || must(Embeddings::isWorking(reader, documents));
}

int measure(const QString &folder, const QString &plainFile, const QString &documents)
{
    const QStringList questions = textsFromInput();
    const base::SystemClock clock;
    workspace::Workspace::Options options;
    options.folder = folder;
    options.program = u"bench"_s;
    options.helperProgram = QCoreApplication::applicationDirPath() + u"/../bin/lectern-pdf"_s;
    options.embeddingFile = embed::embeddingFilePath();
    options.environment = [](const QString &) { return QString(); };
    const auto workspace = must(workspace::Workspace::open(options, clock));
    const auto reader = must(workspace->database().openReader());
    bench::PlainIndex plain(plainFile);
    Contest contest(*workspace, plain, questions);

    QJsonObject result;
    const auto space = must(EmbeddingSpaces::serving(*reader));
    if (!space)
        qFatal("no vectors in %s", qPrintable(folder));
    result.insert(u"chunks"_s, must(EmbeddingSpaces::coverage(*reader, *space)).vectors);
    result.insert(u"first_ms"_s, contest.lectern(SearchMode::Meaning, questions.first()).wall);
    for (qsizetype i = 0; i < kIdleRounds * questions.size(); ++i)
        contest.askNext();
    result.insert(u"idle"_s, contest.take());

    QElapsedTimer indexing;
    indexing.start();
    const auto added = must(workspace->add({documents}, domain::Goal::Analysis, base::CancelToken()));
    while (isWorking(*reader, added.documents))
        contest.askNext();
    result.insert(u"indexing_s"_s, static_cast<double>(indexing.elapsed()) / 1000);
    result.insert(u"indexing"_s, contest.take());
    int pages = 0;
    for (const domain::Document &document : must(store::Library::documents(*reader, added.documents)))
        pages += document.pagesDone;
    result.insert(u"pages_added"_s, pages);
    std::printf("%s\n", QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == u"fill"_s)
        return fill(arguments.at(2));
    if (arguments.size() == 5 && arguments.at(1) == u"measure"_s)
        return measure(arguments.at(2), arguments.at(3), arguments.at(4));
    qFatal("usage: bench_search fill WORKSPACE | measure WORKSPACE PLAIN FOLDER");
}
