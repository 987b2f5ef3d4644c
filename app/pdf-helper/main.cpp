// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pdf-helper/Confinement.h"
#include "app/pdf-helper/HelperServer.h"
#include "app/pdf-helper/MemoryWatch.h"
#include "app/pdf-helper/SelfCheck.h"

#include "poppler/PdfDocument.h"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace lectern;

namespace {

constexpr int kSocket = 3;
constexpr int kExitUsage = 2;

int explain()
{
    std::fputs("lectern-pdf reads PDF files for Lectern in a confined process; Lectern starts it by itself "
               "(lectern-pdf --self-check shows the confinement).\n",
               stderr);
    return kExitUsage;
}

// The value of "--name=number", or `otherwise`.
qint64 option(int argc, char **argv, const char *name, qint64 otherwise)
{
    const size_t length = std::strlen(name);
    for (int i = 1; i < argc; ++i)
        if (std::strncmp(argv[i], name, length) == 0 && argv[i][length] == '=')
            return std::atoll(argv[i] + length + 1);
    return otherwise;
}

bool isSocket(int descriptor)
{
    struct stat status {};
    return fstat(descriptor, &status) == 0 && S_ISSOCK(status.st_mode);
}

} // namespace

int main(int argc, char **argv)
{
    helper::Limits limits;
    limits.memoryBytes = option(argc, argv, "--memory", limits.memoryBytes);
    limits.cpuSecondsPerRequest =
        static_cast<int>(option(argc, argv, "--cpu-seconds", limits.cpuSecondsPerRequest));

    if (argc > 1 && std::strcmp(argv[1], "--self-check") == 0) {
        poppler::initialise();
        const int code = helper::selfCheck(limits);
        _exit(code); // what runs at exit was not made for a confined process
    }
    if (argc < 2 || std::strcmp(argv[1], "--serve") != 0 || !isSocket(kSocket))
        return explain();
    if (!helper::followParent(option(argc, argv, "--parent", 0)))
        return 0;

    syscall(SYS_close_range, kSocket + 1, ~0U, 0);
    helper::watchMemory();
    poppler::initialise();
    helper::HelperServer server(pdf::FileDescriptor(kSocket), limits);
    server.run(helper::confine(limits));
    _exit(0);
}
