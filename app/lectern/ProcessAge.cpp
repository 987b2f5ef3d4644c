// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lectern/ProcessAge.h"

#include <QByteArray>
#include <QFile>

#include <chrono>
#include <unistd.h>

namespace lectern::app {

namespace {

std::chrono::steady_clock::time_point &programStart()
{
    static auto start = std::chrono::steady_clock::now();
    return start;
}

double sinceProgramStart()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - programStart())
        .count();
}

} // namespace

void noteProgramStart()
{
    programStart() = std::chrono::steady_clock::now();
}

double processAgeMs()
{
    const double floor = sinceProgramStart();
    QFile stat(QStringLiteral("/proc/self/stat"));
    QFile uptime(QStringLiteral("/proc/uptime"));
    if (!stat.open(QIODevice::ReadOnly) || !uptime.open(QIODevice::ReadOnly))
        return floor;
    // The name in parentheses may hold blanks; field 22, the start in clock ticks, is counted after it.
    const QByteArray line = stat.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    if (fields.size() < 20)
        return floor;
    const double startMs = fields.at(19).toDouble() * 1000.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
    const double nowMs = uptime.readAll().split(' ').constFirst().toDouble() * 1000.0;
    return qMax(floor, nowMs - startMs);
}

} // namespace lectern::app
