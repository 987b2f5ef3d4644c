// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/DropOverlay.h"

#include "ui/style/IconSet.h"
#include "ui/style/Paint.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace lectern::ui {

namespace {

constexpr int kInset = 8;
constexpr int kIconSize = 20;

} // namespace

DropOverlay::DropOverlay(QWidget &parent) : QWidget(&parent)
{
    setObjectName(QStringLiteral("dropOverlay"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    parent.installEventFilter(this);
    hide();
}

void DropOverlay::showMessage(const QString &text)
{
    m_message = text;
    setAccessibleName(text);
    setGeometry(parentWidget()->rect());
    raise();
    show();
    update();
}

void DropOverlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Theme::of(palette());
    QColor veil = theme.surface;
    veil.setAlphaF(0.72F);
    painter.fillRect(rect(), veil);

    const QRectF frame = QRectF(rect()).adjusted(kInset + 1, kInset + 1, -kInset - 1, -kInset - 1);
    QColor tint = theme.accent;
    tint.setAlphaF(0.07F);
    painter.setBrush(tint);
    QPen dashes(theme.accent, 2);
    dashes.setDashPattern({4, 3});
    dashes.setCapStyle(Qt::FlatCap);
    painter.setPen(dashes);
    painter.drawRoundedRect(frame, metrics::kCardRadius, metrics::kCardRadius);

    const QFont font = metrics::titleFont(this->font());
    const QFontMetrics fontMetrics(font);
    const QString text = fontMetrics.elidedText(m_message, Qt::ElideMiddle, std::max(60, width() - 140));
    const int pillWidth = fontMetrics.horizontalAdvance(text) + kIconSize + metrics::kGap + 40;
    QRect pill(0, 0, pillWidth, fontMetrics.height() + 24);
    pill.moveCenter(rect().center());
    paint::roundedRect(painter, pill, pill.height() / 2.0, theme.accentFill);
    const QRect inner = pill.adjusted(20, 0, -20, 0);
    const QRect icon(inner.left(), inner.center().y() - kIconSize / 2 + 1, kIconSize, kIconSize);
    painter.drawPixmap(QStyle::visualRect(layoutDirection(), inner, icon).topLeft(),
                       IconSet::pixmap(Glyph::AddFolder, kIconSize, theme.onAccent, devicePixelRatioF()));
    painter.setFont(font);
    painter.setPen(theme.onAccent);
    const QRect words = inner.adjusted(kIconSize + metrics::kGap, 0, 0, 0);
    painter.drawText(QStyle::visualRect(layoutDirection(), inner, words),
                     Qt::AlignCenter | Qt::TextSingleLine, text);
}

bool DropOverlay::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

} // namespace lectern::ui
