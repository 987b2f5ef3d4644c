// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/PageLayout.h"
#include "text/PhraseTable.h"

namespace lectern::text {

/// Adds the phrases of Chinese and Japanese text to `table`: what is repeated in changing surroundings, or
/// set in katakana or ideographs of its own.
void collectUnspacedPhrases(const PageLayout &layout, PhraseTable &table);

} // namespace lectern::text
