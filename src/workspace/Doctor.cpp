// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/Doctor.h"

#include "engine/WorkerLock.h"
#include "store/Connection.h"
#include "store/JobQueue.h"
#include "store/Library.h"
#include "workspace/ModelDirectory.h"

#include <QFileInfo>
#include <QProcess>
#include <QStorageInfo>

namespace lectern::workspace {

using Finding = Workspace::Finding;

namespace {

constexpr qint64 kLittleSpaceBytes = 200LL << 20;
constexpr int kSelfCheckMs = 10'000;
constexpr int kPlacesAtOnce = 1000;

} // namespace

Doctor::Doctor(store::Database &database, ModelDirectory &directory, QString helperProgram)
    : m_database(database), m_directory(directory), m_helperProgram(std::move(helperProgram))
{
}

base::Result<QVector<Finding>> Doctor::examine() const
{
    QVector<Finding> findings{checkIntegrity(), checkHelper(), checkDiskSpace()};
    auto queue = checkQueue();
    if (!queue)
        return base::fail(queue.error());
    auto sources = checkSources();
    if (!sources)
        return base::fail(sources.error());
    auto models = checkModels();
    if (!models)
        return base::fail(models.error());
    findings << *queue << *sources << checkPrices() << *models;
    return findings;
}

Finding Doctor::checkIntegrity() const
{
    const auto complaints = m_database.checkIntegrity();
    if (!complaints)
        return {QStringLiteral("integrity"), false, complaints.error().detail};
    return {QStringLiteral("integrity"), complaints->isEmpty(), complaints->join(QLatin1Char('\n'))};
}

Finding Doctor::checkHelper() const
{
    const QString check = QStringLiteral("confinement");
    QProcess helper;
    helper.setProcessChannelMode(QProcess::MergedChannels);
    helper.start(m_helperProgram, {QStringLiteral("--self-check")});
    if (!helper.waitForFinished(kSelfCheckMs)) {
        helper.kill();
        helper.waitForFinished();
        return {check, false, helper.errorString()};
    }
    const bool ok = helper.exitStatus() == QProcess::NormalExit && helper.exitCode() == 0;
    return {check, ok, QString::fromUtf8(helper.readAll()).trimmed()};
}

Finding Doctor::checkDiskSpace() const
{
    const QStorageInfo storage(m_database.folder());
    return {QStringLiteral("disk_space"), storage.bytesAvailable() >= kLittleSpaceBytes,
            QStringLiteral("%1 MB free").arg(storage.bytesAvailable() >> 20)};
}

base::Result<Finding> Doctor::checkQueue() const
{
    const auto reader = m_database.openReader();
    if (!reader)
        return base::fail(reader.error());
    const auto counts = store::JobQueue::counts(**reader);
    const auto workers = store::JobQueue::workers(**reader);
    if (!counts || !workers)
        return base::fail(counts ? workers.error() : counts.error());
    int dead = 0;
    for (const QString &worker : *workers)
        dead += engine::WorkerLock::deathOf(m_database.folder(), worker) ? 1 : 0;
    const qint64 running = counts->of(domain::JobState::Running);
    const bool orphaned = running > 0 && dead == static_cast<int>(workers->size());
    return Finding{QStringLiteral("queue"), !orphaned,
                   QStringLiteral("%1 ready, %2 running, %3 failed; %4 programs at work")
                       .arg(counts->of(domain::JobState::Ready))
                       .arg(running)
                       .arg(counts->of(domain::JobState::Failed))
                       .arg(static_cast<int>(workers->size()) - dead)};
}

base::Result<Finding> Doctor::checkSources() const
{
    const auto reader = m_database.openReader();
    if (!reader)
        return base::fail(reader.error());
    QStringList missing;
    int total = 0;
    for (qint64 after = 0;;) {
        const auto places = store::Library::allPlaces(**reader, after, kPlacesAtOnce);
        if (!places)
            return base::fail(places.error());
        if (places->isEmpty())
            break;
        for (const store::Place &place : *places) {
            after = place.id.value;
            ++total;
            if (!QFileInfo(place.path).isReadable())
                missing.append(place.path);
        }
    }
    return Finding{QStringLiteral("sources"), missing.isEmpty(),
                   missing.isEmpty() ? QStringLiteral("%1 files, all there").arg(total)
                                     : missing.join(QLatin1Char('\n'))};
}

Finding Doctor::checkPrices() const
{
    const auto &problem = m_directory.userPricesProblem();
    return {QStringLiteral("prices"), !problem,
            problem ? problem->detail : QStringLiteral("of ") + m_directory.catalogue().builtInDate()};
}

base::Result<Finding> Doctor::checkModels() const
{
    Finding finding{QStringLiteral("models"), true, {}};
    QStringList lines;
    for (const models::Role role : {models::Role::Analysis, models::Role::Embedding, models::Role::Chat}) {
        const auto found = m_directory.modelDefault(role);
        if (!found)
            return base::fail(found.error());
        finding.ok = finding.ok && found->unusable.isEmpty();
        lines.append(describe(*found));
    }
    finding.detail = lines.join(u'\n');
    return finding;
}

} // namespace lectern::workspace
