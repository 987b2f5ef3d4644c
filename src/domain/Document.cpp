// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Document.h"

namespace lectern::domain {

QString documentStateName(DocumentState state)
{
    switch (state) {
    case DocumentState::Queued:
        return QStringLiteral("queued");
    case DocumentState::Indexing:
        return QStringLiteral("indexing");
    case DocumentState::Done:
        return QStringLiteral("done");
    case DocumentState::DoneWithFailures:
        return QStringLiteral("done-with-failures");
    case DocumentState::NeedsPassword:
        return QStringLiteral("needs-password");
    case DocumentState::Corrupt:
        return QStringLiteral("corrupt");
    case DocumentState::Unsupported:
        return QStringLiteral("unsupported");
    case DocumentState::Failed:
        return QStringLiteral("failed");
    case DocumentState::Cancelled:
        return QStringLiteral("cancelled");
    }
    return {};
}

QString documentKindName(DocumentKind kind)
{
    return kind == DocumentKind::Pdf ? QStringLiteral("pdf") : QStringLiteral("unknown");
}

QString pageStateName(PageState state)
{
    switch (state) {
    case PageState::Queued:
        return QStringLiteral("queued");
    case PageState::Extracted:
        return QStringLiteral("extracted");
    case PageState::Done:
        return QStringLiteral("done");
    case PageState::Failed:
        return QStringLiteral("failed");
    }
    return {};
}

Phase Document::phase() const
{
    if (pagesTotal < 0)
        return Phase::Fetching;
    if (isSettled(state) || pagesDone + pagesFailed >= pagesTotal)
        return Phase::Storing;
    const bool analysisBegan = goal == Goal::Analysis && (pagesDone > 0 || pagesExtracted >= pagesTotal);
    return analysisBegan ? Phase::Analyzing : Phase::Rendering;
}

} // namespace lectern::domain
