// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/SegmentedControl.h"

#include "ui/style/Paint.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QStyle>

namespace lectern::ui {

/// One choice: a real button, so that assistive programs and the arrow keys know it.
class SegmentedControl::Segment final : public QAbstractButton {
public:
    Segment(const QString &label, QWidget *parent) : QAbstractButton(parent), m_label(label)
    {
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
        setCount(-1);
    }

    void setCount(int count)
    {
        m_count = count < 0 ? QString() : locale().toString(count);
        setText(m_count.isEmpty() ? m_label : m_label + QLatin1Char(' ') + m_count);
        updateGeometry();
    }

    QSize sizeHint() const override
    {
        int width = fontMetrics().horizontalAdvance(m_label) + 24;
        if (!m_count.isEmpty())
            width += fontMetrics().horizontalAdvance(m_count) + 6;
        return QSize(width, metrics::controlHeight(fontMetrics()));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = Theme::of(palette());
        const QRectF inner = QRectF(rect()).adjusted(2, 2, -2, -2);
        if (isChecked())
            paint::roundedRect(painter, inner, metrics::kRadius - 2,
                               theme.dark ? theme.controlPressed : theme.surface,
                               theme.dark ? Qt::transparent : theme.border);
        else if (underMouse() && isEnabled())
            paint::roundedRect(painter, inner, metrics::kRadius - 2, theme.hover);
        const int labelWidth = fontMetrics().horizontalAdvance(m_label);
        const int countWidth = m_count.isEmpty() ? 0 : fontMetrics().horizontalAdvance(m_count) + 6;
        const int start = (width() - labelWidth - countWidth) / 2;
        const QRect label(start, 0, labelWidth + 1, height());
        const QRect count(start + labelWidth + 6, 0, countWidth, height());
        painter.setPen(!isEnabled() ? theme.disabled : isChecked() ? theme.text : theme.quiet);
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), label), Qt::AlignCenter, m_label);
        if (!m_count.isEmpty()) {
            painter.setPen(isEnabled() ? theme.quiet : theme.disabled);
            const auto alignment =
                QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter);
            painter.drawText(QStyle::visualRect(layoutDirection(), rect(), count),
                             static_cast<int>(alignment), m_count);
        }
        if (hasFocus() && paint::showsKeyboardFocus(this))
            paint::focusRing(painter, QRectF(rect()).adjusted(1, 1, -1, -1), metrics::kRadius - 1, theme);
    }

private:
    QString m_label;
    QString m_count;
};

SegmentedControl::SegmentedControl(const QStringList &labels, QWidget *parent)
    : QWidget(parent), m_group(new QButtonGroup(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    for (const QString &label : labels) {
        auto *segment = new Segment(label, this);
        m_group->addButton(segment, static_cast<int>(m_segments.size()));
        m_segments.append(segment);
        layout->addWidget(segment);
    }
    if (!m_segments.isEmpty())
        m_segments.first()->setChecked(true);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int index, bool checked) {
        if (checked)
            Q_EMIT currentChanged(index);
    });
}

int SegmentedControl::currentIndex() const
{
    return m_group->checkedId();
}

void SegmentedControl::setCurrentIndex(int index)
{
    if (index >= 0 && index < m_segments.size())
        m_segments.at(index)->setChecked(true);
}

void SegmentedControl::setCount(int index, int count)
{
    if (index >= 0 && index < m_segments.size())
        m_segments.at(index)->setCount(count);
}

QString SegmentedControl::segmentText(int index) const
{
    return m_segments.at(index)->text();
}

QWidget *SegmentedControl::segment(int index) const
{
    return m_segments.at(index);
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint::roundedRect(painter, rect(), metrics::kRadius, Theme::of(palette()).control);
}

} // namespace lectern::ui
