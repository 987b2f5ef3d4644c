// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/EstimateDialog.h"

#include "ui/forms/MoneyField.h"
#include "ui/forms/NoteBox.h"
#include "ui/models/ModelButton.h"
#include "ui/models/OptionCard.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/SectionLabel.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QResizeEvent>
#include <QToolButton>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::EstimateDecision;
using presentation::EstimateOption;
using presentation::EstimateText;
using presentation::EstimateView;

namespace {

constexpr int kWidth = 760;
constexpr int kPriceWidth = 120;
constexpr int kCapWidth = 150;

bool isPriceMissing(const EstimateView &view)
{
    return !view.hasNothingToDo() && !view.chosen.model.isFree() &&
           view.chosen.state == EstimateOption::State::PriceUnknown;
}

/// A price for a million tokens has to come to whole picodollars for one.
bool isWholePerToken(domain::Money perMillion)
{
    return perMillion.picodollars % 1'000'000 == 0;
}

} // namespace

EstimateDialog::EstimateDialog(QWidget *parent)
    : QDialog(parent), m_title(new SectionLabel(QString(), SectionLabel::Level::Title, this)),
      m_pages(new SectionLabel(QString(), SectionLabel::Level::Body, this)), m_model(new ModelButton(this)),
      m_cardRow(new QHBoxLayout),
      m_exactness(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_question(new NoteBox(this)), m_inputPrice(new MoneyField(this)), m_outputPrice(new MoneyField(this)),
      m_usePrice(new QPushButton(tr("Use this price"), this)),
      m_agree(new QCheckBox(tr("Run without knowing the price"), this)), m_trialNote(new NoteBox(this)),
      m_stopTrial(new QPushButton(tr("Stop"), this)), m_shortage(new NoteBox(this)),
      m_budgets(new QPushButton(tr("Budgets…"), this)), m_capBox(new QWidget(this)),
      m_cap(new MoneyField(this)),
      m_capNote(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_fold(new QToolButton(this)), m_details(new FactList(this)), m_start(new QPushButton(this)),
      m_trial(new QPushButton(this)), m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(QStringLiteral("estimateDialog"));
    setWindowTitle(tr("Estimate"));
    m_title->setObjectName(QStringLiteral("estimateTitle"));
    m_pages->setObjectName(QStringLiteral("estimatePages"));
    m_pages->setWordWrap(true);
    m_exactness->setObjectName(QStringLiteral("estimateExactness"));
    m_exactness->setWordWrap(true);
    m_cardRow->setSpacing(metrics::kGap);
    buildPriceQuestion();
    buildTrialNote();
    m_shortage->setObjectName(QStringLiteral("estimateShortage"));
    m_budgets->setObjectName(QStringLiteral("estimateBudgetsButton"));
    m_budgets->setAutoDefault(false);
    setButtonKind(*m_budgets, ButtonKind::Link);
    m_shortage->below().addWidget(m_budgets, 0, Qt::AlignLeading);
    m_fold->setObjectName(QStringLiteral("estimateDetailsButton"));
    m_fold->setText(tr("Details"));
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setIcon(IconSet::icon(Glyph::ChevronRight, Tone::Quiet));
    m_details->setObjectName(QStringLiteral("estimateDetails"));
    m_details->hide();

    auto *modelRow = new QHBoxLayout;
    buildModelRow(*modelRow);
    auto *capRow = new QHBoxLayout(m_capBox);
    buildCapRow(*capRow);
    auto *buttons = new QHBoxLayout;
    buildButtons(*buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kDialogMargin, metrics::kDialogMargin, metrics::kDialogMargin,
                               metrics::kDialogMargin);
    layout->setSpacing(metrics::kPaneMargin);
    layout->setSizeConstraint(QLayout::SetNoConstraint); // fitHeight() knows better
    layout->addWidget(m_title);
    layout->addWidget(m_pages);
    layout->addLayout(modelRow);
    layout->addLayout(m_cardRow);
    layout->addWidget(m_exactness);
    layout->addWidget(m_trialNote);
    layout->addWidget(m_question);
    layout->addWidget(m_shortage);
    layout->addWidget(m_capBox);
    layout->addWidget(m_fold, 0, Qt::AlignLeading);
    layout->addWidget(m_details);
    layout->addStretch(1);
    layout->addLayout(buttons);

    connect(m_model, &QPushButton::clicked, this, &EstimateDialog::modelRequested);
    connect(m_budgets, &QPushButton::clicked, this, &EstimateDialog::budgetsRequested);
    connect(m_fold, &QToolButton::toggled, this, [this](bool open) {
        m_fold->setIcon(IconSet::icon(open ? Glyph::ChevronDown : Glyph::ChevronRight, Tone::Quiet));
        m_details->setVisible(open);
        fitHeight();
    });
    resize(metrics::scaled(kWidth, fontMetrics()), sizeHint().height());
    m_model->setFocus();
}

void EstimateDialog::buildModelRow(QHBoxLayout &row)
{
    auto *label = new SectionLabel(tr("&Model"), SectionLabel::Level::Body, this);
    m_model->setObjectName(QStringLiteral("estimateModelButton"));
    label->setBuddy(m_model);
    row.setSpacing(metrics::kGap);
    row.addWidget(label);
    row.addWidget(m_model);
    row.addStretch(1);
}

void EstimateDialog::buildPriceQuestion()
{
    m_question->setObjectName(QStringLiteral("priceQuestion"));
    m_inputPrice->setObjectName(QStringLiteral("inputPriceField"));
    m_inputPrice->setAccessibleName(tr("Price of a million tokens sent"));
    m_outputPrice->setObjectName(QStringLiteral("outputPriceField"));
    m_outputPrice->setAccessibleName(tr("Price of a million tokens answered"));
    m_usePrice->setObjectName(QStringLiteral("usePriceButton"));
    m_usePrice->setAutoDefault(false);
    m_agree->setObjectName(QStringLiteral("unpricedBox"));
    auto *prices = new QHBoxLayout;
    prices->setSpacing(metrics::kGap);
    for (MoneyField *field : {m_inputPrice, m_outputPrice}) {
        field->setFixedWidth(kPriceWidth);
        prices->addWidget(field);
        prices->addWidget(new SectionLabel(field == m_inputPrice ? tr("a million in") : tr("a million out"),
                                           SectionLabel::Level::Secondary, this));
        connect(field, &MoneyField::moneyEdited, this, &EstimateDialog::updateButtons);
    }
    prices->addWidget(m_usePrice);
    prices->addStretch(1);
    m_question->below().addLayout(prices);
    m_question->below().addWidget(m_agree);
    connect(m_usePrice, &QPushButton::clicked, this, &EstimateDialog::submitPrice);
    connect(m_agree, &QCheckBox::toggled, this, &EstimateDialog::updateButtons);
}

void EstimateDialog::buildTrialNote()
{
    m_trialNote->setObjectName(QStringLiteral("trialNote"));
    m_stopTrial->setObjectName(QStringLiteral("stopTrialButton"));
    m_stopTrial->setAutoDefault(false);
    setButtonKind(*m_stopTrial, ButtonKind::Link);
    m_trialNote->below().addWidget(m_stopTrial, 0, Qt::AlignLeading);
    connect(m_stopTrial, &QPushButton::clicked, this, &EstimateDialog::trialStopRequested);
}

void EstimateDialog::buildCapRow(QHBoxLayout &row)
{
    auto *label = new SectionLabel(tr("&Stop at"), SectionLabel::Level::Body, m_capBox);
    m_cap->setObjectName(QStringLiteral("capField"));
    m_cap->setAccessibleName(tr("Cap of this run"));
    m_cap->setFixedWidth(kCapWidth);
    m_cap->setEmptyMeaning(tr("No cap"));
    m_capNote->setObjectName(QStringLiteral("capNote"));
    m_capNote->setWordWrap(true);
    label->setBuddy(m_cap);
    row.setContentsMargins(0, 0, 0, 0);
    row.setSpacing(metrics::kGap);
    row.addWidget(label);
    row.addWidget(m_cap);
    row.addWidget(m_capNote, 1);
    connect(m_cap, &QLineEdit::textEdited, this, [this] { m_capTouched = true; });
    connect(m_cap, &MoneyField::moneyEdited, this, &EstimateDialog::updateButtons);
}

void EstimateDialog::buildButtons(QHBoxLayout &row)
{
    m_start->setObjectName(QStringLiteral("analyzeButton"));
    m_trial->setObjectName(QStringLiteral("trialButton"));
    m_cancel->setObjectName(QStringLiteral("cancelButton"));
    setButtonKind(*m_start, ButtonKind::Primary);
    m_cancel->setDefault(true);
    row.setSpacing(metrics::kGap);
    row.addWidget(m_cancel);
    row.addStretch(1);
    row.addWidget(m_trial);
    row.addWidget(m_start);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_start, &QPushButton::clicked, this, &EstimateDialog::start);
    connect(m_trial, &QPushButton::clicked, this, &EstimateDialog::tryPages);
}

void EstimateDialog::setView(const EstimateView &view)
{
    const bool otherModel = !m_hasView || view.chosen.model.id != m_view.chosen.model.id;
    m_view = view;
    if (otherModel) {
        // A yes and a price were given for one model only.
        m_agree->setChecked(false);
        m_inputPrice->setMoney(std::nullopt);
        m_outputPrice->setMoney(std::nullopt);
    }
    if (!m_capTouched)
        m_cap->setMoney(view.cap);
    m_hasView = true;
    m_title->setText(EstimateText::title(view));
    m_pages->setText(EstimateText::pages(view));
    m_model->setChoice(view.chosen.model);
    m_model->setEnabled(!view.hasNothingToDo());
    m_exactness->setText(EstimateText::exactness(view));
    m_capBox->setVisible(!view.hasNothingToDo() && !view.chosen.model.isFree());
    showCards();
    showNotes();
    showDetails();
    updateButtons();
    fitHeight();
}

int EstimateDialog::neededHeight() const
{
    return layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : sizeHint().height();
}

void EstimateDialog::fitHeight()
{
    layout()->activate();
    setMinimumWidth(layout()->totalMinimumSize().width());
    setMinimumHeight(neededHeight());
    resize(width(), minimumHeight());
}

void EstimateDialog::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    if (event->oldSize().width() != width())
        setMinimumHeight(neededHeight());
}

void EstimateDialog::showCards()
{
    QVector<EstimateOption> options;
    if (!m_view.hasNothingToDo()) {
        options.append(m_view.chosen);
        for (const EstimateOption &other : m_view.others) {
            if (options.size() <= EstimateText::kMostOthers)
                options.append(other);
        }
    }
    while (m_cards.size() > options.size())
        delete m_cards.takeLast();
    while (m_cards.size() < options.size()) {
        auto *card = new OptionCard(this);
        card->setObjectName(QStringLiteral("optionCard%1").arg(m_cards.size()));
        connect(card, &QAbstractButton::clicked, this, [this, card] {
            const QString id = card->option().model.id;
            card->setChecked(id == m_view.chosen.model.id);
            if (id != m_view.chosen.model.id)
                Q_EMIT modelChosen(id);
        });
        QWidget *before = m_cards.isEmpty() ? static_cast<QWidget *>(m_model) : m_cards.last();
        setTabOrder(before, card);
        m_cards.append(card);
        m_cardRow->addWidget(card);
    }
    for (int place = 0; place < m_cards.size(); ++place) {
        m_cards.at(place)->setChecked(place == 0);
        m_cards.at(place)->setOption(options.at(place));
    }
}

void EstimateDialog::showNotes()
{
    m_question->setNote(
        NoteBox::Kind::Warning,
        isPriceMissing(m_view)
            ? tr("Nobody knows what this model costs. Enter its price, as your provider lists "
                 "it, or agree to run without one: then no budget can protect you.")
            : QString());
    const auto &trial = m_view.trial;
    m_trialNote->setNote(!trial || !trial->isOver() ? NoteBox::Kind::Info
                         : trial->failed > 0        ? NoteBox::Kind::Warning
                         : trial->answered > 0      ? NoteBox::Kind::Success
                                                    : NoteBox::Kind::Info,
                         trial ? presentation::TrialText::sentence(*trial) : QString(), true);
    m_stopTrial->setVisible(trial && !trial->isOver());
    m_cancel->setText(trial && !trial->hasFailed() ? tr("Close") : tr("Cancel"));
    const bool costs = !m_view.hasNothingToDo() && !m_view.chosen.model.isFree() && !isPriceMissing(m_view);
    m_shortage->setNote(NoteBox::Kind::Warning, costs ? EstimateText::shortage(m_view) : QString());
}

void EstimateDialog::showDetails()
{
    QVector<FactList::Fact> facts;
    for (const auto &[name, value] : EstimateText::details(m_view))
        facts.append({name, value});
    m_details->setFacts(facts);
    m_fold->setVisible(!m_view.hasNothingToDo());
    m_details->setVisible(m_fold->isChecked() && !m_view.hasNothingToDo());
}

QString EstimateDialog::obstacle() const
{
    if (!m_hasView || m_view.hasNothingToDo())
        return tr("Every page has its answer already.");
    if (m_view.chosen.model.unfit != presentation::ModelChoice::Unfit::None)
        return presentation::ModelText::obstacle(m_view.chosen.model);
    if (m_view.chosen.model.isFree())
        return {};
    if (m_view.chosen.state == EstimateOption::State::Calculating)
        return tr("The price is still being calculated.");
    if (!m_cap->isUsable())
        return m_cap->obstacle();
    if (isPriceMissing(m_view) && !m_agree->isChecked())
        return tr("Enter the price, or agree to run without one.");
    return {};
}

void EstimateDialog::updateButtons()
{
    const QString wrong = obstacle();
    m_start->setText(EstimateText::startButton(m_view));
    m_trial->setText(EstimateText::trialButton(m_view));
    m_trial->setVisible(m_view.mayTry());
    for (QPushButton *button : {m_start, m_trial}) {
        button->setEnabled(wrong.isEmpty());
        button->setToolTip(wrong);
        button->setAccessibleDescription(wrong);
    }
    const bool badCap = !m_cap->isUsable();
    const auto cap = m_cap->money();
    m_capNote->setTone(badCap ? Tone::Failed : Tone::Quiet);
    if (badCap)
        m_capNote->setText(m_cap->obstacle());
    else if (isPriceMissing(m_view))
        m_capNote->setText(tr("A cap can't stop requests whose price nobody knows."));
    else if (!cap)
        m_capNote->setText(tr("Without a cap, only your budgets stop this run."));
    else if (m_view.chosen.state == EstimateOption::State::Ready && *cap < m_view.chosen.low)
        m_capNote->setText(tr("Below the estimate: the run will wait there, with nothing lost."));
    else
        m_capNote->setText(tr("This run never spends more. At the cap it waits, with nothing lost."));
    const auto input = m_inputPrice->money();
    const auto output = m_outputPrice->money();
    const bool whole = input && output && isWholePerToken(*input) && isWholePerToken(*output);
    m_usePrice->setEnabled(whole);
    m_usePrice->setToolTip(input && output && !whole ? tr("Too fine: six decimals at most.") : QString());
}

void EstimateDialog::submitPrice()
{
    const auto input = m_inputPrice->money();
    const auto output = m_outputPrice->money();
    if (input && output)
        Q_EMIT priceEntered(m_view.chosen.model.id, *input, *output);
}

EstimateDecision EstimateDialog::decision() const
{
    EstimateDecision decision;
    decision.modelId = m_view.chosen.model.id;
    if (!m_view.chosen.model.isFree())
        decision.cap = m_cap->money();
    decision.unpricedAllowed = isPriceMissing(m_view) && m_agree->isChecked();
    return decision;
}

void EstimateDialog::start()
{
    if (!obstacle().isEmpty())
        return;
    const EstimateDecision agreed = decision();
    accept();
    Q_EMIT decided(agreed);
}

void EstimateDialog::tryPages()
{
    if (!obstacle().isEmpty())
        return;
    EstimateDecision agreed = decision();
    agreed.trialPages = m_view.trialPages;
    m_cancel->setFocus(); // the button that was pressed goes away
    Q_EMIT trialRequested(agreed);
}

} // namespace lectern::ui
