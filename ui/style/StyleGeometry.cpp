// SPDX-License-Identifier: GPL-3.0-or-later
// The sizes and places of LecternStyle; LecternStyle.cpp has its drawing.
#include "ui/style/LecternStyle.h"

#include "ui/style/Paint.h"
#include "ui/style/StyleParts.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QFontMetrics>
#include <QMenu>
#include <QScrollArea>
#include <QStyleOption>
#include <QWidget>

#include <algorithm>

namespace lectern::ui {

namespace {

bool isFramedView(const QWidget *widget)
{
    return qobject_cast<const QAbstractScrollArea *>(widget) && !qobject_cast<const QScrollArea *>(widget);
}

/// Underlined letters show once the keyboard is in use. A menu asks the window it belongs to.
bool usesKeyboard(const QWidget *widget)
{
    if (const auto *menu = qobject_cast<const QMenu *>(widget))
        widget = menu->parentWidget();
    return paint::showsKeyboardFocus(widget);
}

QFontMetrics fontOf(const QWidget *widget)
{
    return widget ? widget->fontMetrics() : QFontMetrics(QApplication::font());
}

int layoutMetric(QStyle::PixelMetric metric, const QWidget *widget)
{
    const bool spacing =
        metric == QStyle::PM_LayoutHorizontalSpacing || metric == QStyle::PM_LayoutVerticalSpacing;
    if (spacing)
        return metrics::kGap;
    return widget && widget->isWindow() ? metrics::kDialogMargin : metrics::kPaneMargin;
}

} // namespace

QRect LecternStyle::subElementRect(SubElement element, const QStyleOption *option,
                                   const QWidget *widget) const
{
    switch (element) {
    case SE_LineEditContents:
        // A field inside another control has its room already; QLineEdit keeps 2 px of its own.
        return option->rect.adjusted(6, 0, -6, 0);
    case SE_ItemViewItemText:
    case SE_ItemViewItemDecoration: {
        // Qt keeps the margin of the row on both sides of every part: half of it between them is enough.
        const QRect rect = QProxyStyle::subElementRect(element, option, widget);
        const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
        if (!item || item->decorationPosition != QStyleOptionViewItem::Left)
            return rect;
        const int step = metrics::kGap;
        const bool checked = item->features & QStyleOptionViewItem::HasCheckIndicator;
        const bool decorated = item->features & QStyleOptionViewItem::HasDecoration;
        int shift = checked ? step : 0;
        if (element == SE_ItemViewItemText)
            shift += decorated ? step : 0;
        const bool mirrored = option->direction == Qt::RightToLeft;
        if (element == SE_ItemViewItemDecoration)
            return rect.translated(mirrored ? shift : -shift, 0);
        return mirrored ? rect.adjusted(0, 0, shift, 0) : rect.adjusted(-shift, 0, 0, 0);
    }
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
    case SE_ProgressBarLabel:
    case SE_PushButtonFocusRect:
    case SE_ItemViewItemFocusRect:
        return option->rect;
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect LecternStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                   SubControl subControl, const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return parts::scrollBarRect(*bar, subControl);
    }
    if (control == CC_ComboBox) {
        if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option))
            return parts::comboBoxRect(*box, subControl);
    }
    if (control == CC_SpinBox) {
        if (const auto *box = qstyleoption_cast<const QStyleOptionSpinBox *>(option))
            return parts::spinBoxRect(*box, subControl);
    }
    if (control == CC_GroupBox) {
        if (const auto *box = qstyleoption_cast<const QStyleOptionGroupBox *>(option))
            return parts::groupBoxRect(*box, subControl);
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

QSize LecternStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                                     const QWidget *widget) const
{
    const int control = option ? metrics::controlHeight(option->fontMetrics) : metrics::kControlHeight;
    switch (type) {
    case CT_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            return parts::buttonSize(*button, contents, widget);
        break;
    case CT_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option))
            return parts::toolButtonSize(*button, contents);
        break;
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            return parts::menuItemSize(*item, contents);
        break;
    case CT_MenuBarItem:
        return QSize(contents.width() + 16, std::max(28, contents.height() + 10));
    case CT_LineEdit:
        return QSize(contents.width() + 12, std::max(control, contents.height()));
    case CT_ComboBox:
        return QSize(contents.width() + 48, std::max(control, contents.height()));
    case CT_SpinBox:
        return QSize(contents.width() + 34, std::max(control, contents.height()));
    case CT_ProgressBar:
        return QSize(contents.width(), std::max(20, option ? option->fontMetrics.height() + 4 : 20));
    case CT_TabBarTab:
        return QSize(contents.width(), std::max(control + 6, contents.height()));
    case CT_HeaderSection: {
        const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return QSize(size.width() + 8, std::max(control + 2, size.height()));
    }
    case CT_ItemViewItem: {
        const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return QSize(size.width(), std::max(size.height(), metrics::rowHeight(option->fontMetrics)));
    }
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, contents, widget);
}

int LecternStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth:
        return isFramedView(widget) || (widget && widget->inherits("QComboBoxPrivateContainer")) ? 4 : 1;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return layoutMetric(metric, widget);
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_MenuBarPanelWidth:
    case PM_ToolBarFrameWidth:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_ToolBarHandleExtent:
    case PM_ComboBoxFrameWidth:
    case PM_MenuPanelWidth:
        return 0;
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_SplitterWidth:
        return 1;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 18;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return metrics::kGap;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_LineEditIconSize:
    case PM_TabBarIconSize:
        return metrics::scaled(metrics::kIcon, fontOf(widget));
    case PM_ToolBarIconSize:
        return metrics::scaled(18, fontOf(widget));
    case PM_MessageBoxIconSize:
    case PM_LargeIconSize:
        return 32;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return 5;
    case PM_MenuBarHMargin:
        return 6;
    case PM_MenuBarVMargin:
        return 3;
    case PM_MenuBarItemSpacing:
        return 2;
    case PM_SubMenuOverlap:
        return -2;
    case PM_MenuButtonIndicator:
        return 20;
    case PM_ToolBarItemSpacing:
        return 4;
    case PM_ToolBarItemMargin:
        return metrics::kGap;
    case PM_ToolBarSeparatorExtent:
        return 11;
    case PM_ToolTipLabelFrameWidth:
        return 7;
    case PM_FocusFrameHMargin:
        return 7; // item views keep this + 1 px left and right of their words
    case PM_TreeViewIndentation:
        return 20;
    case PM_HeaderMargin:
        return metrics::kGap;
    case PM_HeaderMarkSize:
        return 12;
    case PM_TabBarTabHSpace:
        return 24;
    case PM_TabBarTabVSpace:
        return 14;
    case PM_SliderThickness:
    case PM_SliderControlThickness:
        return 24;
    case PM_SliderLength:
        return 18;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int LecternStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                            QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
    case SH_DrawMenuBarSeparator:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ToolTip_Mask:
    case SH_Menu_Mask:
    case SH_Widget_Animate: // motion is for progress only
    case SH_ScrollBar_Transient:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_Menu_MouseTracking:
    case SH_MenuBar_MouseTracking:
    case SH_ComboBox_ListMouseTracking:
    case SH_TitleBar_NoBorder:
        return 1;
    case SH_UnderlineShortcut:
        return usesKeyboard(widget);
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_Slider_AbsoluteSetButtons:
        return Qt::LeftButton;
    case SH_ComboBox_PopupFrameStyle:
        return static_cast<int>(QFrame::StyledPanel) | static_cast<int>(QFrame::Plain);
    case SH_Table_GridLineColor:
        return static_cast<int>(Theme::of(option ? option->palette : QPalette()).border.rgba());
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

} // namespace lectern::ui
