// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pdf-helper/SelfCheck.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <functional>
#include <vector>

namespace lectern::helper {

namespace {

struct Attempt {
    const char *what;
    std::function<bool()> succeeds;
};

bool canOpen(const char *path, int flags)
{
    const int file = open(path, flags | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    close(file);
    return true;
}

bool canFork()
{
    const pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child > 0;
}

bool canRunProgram()
{
    const char *const arguments[] = {"/bin/true", nullptr};
    execv("/bin/true", const_cast<char *const *>(arguments));
    return false; // a success does not come back; the exit code of "true" would lack the last line
}

std::vector<Attempt> attempts()
{
    return {
        {"read /etc/passwd", [] { return canOpen("/etc/passwd", O_RDONLY); }},
        {"list the home folder", [] { return canOpen("/root", O_RDONLY) || canOpen("/home", O_RDONLY); }},
        {"write a file", [] { return canOpen("/tmp/lectern-self-check", O_WRONLY | O_CREAT); }},
        {"make a network socket", [] { return socket(AF_INET, SOCK_STREAM, 0) >= 0; }},
        {"make a local socket", [] { return socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }},
        {"start a process", &canFork},
        {"watch another process", [] { return ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr) == 0; }},
        {"signal another process", [] { return kill(getppid(), 0) == 0; }},
        {"run a program", &canRunProgram},
    };
}

} // namespace

int selfCheck(const Limits &limits)
{
    const Confinement confinement = confine(limits);
    for (const QString &text : confinement.inForce)
        std::printf("in force: %s\n", qUtf8Printable(text));
    for (const QString &text : confinement.missing)
        std::printf("missing:  %s\n", qUtf8Printable(text));

    bool allRefused = true;
    for (const Attempt &attempt : attempts()) {
        std::fflush(stdout);
        errno = 0;
        if (attempt.succeeds()) {
            allRefused = false;
            std::printf("ALLOWED:  %s\n", attempt.what);
        } else {
            std::printf("refused:  %s (%s)\n", attempt.what, std::strerror(errno));
        }
    }
    std::printf(allRefused ? "confined\n" : "NOT CONFINED\n");
    std::fflush(stdout);
    return allRefused ? 0 : 1;
}

} // namespace lectern::helper
