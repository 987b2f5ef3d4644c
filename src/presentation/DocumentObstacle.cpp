// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/DocumentObstacle.h"

#include "presentation/ErrorText.h"

namespace lectern::presentation {

std::optional<DocumentObstacle::Words> DocumentObstacle::of(const domain::Document &document,
                                                            const StateWords &state)
{
    using domain::DocumentState;
    if (document.pagesTotal > 0)
        return std::nullopt;
    const base::ErrorCode code = document.error.code;
    if (code != base::ErrorCode::None && domain::isSettled(document.state)) {
        const ErrorWords words = ErrorText::of(code);
        const bool locked = document.state == DocumentState::NeedsPassword;
        return Words{locked ? QStringLiteral("lock") : QStringLiteral("warning"), words.title,
                     words.happened + QLatin1Char(' ') + words.next, state.actionText, state.actionCommand};
    }
    if (document.pagesTotal == 0)
        return Words{QStringLiteral("document"), tr("This document has no pages"), {}, {}, {}};
    return Words{QStringLiteral("fetching"), state.text,
                 tr("Its pages appear here as soon as they are known."), state.actionText,
                 state.actionCommand};
}

} // namespace lectern::presentation
