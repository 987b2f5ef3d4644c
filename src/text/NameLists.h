// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lectern::text {

/// Small word lists that tell names from other capitalised words. All questions are thread-safe.

[[nodiscard]] bool
isGivenName(const QString &word); ///< "Anna", as written; names that are ordinary words are left out
[[nodiscard]] bool isHonorific(const QString &lower); ///< "dr", "herr", without full stop
[[nodiscard]] bool
isOffice(const QString &lower); ///< "president", "senator": may stand before a single surname
[[nodiscard]] bool isNameParticle(const QString &word); ///< "van", "de", "von"
[[nodiscard]] bool
isPlaceWord(const QString &lower); ///< "north", "california", "street": no surname, no given name

enum class OrganisationWord {
    None,
    Strong, ///< "University", "Ministerium": names an organisation with any word beside it
    Weak,   ///< "Group", "Service": often an ordinary word
};
[[nodiscard]] OrganisationWord organisationWord(const QString &lower);
[[nodiscard]] bool isLegalForm(const QString &word);         ///< "Inc", "GmbH", as written, without full stop
[[nodiscard]] bool isKnownOrganisation(const QString &word); ///< "NASA", "Microsoft", as written
/// Adjectives in lower case inside a name ("Institut national de …").
[[nodiscard]] bool isInnerAdjective(const QString &lower);

/// "Иванов", "Петрова": a Russian family name by its ending.
[[nodiscard]] bool hasRussianSurnameEnding(const QString &word);
[[nodiscard]] bool isRussianPatronymic(const QString &word);

} // namespace lectern::text
