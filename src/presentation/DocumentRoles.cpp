// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/DocumentRoles.h"

#include "presentation/Format.h"
#include "presentation/Roles.h"

#include <algorithm>

namespace lectern::presentation {

QVariant DocumentRoles::value(const domain::Document &document, const StateContext &context, int role)
{
    const bool paused = !domain::isSettled(document.state) && (document.paused || context.allPaused);
    switch (role) {
    case PhaseRole:
        return static_cast<int>(document.phase());
    case StateRole:
        return static_cast<int>(document.state);
    case PausedRole:
        return paused;
    case ToneRole:
        return static_cast<int>(StateText::of(document, context).tone);
    case IconNameRole:
        return StateText::of(document, context).iconName;
    case ProgressTotalRole:
        return std::max(0, document.pagesTotal);
    case ProgressDoneRole:
        return document.pagesDone;
    case ProgressExtractedRole:
        return std::max(document.pagesExtracted, document.pagesDone);
    case ProgressFailedRole:
        return document.pagesFailed;
    case ProgressActiveRole:
        return !paused;
    case SentenceRole: {
        const StateWords words = StateText::of(document, context);
        return words.isSentence ? words.text : QString();
    }
    case ActionTextRole:
        return StateText::of(document, context).actionText;
    case ActionCommandRole:
        return StateText::of(document, context).actionCommand;
    default:
        return {};
    }
}

QString DocumentRoles::progressText(const domain::Document &document)
{
    if (document.pagesTotal < 0)
        return Format::none();
    return Format::count(document.pagesDone) + QLatin1Char('/') + Format::count(document.pagesTotal);
}

} // namespace lectern::presentation
