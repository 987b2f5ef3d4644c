// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/WorkerLock.h"

#include <QDir>
#include <QFile>
#include <QUuid>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lectern::engine {

using base::ErrorCode;

namespace {

constexpr char kCrashMark[] = "crashed\n";
constexpr std::array kFatalSignals = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};

std::atomic<int> g_markDescriptor{-1};

// Only async-signal-safe calls: the process is dying in an unknown state.
extern "C" void leaveCrashMark(int signal)
{
    const int descriptor = g_markDescriptor.load();
    if (descriptor >= 0) [[maybe_unused]]
        const auto written = ::write(descriptor, kCrashMark, sizeof kCrashMark - 1);
    ::raise(signal); // SA_RESETHAND restored the default: the process dies as it would have without us
}

void installCrashMark(int descriptor)
{
    g_markDescriptor.store(descriptor);
    for (const int signal : kFatalSignals) {
        struct sigaction current = {};
        ::sigaction(signal, nullptr, &current);
        if (current.sa_handler != SIG_DFL)
            continue; // a debugger's or a sanitizer's: leave it
        struct sigaction action = {};
        action.sa_handler = leaveCrashMark;
        action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
        ::sigaction(signal, &action, nullptr);
    }
}

QString lockPath(const QString &workspaceFolder, const QString &id)
{
    return workspaceFolder + QStringLiteral("/workers/") + id + QStringLiteral(".lock");
}

} // namespace

WorkerLock::WorkerLock(QString id, QString path, int descriptor)
    : m_id(std::move(id)), m_path(std::move(path)), m_descriptor(descriptor)
{
    installCrashMark(m_descriptor);
}

WorkerLock::~WorkerLock()
{
    int expected = m_descriptor;
    g_markDescriptor.compare_exchange_strong(expected, -1);
    QFile::remove(m_path);
    ::close(m_descriptor);
}

base::Result<std::unique_ptr<WorkerLock>> WorkerLock::acquire(const QString &workspaceFolder)
{
    const QString folder = workspaceFolder + QStringLiteral("/workers");
    if (!QDir().mkpath(folder))
        return base::fail(ErrorCode::ReadOnly, folder);
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QString path = lockPath(workspaceFolder, id);
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return base::fail(errno == ENOSPC ? ErrorCode::DiskFull : ErrorCode::ReadOnly, path);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return base::fail(ErrorCode::WorkspaceOnNetworkDrive, path);
    }
    return std::unique_ptr<WorkerLock>(new WorkerLock(id, path, descriptor));
}

void WorkerLock::showLife() const
{
    ::futimens(m_descriptor, nullptr);
}

std::optional<WorkerLock::Death> WorkerLock::deathOf(const QString &workspaceFolder, const QString &id)
{
    const QByteArray path = QFile::encodeName(lockPath(workspaceFolder, id));
    const int descriptor = ::open(path.constData(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return errno == ENOENT ? std::optional(Death{}) : std::nullopt;
    std::optional<Death> death;
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
        char mark = 0;
        struct stat status = {};
        death = Death{::read(descriptor, &mark, 1) == 1, {}};
        if (::fstat(descriptor, &status) == 0)
            death->lastSeenAt = qint64{status.st_mtim.tv_sec} * 1000 + status.st_mtim.tv_nsec / 1'000'000;
    }
    ::close(descriptor);
    return death;
}

void WorkerLock::forget(const QString &workspaceFolder, const QString &id)
{
    QFile::remove(lockPath(workspaceFolder, id));
}

} // namespace lectern::engine
