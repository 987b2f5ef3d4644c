// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/LecternStyle.h"

#include "ui/style/IconSet.h"
#include "ui/style/Paint.h"
#include "ui/style/StyleParts.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QSplitterHandle>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>

#include <algorithm>

namespace lectern::ui {

using namespace Qt::StringLiterals;

namespace {

/// Runs `draw` with the option as its real type; true when it was of that type.
template <class Option, class Draw> bool with(const QStyleOption *option, Draw draw)
{
    const auto *typed = qstyleoption_cast<const Option *>(option);
    if (typed)
        draw(*typed);
    return typed != nullptr;
}

bool isPartOfOther(const QWidget *widget)
{
    const QWidget *parent = widget ? widget->parentWidget() : nullptr;
    return qobject_cast<const QAbstractSpinBox *>(parent) || qobject_cast<const QComboBox *>(parent);
}

bool isComboPopup(const QWidget *widget)
{
    return widget && widget->inherits("QComboBoxPrivateContainer");
}

void drawLineEdit(const QStyleOption &option, QPainter &painter, const QWidget *widget)
{
    if (isPartOfOther(widget))
        return; // its owner drew the field
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(&option);
    if (frame && frame->lineWidth > 0)
        parts::drawField(option, painter, option.state & QStyle::State_HasFocus);
    else
        painter.fillRect(option.rect, Theme::of(option.palette).surface);
}

} // namespace

LecternStyle::LecternStyle() : QProxyStyle(QStyleFactory::create(u"Fusion"_s)) {}

LecternStyle::~LecternStyle() = default;

void LecternStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget) ||
        qobject_cast<QLineEdit *>(widget) || qobject_cast<QAbstractSpinBox *>(widget) ||
        qobject_cast<QSlider *>(widget) || qobject_cast<QTabBar *>(widget) ||
        qobject_cast<QHeaderView *>(widget) || qobject_cast<QSplitterHandle *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (auto *view = qobject_cast<QAbstractItemView *>(widget))
        view->viewport()->setAttribute(Qt::WA_Hover);
    if (widget->inherits("QComboBoxListView")) // lies on the panel of its pop-up
        qobject_cast<QAbstractItemView *>(widget)->viewport()->setAutoFillBackground(false);
    if (qobject_cast<QScrollBar *>(widget)) {
        widget->setAttribute(Qt::WA_Hover);
        widget->setAttribute(Qt::WA_OpaquePaintEvent, false);
    }
    // Rounded corners of windows of their own need to see through.
    if (qobject_cast<QMenu *>(widget) || isComboPopup(widget) || widget->inherits("QTipLabel"))
        widget->setAttribute(Qt::WA_TranslucentBackground);
}

void LecternStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                 const QWidget *widget) const
{
    const Theme &theme = Theme::of(option->palette);
    switch (element) {
    case PE_IndicatorCheckBox:
        return parts::drawCheckBox(*option, *painter);
    case PE_IndicatorRadioButton:
        return parts::drawRadioButton(*option, *painter);
    case PE_PanelLineEdit:
        return drawLineEdit(*option, *painter, widget);
    case PE_FrameLineEdit:
    case PE_FrameStatusBarItem:
    case PE_FrameMenu:
    case PE_FrameTabWidget:
    case PE_FrameDefaultButton:
    case PE_FrameButtonBevel:
    case PE_FrameButtonTool:
    case PE_IndicatorDockWidgetResizeHandle:
    case PE_IndicatorToolBarHandle:
        return; // flat: nothing to draw
    case PE_PanelItemViewItem:
        return parts::drawRowBackground(*option, *painter, widget);
    case PE_PanelItemViewRow:
        if (option->state & State_Selected || !qobject_cast<const QAbstractItemView *>(widget))
            parts::drawRowBackground(*option, *painter, widget);
        return;
    case PE_FrameFocusRect:
        return parts::drawItemFocus(*option, *painter, widget);
    case PE_IndicatorBranch:
        return parts::drawBranch(*option, *painter);
    case PE_IndicatorArrowUp:
        return paint::chevron(*painter, option->rect, Qt::UpArrow, theme.quiet);
    case PE_IndicatorArrowDown:
        return paint::chevron(*painter, option->rect, Qt::DownArrow, theme.quiet);
    case PE_IndicatorArrowLeft:
        return paint::chevron(*painter, option->rect, Qt::LeftArrow, theme.quiet);
    case PE_IndicatorArrowRight:
        return paint::chevron(*painter, option->rect, Qt::RightArrow, theme.quiet);
    case PE_PanelMenu:
        return parts::drawMenuPanel(*option, *painter);
    case PE_PanelTipLabel:
        return parts::drawToolTip(*option, *painter);
    case PE_Frame:
        return isComboPopup(widget) ? parts::drawMenuPanel(*option, *painter)
                                    : parts::drawFrame(*option, *painter, widget);
    case PE_FrameGroupBox:
        return paint::roundedRect(*painter, option->rect, metrics::kCardRadius - 2, Qt::transparent,
                                  theme.border);
    case PE_FrameTabBarBase:
        return paint::hairline(*painter,
                               QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                               theme.border);
    case PE_PanelScrollAreaCorner:
        return parts::drawScrollCorner(*option, *painter, widget);
    case PE_PanelStatusBar:
        return paint::hairline(*painter, QRect(option->rect.topLeft(), QSize(option->rect.width(), 1)),
                               theme.border);
    case PE_IndicatorToolBarSeparator:
        return parts::drawToolBarSeparator(*option, *painter);
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void LecternStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const
{
    const Theme &theme = Theme::of(option->palette);
    bool done = false;
    switch (element) {
    case CE_PushButton:
        done = with<QStyleOptionButton>(option, [&](const QStyleOptionButton &button) {
            parts::drawButtonBevel(button, *painter, widget);
            parts::drawButtonLabel(*this, button, *painter, widget);
        });
        break;
    case CE_PushButtonBevel:
        done = with<QStyleOptionButton>(option, [&](const QStyleOptionButton &button) {
            parts::drawButtonBevel(button, *painter, widget);
        });
        break;
    case CE_PushButtonLabel:
        done = with<QStyleOptionButton>(option, [&](const QStyleOptionButton &button) {
            parts::drawButtonLabel(*this, button, *painter, widget);
        });
        break;
    case CE_MenuItem:
        done = with<QStyleOptionMenuItem>(option, [&](const QStyleOptionMenuItem &item) {
            parts::drawMenuItem(*this, item, *painter, widget);
        });
        break;
    case CE_MenuBarItem:
        done = with<QStyleOptionMenuItem>(option, [&](const QStyleOptionMenuItem &item) {
            parts::drawMenuBarItem(*this, item, *painter, widget);
        });
        break;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, theme.window);
        return;
    case CE_MenuEmptyArea:
    case CE_SizeGrip:
    case CE_ToolBar:
        return;
    case CE_HeaderSection:
        done = with<QStyleOptionHeader>(option, [&](const QStyleOptionHeader &header) {
            parts::drawHeaderSection(header, *painter, widget);
        });
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, theme.surface);
        return paint::hairline(*painter,
                               QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                               theme.border);
    case CE_Header:
        done = with<QStyleOptionHeader>(option, [&](const QStyleOptionHeader &header) {
            parts::drawHeaderSection(header, *painter, widget);
            parts::drawHeaderLabel(header, *painter);
        });
        break;
    case CE_HeaderLabel:
        done = with<QStyleOptionHeader>(
            option, [&](const QStyleOptionHeader &header) { parts::drawHeaderLabel(header, *painter); });
        break;
    case CE_ProgressBar:
        done = with<QStyleOptionProgressBar>(
            option, [&](const QStyleOptionProgressBar &bar) { parts::drawProgressBar(bar, *painter); });
        break;
    case CE_TabBarTabShape:
        done = with<QStyleOptionTab>(
            option, [&](const QStyleOptionTab &tab) { parts::drawTab(tab, *painter, widget); });
        break;
    case CE_TabBarTabLabel:
        done = with<QStyleOptionTab>(option, [&](const QStyleOptionTab &tab) {
            QStyleOptionTab label = tab;
            label.state &= ~State_HasFocus; // the ring is part of the shape
            if (!(tab.state & State_Selected))
                label.palette.setColor(QPalette::Active, QPalette::WindowText, theme.quiet);
            QProxyStyle::drawControl(element, &label, painter, widget);
        });
        break;
    case CE_Splitter:
        return parts::drawSplitter(*option, *painter);
    case CE_ShapedFrame:
        done = with<QStyleOptionFrame>(option, [&](const QStyleOptionFrame &frame) {
            const QRect &rect = frame.rect;
            if (frame.frameShape == QFrame::HLine)
                paint::hairline(*painter, QRect(rect.left(), rect.center().y(), rect.width(), 1),
                                theme.border);
            else if (frame.frameShape == QFrame::VLine)
                paint::hairline(*painter, QRect(rect.center().x(), rect.top(), 1, rect.height()),
                                theme.border);
            else
                QProxyStyle::drawControl(element, option, painter, widget);
        });
        break;
    default:
        break;
    }
    if (!done)
        QProxyStyle::drawControl(element, option, painter, widget);
}

void LecternStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                      QPainter *painter, const QWidget *widget) const
{
    bool done = false;
    switch (control) {
    case CC_ToolButton:
        done = with<QStyleOptionToolButton>(option, [&](const QStyleOptionToolButton &button) {
            parts::drawToolButton(*this, button, *painter, widget);
        });
        break;
    case CC_ComboBox:
        done = with<QStyleOptionComboBox>(option, [&](const QStyleOptionComboBox &box) {
            parts::drawComboBox(*this, box, *painter, widget);
        });
        break;
    case CC_SpinBox:
        done = with<QStyleOptionSpinBox>(option, [&](const QStyleOptionSpinBox &box) {
            parts::drawSpinBox(*this, box, *painter, widget);
        });
        break;
    case CC_ScrollBar:
        done = with<QStyleOptionSlider>(option, [&](const QStyleOptionSlider &bar) {
            parts::drawScrollBar(*this, bar, *painter, widget);
        });
        break;
    case CC_Slider:
        done = with<QStyleOptionSlider>(option, [&](const QStyleOptionSlider &slider) {
            parts::drawSlider(*this, slider, *painter, widget);
        });
        break;
    case CC_GroupBox:
        done = with<QStyleOptionGroupBox>(option, [&](const QStyleOptionGroupBox &box) {
            parts::drawGroupBox(*this, box, *painter, widget);
        });
        break;
    default:
        break;
    }
    if (!done)
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QIcon LecternStyle::standardIcon(StandardPixmap pixmap, const QStyleOption *option,
                                 const QWidget *widget) const
{
    switch (pixmap) {
    case SP_MessageBoxInformation:
        return IconSet::icon(Glyph::Info, Tone::Accent);
    case SP_MessageBoxQuestion:
        return IconSet::icon(Glyph::Help, Tone::Accent);
    case SP_MessageBoxWarning:
        return IconSet::icon(Glyph::Warning, Tone::Waiting);
    case SP_MessageBoxCritical:
        return IconSet::icon(Glyph::Error, Tone::Failed);
    case SP_LineEditClearButton:
    case SP_TitleBarCloseButton:
    case SP_TabCloseButton:
        return IconSet::icon(Glyph::Close, Tone::Quiet);
    case SP_FileIcon:
        return IconSet::icon(Glyph::Document);
    case SP_DirIcon:
    case SP_DirClosedIcon:
    case SP_DirOpenIcon:
        return IconSet::icon(Glyph::Folder);
    case SP_TrashIcon:
        return IconSet::icon(Glyph::Trash);
    case SP_ToolBarHorizontalExtensionButton:
    case SP_ToolBarVerticalExtensionButton:
        return IconSet::icon(Glyph::Dots);
    default:
        return QProxyStyle::standardIcon(pixmap, option, widget);
    }
}

} // namespace lectern::ui
