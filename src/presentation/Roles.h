// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace lectern::presentation {

/// How a state looks: the ui turns it into a colour of its token table. Never the only sign.
enum class StateTone { Neutral, Running, Done, Waiting, Failed };

/// Roles of every model here, beside Qt's own. Qt::AccessibleTextRole and Qt::AccessibleDescriptionRole say
/// each cell in full words; Qt::ToolTipRole of phase and progress cells has the counts of all phases.
enum Role {
    LoadedRole = Qt::UserRole + 1, ///< bool: false while the row is a placeholder whose value is being read
    DocumentIdRole,                ///< qint64: value of the domain::DocumentId; valid for placeholders too
    PageRole,                      ///< int: page number; 0 for a document row
    SortRole,                      ///< the raw value behind the displayed text
    PhaseRole,                     ///< int: domain::Phase
    StateRole,                     ///< int: domain::DocumentState, or domain::PageState for a page
    PausedRole,                    ///< bool: paused, itself or with everything
    ToneRole,                      ///< int: StateTone
    IconNameRole,          ///< QString: name of an icon file without ending ("done", "analyzing", "lock")
    ProgressTotalRole,     ///< int: pages, 0 until known
    ProgressDoneRole,      ///< int: pages stored for good (solid)
    ProgressExtractedRole, ///< int: pages whose text is stored (pale), at least done
    ProgressFailedRole,    ///< int
    ProgressActiveRole,    ///< bool: false draws the bar in the disabled look
    SentenceRole,          ///< QString: set for rows that show one sentence in place of phase and progress
    ActionTextRole,        ///< QString: the link after the sentence ("Enter password…"); empty: none
    ActionCommandRole,     ///< QString: the command the link runs (CommandTable id)
    CopyRole,              ///< QString: what Ctrl+C copies of this row
};

} // namespace lectern::presentation
