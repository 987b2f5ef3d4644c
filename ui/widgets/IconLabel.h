// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/IconSet.h"

#include <QWidget>

namespace lectern::ui {

/// One icon that keeps its colour right when the theme changes and grows with the font. Decoration: give it
/// an accessible name when it is not.
class IconLabel final : public QWidget {
    Q_OBJECT

public:
    explicit IconLabel(Glyph glyph, Tone tone = Tone::Normal, int size = 16, QWidget *parent = nullptr);
    void setGlyph(Glyph glyph, Tone tone);
    /// Shows this icon instead of a glyph, for instance the program's own.
    void setIcon(const QIcon &icon);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QIcon m_icon;
    int m_size;
};

} // namespace lectern::ui
