// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Document.h"
#include "presentation/LibrarySnapshot.h"
#include "presentation/Roles.h"

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace lectern::presentation {

/// What the words for a document's state depend on beside the document itself.
struct StateContext {
    bool allPaused = false;
    qint64 nowMs = 0;
    qint64 nextTryAt = 0;             ///< 0: no job of it waits for a time
    bool running = false;             ///< a job of it runs right now
    std::optional<qint64> timeLeftMs; ///< nothing while it can't be told
    bool asking = false;              ///< its run waits for an answer
};

/// A document's state in words.
struct StateWords {
    QString text;     ///< "Analyzing 41 of 86", "Password needed", "2 of 100 pages failed"
    QString iconName; ///< file of the icon family
    StateTone tone = StateTone::Neutral;
    bool isSentence = false; ///< takes the place of phase and progress in its row
    QString actionText;      ///< "Enter password…", "Show 2 pages", "Retry"; empty: none
    QString actionCommand;   ///< CommandTable id
};

/// Words for phases and states. Pure; every sentence is translatable as a whole.
class StateText {
    Q_DECLARE_TR_FUNCTIONS(StateText)

public:
    [[nodiscard]] static StateWords of(const domain::Document &document, const StateContext &context);
    /// The full sentence for a screen reader: "Analyzing, 41 of 86 pages, 3 minutes left".
    [[nodiscard]] static QString spoken(const domain::Document &document, const StateContext &context);
    /// One line for each phase, with its count: for tool tips.
    [[nodiscard]] static QString phaseCounts(const domain::Document &document);
    /// "Fetching", "Rendering", …
    [[nodiscard]] static QString phaseName(domain::Phase phase);
    /// The state alone, without numbers: "Done", "Password needed".
    [[nodiscard]] static QString stateName(domain::DocumentState state);
    [[nodiscard]] static QString phaseIconName(domain::Phase phase);
    /// "yes", "part", "none" or "—".
    [[nodiscard]] static QString textColumn(const domain::Document &document);
    /// For the status bar: "Running 2 · Queued 5 · Failed 1 · Locked 1"; without any of them "214 documents".
    [[nodiscard]] static QString statusCounts(const LibrarySnapshot &snapshot);
    /// For the status bar: "412/1,031 pages · 14 min left", "Paused by you", "All done".
    [[nodiscard]] static QString statusProgress(const LibrarySnapshot &snapshot,
                                                std::optional<qint64> timeLeftMs);
    /// What is being done this moment: "Reading USGS-methods.pdf", or empty.
    [[nodiscard]] static QString currentWork(const LibrarySnapshot &snapshot);
    /// "41 % – Library", or the view's name alone when nothing runs.
    [[nodiscard]] static QString windowTitle(const LibrarySnapshot &snapshot, const QString &viewName);
};

} // namespace lectern::presentation
