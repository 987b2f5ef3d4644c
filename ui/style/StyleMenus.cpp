// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Paint.h"
#include "ui/style/StyleParts.h"

#include <QAbstractScrollArea>
#include <QFrame>
#include <QPainter>
#include <QScrollArea>
#include <QStyleOption>

#include <algorithm>

namespace lectern::ui::parts {

namespace {

constexpr int kItemPadding = 10;
constexpr int kIconGap = 10; ///< between an icon or check mark and the words
constexpr int kShortcutGap = 28;
constexpr int kSubmenuArrow = 16;
constexpr int kItemRadius = 5;

void drawMenuMark(const QStyleOptionMenuItem &option, QPainter &painter, const Theme &theme,
                  const QRect &place)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool checkable = option.checkType != QStyleOptionMenuItem::NotCheckable;
    if (checkable && option.checked) {
        const QColor color = enabled ? theme.accent : theme.disabled;
        if (option.checkType == QStyleOptionMenuItem::Exclusive)
            paint::roundedRect(painter, QRectF(place).adjusted(5, 5, -5, -5), place.height() / 2.0, color);
        else
            paint::checkMark(painter, place, color);
        return;
    }
    if (!option.icon.isNull())
        option.icon.paint(&painter, place, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
}

} // namespace

void drawMenuPanel(const QStyleOption &option, QPainter &painter)
{
    const Theme &theme = Theme::of(option.palette);
    painter.save();
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    painter.fillRect(option.rect, Qt::transparent);
    painter.restore();
    paint::roundedRect(painter, option.rect, metrics::kCardRadius - 2, theme.raised,
                       theme.dark ? theme.fieldBorder : blend(theme.border, theme.mark, 0.25));
}

void drawMenuItem(const QStyle &style, const QStyleOptionMenuItem &option, QPainter &painter,
                  const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    const bool enabled = option.state & QStyle::State_Enabled;
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        const QRect line(option.rect.left() + kItemPadding, option.rect.center().y(),
                         option.rect.width() - 2 * kItemPadding, 1);
        paint::hairline(painter, line, theme.border);
        return;
    }
    const bool selected = enabled && (option.state & QStyle::State_Selected);
    if (selected)
        paint::roundedRect(painter, option.rect, kItemRadius, theme.selection);

    const QRect inner = option.rect.adjusted(kItemPadding, 0, -kItemPadding, 0);
    const auto mirrored = [&](const QRect &rect) {
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    const int icon = metrics::scaled(metrics::kIcon, option.fontMetrics);
    const QRect mark(inner.left(), inner.top() + (inner.height() - icon) / 2, icon, icon);
    drawMenuMark(option, painter, theme, mirrored(mark));

    const bool submenu = option.menuItemType == QStyleOptionMenuItem::SubMenu;
    const auto tab = option.text.indexOf(QLatin1Char('\t'));
    const QString text = tab < 0 ? option.text : option.text.left(tab);
    const QRect words = inner.adjusted(icon + kIconGap, 0, submenu ? -kSubmenuArrow : 0, 0);
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip |
                      (style.styleHint(QStyle::SH_UnderlineShortcut, &option, widget) ? Qt::TextShowMnemonic
                                                                                      : Qt::TextHideMnemonic);
    painter.setFont(option.font);
    painter.setPen(enabled ? theme.text : theme.disabled);
    painter.drawText(mirrored(words),
                     flags | static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft)),
                     text);
    if (tab >= 0) {
        painter.setPen(enabled ? theme.quiet : theme.disabled);
        painter.drawText(mirrored(words),
                         flags | static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignRight)),
                         option.text.mid(tab + 1));
    }
    if (submenu) {
        const QRect arrow(inner.right() + 1 - kSubmenuArrow + 4, inner.top(), kSubmenuArrow, inner.height());
        paint::chevron(painter, mirrored(arrow),
                       option.direction == Qt::RightToLeft ? Qt::LeftArrow : Qt::RightArrow,
                       enabled ? theme.quiet : theme.disabled, 7);
    }
}

void drawMenuBarItem(const QStyle &style, const QStyleOptionMenuItem &option, QPainter &painter,
                     const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    painter.fillRect(option.rect, theme.window);
    const bool enabled = option.state & QStyle::State_Enabled;
    if (enabled && (option.state & QStyle::State_Selected))
        paint::roundedRect(painter, QRectF(option.rect).adjusted(0, 2, 0, -2), kItemRadius,
                           option.state & QStyle::State_Sunken ? theme.pressed : theme.hover);
    painter.setPen(enabled ? theme.text : theme.disabled);
    painter.drawText(option.rect,
                     Qt::AlignCenter | Qt::TextSingleLine | Qt::TextDontClip |
                         (style.styleHint(QStyle::SH_UnderlineShortcut, &option, widget)
                              ? Qt::TextShowMnemonic
                              : Qt::TextHideMnemonic),
                     option.text);
}

QSize menuItemSize(const QStyleOptionMenuItem &option, const QSize &contents)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return QSize(contents.width(), 9);
    int width =
        contents.width() + 2 * kItemPadding + metrics::scaled(metrics::kIcon, option.fontMetrics) + kIconGap;
    if (option.text.contains(QLatin1Char('\t')) || option.reservedShortcutWidth > 0)
        width += kShortcutGap;
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        width += kSubmenuArrow;
    return QSize(std::max(width, 140),
                 std::max(metrics::rowHeight(option.fontMetrics), contents.height() + 8));
}

void drawToolTip(const QStyleOption &option, QPainter &painter)
{
    const Theme &theme = Theme::of(option.palette);
    painter.save();
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    painter.fillRect(option.rect, Qt::transparent);
    painter.restore();
    paint::roundedRect(painter, option.rect, metrics::kRadius, theme.tip);
}

void drawFrame(const QStyleOption &option, QPainter &painter, const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    const auto *area = qobject_cast<const QAbstractScrollArea *>(widget);
    if (area && !qobject_cast<const QScrollArea *>(widget)) {
        // The viewport lies inside the curve of the corners, on the same ground.
        const QWidget *viewport = area->viewport();
        const QColor ground = viewport->palette().color(viewport->backgroundRole());
        const bool focused =
            area->hasFocus() && (widget->inherits("QTextEdit") || widget->inherits("QPlainTextEdit"));
        const bool ring = focused || (area->hasFocus() && paint::showsKeyboardFocus(widget));
        paint::roundedRect(painter, option.rect, metrics::kRadius, ground,
                           ring ? theme.accent : theme.fieldBorder, ring ? metrics::kFocusRing : 1);
        return;
    }
    paint::roundedRect(painter, option.rect, metrics::kRadius, Qt::transparent, theme.border);
}

void drawGroupBox(const QStyle &style, const QStyleOptionGroupBox &option, QPainter &painter,
                  const QWidget *widget)
{
    const Theme &theme = Theme::of(option.palette);
    const bool enabled = option.state & QStyle::State_Enabled;
    if (option.subControls & QStyle::SC_GroupBoxFrame) {
        const QRect frame =
            style.subControlRect(QStyle::CC_GroupBox, &option, QStyle::SC_GroupBoxFrame, widget);
        const bool flat = option.features & QStyleOptionFrame::Flat;
        if (!flat)
            paint::roundedRect(painter, frame, metrics::kCardRadius - 2,
                               blend(theme.window, theme.surface, 0.6), theme.border);
    }
    if (option.subControls & QStyle::SC_GroupBoxLabel && !option.text.isEmpty()) {
        const QRect label =
            style.subControlRect(QStyle::CC_GroupBox, &option, QStyle::SC_GroupBoxLabel, widget);
        const auto alignment = QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter);
        painter.setFont(metrics::headingFont(painter.font()));
        painter.setPen(enabled ? theme.text : theme.disabled);
        painter.drawText(label, static_cast<int>(alignment) | Qt::TextShowMnemonic, option.text);
    }
    if (option.subControls & QStyle::SC_GroupBoxCheckBox) {
        QStyleOptionButton box;
        box.QStyleOption::operator=(option);
        box.rect = style.subControlRect(QStyle::CC_GroupBox, &option, QStyle::SC_GroupBoxCheckBox, widget);
        style.drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, &painter, widget);
    }
}

QRect groupBoxRect(const QStyleOptionGroupBox &option, QStyle::SubControl part)
{
    const bool checkable = option.subControls & QStyle::SC_GroupBoxCheckBox;
    const bool titled = !option.text.isEmpty() || checkable;
    const int title = titled ? std::max(24, option.fontMetrics.height() + 8) : 0;
    const int indent = checkable ? 18 + metrics::kGap : 0;
    const QRect &whole = option.rect;
    QRect rect = whole;
    if (part == QStyle::SC_GroupBoxCheckBox)
        rect = QRect(whole.left(), whole.top() + (title - 18) / 2, 18, 18);
    else if (part == QStyle::SC_GroupBoxLabel)
        rect = QRect(whole.left() + indent, whole.top(), whole.width() - indent, title);
    else if (part == QStyle::SC_GroupBoxFrame)
        rect = whole.adjusted(0, title, 0, 0);
    else if (part == QStyle::SC_GroupBoxContents)
        rect = whole.adjusted(1, title + 1, -1, -1);
    return QStyle::visualRect(option.direction, whole, rect);
}

} // namespace lectern::ui::parts
