// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/PageBatch.h"

#include "models/Pictures.h"
#include "store/Writer.h"
#include "text/Quality.h"
#include "workspace/SearchablePage.h"

namespace lectern::workspace {

namespace {

constexpr int kPagesPerWrite = 32;
constexpr qint64 kLongestWaitMs = 40;
constexpr size_t kCommitsUnderWay = 4;

} // namespace

PageBatch::PageBatch(const engine::JobContext &context, const base::Clock &clock)
    : m_context(context), m_clock(clock)
{
}

void PageBatch::begin(const domain::Document &document, const QByteArray &documentHash)
{
    m_goal = document.goal;
    m_documentName = document.name;
    m_documentTitle = document.title;
    m_documentHash = documentHash;
}

base::Status PageBatch::add(const domain::PageContent &content)
{
    store::ExtractedPage page;
    page.content = content;
    page.quality = text::assessQuality(content.text);
    const auto need =
        models::pictureNeed(models::PictureMode::WhenNeeded, page.quality.verdict, content.imageCount);
    page.contentHash = domain::contentHash(content, m_documentHash, need != models::PictureNeed::None);
    SearchablePage searchable = searchablePage(content, m_documentName, m_documentTitle);
    page.language = std::move(searchable.language);
    page.search = std::move(searchable.columns);
    page.chunks = std::move(searchable.chunks);
    if (m_pages.isEmpty() && m_failures.isEmpty())
        m_oldestAt = m_clock.monotonicMs();
    m_answerKeys.append(m_goal == domain::Goal::Analysis ? m_keyOf(page.contentHash) : QByteArray());
    m_pages.append(std::move(page));
    return flushIfDue();
}

base::Status PageBatch::addFailure(int number, const base::Error &error, int maxTries)
{
    if (m_pages.isEmpty() && m_failures.isEmpty())
        m_oldestAt = m_clock.monotonicMs();
    m_failures.append({number, error, maxTries});
    m_hasFailures = true;
    return flushIfDue();
}

base::Status PageBatch::flushIfDue()
{
    const bool full = m_pages.size() + m_failures.size() >= kPagesPerWrite;
    if (!full && m_clock.monotonicMs() - m_oldestAt < kLongestWaitMs)
        return {};
    submit(takePages());
    return waitUntilAtMost(kCommitsUnderWay);
}

std::function<base::Status(store::Transaction &)> PageBatch::takePages()
{
    auto write = [pages = std::exchange(m_pages, {}), keys = std::exchange(m_answerKeys, {}),
                  failures = std::exchange(m_failures, {}), lease = m_context.job.leaseToken(),
                  document = m_context.job.document](store::Transaction &transaction) -> base::Status {
        if (!pages.isEmpty()) {
            if (const base::Status stored =
                    store::Library::storePages(transaction, lease, document, pages, keys);
                !stored)
                return stored;
        }
        for (const Failure &failure : failures) {
            const base::Status noted = store::Library::failPage(transaction, lease, document, failure.number,
                                                                failure.error, failure.maxTries);
            if (!noted)
                return noted;
        }
        return {};
    };
    return write;
}

void PageBatch::submit(std::function<base::Status(store::Transaction &)> write)
{
    m_commits.push_back(m_context.writer.submit<void>(std::move(write)));
}

base::Status PageBatch::waitForCommits(Pages pages)
{
    if (pages == Pages::Flush && (!m_pages.isEmpty() || !m_failures.isEmpty()))
        submit(takePages());
    return waitUntilAtMost(0);
}

base::Status PageBatch::waitUntilAtMost(size_t commits)
{
    while (m_commits.size() > commits) {
        const base::Status committed = m_commits.front().get();
        m_commits.pop_front();
        if (!committed)
            return committed;
    }
    return {};
}

} // namespace lectern::workspace
