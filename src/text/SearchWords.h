// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>

namespace lectern::text {

/// One thing a person searches for: a word or a phrase, folded to tokens as the index has them.
struct SearchTerm {
    QStringList tokens;
    bool excluded = false; ///< written with '-' in front
    bool prefix = false;   ///< written with '*' behind: the last token is a beginning
};

/// Reads what a person typed. At most 32 terms of 16 tokens; never empty tokens.
[[nodiscard]] QVector<SearchTerm> readSearchWords(const QString &userWords);

/// Letters and digits of `folded` as tokens: runs of them, single characters for scripts without spaces.
struct FoldedToken {
    qsizetype start = 0;
    qsizetype length = 0;
};
[[nodiscard]] QVector<FoldedToken> foldedTokens(const QString &folded);

} // namespace lectern::text
