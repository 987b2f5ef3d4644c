// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pdf-helper/MemoryWatch.h"

#include "pdf/Messages.h"

#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <new>

namespace lectern::helper {

namespace {

constexpr off_t kLogBytes = 64 * 1024;
constexpr size_t kWorthTrimming = 16'000'000;

[[noreturn]] void outOfMemory()
{
    _exit(pdf::kExitOutOfMemory);
}

// Runs in a signal handler: system calls and plain memory only.
void onAbort(int /*signal*/)
{
    std::array<char, 2048> tail{};
    const off_t end = lseek(STDERR_FILENO, 0, SEEK_CUR);
    const off_t start = std::max<off_t>(0, end - static_cast<off_t>(tail.size()));
    const ssize_t count = pread(STDERR_FILENO, tail.data(), static_cast<size_t>(end - start), start);
    for (const char *sign : {"Out of memory", "bad_alloc"})
        if (count > 0 && memmem(tail.data(), static_cast<size_t>(count), sign, std::strlen(sign)) != nullptr)
            outOfMemory();
    std::signal(SIGABRT, SIG_DFL); // abort() goes on to end the process
}

} // namespace

void watchMemory()
{
    const int log = memfd_create("stderr", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (log >= 0) {
        // Sealed at its size: writing more than fits fails.
        if (ftruncate(log, kLogBytes) == 0 && fcntl(log, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK) == 0)
            dup2(log, STDERR_FILENO);
        close(log);
    }
    std::set_new_handler(&outOfMemory);
    std::signal(SIGABRT, &onAbort);
}

void startRequest()
{
    lseek(STDERR_FILENO, 0, SEEK_SET);
}

void trimMemory()
{
    if (mallinfo2().fordblks > kWorthTrimming)
        malloc_trim(0);
}

} // namespace lectern::helper
