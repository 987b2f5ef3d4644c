// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/ButtonKind.h"
#include "ui/style/Paint.h"
#include "ui/style/StyleParts.h"

#include <QPainter>
#include <QStyleOption>
#include <QToolButton>

#include <algorithm>

namespace lectern::ui::parts {

namespace {

constexpr int kPadding = 14;
constexpr int kMinimumWidth = 72;
constexpr int kIconGap = 6;
constexpr int kMenuArrow = 16;
constexpr int kSmallRadius = 5;

struct Look {
    QColor fill = Qt::transparent;
    QColor text;
};

bool isPressed(const QStyleOption &option)
{
    return option.state & QStyle::State_Sunken;
}

bool isHovered(const QStyleOption &option)
{
    return (option.state & QStyle::State_MouseOver) && (option.state & QStyle::State_Enabled);
}

bool isChecked(const QStyleOption &option)
{
    return option.state & QStyle::State_On;
}

Look quietLook(const QStyleOption &option, const Theme &theme, bool flat)
{
    Look look;
    look.text = theme.text;
    if (isChecked(option)) {
        look.fill = isHovered(option) ? blend(theme.selection, theme.accent, 0.1) : theme.selection;
        look.text = theme.dark ? theme.text : theme.accent;
    } else if (flat) {
        if (isPressed(option))
            look.fill = theme.pressed;
        else if (isHovered(option))
            look.fill = theme.hover;
    } else {
        look.fill = isPressed(option)   ? theme.controlPressed
                    : isHovered(option) ? theme.controlHover
                                        : theme.control;
    }
    return look;
}

Look lookOf(const QStyleOption &option, const Theme &theme, ButtonKind kind, bool flat)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    Look look = quietLook(option, theme, flat || kind == ButtonKind::Flat);
    if (kind == ButtonKind::Link) {
        look.fill = Qt::transparent;
        look.text = theme.accent;
    } else if (kind == ButtonKind::Destructive) {
        look.text = theme.failed;
    } else if (kind == ButtonKind::Primary) {
        look.fill = isPressed(option)   ? theme.accentPressed
                    : isHovered(option) ? theme.accentHover
                                        : theme.accentFill;
        look.text = theme.onAccent;
    }
    if (!enabled) {
        look.text = theme.disabled;
        if (look.fill.alpha() == 255)
            look.fill = blend(theme.window, theme.control, theme.dark ? 0.6 : 0.55);
    }
    return look;
}

void drawButtonFocus(const QStyleOption &option, QPainter &painter, const Theme &theme, const QWidget *widget,
                     bool primary)
{
    if (!(option.state & QStyle::State_HasFocus) || !paint::showsKeyboardFocus(widget))
        return;
    paint::focusRing(painter, option.rect, metrics::kRadius, theme);
    if (primary) // The ring has the colour of the button: a gap makes it one.
        paint::roundedRect(painter, QRectF(option.rect).adjusted(2, 2, -2, -2), metrics::kRadius - 2,
                           Qt::transparent, theme.surface, 1.5);
}

/// What stands on a button: an icon, words, or both side by side.
struct Label {
    QString text;
    QIcon icon;
    QSize iconSize;
    QColor color;
    int padding = 6;
    bool leading = false; ///< at the start of its room instead of in the middle
    bool underlined = false;
};

void drawLabel(const QStyle &style, const QStyleOption &option, QPainter &painter, const QWidget *widget,
               const QRect &room, const Label &label)
{
    const bool hasIcon = !label.icon.isNull();
    const int iconWidth = hasIcon ? label.iconSize.width() : 0;
    const int gap = hasIcon && !label.text.isEmpty() ? kIconGap : 0;
    const int free = room.width() - iconWidth - gap - 2 * label.padding;
    const QString text =
        option.fontMetrics.elidedText(label.text, Qt::ElideRight, std::max(0, free), Qt::TextShowMnemonic);
    const int textWidth = text.isEmpty() ? 0 : option.fontMetrics.size(Qt::TextShowMnemonic, text).width();
    const int start =
        label.leading ? room.left() : room.left() + (room.width() - iconWidth - gap - textWidth) / 2;
    const auto mirrored = [&](const QRect &rect) { return QStyle::visualRect(option.direction, room, rect); };
    if (hasIcon) {
        const int iconHeight = label.iconSize.height();
        const QRect place(start, room.top() + (room.height() - iconHeight) / 2, iconWidth, iconHeight);
        label.icon.paint(&painter, mirrored(place), Qt::AlignCenter,
                         option.state & QStyle::State_Enabled ? QIcon::Normal : QIcon::Disabled,
                         isChecked(option) ? QIcon::On : QIcon::Off);
    }
    if (text.isEmpty())
        return;
    const QRect words(start + iconWidth + gap, room.top(), textWidth + 1, room.height());
    const bool mnemonic = style.styleHint(QStyle::SH_UnderlineShortcut, &option, widget);
    painter.setPen(label.color);
    painter.drawText(mirrored(words),
                     Qt::AlignCenter | Qt::TextSingleLine |
                         (mnemonic ? Qt::TextShowMnemonic : Qt::TextHideMnemonic),
                     text);
    if (label.underlined) {
        const int y = room.center().y() + option.fontMetrics.ascent() / 2 + 1;
        paint::hairline(painter, mirrored(QRect(words.left(), y, textWidth, 1)), label.color);
    }
}

} // namespace

void drawButtonBevel(const QStyleOptionButton &option, QPainter &painter, const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    const ButtonKind kind = buttonKind(widget);
    const bool flat = option.features & QStyleOptionButton::Flat;
    paint::roundedRect(painter, option.rect, metrics::kRadius, lookOf(option, theme, kind, flat).fill);
    drawButtonFocus(option, painter, theme, widget, kind == ButtonKind::Primary);
}

void drawButtonLabel(const QStyle &style, const QStyleOptionButton &option, QPainter &painter,
                     const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    const ButtonKind kind = buttonKind(widget);
    const bool flat = option.features & QStyleOptionButton::Flat;
    const Look look = lookOf(option, theme, kind, flat);
    QRect room = option.rect;
    if (option.features & QStyleOptionButton::HasMenu) {
        const QRect arrow(room.right() - kMenuArrow - 6, room.top(), kMenuArrow, room.height());
        paint::chevron(painter, QStyle::visualRect(option.direction, room, arrow), Qt::DownArrow, look.text,
                       7);
        room = QStyle::visualRect(option.direction, option.rect, room.adjusted(0, 0, -kMenuArrow, 0));
    }
    Label label;
    label.text = option.text;
    label.icon = option.icon;
    label.iconSize = option.iconSize;
    label.color = look.text;
    label.padding = kind == ButtonKind::Link ? 0 : 6;
    label.leading = kind == ButtonKind::Link;
    label.underlined = kind == ButtonKind::Link && isHovered(option);
    drawLabel(style, option, painter, widget, room, label);
}

void drawToolButton(const QStyle &style, const QStyleOptionToolButton &option, QPainter &painter,
                    const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    const bool flat = option.state & QStyle::State_AutoRaise;
    const ButtonKind kind = buttonKind(widget);
    const Look look = lookOf(option, theme, kind, flat);
    paint::roundedRect(painter, option.rect, metrics::kRadius, look.fill);

    const bool split = option.features & QStyleOptionToolButton::MenuButtonPopup;
    const bool arrow = split || (option.features & QStyleOptionToolButton::HasMenu);
    QRect label = option.rect;
    if (arrow) {
        const int width = split ? 20 : kMenuArrow;
        const int inset = split ? 0 : 4;
        QRect place(option.rect.right() + 1 - width - inset, option.rect.top(), width, option.rect.height());
        if (split && (isHovered(option) || !flat)) {
            const QRect line(place.left(), place.top() + 7, 1, place.height() - 14);
            paint::hairline(painter, QStyle::visualRect(option.direction, option.rect, line),
                            theme.fieldBorder);
        }
        paint::chevron(painter, QStyle::visualRect(option.direction, option.rect, place), Qt::DownArrow,
                       option.state & QStyle::State_Enabled ? theme.quiet : theme.disabled, 7.0);
        label = QStyle::visualRect(option.direction, option.rect, option.rect.adjusted(0, 0, -width, 0));
    }

    if (option.features & QStyleOptionToolButton::Arrow && option.arrowType != Qt::NoArrow) {
        paint::chevron(painter, label, option.arrowType, look.text);
    } else if (option.toolButtonStyle == Qt::ToolButtonTextUnderIcon) {
        QStyleOptionToolButton under = option;
        under.rect = label;
        under.palette.setColor(QPalette::ButtonText, look.text);
        under.state &=
            ~QStyle::State_Sunken; // a pressed label does not move: nothing here pretends to have depth
        style.drawControl(QStyle::CE_ToolButtonLabel, &under, &painter, widget);
    } else {
        Label content;
        if (option.toolButtonStyle != Qt::ToolButtonIconOnly || option.icon.isNull())
            content.text = option.text;
        if (option.toolButtonStyle != Qt::ToolButtonTextOnly)
            content.icon = option.icon;
        content.iconSize = option.iconSize;
        content.color = look.text;
        content.padding = 2;
        drawLabel(style, option, painter, widget, label, content);
    }
    drawButtonFocus(option, painter, theme, widget, kind == ButtonKind::Primary);
}

void drawCheckBox(const QStyleOption &option, QPainter &painter)
{
    const Theme &theme = Theme::of(option.palette);
    const bool enabled = option.state & QStyle::State_Enabled;
    const int side = std::min({16, option.rect.width(), option.rect.height()});
    QRect box(0, 0, side, side);
    box.moveCenter(option.rect.center());
    const bool on = option.state & (QStyle::State_On | QStyle::State_NoChange);
    if (on) {
        const QColor fill = !enabled            ? theme.disabled
                            : isPressed(option) ? theme.accentPressed
                            : isHovered(option) ? theme.accentHover
                                                : theme.accentFill;
        paint::roundedRect(painter, box, kSmallRadius - 1, fill);
        const QColor mark = enabled ? theme.onAccent : theme.surface;
        if (option.state & QStyle::State_NoChange)
            paint::roundedRect(painter, QRectF(box.left() + 4, box.center().y() - 0.5, side - 8, 2), 1, mark);
        else
            paint::checkMark(painter, box, mark);
        return;
    }
    const QColor ground = isPressed(option) ? theme.controlPressed : theme.surface;
    const QColor border = !enabled ? theme.fieldBorder : isHovered(option) ? theme.accent : theme.mark;
    paint::roundedRect(painter, box, kSmallRadius - 1, ground, border, 1.25);
}

void drawRadioButton(const QStyleOption &option, QPainter &painter)
{
    const Theme &theme = Theme::of(option.palette);
    const bool enabled = option.state & QStyle::State_Enabled;
    const int side = std::min({16, option.rect.width(), option.rect.height()});
    QRect circle(0, 0, side, side);
    circle.moveCenter(option.rect.center());
    if (isChecked(option)) {
        const QColor fill = !enabled            ? theme.disabled
                            : isHovered(option) ? theme.accentHover
                                                : theme.accentFill;
        paint::roundedRect(painter, circle, side / 2.0, fill);
        paint::roundedRect(painter, QRectF(circle).adjusted(5, 5, -5, -5), side / 2.0,
                           enabled ? theme.onAccent : theme.surface);
        return;
    }
    const QColor border = !enabled ? theme.fieldBorder : isHovered(option) ? theme.accent : theme.mark;
    paint::roundedRect(painter, circle, side / 2.0, isPressed(option) ? theme.controlPressed : theme.surface,
                       border, 1.25);
}

QSize buttonSize(const QStyleOptionButton &option, const QSize &contents, const QWidget *widget)
{
    // `contents` is what QPushButton measured: words and icon side by side with its own gap.
    const ButtonKind kind = buttonKind(widget);
    const int height = metrics::controlHeight(option.fontMetrics);
    if (kind == ButtonKind::Link)
        return QSize(contents.width() + 2, std::max(24, contents.height() + 4));
    if (option.text.isEmpty())
        return QSize(std::max(height, contents.width() + 12), std::max(height, contents.height() + 8));
    const bool menu = option.features & QStyleOptionButton::HasMenu;
    const int width = contents.width() + 2 * kPadding + (menu ? kMenuArrow - 4 : 0);
    return QSize(std::max(width, kMinimumWidth), std::max(height, contents.height() + 8));
}

QSize toolButtonSize(const QStyleOptionToolButton &option, const QSize &contents)
{
    const bool words = option.toolButtonStyle != Qt::ToolButtonIconOnly && !option.text.isEmpty();
    const bool menu = (option.features & QStyleOptionToolButton::HasMenu) &&
                      !(option.features & QStyleOptionToolButton::MenuButtonPopup);
    const int width = contents.width() + (words ? 16 : 12) + (menu ? kMenuArrow : 0);
    const int height = std::max(metrics::controlHeight(option.fontMetrics), contents.height() + 10);
    return QSize(words ? width : std::max(width, metrics::kControlHeight), height);
}

} // namespace lectern::ui::parts
