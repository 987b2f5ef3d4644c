// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "domain/Document.h"
#include "domain/PageText.h"
#include "domain/Work.h"
#include "engine/JobHandler.h"
#include "store/Library.h"

#include <QString>
#include <QVector>

#include <deque>
#include <functional>
#include <future>

namespace lectern::workspace {

/// Gathers extracted pages on their way to disk: hands them to the writer every 32 pages or 40 ms without
/// waiting for the commit, and never lets more than a few commits be under way, so that memory stays bounded.
/// Used by one job on one thread.
class PageBatch {
public:
    PageBatch(const engine::JobContext &context, const base::Clock &clock);

    /// How the keys of answers are made. Before begin().
    using AnswerKeyOf = std::function<QByteArray(const QByteArray &contentHash)>;
    void setAnswerKeys(AnswerKeyOf keyOf) { m_keyOf = std::move(keyOf); }
    /// Before the first page: the document as it is known, and the hash of its file.
    void begin(const domain::Document &document, const QByteArray &documentHash);
    /// What the document calls itself, once it is open.
    void setTitle(const QString &title) { m_documentTitle = title; }

    /// Errors are those of an earlier commit (StaleLease, DiskFull, …).
    [[nodiscard]] base::Status add(const domain::PageContent &content);
    [[nodiscard]] base::Status addFailure(int number, const base::Error &error, int maxTries);
    [[nodiscard]] bool hasFailures() const { return m_hasFailures; }

    /// Another write of this job, in order with its pages.
    void submit(std::function<base::Status(store::Transaction &)> write);

    enum class Pages { Flush, MayWait };
    [[nodiscard]] base::Status waitForCommits(Pages pages);
    /// The pages gathered since the last flush as one write, for the transaction that ends the job.
    [[nodiscard]] std::function<base::Status(store::Transaction &)> takePages();

private:
    struct Failure {
        int number = 0;
        base::Error error;
        int maxTries = 1;
    };
    [[nodiscard]] base::Status flushIfDue();
    [[nodiscard]] base::Status waitUntilAtMost(size_t commits);

    const engine::JobContext &m_context;
    const base::Clock &m_clock;
    AnswerKeyOf m_keyOf;
    domain::Goal m_goal = domain::Goal::Analysis;
    QByteArray m_documentHash;
    QString m_documentName;
    QString m_documentTitle;
    QVector<store::ExtractedPage> m_pages;
    QVector<QByteArray> m_answerKeys;
    QVector<Failure> m_failures;
    bool m_hasFailures = false;
    qint64 m_oldestAt = 0; ///< monotonic, of the first gathered page
    std::deque<std::future<base::Status>> m_commits;
};

} // namespace lectern::workspace
