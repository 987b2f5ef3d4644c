// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/costs/CostPanel.h"

#include "presentation/CostText.h"
#include "presentation/MoneyText.h"
#include "ui/forms/NoteBox.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/SectionLabel.h"
#include "ui/widgets/TwoFillProgressBar.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::CostText;
using presentation::RunCost;

namespace {

/// A bar multiplies its numbers by its width: millionths of a dollar leave room for that.
constexpr qint64 kStep = domain::Money::kPicoPerDollar / 1'000'000;

} // namespace

CostPanel::CostPanel(QWidget *parent, Form form)
    : QFrame(parent), m_form(form), m_name(new ElidedLabel(QString(), this)),
      m_money(new SectionLabel(
          QString(), form == Form::Full ? SectionLabel::Level::Title : SectionLabel::Level::Heading, this)),
      m_bar(new TwoFillProgressBar(this)),
      m_cap(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_line(new ElidedLabel(QString(), this)),
      m_facts(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_trouble(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_saved(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)), m_held(new NoteBox(this)),
      m_heldRow(new QWidget(this)), m_heldLine(new ElidedLabel(QString(), m_heldRow)),
      m_raise(new QPushButton(tr("Raise…"), this)),
      m_cheaper(new QPushButton(tr("Use a cheaper model…"), this)),
      m_more(new QPushButton(tr("All costs"), this))
{
    setObjectName(QStringLiteral("costPanel"));
    setFrameShape(NoFrame);
    m_money->setObjectName(QStringLiteral("runMoney"));
    m_cap->setObjectName(QStringLiteral("runCap"));
    m_line->setObjectName(QStringLiteral("runLine"));
    m_line->setTone(Tone::Quiet);
    m_line->setFont(metrics::secondaryFont(font()));
    m_facts->setObjectName(QStringLiteral("runFacts"));
    m_trouble->setObjectName(QStringLiteral("runTrouble"));
    m_saved->setObjectName(QStringLiteral("runSaved"));
    m_held->setObjectName(QStringLiteral("runHeld"));
    m_raise->setObjectName(QStringLiteral("raiseCapButton"));
    m_cheaper->setObjectName(QStringLiteral("cheaperModelButton"));
    m_more->setObjectName(QStringLiteral("allCostsButton"));
    m_name->setElideMode(Qt::ElideMiddle);
    setButtonKind(*m_more, ButtonKind::Link);
    for (SectionLabel *label : {m_facts, m_trouble, m_saved})
        label->setWordWrap(true);
    layOut();
    connect(m_raise, &QPushButton::clicked, this, [this] { Q_EMIT capRequested(m_run); });
    connect(m_cheaper, &QPushButton::clicked, this, [this] { Q_EMIT cheaperModelRequested(m_run); });
    connect(m_more, &QPushButton::clicked, this, &CostPanel::costsRequested);
}

void CostPanel::layOut()
{
    const bool compact = m_form == Form::Compact;
    auto *ways = compact ? new QHBoxLayout(m_heldRow) : new QHBoxLayout;
    ways->setContentsMargins(0, 0, 0, 0);
    ways->setSpacing(metrics::kGap);
    if (compact) {
        ways->addWidget(new IconLabel(Glyph::Waiting, Tone::Waiting, metrics::kIcon, m_heldRow));
        ways->addWidget(m_heldLine, 1);
        setButtonKind(*m_raise, ButtonKind::Link);
        setButtonKind(*m_cheaper, ButtonKind::Link);
    }
    ways->addWidget(m_raise);
    ways->addWidget(m_cheaper);
    if (!compact) {
        ways->addStretch(1);
        m_held->below().addLayout(ways);
    }
    auto *head = new QHBoxLayout;
    head->setSpacing(metrics::kGap);
    head->addWidget(m_name, 1);
    head->addWidget(compact ? static_cast<QWidget *>(m_money) : m_more);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kInner + 2);
    layout->addLayout(head);
    if (compact) {
        layout->addWidget(m_bar);
        layout->addWidget(m_line);
        layout->addWidget(m_heldRow);
    } else {
        m_money->setWordWrap(true);
        for (QWidget *line : {static_cast<QWidget *>(m_money), static_cast<QWidget *>(m_bar),
                              static_cast<QWidget *>(m_cap), static_cast<QWidget *>(m_facts),
                              static_cast<QWidget *>(m_trouble), static_cast<QWidget *>(m_saved)})
            layout->addWidget(line);
    }
    if (!compact)
        layout->addWidget(m_held);
    m_held->hide();
    m_heldRow->hide();
    m_line->setVisible(compact);
    m_more->setVisible(!compact);
}

void CostPanel::showFacts(const RunCost &run)
{
    const std::pair<SectionLabel *, QString> lines[] = {
        {m_cap, CostText::runCap(run)},
        {m_facts, CostText::runFacts(run)},
        {m_trouble, CostText::runTrouble(run)},
        {m_saved, CostText::saved(run.savedPages, run.saved)}};
    QStringList all{run.model};
    for (const auto &[label, text] : lines) {
        label->setText(text);
        label->setVisible(m_form == Form::Full && !text.isEmpty());
        if (!text.isEmpty())
            all << text;
    }
    m_line->setText(all.join(QStringLiteral(" · ")));
}

void CostPanel::setRun(const RunCost &run, qint64 nowMs)
{
    m_run = run.id;
    const QString spoken = CostText::spokenRun(run);
    setAccessibleName(spoken);
    const bool compact = m_form == Form::Compact;
    m_name->setText(compact || run.model.isEmpty() ? run.name
                                                   : tr("%1 · %2", "run, model").arg(run.name, run.model));
    m_money->setText(compact ? CostText::runShort(run) : CostText::run(run));
    m_money->setToolTip(compact ? CostText::run(run) : QString());
    showFacts(run);
    showHeld(run, nowMs);
    // Against the cap, since that is what stops it; without one, against the estimate.
    const domain::Money whole = run.money.limit.value_or(run.estimateHigh);
    m_bar->setVisible(!run.free && !whole.isZero());
    m_bar->setAccessibleName(spoken);
    TwoFillProgressPainter::State state;
    state.stored = run.money.spent.picodollars / kStep;
    state.ahead = run.money.reserved.picodollars / kStep;
    state.total = std::max<qint64>(1, whole.picodollars / kStep);
    state.active = run.live && !run.held && !run.paused;
    m_bar->setState(state);
    m_bar->setToolTip(run.money.reserved.isZero()
                          ? QString()
                          : tr("%1 is reserved for requests under way")
                                .arg(presentation::MoneyText::amount(run.money.reserved)));
}

void CostPanel::showHeld(const RunCost &run, qint64 nowMs)
{
    const QString why = CostText::runHeld(run, nowMs);
    // Only a limit has these ways on; a pause has its button, and an endpoint comes back by itself.
    m_raise->setVisible(run.held);
    m_cheaper->setVisible(run.held);
    m_heldLine->setText(CostText::runHeldShort(run, nowMs));
    m_heldRow->setToolTip(why.toHtmlEscaped());
    m_heldRow->setAccessibleName(why);
    m_heldRow->setVisible(m_form == Form::Compact && !why.isEmpty());
    if (m_form == Form::Full)
        m_held->setNote(run.held ? NoteBox::Kind::Warning : NoteBox::Kind::Info, why, run.held);
}

} // namespace lectern::ui
