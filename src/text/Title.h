// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/PageLayout.h"
#include "text/Sentences.h"

#include <QString>

namespace lectern::text {

/// Longest title, in UTF-16 units.
inline constexpr qsizetype kLongestTitle = 140;

/// What the page would be called: its most prominent heading near the top, else its first good line or
/// sentence, else its running header; empty for a page without words. Never longer than kLongestTitle.
/// Thread-safe.
[[nodiscard]] QString pageTitle(const PageLayout &layout, const QVector<Sentence> &sentences);

/// Cuts at the end of a word and adds "…" when `text` is longer than `longest` units.
[[nodiscard]] QString shortened(const QString &text, qsizetype longest);

} // namespace lectern::text
