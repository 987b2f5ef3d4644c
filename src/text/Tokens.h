// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>
#include <QVector>

namespace lectern::text {

enum class TokenKind { Word, Number, Symbol };

/// A piece of text for the entity finders.
struct Token {
    qint32 start = 0;
    qint32 length = 0;
    TokenKind kind = TokenKind::Symbol;
    int gap = 0; ///< before it: 0 nothing, 1 a space, 2 a line end, 3 an empty line or a tab

    [[nodiscard]] qint32 end() const { return start + length; }
};

/// The text as words (with inner hyphens and apostrophes; "U.S." and "G.K.M." are one word), numbers (digits
/// only) and single symbols. Each ideograph is a word of its own. At most kMostTokens. Linear.
[[nodiscard]] QVector<Token> tokenise(QStringView text);

inline constexpr qsizetype kMostTokens = 60000;

} // namespace lectern::text
