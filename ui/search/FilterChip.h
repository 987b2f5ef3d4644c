// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/IconSet.h"

#include <QAbstractButton>

namespace lectern::ui {

/// A condition that is set, as a pill with a cross: a click, Space or Delete takes it away. GUI thread.
class FilterChip final : public QAbstractButton {
    Q_OBJECT

public:
    FilterChip(Glyph glyph, QWidget *parent = nullptr);
    /// `spoken`: for assistive programs, what it is and what a press does.
    void setContent(const QString &text, const QString &toolTip, const QString &spoken);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    Glyph m_glyph;
};

} // namespace lectern::ui
