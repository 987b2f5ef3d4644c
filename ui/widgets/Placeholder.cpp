// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Placeholder.h"

#include "ui/style/ButtonKind.h"
#include "ui/style/Paint.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/SectionLabel.h"

#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace lectern::ui {

namespace {

constexpr int kIconSize = 28;
constexpr int kDiscSize = 64;
constexpr int kWidestHint = 420;

/// A soft round ground that gives a thin icon some weight.
class Disc final : public QWidget {
public:
    explicit Disc(QWidget *icon, QWidget *parent) : QWidget(parent)
    {
        setFixedSize(kDiscSize, kDiscSize);
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(icon, 0, Qt::AlignCenter);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paint::roundedRect(painter, rect(), kDiscSize / 2.0, Theme::of(palette()).control);
    }
};

} // namespace

Placeholder::Placeholder(QWidget *parent)
    : QWidget(parent), m_icon(new IconLabel(Glyph::Document, Tone::Quiet, kIconSize, this)),
      m_text(new SectionLabel({}, SectionLabel::Level::Title, this)),
      m_hint(new SectionLabel({}, SectionLabel::Level::Body, this)), m_action(new QPushButton(this)),
      m_offers(new QVBoxLayout)
{
    setObjectName(QStringLiteral("placeholder"));
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setTone(Tone::Quiet);
    m_hint->setMaximumWidth(kWidestHint);
    m_action->setObjectName(QStringLiteral("placeholderAction"));
    setButtonKind(*m_action, ButtonKind::Normal);
    connect(m_action, &QPushButton::clicked, this, &Placeholder::actionTriggered);

    auto *hintRow = new QHBoxLayout;
    hintRow->addStretch(1);
    hintRow->addWidget(m_hint, 100);
    hintRow->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(metrics::kGap);
    layout->addStretch(2);
    layout->addWidget(new Disc(m_icon, this), 0, Qt::AlignHCenter);
    layout->addSpacing(metrics::kInner);
    layout->addWidget(m_text);
    layout->addLayout(hintRow);
    layout->addSpacing(metrics::kGap);
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    m_offers->setSpacing(metrics::kInner);
    layout->addLayout(m_offers);
    layout->addStretch(3); // a little above the middle looks centred
}

void Placeholder::setContent(Glyph glyph, const QString &text, const QString &hint, const QString &action)
{
    m_icon->setGlyph(glyph, Tone::Quiet);
    m_text->setText(text);
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(text);
    setAccessibleDescription(hint);
}

void Placeholder::setOffers(const QStringList &offers)
{
    while (QLayoutItem *item = m_offers->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the sender of the click that led here
        delete item;
    }
    for (int index = 0; index < offers.size(); ++index) {
        auto *offer = new QPushButton(offers.at(index), this);
        setButtonKind(*offer, ButtonKind::Flat);
        connect(offer, &QPushButton::clicked, this, [this, index] { Q_EMIT offerTriggered(index); });
        m_offers->addWidget(offer, 0, Qt::AlignHCenter);
        offer->show();
    }
}

QString Placeholder::text() const
{
    return m_text->text();
}

} // namespace lectern::ui
