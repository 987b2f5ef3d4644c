// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lectern::text {

/// The text of a page as the full-text index wants it (FTS5, tokenizer unicode61): compatibility forms and
/// ligatures resolved, words split at line ends put together (and their parts added at the end, so that both
/// forms are found), Arabic vowel signs and stretching removed, ideographs, kana and Thai set apart so that
/// each is a token. Queries made by searchQuery() fit this text and no other. Thread-safe, linear.
[[nodiscard]] QString searchableText(const QString &text);

/// What a person types as an FTS5 MATCH expression: words (all must occur), "phrases", -word (must not occur)
/// and word* (beginnings). Everything is quoted, so no input is a syntax error. Empty when nothing can be
/// searched for.
[[nodiscard]] QString searchQuery(const QString &userWords);

} // namespace lectern::text
