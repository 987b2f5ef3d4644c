// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/ExtractJob.h"

#include "store/JobQueue.h"
#include "store/Library.h"
#include "store/Writer.h"
#include "workspace/PageBatch.h"
#include "workspace/SourceFile.h"

#include <optional>

namespace lectern::workspace {

using base::ErrorCode;
using domain::JobOutcome;
using engine::JobContext;
using engine::JobResult;

namespace {

constexpr int kPageTries = 2; // a page that crashes, hangs or eats memory costs two tries
constexpr int kPagesAskedAtOnce = 512;
constexpr int kTimeoutsInARow = 5;  // then the rest of such a document is not worth holding up all others
constexpr int kMostPages = 200'000; // more is a lie of a damaged file

/// The way of one document through its extract job; lives on one thread for one run of the job.
class Extraction {
public:
    Extraction(const JobContext &context, pdf::HelperPool &helpers, const PasswordVault &passwords,
               const base::Clock &clock)
        : m_context(context), m_document(context.job.document), m_helpers(helpers), m_passwords(passwords),
          m_clock(clock), m_batch(context, clock)
    {
    }

    /// Done, with the last pages still to be committed together with the end of the job; or the error that
    /// stopped it.
    [[nodiscard]] base::Status run()
    {
        const auto document = store::Library::document(m_context.reader, m_document);
        if (!document)
            return base::fail(document.error());
        m_isFresh = document->pagesTotal < 0;
        return fetch(*document)
            .and_then([this] { return m_alreadyKnown ? base::Status() : open(); })
            .and_then([this] { return m_alreadyKnown ? base::Status() : extractPages(); });
    }

    [[nodiscard]] bool alreadyKnown() const { return m_alreadyKnown; }
    [[nodiscard]] PageBatch &batch() { return m_batch; }

private:
    [[nodiscard]] base::Status fetch(const domain::Document &document);
    [[nodiscard]] base::Status noteFetched(const store::Fetched &fetched);
    [[nodiscard]] base::Status open();
    [[nodiscard]] base::Status extractPages();
    [[nodiscard]] base::Status extractMissingPages();
    [[nodiscard]] base::Status extractRange(int first, int last);
    [[nodiscard]] base::Status keep(int number, const base::Result<domain::PageContent> &content);
    [[nodiscard]] base::Status giveUpRange(int first, int last);

    const JobContext &m_context;
    domain::DocumentId m_document;
    pdf::HelperPool &m_helpers;
    const PasswordVault &m_passwords;
    const base::Clock &m_clock;
    PageBatch m_batch;
    QString m_path;
    std::unique_ptr<pdf::DocumentSession> m_session;
    int m_timeoutsInARow = 0;
    bool m_isFresh = true; ///< no page was tried before
    bool m_alreadyKnown = false;
};

base::Status Extraction::fetch(const domain::Document &document)
{
    const auto places = store::Library::places(m_context.reader, m_document);
    if (!places)
        return base::fail(places.error());
    base::Error lastError{ErrorCode::FileMissing, document.path};
    for (const store::Place &place : *places) {
        const auto stamp = stampOf(place.path);
        if (!stamp) {
            lastError = stamp.error();
            continue;
        }
        m_path = place.path;
        m_batch.begin(document, document.sha256);
        const bool unchanged = stamp->bytes == place.bytes && stamp->modifiedAt == place.modifiedAt;
        if (!document.sha256.isEmpty() && unchanged)
            return {}; // resumed: what was stored so far came from these bytes
        const auto fetched = fetchFile(place.path, m_context.cancel);
        if (!fetched) {
            if (fetched.error().code == ErrorCode::Cancelled)
                return base::fail(fetched.error());
            lastError = fetched.error();
            continue;
        }
        if (document.sha256.isEmpty()) {
            m_batch.begin(document, fetched->sha256);
            return noteFetched(*fetched);
        }
        if (fetched->sha256 == document.sha256)
            return {};
        lastError = {ErrorCode::FileChanged, place.path};
    }
    return base::fail(lastError);
}

base::Status Extraction::noteFetched(const store::Fetched &fetched)
{
    const auto setFetched = [document = m_document, lease = m_context.job.leaseToken(),
                             fetched](store::Transaction &transaction) {
        return store::Library::setFetched(transaction, lease, document, fetched);
    };
    const auto known = store::Library::findByHash(m_context.reader, fetched.sha256);
    if (known && !*known) {
        // Almost always new: go on reading while this is being committed. Should another job store the same
        // content first, this one ends as Skipped and its pages are refused as stale.
        m_batch.submit([setFetched](store::Transaction &transaction) -> base::Status {
            const auto merged = setFetched(transaction);
            return merged ? base::Status() : base::fail(merged.error());
        });
        return {};
    }
    const auto merged = m_context.writer.run(setFetched);
    if (!merged)
        return base::fail(merged.error());
    m_alreadyKnown = merged->has_value();
    return {};
}

base::Status Extraction::open()
{
    auto session = m_helpers.open(m_path, m_passwords.passwordOf(m_document), m_context.cancel);
    if (!session)
        return base::fail(session.error());
    m_session = std::move(*session);
    const pdf::DocumentInfo info = m_session->info();
    if (info.pageCount > kMostPages)
        return base::fail(ErrorCode::Corrupt, QStringLiteral("claims %1 pages").arg(info.pageCount));
    m_batch.setTitle(info.title);
    const store::Probed probed{info.pageCount, info.title, info.author, info.copyAllowed};
    m_batch.submit(
        [document = m_document, lease = m_context.job.leaseToken(), probed](store::Transaction &transaction) {
            return store::Library::setProbed(transaction, lease, document, probed);
        });
    return {};
}

base::Status Extraction::extractPages()
{
    if (m_isFresh) {
        // Nothing is stored yet, so there is no need to wait for the disk to learn what is missing.
        if (const base::Status extracted = extractRange(1, m_session->info().pageCount);
            !extracted || !m_batch.hasFailures())
            return extracted;
    }
    // Each round tries every missing page once more, until each is stored or out of tries.
    for (int round = 0; round < kPageTries; ++round) {
        const base::Status extracted = m_batch.waitForCommits(PageBatch::Pages::Flush).and_then([this] {
            return extractMissingPages();
        });
        if (!extracted)
            return extracted;
    }
    return {};
}

base::Status Extraction::extractMissingPages()
{
    for (int after = 0;;) {
        const auto numbers =
            store::Library::pagesToExtract(m_context.reader, m_document, after, kPagesAskedAtOnce);
        if (!numbers)
            return base::fail(numbers.error());
        if (numbers->isEmpty())
            return {};
        for (qsizetype begin = 0; begin < numbers->size();) {
            qsizetype end = begin + 1;
            while (end < numbers->size() && numbers->at(end) == numbers->at(end - 1) + 1)
                ++end;
            if (const base::Status extracted = extractRange(numbers->at(begin), numbers->at(end - 1));
                !extracted)
                return extracted;
            begin = end;
        }
        after = numbers->last();
    }
}

base::Status Extraction::extractRange(int first, int last)
{
    base::Status kept;
    int next = first;
    const auto keepOne = [&](int number, const base::Result<domain::PageContent> &content) {
        kept = keep(number, content);
        next = number + 1;
        return kept && m_timeoutsInARow < kTimeoutsInARow;
    };
    if (m_timeoutsInARow < kTimeoutsInARow) {
        const base::Status read = m_session->pages(first, last, true, keepOne, m_context.cancel);
        if (!kept)
            return kept;
        if (!read)
            return read;
    }
    return next <= last ? giveUpRange(next, last) : base::Status();
}

base::Status Extraction::keep(int number, const base::Result<domain::PageContent> &content)
{
    const bool timedOut = !content && content.error().code == ErrorCode::PageTimedOut;
    m_timeoutsInARow = timedOut ? m_timeoutsInARow + 1 : 0;
    const base::Status added =
        content ? m_batch.add(*content)
                : m_batch.addFailure(number, content.error(),
                                     base::isTemporary(content.error().code) ? kPageTries : 1);
    if (added && m_context.pause.isCancelled())
        return base::fail(ErrorCode::Cancelled); // the page that was being read is kept
    return added;
}

base::Status Extraction::giveUpRange(int first, int last)
{
    const QString notTried =
        QStringLiteral("not tried: the %1 pages before it reached the time limit").arg(kTimeoutsInARow);
    for (int number = first; number <= last; ++number) {
        if (const base::Status noted = m_batch.addFailure(number, {ErrorCode::PageTimedOut, notTried}, 1);
            !noted)
            return noted;
    }
    return {};
}

JobResult giveUp(const JobContext &context, const base::Error &error, const JobOutcome &outcome)
{
    const domain::JobLease lease = context.job.leaseToken();
    const domain::DocumentId document = context.job.document;
    if (outcome.kind == JobOutcome::Kind::Failed) {
        return {[=](store::Transaction &transaction) {
            return store::Library::failDocument(transaction, lease, document, error);
        }};
    }
    return {[=](store::Transaction &transaction) {
        return store::JobQueue::finish(transaction, lease, outcome);
    }};
}

} // namespace

ExtractJob::ExtractJob(pdf::HelperPool &helpers, const PasswordVault &passwords, const base::Clock &clock,
                       AnswerKeysOf answerKeysOf, std::function<double()> random)
    : m_helpers(helpers), m_passwords(passwords), m_clock(clock), m_answerKeysOf(std::move(answerKeysOf)),
      m_random(std::move(random))
{
}

// The document may be given to another analyser meanwhile; the store then finds that a key is not for it.
base::Status ExtractJob::chooseKeys(const JobContext &context, PageBatch &batch) const
{
    const auto run = store::Library::run(context.reader, context.job.run);
    if (!run)
        return base::fail(run.error());
    auto keys = m_answerKeysOf(context.reader, run->analyzer);
    if (!keys)
        return base::fail(keys.error());
    batch.setAnswerKeys(std::move(*keys));
    return {};
}

JobResult ExtractJob::run(const JobContext &context)
{
    Extraction extraction(context, m_helpers, m_passwords, m_clock);
    const base::Status extracted =
        chooseKeys(context, extraction.batch()).and_then([&] { return extraction.run(); });
    if (extracted && extraction.alreadyKnown())
        return {[](store::Transaction &) { return base::Status(); }}; // setFetched() ended the job
    if (extracted) {
        if (const base::Status stored = extraction.batch().waitForCommits(PageBatch::Pages::MayWait); !stored)
            return JobResult::interrupted();
        return {[pages = extraction.batch().takePages(), lease = context.job.leaseToken(),
                 document = context.job.document](store::Transaction &transaction) {
            return pages(transaction).and_then([&] {
                return store::Library::finishExtraction(transaction, lease, document);
            });
        }};
    }
    // Keep what was read before looking at why it stopped.
    const base::Status stored = extraction.batch().waitForCommits(PageBatch::Pages::Flush);
    const base::Error error = extracted.error();
    if (!stored || error.code == ErrorCode::Cancelled || error.code == ErrorCode::Database ||
        error.code == ErrorCode::DiskFull)
        return JobResult::interrupted();
    return giveUp(
        context, error,
        domain::outcomeOf(error, context.job.attempt, context.job.maxAttempts, m_clock.nowMs(), m_random()));
}

} // namespace lectern::workspace
