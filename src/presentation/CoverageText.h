// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/SearchCoverage.h"

#include <QCoreApplication>
#include <QString>

namespace lectern::presentation {

/// How much of the library a search can find, and why not more, in words. Pure.
class CoverageText {
    Q_DECLARE_TR_FUNCTIONS(CoverageText)

public:
    /// "index: 213 of 214 documents".
    [[nodiscard]] static QString count(const store::SearchCoverage::Count &count);
    /// Why a document, or a part of it, can't be found: "Needs a password".
    [[nodiscard]] static QString reason(const store::SearchCoverage::Missing &missing);
};

} // namespace lectern::presentation
