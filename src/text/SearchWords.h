// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>

namespace lectern::text {

struct FoldedText;
class Stemmer;

/// One thing a person searches for: a word or a phrase, folded to tokens as the index has them.
struct SearchTerm {
    QStringList tokens;
    QStringList written;   ///< the same tokens with their accents, for the stemmer
    bool excluded = false; ///< written with '-' in front
    bool prefix = false;   ///< written with '*' behind: the last token is a beginning
    bool quoted = false;   ///< exactly so; otherwise other forms of the word will do
    bool inTitle = false;  ///< written with "title:" in front
};

/// Reads what a person typed. At most 32 terms of 16 tokens; never empty tokens.
[[nodiscard]] QVector<SearchTerm> readSearchWords(const QString &userWords);

/// What such a term is made of when it is more than a word: Chinese, Japanese or Thai written on without
/// spaces, every two characters in a row and what stands between; or a compound ("load-deflection"), its two
/// or three words. Empty for a term in quotes, for a word, and for addresses and other long chains.
[[nodiscard]] QVector<SearchTerm> partsOf(const SearchTerm &term);

/// Letters and digits of `folded` as tokens: runs of them, single characters for scripts without spaces.
struct FoldedToken {
    qsizetype start = 0;
    qsizetype length = 0;
};
[[nodiscard]] QVector<FoldedToken> foldedTokens(const QString &folded);

/// A token of `folded` as it is spelled in `original`, in lower case: stemmers know words with their accents.
[[nodiscard]] QString writtenForm(QStringView original, const FoldedText &folded, const FoldedToken &token);

/// The stem of a word in the form that the index has: `token` when the language has no stems.
[[nodiscard]] QString foldedStem(Stemmer &stemmer, const QString &written, const QString &token);

} // namespace lectern::text
