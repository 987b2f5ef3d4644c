// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "domain/Ids.h"
#include "domain/Money.h"
#include "domain/PageAnalysis.h"
#include "domain/PageText.h"
#include "domain/Work.h"

#include <QByteArray>
#include <QString>

namespace lectern::domain {

// The numbers of these enums are stored: never renumber.

enum class DocumentKind { Unknown = 0, Pdf = 1 };

enum class DocumentState {
    Queued = 0,
    Indexing = 1,
    Done = 10,
    DoneWithFailures = 11,
    NeedsPassword = 12,
    Corrupt = 13,
    Unsupported = 14,
    Failed = 15,
    Cancelled = 16,
};

enum class PageState {
    Queued = 0,    ///< nothing stored yet
    Extracted = 1, ///< text stored and searchable, waits for its analysis
    Done = 2,      ///< everything the goal asks for is stored
    Failed = 3,
};

/// The five phases a page goes through, in order. Embedding comes with meaning search.
enum class Phase { Fetching, Rendering, Analyzing, Embedding, Storing };

/// Stable names for `--json` ("done-with-failures").
[[nodiscard]] QString documentStateName(DocumentState state);
[[nodiscard]] QString documentKindName(DocumentKind kind);
[[nodiscard]] QString pageStateName(PageState state);

/// Settled: no more work will change it unless somebody asks.
[[nodiscard]] constexpr bool isSettled(DocumentState state)
{
    return static_cast<int>(state) >= 10;
}

/// One version of a source's content, with the counts every view needs. done + failed + waiting = pagesTotal.
struct Document {
    DocumentId id;
    RunId run;
    QByteArray sha256; ///< empty until fetched
    DocumentKind kind = DocumentKind::Unknown;
    QString name; ///< file name of its first place
    QString path; ///< its first place; others: places
    int places = 1;
    DocumentState state = DocumentState::Queued;
    bool paused = false;
    Goal goal = Goal::Analysis;
    Priority priority = Priority::Normal;
    qint64 bytes = 0;
    QString title;
    QString author;
    QString language; ///< of most of its pages, BCP 47; empty until analysed
    bool copyAllowed = true;
    int pagesTotal = -1; ///< -1 until probed
    int pagesExtracted = 0;
    int pagesWithText = 0;
    int pagesDone = 0;
    int pagesFailed = 0;
    base::Error error;
    Money spent; ///< on requests for it, by every run
    qint64 addedAt = 0;
    qint64 startedAt = 0;
    qint64 finishedAt = 0;
    qint64 removedAt = 0; ///< when it went to the trash, 0 otherwise

    /// The furthest phase any page has reached; never goes backwards.
    [[nodiscard]] Phase phase() const;
    [[nodiscard]] bool isInTrash() const { return removedAt != 0; }
};

/// One page as the lists show it. A page without a row in the store is Queued.
struct Page {
    PageId id;
    DocumentId document;
    int number = 0;
    QString label;
    PageState state = PageState::Queued;
    int attempts = 0;
    int characters = 0;
    TextVerdict verdict = TextVerdict::Missing;
    double quality = 0;
    PageGeometry geometry;
    int images = 0; ///< pictures drawn on it
    base::Error error;
};

/// Everything stored of one page.
struct PageRecord {
    Page page;
    PageText text;
    TextQuality quality;
    QByteArray contentHash;
    QString analyzer; ///< id of the analyser, empty when there is no analysis
    PageAnalysis analysis;
    QString unusableAnswer; ///< what a model wrote, when the page failed because of it
};

} // namespace lectern::domain
