// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/CoverageText.h"

#include "presentation/ErrorText.h"
#include "presentation/Format.h"

namespace lectern::presentation {

using Gap = store::SearchCoverage::Gap;

QString CoverageText::count(const store::SearchCoverage::Count &count)
{
    return tr("Index: %1 of %2").arg(Format::count(count.covered), Format::documents(count.documents));
}

QString CoverageText::reason(const store::SearchCoverage::Missing &missing)
{
    const QString language = Format::language(missing.language);
    switch (missing.gap) {
    case Gap::None:
        break;
    case Gap::Reading:
        return tr("Still being read");
    case Gap::Paused:
        return tr("Paused");
    case Gap::Password:
        return tr("Needs a password");
    case Gap::Failed:
        return ErrorText::of(missing.error).title;
    case Gap::Cancelled:
        return tr("Stopped before it was read");
    case Gap::PagesMissing:
        return tr("%1 could not be read").arg(Format::pages(missing.pages));
    case Gap::NoText:
        return tr("Has no text: scanned or drawn");
    case Gap::NoEmbedding:
        return tr("There is no model for the search by meaning");
    case Gap::OtherLanguage:
        return language.isEmpty() ? tr("In a language that the search by meaning does not know")
                                  : tr("In %1, which the search by meaning does not know").arg(language);
    case Gap::Embedding:
        return tr("Its meaning is still being worked out");
    case Gap::EmbeddingFailed:
        return tr("Its meaning could not be worked out");
    case Gap::EmbeddingCancelled:
        return tr("Stopped before its meaning was worked out");
    }
    return {};
}

} // namespace lectern::presentation
