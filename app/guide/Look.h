// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QString>

namespace lectern::guide {

/// Device units per point: fine enough that no glyph is moved to a visible grid.
constexpr qreal kUnit = 20;
constexpr int kResolution = 72 * static_cast<int>(kUnit);
constexpr qreal kPageWidth = 595; // A4, in points, as every length here that is not said to be in units
constexpr qreal kPageHeight = 842;

namespace ink {
inline const QColor text(0x1C, 0x1B, 0x20);
inline const QColor quiet(0x5E, 0x5C, 0x64);
inline const QColor faint(0xA3, 0xA1, 0xA9);
inline const QColor accent(0x1A, 0x5F, 0xB4);
inline const QColor tint(0xE6, 0xEF, 0xFB);
inline const QColor paper(0xF6, 0xF6, 0xF9);
inline const QColor line(0xDA, 0xDA, 0xE0);
inline const QColor done(0x1B, 0x7F, 0x3B);
inline const QColor waiting(0x8A, 0x5A, 0x00);
inline const QColor failed(0xB3, 0x26, 0x1E);
} // namespace ink

/// How a kind of document is set: the guide, a report, minutes, a letter.
struct Look {
    QString family = QStringLiteral("Noto Sans");
    QString headingFamily = QStringLiteral("Noto Sans");
    QColor heading = ink::text;
    qreal size = 9.8;
    qreal lead = 1.42; ///< line distance, as a multiple of the size
    qreal margin = 68; ///< left and right
    qreal top = 72;
    qreal bottom = 66;
    bool cover = false;
    bool footer = true;

    /// The look of documents whose fact "kind" is `kind`.
    [[nodiscard]] static Look of(const QString &kind);
    [[nodiscard]] QFont font(qreal points, bool bold = false) const;
    [[nodiscard]] qreal width() const { return kPageWidth - 2 * margin; }
};

} // namespace lectern::guide
