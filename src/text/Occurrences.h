// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>
#include <QVector>

namespace lectern::text {

/// A stretch of a text.
struct Occurrence {
    qsizetype offset = 0;
    qsizetype length = 0;

    friend bool operator==(const Occurrence &, const Occurrence &) = default;
};

/// What is looked for in one page after the other: prepared once. Any white space, a line's end too, equals
/// any other, and a word split by a hyphen at a line's end is found whole. Unless case is to be kept,
/// accents, ligatures and compatibility forms make no difference either. Thread-safe.
class Occurrences {
public:
    Occurrences(QStringView typed, bool caseSensitive);
    /// Nothing can be found: nothing but white space was typed.
    [[nodiscard]] bool isEmpty() const { return m_pattern.isEmpty(); }
    /// In order, not overlapping, at most `limit`. Linear in the text.
    [[nodiscard]] QVector<Occurrence> in(QStringView text, int limit) const;

private:
    QString m_pattern;
    bool m_caseSensitive;
};

} // namespace lectern::text
