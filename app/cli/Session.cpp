// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Session.h"

#include "store/Connection.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace lectern::cli {

namespace {

constexpr int kMostJobs = 256;
constexpr double kShortestPageLimit = 0.1;
constexpr double kLongestPageLimit = 3'600;
constexpr double kMillisecondsPerSecond = 1'000;

} // namespace

Session::Session(CommandLine line, Console &console, Interruption &interruption, const base::Clock &clock)
    : m_line(std::move(line)), m_console(console), m_interruption(interruption), m_clock(clock)
{
}

Session::~Session()
{
    close();
}

QString Session::folder() const
{
    const QString chosen = m_line.value(u"workspace"_s);
    return chosen.isEmpty() ? workspace::Workspace::defaultFolder() : QDir(chosen).absolutePath();
}

Outcome<workspace::Workspace::Options> Session::options(Access access) const
{
    workspace::Workspace::Options options;
    options.folder = folder();
    options.program = u"lectern-cli"_s;
    options.work = access == Access::Work;
    bool ok = true;
    if (const QString jobs = m_line.value(u"jobs"_s); !jobs.isEmpty()) {
        options.jobs = jobs.toInt(&ok);
        if (!ok || options.jobs < 1 || options.jobs > kMostJobs)
            return failed(
                Failure::usage(u"--jobs takes a number from 1 to %1, not “%2”."_s.arg(kMostJobs).arg(jobs)));
    }
    if (const QString limit = m_line.value(u"page-time-limit"_s); !limit.isEmpty()) {
        const double seconds = limit.toDouble(&ok);
        if (!ok || !(seconds >= kShortestPageLimit) || seconds > kLongestPageLimit)
            return failed(
                Failure::usage(u"--page-time-limit takes seconds, at least 0.1, not “%1”."_s.arg(limit)));
        options.pageDeadlineMs = static_cast<qint64>(seconds * kMillisecondsPerSecond);
    }
    return options;
}

Outcome<void> Session::open(Access access, IfMissing ifMissing)
{
    const auto options = this->options(access);
    if (!options)
        return failed(options.error());
    if (ifMissing == IfMissing::Fail && !QFileInfo::exists(options->folder + u"/workspace.db"_s)) {
        return failed(base::Error{
            base::ErrorCode::NotFound,
            u"there is no workspace in %1; “lectern-cli index PATH” makes one"_s.arg(options->folder)});
    }
    auto opened = workspace::Workspace::open(*options, m_clock);
    if (!opened)
        return failed(opened.error());
    m_workspace = std::move(*opened);
    auto reader = m_workspace->database().openReader();
    if (!reader)
        return failed(reader.error());
    m_reader = std::move(*reader);
    return {};
}

void Session::close()
{
    m_reader.reset();
    m_workspace.reset();
}

} // namespace lectern::cli
