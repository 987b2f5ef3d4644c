// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Application.h"
#include "base/CrashPoint.h"

#include <QCoreApplication>
#include <QFile>

#include <atomic>
#include <csignal>

// lectern-cli that obeys the tests:
// - LECTERN_CRASH_AT="name:count" dies by SIGKILL when the crash point called name is passed the count-th
// time;
//   "name:count:crash" dies of a bad memory access, which leaves a trace.
// - LECTERN_COUNT_IN names a file to which it writes, at its end, how many jobs it ran.

namespace {

QByteArray g_name;
int g_count = 0;
int g_signal = SIGKILL;
std::atomic<int> g_passed{0};
std::atomic<int> g_jobs{0};

void notePoint(const char *name)
{
    if (qstrcmp(name, "before-work") == 0)
        ++g_jobs;
    if (g_name == name && ++g_passed == g_count)
        ::raise(g_signal);
}

} // namespace

int main(int argc, char **argv)
{
    const QList<QByteArray> where = qgetenv("LECTERN_CRASH_AT").split(':');
    g_name = where.at(0);
    g_count = where.value(1).toInt();
    g_signal = where.value(2) == "crash" ? SIGSEGV : SIGKILL;
    lectern::base::setCrashPointHandler(notePoint);

    const QCoreApplication application(argc, argv);
    const int code = lectern::cli::Application::run(QCoreApplication::arguments().mid(1));
    if (QFile counts(qEnvironmentVariable("LECTERN_COUNT_IN"));
        !counts.fileName().isEmpty() && counts.open(QIODevice::WriteOnly))
        counts.write(QByteArray::number(g_jobs.load()));
    return code;
}
