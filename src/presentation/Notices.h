// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "presentation/LibrarySnapshot.h"
#include "workspace/Workspace.h"

#include <QCoreApplication>
#include <QSet>
#include <QString>
#include <QVector>

#include <optional>

namespace lectern::presentation {

/// One banner as a value: the ui only draws it.
struct Notice {
    enum class Kind { Info, Warning, Error };
    struct Action {
        QString command; ///< CommandTable id
        QString text;

        friend bool operator==(const Action &, const Action &) = default;
    };
    QString id; ///< names the cause: the same cause replaces its banner
    Kind kind = Kind::Info;
    QString text;
    QVector<Action> actions; ///< at most three
    bool closable = true;

    friend bool operator==(const Notice &, const Notice &) = default;
};

/// Everything banners depend on.
struct NoticeState {
    std::optional<workspace::LaunchReport> launch; ///< how the workspace was found
    LibrarySnapshot snapshot;
    std::optional<workspace::AddReport> added; ///< the last Add
    std::optional<base::Error> problem;        ///< the last thing that could not be done or read
    std::optional<base::Error> openProblem;    ///< the workspace could not be opened
    QVector<Notice> limits;                    ///< at which work waits, by BudgetText
    QVector<Notice> questions;                 ///< of runs that wait for an answer, by ResumeText
    std::optional<Notice> trial;               ///< of pages, by TrialText
    int sourcesChanged = 0;                    ///< places that changed or went missing, by the last look
    QSet<QString> dismissed;                   ///< ids the user closed; give them a new life by removing them
};

/// Which banners are shown, most important first: errors, then warnings, then the rest, each in the order of
/// its weight. How many fit is the ui's affair. Pure.
class Notices {
    Q_DECLARE_TR_FUNCTIONS(Notices)

public:
    [[nodiscard]] static QVector<Notice> of(const NoticeState &state);
    /// The undo bar: "Removed 3 documents."
    [[nodiscard]] static QString removed(int documents);
    [[nodiscard]] static QString deletedForGood(int documents);
    /// After Add, for the status bar: "12 files added, 3 were here already."
    [[nodiscard]] static QString addedSummary(const workspace::AddReport &report);
    /// The drop overlay: "Add 12 files".
    [[nodiscard]] static QString dropText(int files);

    // Ids.
    static QString resumedId() { return QStringLiteral("resumed"); }
    static QString crashedId() { return QStringLiteral("crashed"); }
    static QString pausedId() { return QStringLiteral("paused"); }
    static QString indexingId() { return QStringLiteral("indexing"); }
    static QString lockedId() { return QStringLiteral("locked"); }
    static QString unsupportedId() { return QStringLiteral("unsupported"); }
    static QString missingId() { return QStringLiteral("missing"); }
    static QString sourcesId() { return QStringLiteral("sources"); }
    static QString problemId() { return QStringLiteral("problem"); }
    static QString openId() { return QStringLiteral("open"); }
};

} // namespace lectern::presentation
