// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Session.h"

#include "store/Connection.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace lectern::cli {

namespace {

constexpr int kMostJobs = 256;
constexpr double kShortestLimit = 0.1;
constexpr double kLongestLimit = 3'600;
constexpr double kMillisecondsPerSecond = 1'000;

// 0 when the option is not given.
Outcome<qint64> millisecondsOf(const CommandLine &line, const QString &option)
{
    const QString text = line.value(option);
    if (text.isEmpty())
        return qint64{0};
    bool read = false;
    const double seconds = text.toDouble(&read);
    if (!read || !(seconds >= kShortestLimit) || seconds > kLongestLimit)
        return failed(Failure::usage(u"--%1 takes seconds, at least 0.1, not “%2”."_s.arg(option, text)));
    return static_cast<qint64>(seconds * kMillisecondsPerSecond);
}

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
    const auto page = millisecondsOf(m_line, u"page-time-limit"_s);
    const auto model = millisecondsOf(m_line, u"model-time-limit"_s);
    if (!page || !model)
        return failed(page ? model.error() : page.error());
    if (*page > 0)
        options.pageDeadlineMs = *page;
    options.modelSilenceMs = *model;
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
