// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Chunk.h"

#include <QString>
#include <QVector>

namespace lectern::text {

/// What a chunk may hold, in lower-case Latin letters: 55 to 80 words of English, so that nine of ten chunks
/// are within the 128 pieces that the built-in embedding reads, and of the others little is left out. What is
/// more pieces counts as several letters: an upper-case letter or a syllable of hangul two, an ideograph,
/// kana or digit three, a sign five; and each word one more, beside white space, which counts as it is. A
/// chunk may pass this by an eighth, so that no heading stands alone.
inline constexpr int kMostLetters = 600;

/// Cuts the text of a page (lines end with '\n', blocks with an empty line) into chunks, in order: whole
/// sentences as far as they fit; longer ones at line ends, else after a comma or the like, else between
/// words, else between characters. A new block begins a new chunk unless the one before is short. All but
/// white space, and chunks in which nothing is a letter or a digit, is in exactly one chunk. `language`: the
/// page's, BCP 47. Thread-safe, deterministic, linear.
[[nodiscard]] QVector<domain::Chunk> splitChunks(const QString &pageText, const QString &language);

/// The text of a chunk in one line, as an embedding model should read it: single spaces, and words that were
/// split at a line's end put together. `pageText`: the text that `chunk` was cut from.
[[nodiscard]] QString chunkText(const QString &pageText, const domain::Chunk &chunk);

} // namespace lectern::text
