// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/AddSources.h"

#include "workspace/SourceFile.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

namespace lectern::workspace {

namespace {

constexpr int kBatchSize = 500; // one transaction each; the writer lets others in between

/// Calls `use` with the absolute path of every file that `paths` lead to.
/// Links to folders are not followed, so that no loop and no foreign tree is walked.
base::Status forEachFile(const QStringList &paths, AddReport &report,
                         const std::function<base::Status(const QString &)> &use)
{
    for (const QString &path : paths) {
        const QFileInfo info(path);
        if (info.isDir()) {
            QDirIterator files(info.absoluteFilePath(), QDir::Files | QDir::Readable,
                               QDirIterator::Subdirectories);
            while (files.hasNext()) {
                if (const base::Status used = use(QDir::cleanPath(files.next())); !used)
                    return used;
            }
        } else if (info.isFile()) {
            if (const base::Status used = use(QDir::cleanPath(info.absoluteFilePath())); !used)
                return used;
        } else {
            report.missing.append(path);
        }
    }
    return {};
}

} // namespace

AddSources::AddSources(store::Writer &writer, QString analyzer)
    : m_writer(writer), m_analyzer(std::move(analyzer))
{
}

AddSources::AddSources(store::Writer &writer, domain::RunId run) : m_writer(writer), m_run(run) {}

base::Result<domain::RunId> AddSources::runFor(domain::Goal goal) const
{
    if (m_run.isValid())
        return m_run;
    return m_writer.run([&](store::Transaction &transaction) {
        return store::Library::createRun(transaction, goal, m_analyzer);
    });
}

base::Result<AddReport> AddSources::add(const QStringList &paths, domain::Goal goal,
                                        const base::CancelToken &cancel)
{
    AddReport report;
    const auto run = runFor(goal);
    if (!run)
        return base::fail(run.error());
    report.run = *run;

    QVector<Candidate> batch;
    batch.reserve(kBatchSize);
    const base::Status walked = forEachFile(paths, report, [&](const QString &path) -> base::Status {
        if (cancel.isCancelled())
            return base::fail(base::ErrorCode::Cancelled);
        Candidate candidate;
        candidate.source.path = path;
        candidate.source.run = report.run;
        candidate.source.goal = goal;
        if (const auto stamp = stampOf(path)) {
            candidate.source.bytes = stamp->bytes;
            candidate.source.modifiedAt = stamp->modifiedAt;
        }
        const auto kind = kindOfFile(path);
        candidate.supported =
            !kind || *kind != domain::DocumentKind::Unknown; // the job says why it can't be read
        batch.append(candidate);
        if (batch.size() < kBatchSize)
            return {};
        const base::Status added = addBatch(batch, report);
        batch.clear();
        return added;
    });
    if (!walked && walked.error().code != base::ErrorCode::Cancelled)
        return base::fail(walked.error());
    if (const base::Status added = addBatch(batch, report); !added)
        return base::fail(added.error());
    return report;
}

base::Status AddSources::addBatch(const QVector<Candidate> &batch, AddReport &report)
{
    if (batch.isEmpty())
        return {};
    AddReport next = report;
    const base::Status written = m_writer.run([&](store::Transaction &transaction) -> base::Status {
        next = report;
        for (const Candidate &candidate : batch) {
            const auto added =
                candidate.supported
                    ? store::Library::addSource(transaction, candidate.source)
                    : store::Library::addUnsupported(transaction, candidate.source,
                                                     QFileInfo(candidate.source.path).suffix());
            if (!added)
                return base::fail(added.error());
            next.documents.append(added->document);
            next.added += added->isNew ? 1 : 0;
            next.known += added->isNew ? 0 : 1;
            next.unsupported += candidate.supported ? 0 : 1;
        }
        return {};
    });
    if (written)
        report = next;
    return written;
}

} // namespace lectern::workspace
