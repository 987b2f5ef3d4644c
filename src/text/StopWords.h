// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>
#include <QStringList>

namespace lectern::text {

/// Small words of a language that carry grammar and no topic, in lower case.
/// `weak` are fuller words (verbs, adverbs, words about the document itself) that never begin, end or make a
/// key phrase.
struct StopWords {
    QSet<QString> function;
    QSet<QString> weak;

    [[nodiscard]] bool contains(const QString &lower) const { return function.contains(lower); }
    [[nodiscard]] bool isWeak(const QString &lower) const { return weak.contains(lower); }
};

/// The list of a primary language name ("en"); an empty list for languages without one. Thread-safe, never
/// changes.
[[nodiscard]] const StopWords &stopWords(const QString &language);

/// Languages that have a list, in a fixed order.
[[nodiscard]] const QStringList &stopWordLanguages();

} // namespace lectern::text
