// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/costs/PricesPopup.h"

#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/SectionLabel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

namespace lectern::ui {

PricesPopup::PricesPopup(QWidget *parent)
    : QFrame(parent, Qt::Popup), m_facts(new FactList(this)),
      m_update(new QPushButton(tr("Ask the endpoints again"), this))
{
    setObjectName(QStringLiteral("pricesPopup"));
    setAccessibleName(tr("Where the prices come from"));
    setFrameShape(NoFrame);
    auto *title = new SectionLabel(tr("Where the prices come from"), SectionLabel::Level::Heading, this);
    auto *hint = new SectionLabel(tr("A provider that bills an amount of its own is booked with that amount. "
                                     "Of the others, the tokens they "
                                     "counted are booked at these prices, to the last one."),
                                  SectionLabel::Level::Secondary, this);
    hint->setWordWrap(true);
    m_facts->setObjectName(QStringLiteral("priceFacts"));
    m_update->setObjectName(QStringLiteral("updatePricesButton"));
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_update);
    foot->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kDialogMargin, metrics::kPaneMargin, metrics::kDialogMargin,
                               metrics::kPaneMargin);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(title);
    layout->addWidget(m_facts);
    layout->addWidget(hint);
    layout->addLayout(foot);
    connect(m_update, &QPushButton::clicked, this, &PricesPopup::updateRequested);
}

void PricesPopup::setFacts(const QVector<presentation::Fact> &facts)
{
    QVector<FactList::Fact> shown;
    for (const presentation::Fact &fact : facts)
        shown.append({fact.name, fact.value});
    m_facts->setFacts(shown);
    if (isVisible())
        adjustSize();
}

void PricesPopup::openAt(const QWidget &anchor)
{
    resize(metrics::scaled(440, fontMetrics()), 10);
    adjustSize();
    const QRect screen = anchor.screen()->availableGeometry();
    const QRect place(anchor.mapToGlobal(QPoint(0, 0)), anchor.size());
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const int left = mirrored ? place.left() : place.right() + 1 - width();
    const bool below = place.bottom() + metrics::kInner + height() <= screen.bottom();
    move(qBound(screen.left(), left, qMax(screen.left(), screen.right() + 1 - width())),
         below ? place.bottom() + metrics::kInner : place.top() - metrics::kInner - height());
    show();
    m_update->setFocus(Qt::PopupFocusReason);
}

void PricesPopup::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    painter.fillRect(rect(), theme.surface);
    paint::roundedRect(painter, rect(), 0, theme.surface, theme.border);
}

} // namespace lectern::ui
