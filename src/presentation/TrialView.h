// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "domain/Ids.h"
#include "domain/Money.h"
#include "presentation/Notices.h"

#include <QCoreApplication>
#include <QString>
#include <QVector>

namespace lectern::presentation {

/// A few pages that are tried before the rest: how far that is. A plain value.
struct TrialView {
    domain::RunId run;
    QVector<domain::DocumentId> documents; ///< where its pages are
    QString modelId;
    QString modelName;
    int pages = 0;
    int answered = 0;
    int failed = 0;
    int cancelled = 0;
    domain::Money spent;
    base::Error problem; ///< of a page that failed, or that waits and says why

    [[nodiscard]] bool isOver() const { return answered + failed + cancelled >= pages; }
    /// Over, and nothing was learned.
    [[nodiscard]] bool hasFailed() const { return isOver() && answered == 0; }
    friend bool operator==(const TrialView &, const TrialView &) = default;
};

/// Words for a trial. Pure.
class TrialText {
    Q_DECLARE_TR_FUNCTIONS(TrialText)

public:
    // What the banner's buttons ask for.
    static QString reviewCommand() { return QStringLiteral("trial.review"); }
    static QString stopCommand() { return QStringLiteral("trial.stop"); }
    static QString runningId() { return QStringLiteral("trial.running"); }
    static QString overId() { return QStringLiteral("trial.over"); }

    /// "Trying 3 pages with gpt-6-luna: 1 answered so far.", "3 pages tried with gpt-6-luna for $0.0098.";
    /// with why it waits or what failed.
    [[nodiscard]] static QString sentence(const TrialView &view);
    /// The same where no dialog shows it; with the price of the rest when that is known and there is one.
    [[nodiscard]] static Notice notice(const TrialView &view, qint64 pagesLeft, const QString &price);
};

} // namespace lectern::presentation
