// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace lectern::text {

/// What the full-text index holds of a page (FTS5, tokenizer unicode61), a column each. Expressions made by
/// wordQuery() fit these columns and no others. Text in them is folded: compatibility forms and ligatures
/// resolved, words split at line ends put together (and their parts added at the end, so that both forms are
/// found), Arabic vowel signs and stretching removed, ideographs, kana and Thai set apart so that each is a
/// token.
struct SearchFields {
    QString headings; ///< their stems
    QString body;     ///< as it stands: for phrases and exact words
    QString stems;    ///< each word of the body reduced to its stem in the page's language
};

/// Thread-safe, linear. `language`: BCP 47, of the page.
[[nodiscard]] SearchFields searchFields(const QString &text, const QString &headings,
                                        const QString &language);

/// A document's title as the index wants it: its stems.
[[nodiscard]] QString searchTitle(const QString &title, const QString &language);

/// What a person typed, as FTS5 MATCH expressions over the columns title, headings, body and stems.
/// Everything is quoted, so no input is a syntax error.
struct WordQuery {
    QString all;  ///< pages with every word, in any of its forms; empty when nothing can be searched for
    QString some; ///< pages with any of the words, that still keep to "phrases", title: and -words; empty
                  ///< when that would be no more than `all`
    QStringList stems; ///< of all words that are wished for, in every language
    QString demanded;  ///< what a page must match: "phrases" and title:; empty when there are none
    QString excluded;  ///< what it must not match; empty when there are no -words
};

/// Understands words, "phrases", -word (must not occur), word* (beginnings) and title:word. A word is found
/// in the forms that the stemmers of `languages` (BCP 47, those of the pages) know. Words that carry no topic
/// are left out where others remain.
[[nodiscard]] WordQuery wordQuery(const QString &userWords, const QStringList &languages);

/// What a person typed without the signs that wordQuery() understands and without -words: for a search that
/// goes by the meaning of a sentence.
[[nodiscard]] QString plainQuestion(const QString &userWords);

} // namespace lectern::text
