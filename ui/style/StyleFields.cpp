// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Paint.h"
#include "ui/style/StyleParts.h"

#include <QPainter>
#include <QStyleOption>
#include <QWidget>

namespace lectern::ui::parts {

namespace {

constexpr int kArrowWidth = 26;
constexpr int kStepWidth = 22;
constexpr int kTextInset = 10;

} // namespace

void drawField(const QStyleOption &option, QPainter &painter, bool focused)
{
    const Theme &theme = Theme::of(option.palette);
    const bool enabled = option.state & QStyle::State_Enabled;
    const QColor ground = enabled ? theme.surface : blend(theme.window, theme.surface, 0.4);
    if (focused) {
        paint::roundedRect(painter, option.rect, metrics::kRadius, ground, theme.accent, metrics::kFocusRing);
        return;
    }
    const bool hovered = enabled && (option.state & QStyle::State_MouseOver);
    const QColor border = !enabled  ? theme.border
                          : hovered ? blend(theme.fieldBorder, theme.mark, 0.6)
                                    : theme.fieldBorder;
    paint::roundedRect(painter, option.rect, metrics::kRadius, ground, border);
}

void drawComboBox(const QStyle &style, const QStyleOptionComboBox &option, QPainter &painter,
                  const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool focused = option.state & QStyle::State_HasFocus;
    if (option.editable) {
        if (option.frame)
            drawField(option, painter, focused);
    } else {
        const bool down = option.state & (QStyle::State_Sunken | QStyle::State_On);
        const bool hovered = option.state & QStyle::State_MouseOver;
        QColor fill = down ? theme.controlPressed : hovered ? theme.controlHover : theme.control;
        if (!enabled)
            fill = blend(theme.window, theme.control, 0.55);
        paint::roundedRect(painter, option.rect, metrics::kRadius, fill);
        if (focused && paint::showsKeyboardFocus(widget))
            paint::focusRing(painter, option.rect, metrics::kRadius, theme);
    }
    const QRect arrow = style.subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxArrow, widget);
    paint::chevron(painter, arrow, Qt::DownArrow, enabled ? theme.quiet : theme.disabled);
}

QRect comboBoxRect(const QStyleOptionComboBox &option, QStyle::SubControl part)
{
    const QRect &whole = option.rect;
    QRect rect = whole;
    if (part == QStyle::SC_ComboBoxArrow)
        rect = QRect(whole.right() + 1 - kArrowWidth - 2, whole.top(), kArrowWidth, whole.height());
    else if (part == QStyle::SC_ComboBoxEditField)
        rect = whole.adjusted(option.editable ? 4 : kTextInset - 3, 2, -kArrowWidth - 2, -2);
    else if (part == QStyle::SC_ComboBoxListBoxPopup)
        return whole.translated(0, 2);
    return QStyle::visualRect(option.direction, whole, rect);
}

void drawSpinBox(const QStyle &style, const QStyleOptionSpinBox &option, QPainter &painter,
                 const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    if (option.frame)
        drawField(option, painter, option.state & QStyle::State_HasFocus);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const struct {
        QStyle::SubControl part;
        QAbstractSpinBox::StepEnabledFlag flag;
        Qt::ArrowType arrow;
    } steps[] = {{QStyle::SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, Qt::UpArrow},
                 {QStyle::SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, Qt::DownArrow}};
    for (const auto &step : steps) {
        const QRect rect = style.subControlRect(QStyle::CC_SpinBox, &option, step.part, widget);
        const bool enabled = (option.stepEnabled & step.flag) && (option.state & QStyle::State_Enabled);
        if (enabled && option.activeSubControls == step.part)
            paint::roundedRect(painter, rect, 3,
                               option.state & QStyle::State_Sunken ? theme.pressed : theme.hover);
        paint::chevron(painter, rect, step.arrow, enabled ? theme.quiet : theme.disabled, 6.5);
    }
}

QRect spinBoxRect(const QStyleOptionSpinBox &option, QStyle::SubControl part)
{
    const QRect &whole = option.rect;
    const bool buttons = option.buttonSymbols != QAbstractSpinBox::NoButtons;
    const int half = (whole.height() - 6) / 2;
    const int left = whole.right() + 1 - kStepWidth - 3;
    QRect rect = whole;
    if (part == QStyle::SC_SpinBoxUp)
        rect = buttons ? QRect(left, whole.top() + 3, kStepWidth, half) : QRect();
    else if (part == QStyle::SC_SpinBoxDown)
        rect = buttons ? QRect(left, whole.bottom() - 2 - half, kStepWidth, half) : QRect();
    else if (part == QStyle::SC_SpinBoxEditField)
        rect = whole.adjusted(4, 2, buttons ? -kStepWidth - 4 : -4, -2);
    return QStyle::visualRect(option.direction, whole, rect);
}

} // namespace lectern::ui::parts
