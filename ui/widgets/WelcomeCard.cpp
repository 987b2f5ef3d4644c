// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/WelcomeCard.h"

#include "ui/style/ButtonKind.h"
#include "ui/style/IconSet.h"
#include "ui/style/Paint.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/SectionLabel.h"

#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace lectern::ui {

namespace {

constexpr int kCardWidth = 600;

/// The number of a step in a circle, or a check mark once it is done.
class StepBadge final : public QWidget {
public:
    StepBadge(int number, WelcomeStep::State state, QWidget *parent)
        : QWidget(parent), m_number(number), m_state(state)
    {
        setFixedSize(28, 28);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = Theme::of(palette());
        const QRectF circle = QRectF(rect()).adjusted(1, 1, -1, -1);
        if (m_state == WelcomeStep::State::Done) {
            paint::roundedRect(painter, circle, 14, blend(theme.surface, theme.done, 0.16));
            paint::checkMark(painter, circle.adjusted(5, 5, -5, -5), theme.done);
            return;
        }
        const bool open = m_state == WelcomeStep::State::Open;
        paint::roundedRect(painter, circle, 14, open ? theme.selection : theme.control);
        painter.setFont(metrics::headingFont(font()));
        painter.setPen(open ? theme.accent : theme.quiet);
        painter.drawText(rect(), Qt::AlignCenter, locale().toString(m_number));
    }

private:
    int m_number;
    WelcomeStep::State m_state;
};

} // namespace

WelcomeCard::WelcomeCard(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("welcomeCard"));
    auto *card = new Card(this);
    card->setMaximumWidth(kCardWidth);
    m_body = new QVBoxLayout(card);
    m_body->setContentsMargins(32, 32, 32, 24);
    m_body->setSpacing(metrics::kInner);

    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(card, 100);
    row->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->addStretch(2);
    column->addLayout(row);
    column->addStretch(3);
}

void WelcomeCard::setHeadline(const QString &title, const QString &text)
{
    m_title = title;
    m_text = text;
    setAccessibleName(title);
    rebuild();
}

void WelcomeCard::setSteps(const QVector<WelcomeStep> &steps)
{
    if (steps == m_steps)
        return;
    m_steps = steps;
    rebuild();
}

void WelcomeCard::setFootnote(const QString &text)
{
    m_footnote = text;
    rebuild();
}

void WelcomeCard::rebuild()
{
    while (QLayoutItem *item = m_body->takeAt(0)) {
        if (QWidget *widget =
                item->widget()) { // a button of it may be the sender of the signal that led here
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    auto *icon = new IconLabel(Glyph::Reader, Tone::Normal, 64);
    icon->setIcon(IconSet::application());
    m_body->addWidget(icon, 0, Qt::AlignHCenter);
    m_body->addSpacing(metrics::kGap);
    auto *title = new SectionLabel(m_title, SectionLabel::Level::Title);
    title->setAlignment(Qt::AlignCenter);
    m_body->addWidget(title);
    auto *text = new SectionLabel(m_text, SectionLabel::Level::Body);
    text->setTone(Tone::Quiet);
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    m_body->addWidget(text);
    m_body->addSpacing(20);
    bool primaryGiven = false;
    for (int index = 0; index < m_steps.size(); ++index) {
        const bool primary = !primaryGiven && m_steps.at(index).state == WelcomeStep::State::Open;
        primaryGiven = primaryGiven || primary;
        m_body->addWidget(makeStep(index, primary));
    }
    if (!m_footnote.isEmpty()) {
        m_body->addSpacing(16);
        auto *foot = new SectionLabel(m_footnote, SectionLabel::Level::Secondary);
        foot->setAlignment(Qt::AlignCenter);
        foot->setWordWrap(true);
        m_body->addWidget(foot);
    }
}

QWidget *WelcomeCard::makeStep(int index, bool primary)
{
    const WelcomeStep &step = m_steps.at(index);
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, metrics::kGap, 0, metrics::kGap);
    layout->setSpacing(metrics::kPaneMargin);
    layout->addWidget(new StepBadge(index + 1, step.state, row), 0, Qt::AlignTop);

    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    auto *title = new SectionLabel(step.title, SectionLabel::Level::Heading, row);
    if (step.state == WelcomeStep::State::Later)
        title->setTone(Tone::Quiet);
    words->addWidget(title);
    auto *text = new SectionLabel(step.text, SectionLabel::Level::Body, row);
    text->setTone(Tone::Quiet);
    text->setWordWrap(true);
    words->addWidget(text);
    layout->addLayout(words, 1);

    if (!step.action.isEmpty()) {
        auto *button = new QPushButton(step.action, row);
        button->setObjectName(QStringLiteral("welcomeStep_") + step.id);
        button->setEnabled(step.state == WelcomeStep::State::Open);
        setButtonKind(*button, primary ? ButtonKind::Primary : ButtonKind::Normal);
        connect(button, &QPushButton::clicked, this, [this, id = step.id] { Q_EMIT stepTriggered(id); });
        layout->addWidget(button, 0, Qt::AlignVCenter);
    }
    row->setAccessibleName(step.title);
    row->setAccessibleDescription(step.text);
    return row;
}

} // namespace lectern::ui
