// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "Plans.h"
#include "store/EmbeddingSpaces.h"
#include "store/Embeddings.h"
#include "store/SearchCoverage.h"
#include "support/Strict.h"

#include <QTest>

using namespace lectern;
using namespace lectern::store;
using namespace Qt::StringLiterals;
using base::ErrorCode;
using domain::DocumentId;
using domain::EmbeddingSpace;
using domain::Job;
using domain::SearchMode;
using support::must;
using Gap = SearchCoverage::Gap;

/// Which documents a search can find, and the reasons of the others.
class tst_SearchCoverage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m = std::make_unique<Fixture>();
    }
    void everyReasonByWords();
    void vectorsComeAfterTheText();
    void anotherLanguageIsNoGapForBoth();
    void embeddingThatEnded_data();
    void embeddingThatEnded();
    void manyDocumentsAreCountedQuickly();

private:
    /// "name gap", by reason and name.
    [[nodiscard]] QStringList missing(SearchMode mode) const
    {
        QStringList rows;
        for (const auto &one : must(SearchCoverage::missing(*m->reader, mode, 100)))
            rows.append(u"%1 %2"_s.arg(one.name.section(u'.', 0, 0)).arg(static_cast<int>(one.gap)));
        return rows;
    }
    [[nodiscard]] SearchCoverage::Count count(SearchMode mode) const
    {
        return must(SearchCoverage::count(*m->reader, mode));
    }
    DocumentId add(const QString &name)
    {
        return m->add(u"/"_s + name, m->createRun(domain::Goal::Text), domain::Goal::Text).document;
    }
    /// All of its pages, each with one chunk.
    void store(const Job &job, int pages, const QString &language)
    {
        for (int number = 1; number <= pages; ++number) {
            ExtractedPage page = Fixture::extractedPage(job.document, number);
            page.language = language;
            page.chunks = {{0, 0, 10, 2, language}};
            must(m->write([&](Transaction &t) {
                return Library::storePages(t, job.leaseToken(), job.document, {page}, {QByteArray()});
            }));
        }
    }
    void finish(const Job &job)
    {
        must(m->write(
            [&](Transaction &t) { return Library::finishExtraction(t, job.leaseToken(), job.document); }));
    }
    DocumentId addRead(const QString &name, int pages, const QString &language = u"en"_s)
    {
        const DocumentId id = add(name);
        const Job job = m->startExtraction(id, pages);
        store(job, pages, language);
        finish(job);
        return id;
    }
    void fail(const QString &name, ErrorCode code)
    {
        const DocumentId id = add(name);
        const Job job = m->startExtraction(id, 1);
        must(m->write([&](Transaction &t) {
            return Library::failDocument(t, job.leaseToken(), id, {code, {}});
        }));
    }
    EmbeddingSpace space()
    {
        EmbeddingSpace space;
        space.model = u"built-in/one"_s;
        space.dimensions = 4;
        space.language = u"en"_s;
        return must(m->write([&](Transaction &t) { return EmbeddingSpaces::choose(t, space); }));
    }
    [[nodiscard]] Job claimEmbed()
    {
        return must(m->write([&](Transaction &t) {
                   return JobQueue::claim(t, {u"embed"_s, u"w1"_s, 1, m->clock.nowMs(), false});
               }))
            .value(0);
    }

    std::unique_ptr<Fixture> m;
};

void tst_SearchCoverage::everyReasonByWords()
{
    addRead(u"fine.pdf"_s, 2);
    fail(u"locked.pdf"_s, ErrorCode::PasswordNeeded);
    fail(u"corrupt.pdf"_s, ErrorCode::Corrupt);
    const DocumentId holes = add(u"holes.pdf"_s);
    Job job = m->startExtraction(holes, 3);
    store(job, 2, u"en"_s);
    must(m->write([&](Transaction &t) {
        return Library::failPage(t, job.leaseToken(), holes, 3, {ErrorCode::PageCrashed, {}}, 1);
    }));
    finish(job);
    const DocumentId scan = add(u"scan.pdf"_s);
    job = m->startExtraction(scan, 1);
    ExtractedPage empty = Fixture::extractedPage(scan, 1);
    empty.content.text = {};
    empty.quality = {};
    must(m->write([&](Transaction &t) {
        return Library::storePages(t, job.leaseToken(), scan, {empty}, {QByteArray()});
    }));
    finish(job);
    const DocumentId stopped = add(u"stopped.pdf"_s);
    must(m->write([&](Transaction &t) { return JobQueue::cancelDocument(t, stopped); }));
    const DocumentId half = add(u"half.pdf"_s);
    job = m->startExtraction(half, 2);
    store(job, 1, u"en"_s);
    add(u"queued.pdf"_s);
    const DocumentId waits = add(u"waits.pdf"_s);
    must(m->write([&](Transaction &t) { return JobQueue::setDocumentPaused(t, waits, true); }));
    const DocumentId gone = add(u"gone.pdf"_s);
    must(m->write([&](Transaction &t) { return Library::remove(t, {gone}); }));

    QCOMPARE(missing(SearchMode::Words),
             (QStringList{u"half 1"_s, u"queued 1"_s, u"waits 2"_s, u"locked 3"_s, u"corrupt 4"_s,
                          u"stopped 5"_s, u"holes 6"_s, u"scan 7"_s}));
    QCOMPARE(count(SearchMode::Words), (SearchCoverage::Count{9, 1}));
    const auto rows = must(SearchCoverage::missing(*m->reader, SearchMode::Words, 7));
    QCOMPARE(rows.size(), 7);
    QCOMPARE(rows.at(4).error, ErrorCode::Corrupt);
    QCOMPARE(rows.at(6).pages, 1);
    must(m->write([](Transaction &t) { return JobQueue::setAllPaused(t, true); }));
    QCOMPARE(missing(SearchMode::Words).mid(0, 3), (QStringList{u"half 2"_s, u"queued 2"_s, u"waits 2"_s}));
}

void tst_SearchCoverage::vectorsComeAfterTheText()
{
    addRead(u"before.pdf"_s, 1);
    QCOMPARE(missing(SearchMode::Meaning), QStringList{u"before 8"_s});
    QCOMPARE(missing(SearchMode::Both), QStringList());
    const EmbeddingSpace made = space();
    QCOMPARE(missing(SearchMode::Meaning), QStringList{u"before 10"_s}); // no job yet, and vectors missing
    const DocumentId id = addRead(u"after.pdf"_s, 2);
    QCOMPARE(missing(SearchMode::Both), (QStringList{u"after 10"_s, u"before 10"_s}));
    QCOMPARE(count(SearchMode::Both), (SearchCoverage::Count{2, 0}));
    QCOMPARE(count(SearchMode::Words), (SearchCoverage::Count{2, 2}));

    const Job job = claimEmbed();
    QCOMPARE(job.document, id);
    const auto chunks = must(Embeddings::pending(*m->reader, made, id, {}, 10));
    const auto storeVector = [&](qsizetype i) {
        must(m->write([&](Transaction &t) {
            return Embeddings::store(t, job.leaseToken(), made.id, {{chunks.at(i).id, "code", {}}}, 1);
        }));
    };
    storeVector(0);
    QCOMPARE(count(SearchMode::Meaning).covered, 0);
    storeVector(1); // all there, although the job has not ended
    QCOMPARE(missing(SearchMode::Meaning), QStringList{u"before 10"_s});
    must(m->write([&](Transaction &t) { return Embeddings::finish(t, job.leaseToken(), made.id); }));
    QCOMPARE(count(SearchMode::Meaning), (SearchCoverage::Count{2, 1}));
}

void tst_SearchCoverage::anotherLanguageIsNoGapForBoth()
{
    space();
    addRead(u"german.pdf"_s, 1, u"de"_s);
    addRead(u"unknown.pdf"_s, 1, u"und"_s);
    QCOMPARE(missing(SearchMode::Meaning), (QStringList{u"german 9"_s, u"unknown 10"_s}));
    QCOMPARE(missing(SearchMode::Both), QStringList{u"unknown 10"_s});
    QCOMPARE(missing(SearchMode::Words), QStringList());
}

void tst_SearchCoverage::embeddingThatEnded_data()
{
    QTest::addColumn<bool>("cancelled");
    QTest::addColumn<int>("gap");
    QTest::newRow("failed") << false << static_cast<int>(Gap::EmbeddingFailed);
    QTest::newRow("cancelled") << true << static_cast<int>(Gap::EmbeddingCancelled);
}

void tst_SearchCoverage::embeddingThatEnded()
{
    QFETCH(bool, cancelled);
    QFETCH(int, gap);
    space();
    const DocumentId id = addRead(u"one.pdf"_s, 1);
    if (cancelled) {
        must(m->write([&](Transaction &t) { return JobQueue::cancelDocument(t, id); }));
    } else {
        const Job job = claimEmbed();
        must(m->write([&](Transaction &t) {
            return JobQueue::finish(t, job.leaseToken(),
                                    domain::JobOutcome::failed({ErrorCode::EmbeddingMissing, {}}));
        }));
    }
    QCOMPARE(missing(SearchMode::Meaning), QStringList{u"one %1"_s.arg(gap)});
    QCOMPARE(missing(SearchMode::Words), QStringList());
}

// As the window asks while documents are read: 20,000 of them with 100,000 chunks.
void tst_SearchCoverage::manyDocumentsAreCountedQuickly()
{
    space();
    addRead(u"first.pdf"_s, 1);
    runSql(*m,
           u"WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
           " INSERT INTO document (run_id, sha256, name, name_key, state, goal, pages_total, pages_extracted,"
           " pages_with_text, added_at, change_seq)"
           " SELECT 1, randomblob(32), 'n' || i, 'n' || i, 10, 0, 5, 5, 5, 1, 1 FROM n"_s);
    runSql(
        *m,
        u"INSERT INTO page (document_id, number, state, extracted_at, done_at, language)"
        " SELECT document.id, n.value, 2, 1, 1, 'en' FROM document, json_each('[1,2,3,4,5]') AS n WHERE name LIKE 'n%'"_s);
    runSql(*m, u"INSERT INTO chunk (page_id, number, start, length, words, language)"
               " SELECT page.id, 0, 0, 10, 2, 'en' FROM page WHERE id > 1"_s);
    const auto measure = [&](const char *name) {
        const double words = medianMs([&] { QCOMPARE(count(SearchMode::Words).documents, 20'000); });
        const double meaning = medianMs([&] { QCOMPARE(count(SearchMode::Meaning).documents, 20'000); });
        qInfo("%s: words %.0f ms, meaning %.0f ms", name, words, meaning);
        QVERIFY(words < 500 && meaning < 5'000);
    };
    measure("nothing embedded");
    runSql(*m, u"INSERT INTO chunk_vector (space_id, chunk_id, code) SELECT 1, id, x'00' FROM chunk"_s);
    measure("all embedded, no jobs known");
    runSql(
        *m,
        u"INSERT INTO job (kind, lane, state, run_at, run_id, document_id, created_at, finished_at, space_id)"
        " SELECT 4, 'embed', 10, 1, 1, id, 1, 1, 1 FROM document WHERE name LIKE 'n%'"_s);
    measure("all embedded");
    QCOMPARE(count(SearchMode::Meaning).covered, 20'000);
}

QTEST_GUILESS_MAIN(tst_SearchCoverage)
#include "tst_SearchCoverage.moc"
