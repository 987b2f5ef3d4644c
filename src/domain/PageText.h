// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QString>
#include <QVector>

namespace lectern::domain {

/// Where one word of PageText::text stands on the page.
/// Lengths are PDF points (1/72 inch) from the top left corner of the page as it is displayed (its /Rotate
/// applied).
struct WordBox {
    qint32 offset = 0; ///< index of the first UTF-16 unit in PageText::text
    qint32 length = 0; ///< UTF-16 units
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;
    qint32 font = -1; ///< index into PageText::fonts, -1 when unknown

    friend bool operator==(const WordBox &, const WordBox &) = default;
};

/// A font of the page and what is known of its way from glyphs to characters.
struct FontUse {
    QString name;          ///< PostScript name without its subset prefix; may be empty
    qint32 characters = 0; ///< characters of the page set in it
    float size = 0;        ///< most frequent size, in points
    bool embedded = false;
    bool hasToUnicode = false; ///< carries a ToUnicode map (without one, text may be garbled)

    friend bool operator==(const FontUse &, const FontUse &) = default;
};

/// The text layer of one page in reading order: lines end with '\n', blocks with an empty line.
struct PageText {
    QString text;
    QVector<WordBox> words; ///< in order of offset, not overlapping
    QVector<FontUse> fonts;

    friend bool operator==(const PageText &, const PageText &) = default;
};

/// Size of a page as displayed, in points, and the /Rotate that was applied (0, 90, 180, 270).
struct PageGeometry {
    double width = 0;
    double height = 0;
    int rotation = 0;

    friend bool operator==(const PageGeometry &, const PageGeometry &) = default;
};

/// What extraction learns of one page.
struct PageContent {
    int number = 0; ///< physical page, from 1
    QString label;  ///< the page label printed in the document ("xv"), empty when it equals the number
    PageGeometry geometry;
    PageText text;
    int imageCount = 0; ///< pictures drawn on the page

    friend bool operator==(const PageContent &, const PageContent &) = default;
};

/// A drawn page: 32 bits a pixel, 0xffRRGGBB in native byte order, rows of `width * 4` bytes without padding.
struct PageImage {
    int width = 0;
    int height = 0;
    double pixelsPerPoint = 0; ///< smaller than asked for when the size had to be bounded
    QByteArray pixels;
};

/// Words and fonts as a compact byte string with a version in front, equal bytes for equal values: what is
/// stored.
[[nodiscard]] QByteArray encodeLayout(const PageText &text);

/// The reverse: fills `words` and `fonts` of `text`. Errors: Database when the bytes are damaged.
[[nodiscard]] base::Status decodeLayout(const QByteArray &bytes, PageText &text);

/// What tells a page from others: SHA-256 of what an analyser sees of it, and then of its place, its document
/// and number. 64 bytes. An analyser sees the text, in NFC, so that equal pages of different files are
/// analysed once. Where it goes by the picture as well (`byPicture`, and always without text), the place is a
/// part of what it sees: the same words may stand under another picture.
[[nodiscard]] QByteArray contentHash(const PageContent &content, const QByteArray &documentHash,
                                     bool byPicture);

/// Its first part, for those who look at no more pictures than a page needs. 32 bytes.
[[nodiscard]] inline QByteArray contentOfHash(const QByteArray &contentHash)
{
    return contentHash.left(32);
}

} // namespace lectern::domain
