// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/Notices.h"

#include "presentation/CommandId.h"
#include "presentation/ErrorText.h"
#include "presentation/Format.h"
#include "presentation/MoneyText.h"

#include <QFileInfo>

#include <algorithm>

namespace lectern::presentation {

namespace {

class Maker {
    Q_DECLARE_TR_FUNCTIONS(Notices)

public:
    static std::optional<Notice> open(const NoticeState &state);
    static std::optional<Notice> problem(const NoticeState &state);
    static std::optional<Notice> crashed(const NoticeState &state);
    static std::optional<Notice> locked(const NoticeState &state);
    static std::optional<Notice> unsupported(const NoticeState &state);
    static std::optional<Notice> missing(const NoticeState &state);
    static std::optional<Notice> sources(const NoticeState &state);
    static std::optional<Notice> paused(const NoticeState &state);
    static std::optional<Notice> resumed(const NoticeState &state);
    static std::optional<Notice> indexing(const NoticeState &state);
};

std::optional<Notice> Maker::open(const NoticeState &state)
{
    if (!state.openProblem)
        return {};
    const ErrorWords words = ErrorText::of(state.openProblem->code);
    return Notice{
        Notices::openId(),
        Notice::Kind::Error,
        tr("The library can't be opened. %1 %2", "what happened, what to do").arg(words.happened, words.next),
        {},
        false};
}

std::optional<Notice> Maker::problem(const NoticeState &state)
{
    if (!state.problem)
        return {};
    Notice notice{Notices::problemId(), Notice::Kind::Error, ErrorText::sentence(*state.problem), {}, true};
    const base::ErrorCode code = state.problem->code;
    const bool stopped = code == base::ErrorCode::DiskFull || code == base::ErrorCode::ReadOnly;
    if (stopped && state.snapshot.paused)
        notice.actions = {{command::kResumeAll, tr("Resume")}};
    else if (stopped && state.snapshot.hasWork())
        notice.actions = {{command::kPauseAll, tr("Pause")}};
    return notice;
}

std::optional<Notice> Maker::crashed(const NoticeState &state)
{
    if (!state.launch || state.launch->jobsSetAside <= 0)
        return {};
    const int count = state.launch->jobsSetAside;
    const QString text = count == 1 ? tr("One document was being read when Lectern ended unexpectedly more "
                                         "than once. It was set aside; "
                                         "everything else goes on.")
                                    : tr("%Ln documents were being read when Lectern ended unexpectedly more "
                                         "than once. They were set "
                                         "aside; everything else goes on.",
                                         nullptr, count);
    return Notice{
        Notices::crashedId(), Notice::Kind::Warning, text, {{command::kShowProblems, tr("Show")}}, true};
}

std::optional<Notice> Maker::locked(const NoticeState &state)
{
    const int count = state.snapshot.totals.documentsNeedPassword;
    if (count <= 0)
        return {};
    const QString text = count == 1 ? tr("One document is locked with a password.")
                                    : tr("%Ln documents are locked with a password.", nullptr, count);
    return Notice{Notices::lockedId(), Notice::Kind::Info, text, {{command::kShowLocked, tr("Show")}}, true};
}

std::optional<Notice> Maker::unsupported(const NoticeState &state)
{
    if (!state.added || state.added->unsupported <= 0)
        return {};
    const int count = state.added->unsupported;
    const auto all = state.added->documents.size();
    QString text;
    if (count == all)
        text = count == 1
                   ? tr("This file can't be read yet: this version reads PDF files.")
                   : tr("These %Ln files can't be read yet: this version reads PDF files.", nullptr, count);
    else
        text = tr("%1 of %2 files can't be read yet: this version reads PDF files.")
                   .arg(Format::count(count), Format::count(all));
    return Notice{
        Notices::unsupportedId(), Notice::Kind::Warning, text, {{command::kShowProblems, tr("Show")}}, true};
}

std::optional<Notice> Maker::missing(const NoticeState &state)
{
    if (!state.added || state.added->missing.isEmpty())
        return {};
    const auto count = state.added->missing.size();
    const QString first = QFileInfo(state.added->missing.constFirst()).fileName();
    const QString text = count == 1 ? tr("“%1” was not found and could not be added.").arg(first)
                                    : tr("“%1” and %2 more were not found and could not be added.")
                                          .arg(first, Format::count(count - 1));
    return Notice{Notices::missingId(), Notice::Kind::Warning, text, {}, true};
}

std::optional<Notice> Maker::sources(const NoticeState &state)
{
    if (state.sourcesChanged <= 0)
        return {};
    const int count = state.sourcesChanged;
    const QString text = count == 1
                             ? tr("One file has changed or moved since it was added.")
                             : tr("%Ln files have changed or moved since they were added.", nullptr, count);
    return Notice{Notices::sourcesId(), Notice::Kind::Info, text, {}, true};
}

std::optional<Notice> Maker::paused(const NoticeState &state)
{
    if (!state.snapshot.paused || !state.snapshot.hasWork())
        return {};
    const int waiting = state.snapshot.totals.documentsUnfinished();
    const QString text = waiting == 1 ? tr("Paused by you: one document waits.")
                                      : tr("Paused by you: %Ln documents wait.", nullptr, waiting);
    return Notice{Notices::pausedId(), Notice::Kind::Info, text, {{command::kResumeAll, tr("Resume")}}, true};
}

std::optional<Notice> Maker::resumed(const NoticeState &state)
{
    if (!state.launch || state.snapshot.paused || !state.snapshot.hasWork())
        return {};
    const domain::Totals &found = state.launch->totals;
    const int count = found.documentsUnfinished() - state.launch->documentsAsking;
    if (count <= 0)
        return {};
    const qint64 all = found.pages - state.launch->pagesAsking;
    const qint64 left = found.pages - found.pagesDone - found.pagesFailed - state.launch->pagesLeftAsking;
    QString text;
    if (left <= 0) {
        text = count == 1 ? tr("One document resumed.") : tr("%Ln documents resumed.", nullptr, count);
    } else {
        const std::optional<domain::Money> cost = state.launch->costLeft;
        const QString rest =
            cost ? tr("%1 of %2 pages left, %3", "the last is money")
                       .arg(Format::count(left), Format::count(all), MoneyText::approximately(*cost))
                 : tr("%1 of %2 pages left").arg(Format::count(left), Format::count(all));
        text = count == 1 ? tr("One document resumed: %1.").arg(rest)
                          : tr("%Ln documents resumed: %1.", nullptr, count).arg(rest);
    }
    return Notice{Notices::resumedId(),
                  Notice::Kind::Info,
                  text,
                  {{command::kPauseAll, tr("Pause")}, {command::kViewJobs, tr("Review")}},
                  true};
}

std::optional<Notice> Maker::indexing(const NoticeState &state)
{
    const domain::Totals &totals = state.snapshot.totals;
    const bool isHeld = totals.documentsUnfinished() <= totals.documentsPaused;
    if (!state.snapshot.hasWork() || state.snapshot.paused || isHeld || totals.documents < 2)
        return {};
    const int settled = totals.documents - totals.documentsUnfinished();
    return Notice{Notices::indexingId(),
                  Notice::Kind::Info,
                  tr("Indexed %1 of %2 documents: the list is still filling.")
                      .arg(Format::count(settled), Format::count(totals.documents)),
                  {{command::kViewJobs, tr("Review")}},
                  true};
}

} // namespace

QVector<Notice> Notices::of(const NoticeState &state)
{
    if (const std::optional<Notice> notice = Maker::open(state))
        return {*notice};
    QVector<Notice> notices;
    bool resumed = false;
    for (const auto make : {Maker::problem, Maker::crashed, Maker::missing, Maker::unsupported, Maker::paused,
                            Maker::resumed, Maker::locked, Maker::sources, Maker::indexing}) {
        const std::optional<Notice> notice = make(state);
        if (!notice)
            continue;
        // One sentence about work under way is enough: the one that says where it comes from.
        if (notice->id == indexingId() && resumed)
            continue;
        resumed = resumed || notice->id == resumedId();
        if (!state.dismissed.contains(notice->id))
            notices << *notice;
    }
    notices += state.questions;
    if (state.trial && !state.dismissed.contains(state.trial->id))
        notices << *state.trial;
    for (const Notice &limit : state.limits) {
        if (!state.dismissed.contains(limit.id))
            notices << limit;
    }
    std::stable_sort(notices.begin(), notices.end(), [](const Notice &a, const Notice &b) {
        return static_cast<int>(a.kind) > static_cast<int>(b.kind);
    });
    return notices;
}

QString Notices::removed(int documents)
{
    return documents == 1 ? tr("Removed 1 document.") : tr("Removed %Ln documents.", nullptr, documents);
}

QString Notices::deletedForGood(int documents)
{
    return documents == 1 ? tr("Deleted 1 document for good.")
                          : tr("Deleted %Ln documents for good.", nullptr, documents);
}

QString Notices::addedSummary(const workspace::AddReport &report)
{
    const QString added =
        report.added == 1 ? tr("1 file added") : tr("%Ln files added", nullptr, report.added);
    if (report.known <= 0)
        return tr("%1.", "a sentence").arg(added);
    const QString known =
        report.known == 1 ? tr("1 was here already") : tr("%Ln were here already", nullptr, report.known);
    return tr("%1, %2.", "two parts of a sentence").arg(added, known);
}

QString Notices::dropText(int files)
{
    return files == 1 ? tr("Add 1 file") : tr("Add %Ln files", nullptr, files);
}

} // namespace lectern::presentation
