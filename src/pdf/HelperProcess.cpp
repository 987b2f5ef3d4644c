// SPDX-License-Identifier: GPL-3.0-or-later
#include "pdf/HelperProcess.h"

#include "pdf/Messages.h"

#include <QFile>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace lectern::pdf {

using base::ErrorCode;

namespace {

constexpr qint64 kStartDeadlineMs = 15'000;
constexpr qint64 kEndDeadlineMs = 1'000;
constexpr int kSocketNumber = 3;

// What a helper may know of its surroundings: where fonts are, and where libraries are in a private
// installation.
constexpr std::array kPassedVariables = {"HOME",
                                         "XDG_DATA_HOME",
                                         "XDG_CONFIG_HOME",
                                         "XDG_CACHE_HOME",
                                         "FONTCONFIG_FILE",
                                         "FONTCONFIG_PATH",
                                         "LD_LIBRARY_PATH",
                                         "ASAN_OPTIONS",
                                         "UBSAN_OPTIONS",
                                         "LSAN_OPTIONS"};

std::vector<std::string> helperEnvironment()
{
    std::vector<std::string> variables = {"LC_ALL=C.UTF-8"};
    for (const char *name : kPassedVariables)
        if (const char *value = std::getenv(name))
            variables.push_back(std::string(name) + '=' + value);
    return variables;
}

std::vector<char *> pointersTo(std::vector<std::string> &texts)
{
    std::vector<char *> pointers;
    for (std::string &text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

class SpawnSetup {
public:
    SpawnSetup()
    {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &all);
        // Its own process group: Ctrl+C in a terminal is for the program that owns the helper.
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(&attributes,
                                 POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    ~SpawnSetup()
    {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnSetup(const SpawnSetup &) = delete;
    SpawnSetup &operator=(const SpawnSetup &) = delete;

    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
};

QString signalDetail(int signal)
{
    const char *name = sigabbrev_np(signal);
    return QStringLiteral("signal %1 (SIG%2)").arg(signal).arg(QLatin1String(name != nullptr ? name : "?"));
}

base::Error errorOf(int status)
{
    if (WIFEXITED(status)) {
        if (WEXITSTATUS(status) == kExitOutOfMemory)
            return {ErrorCode::PageOutOfMemory, QStringLiteral("the memory limit was reached")};
        return {ErrorCode::PageCrashed, QStringLiteral("exit code %1").arg(WEXITSTATUS(status))};
    }
    const int signal = WTERMSIG(status);
    if (signal == SIGXCPU)
        return {ErrorCode::PageTimedOut, QStringLiteral("the limit of processor time was reached")};
    if (signal == SIGKILL) // nobody but a system short of memory does this
        return {ErrorCode::PageOutOfMemory, QStringLiteral("stopped by the system")};
    return {ErrorCode::PageCrashed, signalDetail(signal)};
}

} // namespace

HelperProcess::HelperProcess(qint64 pid, FrameChannel channel) : m_pid(pid), m_channel(std::move(channel)) {}

HelperProcess::~HelperProcess()
{
    kill();
}

base::Result<std::unique_ptr<HelperProcess>> HelperProcess::start(const HelperSettings &settings)
{
    const auto unavailable = [&](const QString &why) {
        return base::fail(ErrorCode::HelperUnavailable, settings.program + QStringLiteral(": ") + why);
    };
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return unavailable(QString::fromLocal8Bit(std::strerror(errno)));
    FileDescriptor ours(ends[0]);
    FileDescriptor theirs(ends[1]);

    SpawnSetup setup;
    posix_spawn_file_actions_adddup2(&setup.actions, theirs.get(), kSocketNumber);
    posix_spawn_file_actions_addopen(&setup.actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&setup.actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&setup.actions, 2, "/dev/null", O_WRONLY, 0);

    std::vector<std::string> arguments = {QFile::encodeName(settings.program).toStdString(), "--serve",
                                          "--memory=" + std::to_string(settings.memoryLimitBytes),
                                          "--cpu-seconds=" + std::to_string(settings.cpuSecondsPerRequest),
                                          "--parent=" + std::to_string(getpid())};
    std::vector<std::string> environment = helperEnvironment();
    pid_t pid = 0;
    const int error = posix_spawn(&pid, arguments.front().c_str(), &setup.actions, &setup.attributes,
                                  pointersTo(arguments).data(), pointersTo(environment).data());
    if (error != 0)
        return unavailable(QString::fromLocal8Bit(std::strerror(error)));
    theirs.reset();

    std::unique_ptr<HelperProcess> process(new HelperProcess(pid, FrameChannel(std::move(ours))));
    const auto frame = process->channel().receive(kMaxRequestBytes, {kStartDeadlineMs, std::nullopt});
    if (!frame) {
        if (frame.error() == FrameChannel::Trouble::Closed)
            return unavailable(process->explainEnd().detail);
        return unavailable(QStringLiteral("does not answer"));
    }
    const auto answer = decodeAnswer(*frame);
    const Hello *hello = answer ? std::get_if<Hello>(&answer->body) : nullptr;
    if (hello == nullptr || hello->version != kProtocolVersion)
        return base::fail(ErrorCode::HelperProtocol, settings.program);
    process->m_missing = hello->missing;
    return process;
}

bool HelperProcess::isAlive() const
{
    return m_pid > 0 && !m_channel.isClosed();
}

qint64 HelperProcess::residentBytes() const
{
    QFile file(QStringLiteral("/proc/%1/statm").arg(m_pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

bool HelperProcess::reap(int options, int &status)
{
    if (m_pid <= 0)
        return true;
    pid_t ended = 0;
    do {
        ended = waitpid(static_cast<pid_t>(m_pid), &status, options);
    } while (ended < 0 && errno == EINTR);
    if (ended == 0)
        return false;
    m_pid = 0; // reaped, or, with SIGCHLD ignored, by the system
    return true;
}

void HelperProcess::kill()
{
    if (m_pid <= 0)
        return;
    ::kill(static_cast<pid_t>(m_pid), SIGKILL);
    int status = 0;
    (void)reap(0, status);
}

base::Error HelperProcess::explainEnd()
{
    using std::chrono::milliseconds;
    using std::chrono::steady_clock;
    const auto start = steady_clock::now();
    int status = 0;
    // A process closes its socket a moment before it can be reaped; a large one takes time to be taken apart.
    while (!reap(WNOHANG, status)) {
        if (steady_clock::now() - start > milliseconds(kEndDeadlineMs)) {
            kill();
            return {ErrorCode::HelperProtocol, QStringLiteral("closed the connection")};
        }
        std::this_thread::sleep_for(milliseconds(1));
    }
    return errorOf(status);
}

} // namespace lectern::pdf
