// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lectern::text {

/// How far an abbreviation's full stop can end a sentence.
enum class AbbreviationKind {
    None,
    BeforeName,   ///< "Dr.", "Prof.", "St.": something always follows
    BeforeNumber, ///< "Fig.", "No.", "S.": ends a sentence unless a number follows
    Inside,       ///< "e.g.", "etc.", "z.B.": goes on unless a capital letter follows
};

/// `word`: in lower case, without its last full stop ("e.g"). `language`: primary BCP 47 name.
[[nodiscard]] AbbreviationKind abbreviationKind(const QString &word, const QString &language);

/// Languages that write ordinal numbers with a full stop ("3. Mai").
[[nodiscard]] bool ordinalsTakeFullStop(const QString &language);

/// Words that follow an ordinal with a capital letter: month names and "Jahrhundert". `word` in lower case.
[[nodiscard]] bool isMonthLike(const QString &word);

} // namespace lectern::text
