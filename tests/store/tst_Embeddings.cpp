// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "store/EmbeddingSpaces.h"
#include "store/Embeddings.h"
#include "support/Strict.h"

#include <QTest>

#include <limits>

using namespace lectern;
using namespace lectern::store;
using namespace Qt::StringLiterals;
using base::ErrorCode;
using domain::EmbeddingSpace;
using support::must;

namespace {

const QString kEndpointLane = u"endpoint:endpoint"_s;

} // namespace

/// Spaces, the embed job, and what the index of vectors reads.
class tst_Embeddings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void firstSpaceServes();
    void withoutASpaceThereIsNoWork();
    void jobFillsWhatTheModelCanRead();
    void chunksThatComeMeanwhileBringTheJobBack();
    void staleJobStoresNothing();
    void completeSpaceTakesOver();
    void wayBackIsFilledUpFirst();
    void givenUpFillingEndsItsJobs();
    void newerBuiltInReplacesTheOlder();
    void paidVectorsOutliveTheirChunks();
    void whatMissesVectorsGetsAJob();
    void vectorsGoWithTheirDocument();
    void placesAreInTheOrderAsked();
    void untoldLanguageIsGivenAVector();
    void pagesOfACancelledDocumentWait();

private:
    static EmbeddingSpace choose(Fixture &f, const QString &model, int dimensions = 4,
                                 const QString &language = u"en"_s)
    {
        EmbeddingSpace space;
        space.model = model;
        space.dimensions = dimensions;
        space.language = language;
        return must(f.write([&](Transaction &t) { return EmbeddingSpaces::choose(t, space); }));
    }
    /// Pages with two chunks each: one in English, one in German.
    static domain::DocumentId addChunked(Fixture &f, const QString &path, int pages)
    {
        const auto run = f.createRun(domain::Goal::Text);
        const auto id = f.add(path, run, domain::Goal::Text).document;
        const domain::Job job = f.startExtraction(id, pages);
        for (int page = 1; page <= pages; ++page)
            must(storeChunked(f, job, page));
        must(f.write([&](Transaction &t) { return Library::finishExtraction(t, job.leaseToken(), id); }));
        return id;
    }
    static base::Status storeChunked(Fixture &f, const domain::Job &job, int number,
                                     const QString &secondLanguage = u"de"_s)
    {
        ExtractedPage page = Fixture::extractedPage(job.document, number);
        page.chunks = {{0, 0, 10, 2, u"en"_s}, {1, 10, 10, 2, secondLanguage}};
        return f.write([&](Transaction &t) {
            return Library::storePages(t, job.leaseToken(), job.document, {page}, {QByteArray()});
        });
    }
    static std::optional<domain::Job> claimEmbed(Fixture &f, const QString &lane = u"embed"_s)
    {
        const auto jobs = must(f.write([&](Transaction &t) {
            return JobQueue::claim(t, {lane, u"w1"_s, 1, f.clock.nowMs(), false});
        }));
        return jobs.isEmpty() ? std::nullopt : std::optional(jobs.first());
    }
    /// Gives every chunk that waits a vector; returns how many those were.
    static int fill(Fixture &f, const domain::Job &job, const EmbeddingSpace &space)
    {
        const auto chunks = must(Embeddings::pending(*f.reader, space, job.document, {}, 100));
        QVector<NewVector> vectors;
        for (const PendingChunk &chunk : chunks)
            vectors.append({chunk.id, QByteArray("code") + QByteArray::number(chunk.id.value), {}});
        must(f.write(
            [&](Transaction &t) { return Embeddings::store(t, job.leaseToken(), space.id, vectors, 7); }));
        return static_cast<int>(chunks.size());
    }
    /// Returns how many documents miss vectors and had no job.
    static qsizetype enqueueMissing(Fixture &f, const EmbeddingSpace &space)
    {
        const auto documents = must(EmbeddingSpaces::incomplete(*f.reader, space.id));
        must(f.write([&](Transaction &t) { return Embeddings::enqueue(t, space, documents); }));
        return documents.size();
    }
    static base::Status finish(Fixture &f, const domain::Job &job, domain::SpaceId space)
    {
        return f.write([&](Transaction &t) { return Embeddings::finish(t, job.leaseToken(), space); });
    }
    static QVector<StoredVector> read(Fixture &f, domain::SpaceId space, qint64 after = 0)
    {
        QVector<StoredVector> vectors;
        must(Embeddings::read(*f.reader, space, after, [&](const StoredVector &vector) {
            vectors.append(vector);
            return true;
        }));
        return vectors;
    }
};

void tst_Embeddings::firstSpaceServes()
{
    Fixture f;
    QVERIFY(!must(EmbeddingSpaces::serving(*f.reader)));
    const EmbeddingSpace first = choose(f, u"built-in/one"_s);
    QCOMPARE(first.state, EmbeddingSpace::State::Serving);
    QCOMPARE(choose(f, u"built-in/one"_s).id, first.id);
    const EmbeddingSpace second = choose(f, u"endpoint/two"_s, 8, {});
    QCOMPARE(second.state, EmbeddingSpace::State::Serving); // there is nothing to fill
    QCOMPARE(must(EmbeddingSpaces::active(*f.reader)).size(), 1);
    EmbeddingSpace other = second;
    other.dimensions = 9;
    EXPECT_ERROR(f.write([&](Transaction &t) { return EmbeddingSpaces::choose(t, other); }),
                 ErrorCode::InvalidArgument);
    QCOMPARE(f.broken(), QString());
}

void tst_Embeddings::withoutASpaceThereIsNoWork()
{
    Fixture f;
    addChunked(f, u"/books/keeper.pdf"_s, 2);
    QVERIFY(!claimEmbed(f));
    QCOMPARE(must(JobQueue::liveCount(*f.reader)), 0);
}

void tst_Embeddings::jobFillsWhatTheModelCanRead()
{
    Fixture f;
    const EmbeddingSpace space = choose(f, u"built-in/one"_s);
    const auto document = addChunked(f, u"/books/keeper.pdf"_s, 3);
    QVERIFY(must(Embeddings::isWorking(*f.reader, {document})));
    const auto job = claimEmbed(f);
    QVERIFY(job);
    QCOMPARE(job->kind, domain::JobKind::Embed);
    QVERIFY(!claimEmbed(f)); // one for the document, however many pages came
    const auto waiting = must(Embeddings::pending(*f.reader, space, document, {}, 100));
    QCOMPARE(waiting.size(), 3);
    QCOMPARE(waiting.first().chunk, (domain::Chunk{0, 0, 10, 2, u"en"_s}));
    QCOMPARE(waiting.first().pageText, Fixture::extractedPage(document, 1).content.text.text);
    QCOMPARE(must(Embeddings::pending(*f.reader, space, document, waiting.first().id, 1)).first().page, 2);

    QCOMPARE(fill(f, *job, space), 3);
    EXPECT_OK(finish(f, *job, space.id));
    QCOMPARE(f.job(job->id).state, domain::JobState::Done);
    QVERIFY(!must(Embeddings::isWorking(*f.reader, {document})));
    const auto coverage = must(EmbeddingSpaces::coverage(*f.reader, space));
    QCOMPARE(coverage.chunks, 3);
    QCOMPARE(coverage.vectors, 3);
    QCOMPARE(coverage.otherLanguage, 3);
    QCOMPARE(f.broken(), QString());
}

void tst_Embeddings::chunksThatComeMeanwhileBringTheJobBack()
{
    Fixture f;
    const EmbeddingSpace space = choose(f, u"built-in/one"_s);
    const auto run = f.createRun(domain::Goal::Text);
    const auto document = f.add(u"/books/keeper.pdf"_s, run, domain::Goal::Text).document;
    const domain::Job extraction = f.startExtraction(document, 2);
    EXPECT_OK(storeChunked(f, extraction, 1));
    const auto job = claimEmbed(f);
    QVERIFY(job);
    QCOMPARE(fill(f, *job, space), 1);
    EXPECT_OK(storeChunked(f, extraction, 2));
    EXPECT_OK(finish(f, *job, space.id));
    QCOMPARE(f.job(job->id).state, domain::JobState::Ready);
    const auto again = claimEmbed(f);
    QVERIFY(again);
    QCOMPARE(again->id, job->id);
    QCOMPARE(fill(f, *again, space), 1);
    EXPECT_OK(finish(f, *again, space.id));
    QCOMPARE(f.job(job->id).state, domain::JobState::Done);
}

void tst_Embeddings::staleJobStoresNothing()
{
    Fixture f;
    const EmbeddingSpace space = choose(f, u"built-in/one"_s);
    const auto document = addChunked(f, u"/books/keeper.pdf"_s, 1);
    const auto job = claimEmbed(f);
    QVERIFY(job);
    EXPECT_OK(f.write([&](Transaction &t) { return JobQueue::release(t, job->leaseToken()); }));
    const auto chunk = must(Embeddings::pending(*f.reader, space, document, {}, 1)).first().id;
    EXPECT_ERROR(f.write([&](Transaction &t) {
        return Embeddings::store(t, job->leaseToken(), space.id, {{chunk, "code", {}}}, 1);
    }),
                 ErrorCode::StaleLease);
    EXPECT_ERROR(finish(f, *job, space.id), ErrorCode::StaleLease);
    QVERIFY(read(f, space.id).isEmpty());
}

void tst_Embeddings::completeSpaceTakesOver()
{
    Fixture f;
    const EmbeddingSpace old = choose(f, u"built-in/one"_s);
    addChunked(f, u"/books/one.pdf"_s, 1);
    const auto filled = claimEmbed(f);
    fill(f, *filled, old);
    EXPECT_OK(finish(f, *filled, old.id));
    addChunked(f, u"/books/two.pdf"_s, 1);

    const EmbeddingSpace next = choose(f, u"endpoint/two"_s, 8, {});
    QCOMPARE(enqueueMissing(f, next), 2);
    for (int left = 2; left > 0; --left) {
        QCOMPARE(must(EmbeddingSpaces::serving(*f.reader))->id, old.id);
        const auto job = claimEmbed(f, kEndpointLane);
        QVERIFY(job);
        QCOMPARE(must(EmbeddingSpaces::ofJob(*f.reader, job->id)).id, next.id);
        QCOMPARE(fill(f, *job, next), 2); // any language
        EXPECT_OK(finish(f, *job, next.id));
    }
    QCOMPARE(must(EmbeddingSpaces::serving(*f.reader))->id, next.id);
    QCOMPARE(must(EmbeddingSpaces::active(*f.reader)).size(), 1);
    QVERIFY(!claimEmbed(f));             // what was left to do for the old one is not wanted any more
    QCOMPARE(read(f, old.id).size(), 1); // kept for the way back
    QCOMPARE(read(f, next.id).size(), 4);
    QCOMPARE(f.broken(), QString());
}

void tst_Embeddings::wayBackIsFilledUpFirst()
{
    Fixture f;
    const EmbeddingSpace old = choose(f, u"built-in/one"_s);
    QVERIFY(!must(EmbeddingSpaces::previous(*f.reader)));
    const EmbeddingSpace next = choose(f, u"endpoint/two"_s, 8, {});
    QCOMPARE(next.state, EmbeddingSpace::State::Serving); // there is nothing to fill
    QCOMPARE(must(EmbeddingSpaces::previous(*f.reader))->id, old.id);
    QCOMPARE(choose(f, u"built-in/one"_s).state, EmbeddingSpace::State::Serving);
    QCOMPARE(choose(f, u"endpoint/two"_s, 8, {}).state, EmbeddingSpace::State::Serving);

    addChunked(f, u"/books/keeper.pdf"_s, 1);
    QCOMPARE(choose(f, u"built-in/one"_s).state, EmbeddingSpace::State::Filling);
    QCOMPARE(must(EmbeddingSpaces::serving(*f.reader))->id, next.id);
    QCOMPARE(enqueueMissing(f, old), 1);
    const auto job = claimEmbed(f);
    QVERIFY(job);
    QCOMPARE(fill(f, *job, old), 1);
    EXPECT_OK(finish(f, *job, old.id));
    QCOMPARE(must(EmbeddingSpaces::serving(*f.reader))->id, old.id);
    QCOMPARE(must(EmbeddingSpaces::previous(*f.reader))->id, next.id);
    QVERIFY(!claimEmbed(f, kEndpointLane));
}

void tst_Embeddings::givenUpFillingEndsItsJobs()
{
    Fixture f;
    const EmbeddingSpace old = choose(f, u"built-in/one"_s);
    addChunked(f, u"/books/keeper.pdf"_s, 2);
    const EmbeddingSpace next = choose(f, u"endpoint/two"_s, 8, {});
    QCOMPARE(next.state, EmbeddingSpace::State::Filling);
    QCOMPARE(enqueueMissing(f, next), 1);
    QCOMPARE(choose(f, u"built-in/one"_s).id, old.id);
    QVERIFY(!must(EmbeddingSpaces::filling(*f.reader)));
    QVERIFY(!claimEmbed(f, kEndpointLane));
    QVERIFY(claimEmbed(f)); // the other one's job goes on
    QCOMPARE(must(EmbeddingSpaces::previous(*f.reader))->id, next.id);
}

void tst_Embeddings::newerBuiltInReplacesTheOlder()
{
    Fixture f;
    choose(f, u"built-in/one"_s);
    addChunked(f, u"/books/keeper.pdf"_s, 1);
    QCOMPARE(choose(f, u"built-in/two"_s).state, EmbeddingSpace::State::Serving);
    QCOMPARE(must(EmbeddingSpaces::active(*f.reader)).size(), 1);
}

void tst_Embeddings::paidVectorsOutliveTheirChunks()
{
    Fixture f;
    const EmbeddingSpace space = choose(f, u"endpoint/two"_s, 8, {});
    const auto document = addChunked(f, u"/books/keeper.pdf"_s, 1);
    const auto job = claimEmbed(f, kEndpointLane);
    QVERIFY(job);
    const auto chunks = must(Embeddings::pending(*f.reader, space, document, {}, 100));
    QCOMPARE(chunks.size(), 2);
    const QVector<NewVector> vectors{{chunks.first().id, "paid", "key one"}, {chunks.last().id, "free", {}}};
    EXPECT_OK(f.write(
        [&](Transaction &t) { return Embeddings::store(t, job->leaseToken(), space.id, vectors, 1); }));
    QCOMPARE(must(Embeddings::findPaid(*f.reader, "key one")), QByteArray("paid"));
    EXPECT_OK(f.write([&](Transaction &t) { return Library::purge(t, {document}); }));
    QVERIFY(read(f, space.id).isEmpty());
    QCOMPARE(must(Embeddings::findPaid(*f.reader, "key one")), QByteArray("paid"));
    QVERIFY(!must(Embeddings::findPaid(*f.reader, "key two")));

    EXPECT_OK(f.write([&](Transaction &t) { return Embeddings::keep(t, {{{}, "asked", "key three"}}); }));
    QCOMPARE(must(Embeddings::findPaid(*f.reader, "key three")), QByteArray("asked"));
    const auto forgotten = [&](qint64 before) {
        return must(f.write([&](Transaction &t) { return Embeddings::forgetKept(t, before, 100); }));
    };
    QCOMPARE(forgotten(1), 0);
    QCOMPARE(forgotten(std::numeric_limits<qint64>::max()), 2);
    QVERIFY(!must(Embeddings::findPaid(*f.reader, "key one")));
}

void tst_Embeddings::whatMissesVectorsGetsAJob()
{
    Fixture f;
    const auto document = addChunked(f, u"/books/keeper.pdf"_s, 1);
    const EmbeddingSpace space = choose(f, u"built-in/one"_s);
    QCOMPARE(enqueueMissing(f, space), 1);
    QCOMPARE(enqueueMissing(f, space), 0); // it has one
    const auto job = claimEmbed(f);
    QVERIFY(job);
    QCOMPARE(job->document, document);
    fill(f, *job, space);
    EXPECT_OK(finish(f, *job, space.id));
    QCOMPARE(enqueueMissing(f, space), 0); // nothing is missing
}

void tst_Embeddings::vectorsGoWithTheirDocument()
{
    Fixture f;
    const EmbeddingSpace space = choose(f, u"built-in/one"_s);
    const auto gone = addChunked(f, u"/books/one.pdf"_s, 2);
    const auto stays = addChunked(f, u"/books/two.pdf"_s, 1);
    for (int left = 2; left > 0; --left) {
        const auto job = claimEmbed(f);
        fill(f, *job, space);
        EXPECT_OK(finish(f, *job, space.id));
    }
    const auto all = read(f, space.id);
    QCOMPARE(all.size(), 3);
    QCOMPARE(all.last().code, QByteArray("code") + QByteArray::number(all.last().chunk.value));
    QCOMPARE(read(f, space.id, all.at(1).id).size(), 1); // only what came since
    EXPECT_OK(f.write([&](Transaction &t) { return Library::purge(t, {gone}); }));
    const auto left = read(f, space.id);
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.first().document, stays);
    QCOMPARE(f.broken(), QString());
}

void tst_Embeddings::placesAreInTheOrderAsked()
{
    Fixture f;
    const EmbeddingSpace space = choose(f, u"built-in/one"_s);
    const auto document = addChunked(f, u"/books/one.pdf"_s, 2);
    const auto chunks = must(Embeddings::pending(*f.reader, space, document, {}, 10));
    QCOMPARE(chunks.size(), 2);
    const auto places =
        must(Embeddings::places(*f.reader, {chunks.at(1).id, domain::ChunkId{9'999}, chunks.at(0).id}));
    QCOMPARE(places.size(), 2);
    QCOMPARE(places.at(0).id, chunks.at(1).id);
    QCOMPARE(places.at(0).pageNumber, 2);
    QCOMPARE(places.at(1).pageNumber, 1);
    QCOMPARE(must(Embeddings::chunksOf(*f.reader, {places.at(0).page})).size(), 2);
}

void tst_Embeddings::untoldLanguageIsGivenAVector()
{
    Fixture f;
    const EmbeddingSpace space = choose(f, u"built-in/one"_s);
    const auto run = f.createRun(domain::Goal::Text);
    const auto document = f.add(u"/books/keeper.pdf"_s, run, domain::Goal::Text).document;
    const domain::Job extraction = f.startExtraction(document, 1);
    EXPECT_OK(storeChunked(f, extraction, 1, u"und"_s));
    QCOMPARE(must(Embeddings::pending(*f.reader, space, document, {}, 100)).size(), 2);
    QCOMPARE(must(EmbeddingSpaces::coverage(*f.reader, space)).otherLanguage, 0);
}

void tst_Embeddings::pagesOfACancelledDocumentWait()
{
    Fixture f;
    const EmbeddingSpace space = choose(f, u"built-in/one"_s);
    const auto run = f.createRun(domain::Goal::Text);
    const auto document = f.add(u"/books/keeper.pdf"_s, run, domain::Goal::Text).document;
    const domain::Job extraction = f.startExtraction(document, 1);
    EXPECT_OK(f.write([&](Transaction &t) { return JobQueue::cancelDocument(t, document); }));
    EXPECT_OK(storeChunked(f, extraction, 1));
    QVERIFY(!claimEmbed(f));
    QCOMPARE(enqueueMissing(f, space), 0);
    QCOMPARE(must(EmbeddingSpaces::coverage(*f.reader, space)).chunks, 0);
}

QTEST_GUILESS_MAIN(tst_Embeddings)
#include "tst_Embeddings.moc"
