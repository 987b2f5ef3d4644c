// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

namespace lectern::text {

/// A stretch of a page's text to show with a search result, with the places that match.
struct Snippet {
    struct Hit {
        qsizetype offset = 0; ///< in `text`
        qsizetype length = 0;

        friend bool operator==(const Hit &, const Hit &) = default;
    };

    QString text;      ///< one line; "…" where something was left out
    QVector<Hit> hits; ///< in order, not overlapping

    friend bool operator==(const Snippet &, const Snippet &) = default;
};

/// The part of `pageText` that shows most of the words a person typed (as wordQuery() reads them), at most
/// `maxLength` UTF-16 units long; the beginning of the page when none occurs. `language`: BCP 47, of the
/// page. Works for all scripts. Thread-safe, linear in the text.
[[nodiscard]] Snippet makeSnippet(const QString &pageText, const QString &userWords, const QString &language,
                                  int maxLength);

} // namespace lectern::text
