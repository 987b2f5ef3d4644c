// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QSize>
#include <QStyle>

class QPainter;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionGroupBox;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;
class QStyleOptionToolButton;
class QWidget;

/// The pieces LecternStyle is put together from, one file a family of controls. Not for anybody else.
namespace lectern::ui::parts {

// StyleButtons.cpp
void drawButtonBevel(const QStyleOptionButton &option, QPainter &painter, const QWidget *widget);
void drawButtonLabel(const QStyle &style, const QStyleOptionButton &option, QPainter &painter,
                     const QWidget *widget);
void drawToolButton(const QStyle &style, const QStyleOptionToolButton &option, QPainter &painter,
                    const QWidget *widget);
void drawCheckBox(const QStyleOption &option, QPainter &painter);
void drawRadioButton(const QStyleOption &option, QPainter &painter);
[[nodiscard]] QSize buttonSize(const QStyleOptionButton &option, const QSize &contents,
                               const QWidget *widget);
[[nodiscard]] QSize toolButtonSize(const QStyleOptionToolButton &option, const QSize &contents);

// StyleFields.cpp
void drawField(const QStyleOption &option, QPainter &painter, bool focused);
void drawComboBox(const QStyle &style, const QStyleOptionComboBox &option, QPainter &painter,
                  const QWidget *widget);
void drawSpinBox(const QStyle &style, const QStyleOptionSpinBox &option, QPainter &painter,
                 const QWidget *widget);
[[nodiscard]] QRect comboBoxRect(const QStyleOptionComboBox &option, QStyle::SubControl part);
[[nodiscard]] QRect spinBoxRect(const QStyleOptionSpinBox &option, QStyle::SubControl part);

// StyleBars.cpp
void drawScrollBar(const QStyle &style, const QStyleOptionSlider &option, QPainter &painter,
                   const QWidget *widget);
void drawScrollCorner(const QStyleOption &option, QPainter &painter, const QWidget *widget);
[[nodiscard]] QRect scrollBarRect(const QStyleOptionSlider &option, QStyle::SubControl part);
void drawSlider(const QStyle &style, const QStyleOptionSlider &option, QPainter &painter,
                const QWidget *widget);
void drawProgressBar(const QStyleOptionProgressBar &option, QPainter &painter);
void drawTab(const QStyleOptionTab &option, QPainter &painter, const QWidget *widget);
void drawSplitter(const QStyleOption &option, QPainter &painter);
void drawToolBarSeparator(const QStyleOption &option, QPainter &painter);

// StyleItems.cpp
void drawRowBackground(const QStyleOption &option, QPainter &painter, const QWidget *widget);
void drawItemFocus(const QStyleOption &option, QPainter &painter, const QWidget *widget);
void drawBranch(const QStyleOption &option, QPainter &painter);
void drawHeaderSection(const QStyleOptionHeader &option, QPainter &painter, const QWidget *widget);
/// Words, icon and the arrow of a sorted column beside them.
void drawHeaderLabel(const QStyleOptionHeader &option, QPainter &painter);

// StyleMenus.cpp
void drawMenuPanel(const QStyleOption &option, QPainter &painter);
void drawMenuItem(const QStyle &style, const QStyleOptionMenuItem &option, QPainter &painter,
                  const QWidget *widget);
void drawMenuBarItem(const QStyle &style, const QStyleOptionMenuItem &option, QPainter &painter,
                     const QWidget *widget);
[[nodiscard]] QRect groupBoxRect(const QStyleOptionGroupBox &option, QStyle::SubControl part);
[[nodiscard]] QSize menuItemSize(const QStyleOptionMenuItem &option, const QSize &contents);
void drawToolTip(const QStyleOption &option, QPainter &painter);
void drawFrame(const QStyleOption &option, QPainter &painter, const QWidget *widget);
void drawGroupBox(const QStyle &style, const QStyleOptionGroupBox &option, QPainter &painter,
                  const QWidget *widget);

} // namespace lectern::ui::parts
