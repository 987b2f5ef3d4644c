// SPDX-License-Identifier: GPL-3.0-or-later
// Library: what an extract job stores.
#include "store/Library.h"

#include "store/AnswerRows.h"
#include "store/ChunkRows.h"
#include "store/DocumentRows.h"
#include "store/Failure.h"
#include "store/JobQueue.h"
#include "store/JobRows.h"
#include "store/SearchRows.h"
#include "store/Settlement.h"
#include "store/Statement.h"
#include "store/Transaction.h"

namespace lectern::store {

using base::Error;
using base::ErrorCode;
using domain::DocumentId;
using domain::DocumentState;
using domain::Goal;
using domain::JobLease;
using domain::JobState;
using domain::PageId;
using domain::PageState;

namespace {

constexpr const char *kSetProbed = R"(
UPDATE document SET pages_total = ?, title = ?, author = ?, copy_allowed = ?,
       state = CASE WHEN state < 10 THEN 1 ELSE state END
 WHERE id = ?)";

constexpr const char *kFindPage =
    "SELECT id, state, extracted_at FROM page WHERE document_id = ? AND number = ?";
constexpr const char *kAddPage = R"(
INSERT INTO page (document_id, number, label, state, attempts, width, height, rotation, images, characters, verdict,
                  quality, quality_details, content_hash, language, answer_id, extracted_at, done_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))";
constexpr const char *kFillPage = R"(
UPDATE page SET label = ?, state = ?, attempts = ?, width = ?, height = ?, rotation = ?, images = ?, characters = ?,
       verdict = ?, quality = ?, quality_details = ?, content_hash = ?, language = ?, answer_id = ?, extracted_at = ?, done_at = ?,
       error_code = 'none', error_detail = ''
 WHERE id = ?)";
constexpr const char *kAddText = "INSERT INTO page_text (page_id, text, layout) VALUES (?, ?, ?)";
constexpr const char *kAddAnalyzeJob = R"(
INSERT INTO job (kind, lane, state, priority, run_at, run_id, document_id, page_number, created_at)
VALUES (2, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (document_id, kind, page_number, space_id) WHERE state < 10 DO NOTHING)";
constexpr const char *kAddCounts = R"(
UPDATE document SET pages_extracted = pages_extracted + ?, pages_with_text = pages_with_text + ?,
       pages_done = pages_done + ?, pages_failed = pages_failed + ?
 WHERE id = ?)";

constexpr const char *kFailPage = R"(
INSERT INTO page (document_id, number, state, attempts, error_code, error_detail) VALUES (?, ?, ?, 1, ?, ?)
    ON CONFLICT (document_id, number) DO UPDATE
   SET attempts = attempts + 1, state = CASE WHEN attempts + 1 >= ? THEN 3 ELSE 0 END,
       error_code = excluded.error_code, error_detail = excluded.error_detail
 WHERE state = 0)";
constexpr const char *kPageState = "SELECT state FROM page WHERE document_id = ? AND number = ?";

// A page is through with extraction when it has its text or has failed.
constexpr const char *kPagesThrough = R"(
SELECT number FROM page WHERE document_id = ? AND number > ? AND (extracted_at <> 0 OR state = 3) ORDER BY number)";

struct Counts {
    int extracted = 0;
    int withText = 0;
    int done = 0;
    int failed = 0;
};

int charactersOf(const QString &text)
{
    int count = 0;
    for (const QChar unit : QStringView(text).trimmed())
        count += unit.isLowSurrogate() ? 0 : 1;
    return count;
}

/// Stores the pages of one closure; what is the same for all of them is found out once.
class PageStore {
public:
    PageStore(Transaction &transaction, DocumentId document)
        : m_transaction(transaction), m_document(document), m_facts(factsOf(transaction, document)),
          m_analyzer(analyzerOf(transaction, document)), m_lane(JobQueue::laneOf(m_analyzer)),
          m_held(isHeld(transaction, document))
    {
    }

    void store(const ExtractedPage &page, const QByteArray &answerKey)
    {
        const int number = page.content.number;
        if (number < 1 || number > m_facts.pagesTotal) {
            throw Failure{{ErrorCode::InvalidArgument,
                           QStringLiteral("page %1 of %2").arg(number).arg(m_facts.pagesTotal)}};
        }
        const auto known = findRow(number);
        if (known && known->hasText)
            return; // stored before: by this job in an earlier life

        const std::optional<qint64> answer = storedAnswer(answerKey);
        const bool isDone = m_facts.goal == Goal::Text || answer;
        const int characters = charactersOf(page.content.text.text);
        const qint64 id = writeRow(page, known ? known->id : 0, isDone, answer, characters);
        execute(m_transaction, kAddText, id, page.content.text.text, domain::encodeLayout(page.content.text));
        addSearchRow(m_transaction, id, page.search, page.language);
        addChunks(m_transaction, PageId{id}, page.chunks);
        m_hasChunks = m_hasChunks || !page.chunks.isEmpty();
        if (!isDone && m_facts.state != DocumentState::Cancelled)
            addJob(number);
        m_counts.extracted += 1;
        m_counts.withText += characters > 0 ? 1 : 0;
        m_counts.done += isDone ? 1 : 0;
        m_counts.failed -= known && known->state == PageState::Failed ? 1 : 0;
    }

    void finish()
    {
        execute(m_transaction, kAddCounts, m_counts.extracted, m_counts.withText, m_counts.done,
                m_counts.failed, m_document);
        if (m_hasChunks && m_facts.state != DocumentState::Cancelled)
            addEmbedJobs(m_transaction, m_document);
        m_transaction.touch(m_document);
    }

private:
    struct Row {
        qint64 id = 0;
        PageState state = PageState::Queued;
        bool hasText = false;
    };

    std::optional<qint64> storedAnswer(const QByteArray &key)
    {
        if (m_facts.goal != Goal::Analysis || key.isEmpty())
            return std::nullopt;
        const auto answer = findAnswer(m_transaction, key);
        // The document may have been given to another analyser since the caller made the key.
        if (!answer || answer->analyzer != m_analyzer)
            return std::nullopt;
        useAnswer(m_transaction, *answer, m_facts.run, m_document);
        return answer->id;
    }

    std::optional<Row> findRow(int number)
    {
        return readRow(
            m_transaction, kFindPage,
            [](const Statement &row) {
                return Row{row.integer(0), static_cast<PageState>(row.number(1)), row.flag(2)};
            },
            m_document, number);
    }

    qint64 writeRow(const ExtractedPage &page, qint64 id, bool isDone, std::optional<qint64> answer,
                    int characters)
    {
        const domain::PageContent &content = page.content;
        const PageState state = isDone ? PageState::Done : PageState::Extracted;
        const qint64 now = m_transaction.nowMs();
        const qint64 doneAt = isDone ? now : 0;
        const QString verdict = domain::verdictName(page.quality.verdict);
        const QString details = QString::fromUtf8(domain::toJson(page.quality));
        const domain::PageGeometry &geometry = content.geometry;
        if (id != 0) {
            execute(m_transaction, kFillPage, content.label, state, page.attempts, geometry.width,
                    geometry.height, geometry.rotation, content.imageCount, characters, verdict,
                    page.quality.score, details, page.contentHash, page.language, answer, now, doneAt, id);
            return id;
        }
        Statement insert(m_transaction, kAddPage);
        insert.run(m_document, content.number, content.label, state, page.attempts, geometry.width,
                   geometry.height, geometry.rotation, content.imageCount, characters, verdict,
                   page.quality.score, details, page.contentHash, page.language, answer, now, doneAt);
        return insert.insertedId();
    }

    void addJob(int number)
    {
        const qint64 now = m_transaction.nowMs();
        execute(m_transaction, kAddAnalyzeJob, m_lane, m_held ? JobState::Held : JobState::Ready,
                m_facts.priority, now, m_facts.run, m_document, number, now);
    }

    Transaction &m_transaction;
    const DocumentId m_document;
    const DocumentFacts m_facts;
    const QString m_analyzer;
    const QString m_lane;
    const bool m_held;
    bool m_hasChunks = false;
    Counts m_counts;
};

QVector<int> missingPages(Connection &connection, DocumentId document, int after, int limit)
{
    const int total = pagesTotalOf(connection, document);
    QVector<int> missing;
    int next = after + 1;
    const auto fillUpTo = [&](int end) {
        for (; next < end && missing.size() < limit; ++next)
            missing.append(next);
    };
    Statement through(connection, kPagesThrough);
    through.run(document, after);
    while (missing.size() < limit && through.next()) {
        fillUpTo(through.number(0));
        next = through.number(0) + 1;
    }
    fillUpTo(total + 1);
    return missing;
}

} // namespace

base::Status Library::setProbed(Transaction &transaction, JobLease lease, DocumentId document,
                                const Probed &probed)
{
    return attempt([&] {
        requireLease(transaction, lease, document);
        execute(transaction, kSetProbed, probed.pageCount, probed.title, probed.author, probed.copyAllowed,
                document);
        updateWords(transaction, document);
        transaction.touch(document);
    });
}

base::Status Library::storePages(Transaction &transaction, JobLease lease, DocumentId document,
                                 const QVector<ExtractedPage> &pages, const QVector<QByteArray> &answerKeys)
{
    return attempt([&] {
        requireLease(transaction, lease, document);
        PageStore store(transaction, document);
        for (qsizetype i = 0; i < pages.size(); ++i)
            store.store(pages.at(i), answerKeys.value(i));
        store.finish();
        forgiveDeaths(transaction, lease.job);
    });
}

base::Status Library::failPage(Transaction &transaction, JobLease lease, DocumentId document, int number,
                               const Error &error, int maxAttempts)
{
    return attempt([&] {
        const RunningJob running = requireLease(transaction, lease, document);
        const PageState first = maxAttempts <= 1 ? PageState::Failed : PageState::Queued;
        const int changed = execute(transaction, kFailPage, document, number, first,
                                    base::errorName(error.code), error.detail, maxAttempts);
        if (changed == 0)
            return; // its text is stored, or it has failed before
        domain::Job about = running.job;
        about.page = number;
        const bool failed =
            readInteger(transaction, kPageState, document, number) == static_cast<int>(PageState::Failed);
        if (failed)
            execute(transaction, kAddCounts, 0, 0, 0, 1, document);
        addJobEvent(transaction, about, failed ? QStringLiteral("page_failed") : QStringLiteral("page_retry"),
                    error);
        transaction.touch(document);
    });
}

base::Result<QVector<int>> Library::pagesToExtract(Connection &connection, DocumentId document, int after,
                                                   int limit)
{
    return attempt([&] { return missingPages(connection, document, after, limit); });
}

base::Status Library::finishExtraction(Transaction &transaction, JobLease lease, DocumentId document)
{
    return attempt([&] {
        const RunningJob running = requireLease(transaction, lease, document);
        if (pagesTotalOf(transaction, document) <= 0) {
            const Error empty{ErrorCode::Corrupt, QStringLiteral("no pages")};
            endJob(transaction, running.job, JobState::Failed, empty);
            setDocumentError(transaction, document, empty);
        } else if (running.stop != StopRequest::Cancel &&
                   !missingPages(transaction, document, 0, 1).isEmpty()) {
            // A page was asked for again after the job had passed it.
            parkJob(transaction, running.job, running.job.runAt, running.job.attempt - 1, {});
        } else {
            endJob(transaction, running.job, JobState::Done);
            addJobEvent(transaction, running.job, QStringLiteral("done"));
        }
    });
}

base::Status Library::failDocument(Transaction &transaction, JobLease lease, DocumentId document,
                                   const Error &error)
{
    return attempt([&] {
        const RunningJob running = requireLease(transaction, lease, document);
        if (running.stop == StopRequest::Cancel) {
            const Error cancelled{ErrorCode::Cancelled, {}};
            endJob(transaction, running.job, JobState::Cancelled, cancelled);
            return;
        }
        endJob(transaction, running.job, JobState::Failed, error);
        setDocumentError(transaction, document, error);
        addJobEvent(transaction, running.job, QStringLiteral("failed"), error);
    });
}

} // namespace lectern::store
