// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/SearchWords.h"

#include <QString>
#include <QStringView>
#include <QVector>

namespace lectern::text {

/// Where a term stands in a text, in the text's own UTF-16 units.
struct WordMatch {
    qsizetype start = 0;
    qsizetype end = 0;
    int term = 0; ///< index of the term

    friend bool operator==(const WordMatch &, const WordMatch &) = default;
};

/// Every place where one of the terms stands, in order and not overlapping, at most 2,000: the same words
/// that wordQuery() finds a page by, so a term that is not quoted matches other forms of its words too.
/// Excluded terms and those of the title match nothing. `language`: BCP 47, of the text. Thread-safe, linear
/// in the text.
[[nodiscard]] QVector<WordMatch> findWords(QStringView text, const QVector<SearchTerm> &terms,
                                           const QString &language);

} // namespace lectern::text
