// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

#include <optional>

namespace lectern::ai {

/// A range of a page's text, in UTF-16 units.
struct TextRange {
    qint32 offset = 0;
    qint32 length = 0;

    friend bool operator==(const TextRange &, const TextRange &) = default;
};

/// Finds in a page's text what a model quotes from it: whole words, whatever the case, the accents, the line
/// ends in between and words divided by them. Holds a folded copy of the text.
class TextLocator {
public:
    explicit TextLocator(const QString &text);

    /// The first place; nothing when the page does not say it.
    [[nodiscard]] std::optional<TextRange> find(const QString &quote) const;

private:
    QString m_folded; ///< one space for any white space
    QVector<qint32> m_start;
    QVector<qint32> m_end;
};

} // namespace lectern::ai
