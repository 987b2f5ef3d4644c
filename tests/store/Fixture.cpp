// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"

#include <QCryptographicHash>

#include <sqlite3.h>

namespace lectern::store {

using domain::DocumentId;
using domain::Goal;
using domain::Job;
using domain::JobId;
using domain::JobKind;
using domain::RunId;
using support::must;

namespace {

// Each line finds rows that must not be; the number in front says which rule they break.
const QString kInvariants = QStringLiteral(R"(
SELECT 'counts', d.id FROM document d
 WHERE d.pages_done <> (SELECT count(*) FROM page p WHERE p.document_id = d.id AND p.state = 2)
    OR d.pages_failed <> (SELECT count(*) FROM page p WHERE p.document_id = d.id AND p.state = 3)
    OR d.pages_extracted <> (SELECT count(*) FROM page p WHERE p.document_id = d.id AND p.extracted_at <> 0)
    OR d.pages_with_text <> (SELECT count(*) FROM page p WHERE p.document_id = d.id AND p.extracted_at <> 0 AND p.characters > 0);
SELECT 'more pages than there are', d.id FROM document d
 WHERE d.pages_total >= 0 AND d.pages_total < (SELECT count(*) FROM page p WHERE p.document_id = d.id);
SELECT 'settled but live', d.id FROM document d WHERE d.state >= 10
   AND EXISTS (SELECT 1 FROM job j WHERE j.document_id = d.id AND j.kind <> 3 AND j.state < 10 AND NOT (j.state = 5 AND j.stop_request = 1));
SELECT 'open but nothing live', d.id FROM document d WHERE d.state < 10
   AND NOT EXISTS (SELECT 1 FROM job j WHERE j.document_id = d.id AND j.kind <> 3 AND j.state < 10);
SELECT 'done but not all pages', d.id FROM document d WHERE d.state IN (10, 11) AND d.pages_done + d.pages_failed <> d.pages_total;
SELECT 'failures unsaid', d.id FROM document d WHERE (d.state = 10 AND d.pages_failed > 0) OR (d.state = 11 AND d.pages_failed = 0);
SELECT 'settled without time', d.id FROM document d WHERE (d.state >= 10) <> (d.finished_at <> 0);
SELECT 'paused though settled', d.id FROM document d WHERE d.state >= 10 AND d.paused = 1;
SELECT 'held without reason', j.id FROM job j JOIN document d ON d.id = j.document_id JOIN run r ON r.id = d.run_id
 WHERE j.state = 3 AND d.paused = 0 AND r.paused = 0 AND d.removed_at = 0;
SELECT 'waits though held', j.id FROM job j JOIN document d ON d.id = j.document_id JOIN run r ON r.id = d.run_id
 WHERE j.kind <> 3 AND j.state IN (0, 1) AND (d.paused = 1 OR r.paused = 1 OR d.removed_at <> 0);
SELECT 'job of another run', j.id FROM job j JOIN document d ON d.id = j.document_id WHERE j.kind <> 3 AND j.state < 10 AND j.run_id <> d.run_id;
SELECT 'page waits for nobody', p.id FROM page p JOIN document d ON d.id = p.document_id
 WHERE p.state = 1 AND d.state < 10
   AND NOT EXISTS (SELECT 1 FROM job j WHERE j.document_id = p.document_id AND j.kind = 2 AND j.page_number = p.number AND j.state < 10);
SELECT 'analysed without answer', p.id FROM page p JOIN document d ON d.id = p.document_id
 WHERE p.state = 2 AND d.goal = 1 AND p.answer_id IS NULL;
SELECT 'unusable answer of a page that did not fail', u.page_id FROM unusable_answer u JOIN page p ON p.id = u.page_id WHERE p.state <> 3;
SELECT 'text without search entry', t.page_id FROM page_text t WHERE t.page_id NOT IN (SELECT rowid FROM page_search);
SELECT 'search entry without text', s.rowid FROM page_search s WHERE s.rowid NOT IN (SELECT page_id FROM page_text);
SELECT 'extracted without text', p.id FROM page p WHERE p.extracted_at <> 0 AND p.id NOT IN (SELECT page_id FROM page_text);
SELECT 'attempts', j.id FROM job j WHERE j.attempt < 0 OR (j.state = 5 AND j.attempt < 1);
SELECT 'job in a foreign lane', j.id FROM job j JOIN run r ON r.id = j.run_id
 WHERE j.kind <> 1 AND j.state < 10
   AND j.lane <> CASE WHEN instr(r.analyzer, '/') > 1 AND r.analyzer NOT LIKE 'built-in/%'
                      THEN 'endpoint:' || substr(r.analyzer, 1, instr(r.analyzer, '/') - 1) ELSE 'analyze' END;
WITH booked (scope, spent, reserved) AS (
     SELECT 'workspace', spent, iif(state = 0, reserved, 0) FROM usage
     UNION ALL SELECT 'run:' || run_id, spent, iif(state = 0, reserved, 0) FROM usage WHERE run_id IS NOT NULL
     UNION ALL SELECT 'day:' || substr(day, 1, 4) || '-' || substr(day, 5, 2) || '-' || substr(day, 7, 2), spent,
                      iif(state = 0, reserved, 0) FROM usage
     UNION ALL SELECT 'month:' || substr(day, 1, 4) || '-' || substr(day, 5, 2), spent, iif(state = 0, reserved, 0) FROM usage),
     sums AS (SELECT scope, sum(spent) AS spent, sum(reserved) AS reserved FROM booked GROUP BY scope)
SELECT 'account', coalesce(account.scope, sums.scope)
  FROM sums LEFT JOIN account ON account.scope = sums.scope
 WHERE account.scope IS NULL OR account.spent <> sums.spent OR account.reserved <> sums.reserved
UNION ALL SELECT 'account of nothing', scope FROM account WHERE scope NOT IN (SELECT scope FROM sums) AND spent + reserved <> 0;
SELECT 'open but spent', id FROM usage WHERE (state = 0 OR state = 3) AND spent <> 0;
WITH ledger AS (
     SELECT coalesce(run_id, 0) AS run_id, coalesce(document_id, 0) AS document_id, day, model_id, purpose,
            CASE WHEN state = 2 THEN 2 WHEN outcome <> 'none' THEN 1 ELSE 0 END AS kind, again, count(*) AS requests,
            sum(cost_source = 3) AS unpriced, sum(spent) AS spent, sum(input) AS input, sum(cached_input), sum(cache_write),
            sum(output), sum(reasoning)
       FROM usage WHERE state IN (1, 2) GROUP BY 1, 2, 3, 4, 5, 6, 7),
     totals AS (SELECT * FROM cost_total WHERE kind < 3 AND requests <> 0)
SELECT 'totals lack', * FROM (SELECT * FROM ledger EXCEPT SELECT * FROM totals)
UNION ALL SELECT 'totals have too much', * FROM (SELECT * FROM totals EXCEPT SELECT * FROM ledger);
SELECT 'totals of nothing', spent FROM cost_total WHERE requests = 0 AND (spent <> 0 OR input <> 0 OR output <> 0);
SELECT 'changed after the counter', d.id FROM document d WHERE d.change_seq > (SELECT value FROM change_counter) OR d.change_seq = 0;
SELECT 'integrity', * FROM pragma_integrity_check WHERE integrity_check <> 'ok';
SELECT 'foreign key', "table" FROM pragma_foreign_key_check;
)");

int appendRow(void *lines, int columns, char **values, char **)
{
    QStringList row;
    for (int i = 0; i < columns; ++i)
        row.append(QString::fromUtf8(values[i]));
    static_cast<QStringList *>(lines)->append(row.join(u'|'));
    return 0;
}

} // namespace

QString brokenInvariants(const QString &databaseFile)
{
    return support::runSqlite3(databaseFile, kInvariants);
}

QString brokenInvariantsHere(const QString &databaseFile)
{
    sqlite3 *handle = nullptr;
    QStringList lines;
    char *message = nullptr;
    if (sqlite3_open(databaseFile.toUtf8().constData(), &handle) != SQLITE_OK ||
        sqlite3_exec(handle, kInvariants.toUtf8().constData(), appendRow, &lines, &message) != SQLITE_OK)
        lines.append(QStringLiteral("error: ") + QString::fromUtf8(sqlite3_errmsg(handle)));
    sqlite3_free(message);
    sqlite3_close(handle);
    return lines.join(u'\n');
}

Fixture::Fixture()
{
    open();
}

Fixture::~Fixture() = default;

void Fixture::open()
{
    Database::Options options;
    options.folder = workspace.folder();
    database = must(Database::open(options, clock));
    reader = must(database->openReader());
}

QString Fixture::broken() const
{
    return brokenInvariants(workspace.databaseFile());
}

RunId Fixture::createRun(Goal goal)
{
    return must(
        write([&](Transaction &t) { return Library::createRun(t, goal, QStringLiteral("builtin")); }));
}

AddedSource Fixture::add(const QString &path, RunId run, Goal goal, qint64 modifiedAt)
{
    return must(write([&](Transaction &t) {
        return Library::addSource(t, {path, 100, modifiedAt, run, goal});
    }));
}

QVector<Job> Fixture::claim(int limit, const QString &worker, bool oldestFirst)
{
    return must(write([&](Transaction &t) -> base::Result<QVector<Job>> {
        QVector<Job> jobs;
        for (const JobKind kind : {JobKind::Extract, JobKind::Analyze}) {
            const auto some =
                JobQueue::claim(t, {domain::localLane(kind), worker, limit - static_cast<int>(jobs.size()),
                                    clock.nowMs(), oldestFirst});
            if (!some)
                return base::fail(some.error());
            jobs += *some;
        }
        return jobs;
    }));
}

std::optional<Job> Fixture::claimOne(const QString &worker)
{
    const QVector<Job> jobs = claim(1, worker);
    return jobs.isEmpty() ? std::nullopt : std::optional(jobs.first());
}

domain::Document Fixture::document(DocumentId id)
{
    return must(Library::document(*reader, id));
}

Job Fixture::job(JobId id)
{
    JobFilter filter;
    filter.afterId = id.value - 1;
    filter.limit = 1;
    return must(JobQueue::list(*reader, filter)).first();
}

Job Fixture::startExtraction(DocumentId id, int pages, const QString &worker)
{
    const std::optional<Job> job = claimOne(worker);
    if (!job || job->document != id || job->kind != JobKind::Extract)
        qFatal("the extract job of document %lld is not the next one", static_cast<long long>(id.value));
    must(write([&](Transaction &t) -> base::Status {
        const auto merged = Library::setFetched(
            t, job->leaseToken(), id, {hashOf(QString::number(id.value)), 100, 1, domain::DocumentKind::Pdf});
        if (!merged)
            return base::fail(merged.error());
        return Library::setProbed(t, job->leaseToken(), id,
                                  {pages, QStringLiteral("Title"), QStringLiteral("Author"), true});
    }));
    return *job;
}

base::Status Fixture::storePages(const Job &job, const QVector<int> &numbers, const QVector<QByteArray> &keys)
{
    QVector<ExtractedPage> pages;
    for (const int number : numbers)
        pages.append(extractedPage(job.document, number));
    return write(
        [&](Transaction &t) { return Library::storePages(t, job.leaseToken(), job.document, pages, keys); });
}

DocumentId Fixture::addExtracted(const QString &path, int pages, Goal goal)
{
    const RunId run = createRun(goal);
    const DocumentId id = add(path, run, goal).document;
    const Job job = startExtraction(id, pages);
    QVector<int> numbers;
    QVector<QByteArray> keys;
    for (int number = 1; number <= pages; ++number) {
        numbers.append(number);
        keys.append(answerKey(id, number));
    }
    must(storePages(job, numbers, keys));
    must(write([&](Transaction &t) { return Library::finishExtraction(t, job.leaseToken(), id); }));
    return id;
}

int Fixture::analyseAll(const QString &worker)
{
    int pages = 0;
    while (const auto job = claimOne(worker)) {
        must(write([&](Transaction &t) {
            return Library::storeAnalysis(t, job->leaseToken(), job->document, job->page,
                                          answerKey(job->document, job->page), QStringLiteral("builtin"),
                                          analysis(QStringLiteral("Page %1").arg(job->page)));
        }));
        ++pages;
    }
    return pages;
}

QByteArray Fixture::hashOf(const QString &text)
{
    return QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
}

QByteArray Fixture::answerKey(DocumentId document, int page)
{
    return hashOf(QStringLiteral("answer %1 %2").arg(document.value).arg(page));
}

ExtractedPage Fixture::extractedPage(DocumentId document, int number)
{
    ExtractedPage page;
    page.content.number = number;
    page.content.geometry = {595, 842, 0};
    page.content.text.text =
        QStringLiteral("Document %1 page %2 tells of lighthouses").arg(document.value).arg(number);
    page.content.text.words = {{0, 8, 10, 10, 40, 12, 0}};
    page.content.text.fonts = {{QStringLiteral("Serif"), 8, 12, true, true}};
    page.quality = {domain::TextVerdict::Good, 0.9, {}};
    page.contentHash = hashOf(page.content.text.text);
    page.language = QStringLiteral("en");
    page.search.body = page.content.text.text.toLower();
    page.search.stems = page.search.body;
    return page;
}

domain::PageAnalysis Fixture::analysis(const QString &title, const QString &language)
{
    domain::PageAnalysis analysis;
    analysis.title = title;
    analysis.language = language;
    return analysis;
}

} // namespace lectern::store
