// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/OptionCard.h"

#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"

#include <QPainter>
#include <QStyle>

namespace lectern::ui {

using presentation::EstimateText;
using presentation::ModelText;

namespace {

constexpr int kPadding = 12;
constexpr int kWidth = 168;

} // namespace

OptionCard::OptionCard(QWidget *parent) : QAbstractButton(parent)
{
    setCheckable(true);
    setAutoExclusive(false); // the dialog decides which one is chosen
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void OptionCard::setOption(const presentation::EstimateOption &option)
{
    m_option = option;
    const QString words = EstimateText::spoken(option);
    setText(ModelText::button(option.model));
    setAccessibleName(isChecked() ? tr("%1, chosen").arg(words) : words);
    setToolTip(tr("%1, %2", "model, provider")
                   .arg(ModelText::button(option.model), option.model.provider)
                   .toHtmlEscaped());
    updateGeometry();
    update();
}

QSize OptionCard::sizeHint() const
{
    const int lines = fontMetrics().height() + QFontMetrics(metrics::titleFont(font())).height() +
                      2 * QFontMetrics(metrics::secondaryFont(font())).height();
    return {metrics::scaled(kWidth, fontMetrics()), lines + 2 * kPadding + 12};
}

QSize OptionCard::minimumSizeHint() const
{
    // An amount is never shortened: what is left of it could be read as another one.
    const QFontMetrics price(metrics::headingFont(font()));
    const int needed = price.horizontalAdvance(EstimateText::price(m_option)) + 2 * kPadding + 2;
    return {std::max(metrics::scaled(120, fontMetrics()), needed), sizeHint().height()};
}

void OptionCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    const bool chosen = isChecked();
    const QColor ground = chosen                        ? theme.selection
                          : isDown()                    ? theme.pressed
                          : underMouse() && isEnabled() ? theme.hover
                                                        : QColor(Qt::transparent);
    paint::roundedRect(painter, rect(), metrics::kCardRadius - 2, ground,
                       chosen ? theme.accent : theme.border, chosen ? 1.5 : 1.0);
    QRect room = rect().adjusted(kPadding, kPadding, -kPadding, -kPadding);
    const auto alignment =
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter));
    const auto line = [&](const QFont &font, const QColor &color, const QString &text, int rightRoom = 0) {
        const QFontMetrics words(font);
        QRect place(room.left(), room.top(), room.width() - rightRoom, words.height());
        place = QStyle::visualRect(layoutDirection(), room, place);
        painter.setFont(font);
        painter.setPen(isEnabled() ? color : theme.disabled);
        painter.drawText(place, alignment | Qt::TextSingleLine,
                         words.elidedText(text, Qt::ElideMiddle, place.width()));
        room.setTop(room.top() + words.height() + 2);
    };
    const int mark = metrics::scaled(14, fontMetrics());
    if (chosen) {
        const QRect place =
            QStyle::alignedRect(layoutDirection(), Qt::AlignRight | Qt::AlignTop, QSize(mark, mark), room);
        painter.drawPixmap(place.topLeft(),
                           IconSet::pixmap(Glyph::Done, mark, theme.accent, devicePixelRatioF()));
    }
    line(font(), theme.text, ModelText::button(m_option.model), chosen ? mark + 4 : 0);
    const QString price = EstimateText::price(m_option);
    const QFont large = metrics::titleFont(font());
    const bool fits = QFontMetrics(large).horizontalAdvance(price) <= room.width();
    line(fits ? large : metrics::headingFont(font()), theme.text, price);
    room.setTop(room.top() + 2);
    const QFont small = metrics::secondaryFont(font());
    line(small, theme.quiet, EstimateText::time(m_option));
    const QString left = EstimateText::budgetLeft(m_option);
    const bool scarce = m_option.budgetLeft && m_option.budgetLeft->picodollars <= 0;
    line(small, scarce ? theme.waiting : theme.quiet,
         left.isEmpty() ? (m_option.model.vision ? tr("sees pictures") : tr("reads text only")) : left);
    if (hasFocus() && paint::showsKeyboardFocus(this))
        paint::focusRing(painter, rect(), metrics::kCardRadius - 2, theme);
}

} // namespace lectern::ui
