// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/EntityChips.h"

#include "ui/style/Paint.h"
#include "ui/widgets/FlowLayout.h"

#include <QAbstractButton>
#include <QLocale>
#include <QPainter>
#include <QStyle>

namespace lectern::ui {

namespace {

constexpr int kPadding = 10;
constexpr int kIconSize = 14;
constexpr int kWidestChip = 280;

/// One chip: a button in the shape of a pill.
class ChipButton final : public QAbstractButton {
public:
    ChipButton(const EntityChips::Chip &chip, QWidget *parent) : QAbstractButton(parent), m_chip(chip)
    {
        setText(chip.text);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setCursor(Qt::PointingHandCursor);
        setToolTip(chip.kind.isEmpty() ? QString() : chip.kind.toHtmlEscaped());
        setAccessibleName(chip.kind.isEmpty() ? chip.text
                                              : EntityChips::tr("%1: %2").arg(chip.kind, chip.text));
        if (chip.count > 1)
            m_count = locale().toString(chip.count);
    }

    QSize sizeHint() const override
    {
        int width = 2 * kPadding + fontMetrics().horizontalAdvance(m_chip.text);
        if (m_chip.glyph)
            width += kIconSize + metrics::kInner;
        if (!m_count.isEmpty())
            width += fontMetrics().horizontalAdvance(m_count) + 6;
        return QSize(std::min(width, kWidestChip), std::max(26, fontMetrics().height() + 8));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = Theme::of(palette());
        const QColor fill = isDown()       ? theme.controlPressed
                            : underMouse() ? theme.controlHover
                                           : theme.control;
        paint::roundedRect(painter, rect(), height() / 2.0, fill);
        QRect room = rect().adjusted(kPadding, 0, -kPadding, 0);
        const auto mirrored = [this](const QRect &part) {
            return QStyle::visualRect(layoutDirection(), rect(), part);
        };
        if (m_chip.glyph) {
            const QRect icon(room.left() - 2, (height() - kIconSize) / 2, kIconSize, kIconSize);
            painter.drawPixmap(mirrored(icon).topLeft(),
                               IconSet::pixmap(*m_chip.glyph, kIconSize, theme.quiet, devicePixelRatioF()));
            room.setLeft(icon.right() + 1 + metrics::kInner);
        }
        const int countWidth = m_count.isEmpty() ? 0 : fontMetrics().horizontalAdvance(m_count) + 6;
        const QRect words = room.adjusted(0, 0, -countWidth, 0);
        const auto leading =
            static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter));
        const auto trailing =
            static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignRight | Qt::AlignVCenter));
        painter.setPen(theme.text);
        painter.drawText(mirrored(words), leading | Qt::TextSingleLine,
                         fontMetrics().elidedText(m_chip.text, Qt::ElideRight, words.width() + 1));
        if (countWidth > 0) {
            painter.setPen(theme.quiet);
            painter.drawText(mirrored(room), trailing | Qt::TextSingleLine, m_count);
        }
        if (hasFocus() && paint::showsKeyboardFocus(this))
            paint::focusRing(painter, rect(), height() / 2.0, theme);
    }

private:
    EntityChips::Chip m_chip;
    QString m_count;
};

} // namespace

EntityChips::EntityChips(QWidget *parent) : QWidget(parent), m_layout(new FlowLayout(this))
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void EntityChips::setChips(const QVector<Chip> &chips)
{
    if (chips == m_chips)
        return;
    m_chips = chips;
    m_all = false;
    rebuild();
}

void EntityChips::rebuild()
{
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the sender of the click that led here
        delete item;
    }
    const auto count = static_cast<int>(m_chips.size());
    const int shown = m_all || count <= kMaximumShown + 1 ? count : kMaximumShown;
    for (int index = 0; index < shown; ++index) {
        auto *button = new ChipButton(m_chips.at(index), this);
        connect(button, &QAbstractButton::clicked, this, [this, index] { Q_EMIT chipClicked(index); });
        m_layout->addWidget(button);
        button->show();
    }
    if (shown < count) {
        Chip more;
        more.text = tr("+%n more", nullptr, count - shown);
        auto *button = new ChipButton(more, this);
        connect(button, &QAbstractButton::clicked, this, [this] {
            m_all = true;
            rebuild();
        });
        m_layout->addWidget(button);
        button->show();
    }
    updateGeometry();
}

} // namespace lectern::ui
