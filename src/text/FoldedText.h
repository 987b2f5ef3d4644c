// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>
#include <QVector>

namespace lectern::text {

/// A text without case, diacritics, compatibility forms and invisible marks, and where each unit of it came
/// from.
struct FoldedText {
    QString text;
    QVector<qint32> source;    ///< for each unit of `text` its place in the original
    QVector<qint32> sourceEnd; ///< and where what it came from ends
    QStringList splitWords;    ///< the parts of words that were put together at a line's end
};

/// No word has letters of both directions: where they meet, a space was lost.
[[nodiscard]] bool turnsAround(QChar before, char32_t c);

/// Folds `text`. With `apart`, characters of scripts without spaces get a space on either side. Linear.
[[nodiscard]] FoldedText foldText(QStringView text, bool apart);

} // namespace lectern::text
