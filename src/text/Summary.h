// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/PageLayout.h"
#include "text/Sentences.h"

#include <QString>

namespace lectern::text {

/// Longest summary, in UTF-16 units.
inline constexpr qsizetype kLongestSummary = 700;

/// The two sentences that say most about the page, in the page's order. A page without sentences gives its
/// first points or entries, or nothing. Thread-safe, deterministic.
[[nodiscard]] QString summarise(const PageLayout &layout, const QVector<Sentence> &sentences,
                                const QString &title);

} // namespace lectern::text
