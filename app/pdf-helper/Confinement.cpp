// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pdf-helper/Confinement.h"

#include "pdf/FileDescriptor.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace lectern::helper {

namespace {

constexpr rlim_t kMaxOpenFiles = 64;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kCanBoundMemory = false; // a sanitizer's shadow memory takes terabytes of address space
#else
constexpr bool kCanBoundMemory = true;
#endif

QString reason()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

bool setLimit(__rlimit_resource resource, rlim_t value)
{
    const rlimit limit{value, value};
    return setrlimit(resource, &limit) == 0;
}

void limitResources(const Limits &limits, Confinement &result)
{
    if (!kCanBoundMemory)
        result.missing.append(QStringLiteral("memory limit: built with a sanitizer"));
    else if (setLimit(RLIMIT_AS, static_cast<rlim_t>(limits.memoryBytes)))
        result.inForce.append(QStringLiteral("memory limit of %1 MB").arg(limits.memoryBytes / 1'000'000));
    else
        result.missing.append(QStringLiteral("memory limit: ") + reason());
    if (setLimit(RLIMIT_CORE, 0) && setLimit(RLIMIT_NOFILE, kMaxOpenFiles))
        result.inForce.append(QStringLiteral("no memory dumps, at most %1 open files").arg(kMaxOpenFiles));
    allowProcessorTime(limits.cpuSecondsPerRequest);
    result.inForce.append(
        QStringLiteral("%1 s of processor time for each request").arg(limits.cpuSecondsPerRequest));
}

// Fonts, their configuration, Poppler's character tables and libraries: all that may be read.
std::vector<std::string> readablePaths()
{
    std::vector<std::string> paths = {"/usr/share/fonts",
                                      "/usr/local/share/fonts",
                                      "/usr/share/fontconfig",
                                      "/usr/share/X11/fonts",
                                      "/etc/fonts",
                                      "/var/cache/fontconfig",
                                      "/usr/share/poppler",
                                      "/usr/lib",
                                      "/lib",
                                      "/lib64",
                                      "/etc/ld.so.cache"};
    const auto addBelow = [&](const char *variable, std::initializer_list<const char *> tails) {
        const char *base = std::getenv(variable);
        if (base == nullptr || *base != '/')
            return;
        for (const char *tail : tails)
            paths.push_back(std::string(base) + tail);
    };
    addBelow("HOME",
             {"/.fonts", "/.local/share/fonts", "/.cache/fontconfig", "/.config/fontconfig", "/.fonts.conf"});
    addBelow("XDG_DATA_HOME", {"/fonts"});
    addBelow("XDG_CACHE_HOME", {"/fontconfig"});
    addBelow("XDG_CONFIG_HOME", {"/fontconfig"});
    addBelow("FONTCONFIG_PATH", {""});
    addBelow("FONTCONFIG_FILE", {""});
    return paths;
}

// The system C library of Debian 12 has no functions for these calls.
int landlockCreate(const landlock_ruleset_attr *attributes, size_t size, unsigned flags)
{
    return static_cast<int>(syscall(SYS_landlock_create_ruleset, attributes, size, flags));
}

bool allowReading(int ruleset, const std::string &path)
{
    const pdf::FileDescriptor place(open(path.c_str(), O_PATH | O_CLOEXEC));
    if (!place.isOpen())
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES;
    landlock_path_beneath_attr rule{};
    rule.parent_fd = place.get();
    rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0)
        return true;
    rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE; // a file, not a folder
    return syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

void restrictFiles(Confinement &result)
{
    const int version = landlockCreate(nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) {
        result.missing.append(QStringLiteral("no other files (landlock): ") + reason());
        return;
    }
    // Every right that the kernel knows, so that what is not granted below is refused: 13 rights in the first
    // version, moving in the second, truncating in the third, device controls in the fifth.
    landlock_ruleset_attr attributes{};
    attributes.handled_access_fs = (1ULL << 13U) - 1;
    if (version >= 2)
        attributes.handled_access_fs |= 1ULL << 13U;
    if (version >= 3)
        attributes.handled_access_fs |= 1ULL << 14U;
    if (version >= 5)
        attributes.handled_access_fs |= 1ULL << 15U;
    const pdf::FileDescriptor ruleset(landlockCreate(&attributes, sizeof attributes, 0));
    bool good = ruleset.isOpen();
    for (const std::string &path : readablePaths())
        good = good && allowReading(ruleset.get(), path);
    if (good && syscall(SYS_landlock_restrict_self, ruleset.get(), 0) == 0)
        result.inForce.append(
            QStringLiteral("no files but fonts and character tables (landlock %1)").arg(version));
    else
        result.missing.append(QStringLiteral("no other files (landlock): ") + reason());
}

class Filter {
public:
    // What is not listed fails with EPERM: libraries cope with a refusal better than with a sudden death.
    Filter() : m_context(seccomp_init(SCMP_ACT_ERRNO(EPERM))) {}
    ~Filter() { seccomp_release(m_context); }
    Filter(const Filter &) = delete;
    Filter &operator=(const Filter &) = delete;

    void allow(int call) { note(seccomp_rule_add(m_context, SCMP_ACT_ALLOW, call, 0)); }

    template <class... Conditions> void allowIf(int call, Conditions... conditions)
    {
        const std::array<scmp_arg_cmp, sizeof...(conditions)> list{conditions...};
        note(seccomp_rule_add_array(m_context, SCMP_ACT_ALLOW, call, static_cast<unsigned>(list.size()),
                                    list.data()));
    }

    [[nodiscard]] bool load() { return m_good && m_context != nullptr && seccomp_load(m_context) == 0; }

private:
    void note(int status) { m_good = m_good && status == 0; }

    scmp_filter_ctx m_context;
    bool m_good = true;
};

scmp_arg_cmp hasNone(unsigned argument, quint64 bits)
{
    return {argument, SCMP_CMP_MASKED_EQ, bits, 0};
}

scmp_arg_cmp equals(unsigned argument, quint64 value)
{
    return {argument, SCMP_CMP_EQ, value, 0};
}

void restrictCalls(Confinement &result)
{
    static constexpr std::array kHarmless = {
        // memory
        SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex),
        // descriptors that are open
        SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(writev),
        SCMP_SYS(lseek), SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(fstatfs), SCMP_SYS(fcntl),
        SCMP_SYS(fadvise64), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(recvmsg), SCMP_SYS(sendmsg),
        SCMP_SYS(getdents64),
        // looking at files, which landlock restricts further
        SCMP_SYS(newfstatat), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(statx), SCMP_SYS(statfs),
        SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
        SCMP_SYS(getcwd),
        // itself
        SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid),
        SCMP_SYS(getegid), SCMP_SYS(getrusage), SCMP_SYS(getrandom), SCMP_SYS(uname), SCMP_SYS(sysinfo),
        SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(restart_syscall), SCMP_SYS(exit),
        SCMP_SYS(exit_group),
        // time
        SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(clock_nanosleep), SCMP_SYS(gettimeofday),
        SCMP_SYS(time)};
    constexpr quint64 kWriting =
        O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);

    Filter filter;
    for (const int call : kHarmless)
        filter.allow(call);
    filter.allowIf(SCMP_SYS(open), hasNone(1, kWriting));
    filter.allowIf(SCMP_SYS(openat), hasNone(2, kWriting));
    // No new machine code: libraries are loaded by now.
    filter.allowIf(SCMP_SYS(mmap), hasNone(2, PROT_EXEC));
    filter.allowIf(SCMP_SYS(mprotect), hasNone(2, PROT_EXEC));
    // abort(), and its own limit of processor time.
    filter.allowIf(SCMP_SYS(tgkill), equals(0, static_cast<quint64>(getpid())));
    filter.allowIf(SCMP_SYS(prlimit64), equals(0, 0));
    if (filter.load())
        result.inForce.append(
            QStringLiteral("no network, programs, processes or writing of files (seccomp)"));
    else
        result.missing.append(QStringLiteral("no network, programs or writing of files (seccomp)"));
}

} // namespace

Confinement confine(const Limits &limits)
{
    Confinement result;
    limitResources(limits, result);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        result.inForce.append(QStringLiteral("no new privileges"));
    else
        result.missing.append(QStringLiteral("no new privileges: ") + reason());
    restrictFiles(result);
    restrictCalls(result);
    return result;
}

void allowProcessorTime(int seconds)
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto spent = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec);
    const rlimit limit{spent + static_cast<rlim_t>(seconds) + 1, RLIM_INFINITY};
    setrlimit(RLIMIT_CPU, &limit);
}

bool followParent(qint64 parent)
{
    // The parent may have died before this took effect; then this process belongs to somebody else by now.
    return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && getppid() == parent;
}

} // namespace lectern::helper
