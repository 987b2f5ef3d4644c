// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/EmbeddingDialog.h"

#include "presentation/ErrorText.h"
#include "ui/forms/MoneyField.h"
#include "ui/forms/NoteBox.h"
#include "ui/models/ModelButton.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/SectionLabel.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QResizeEvent>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::EmbeddingDecision;
using presentation::EmbeddingOffer;
using presentation::EmbeddingText;

namespace {

constexpr int kWidth = 600;
constexpr int kPriceWidth = 120;
constexpr int kCapWidth = 150;

/// A price for a million tokens has to come to whole picodollars for one.
bool isWholePerToken(domain::Money perMillion)
{
    return perMillion.picodollars % 1'000'000 == 0;
}

SectionLabel *line(const QString &name, SectionLabel::Level level, QWidget *parent)
{
    auto *label = new SectionLabel(QString(), level, parent);
    label->setObjectName(name);
    label->setWordWrap(true);
    return label;
}

void setText(SectionLabel &label, const QString &text)
{
    label.setText(text);
    label.setVisible(!text.isEmpty());
}

} // namespace

EmbeddingDialog::EmbeddingDialog(QWidget *parent)
    : QDialog(parent),
      m_title(new SectionLabel(tr("Model for search by meaning"), SectionLabel::Level::Title, this)),
      m_model(new ModelButton(this)),
      m_price(line(QStringLiteral("embeddingPrice"), SectionLabel::Level::Heading, this)),
      m_work(line(QStringLiteral("embeddingWork"), SectionLabel::Level::Body, this)),
      m_exactness(line(QStringLiteral("embeddingExactness"), SectionLabel::Level::Secondary, this)),
      m_question(new NoteBox(this)), m_inputPrice(new MoneyField(this)),
      m_usePrice(new QPushButton(tr("Use this price"), this)),
      m_agree(new QCheckBox(tr("Embed without knowing the price"), this)), m_problem(new NoteBox(this)),
      m_nothing(new NoteBox(this)), m_capBox(new QWidget(this)), m_cap(new MoneyField(m_capBox)),
      m_capNote(line(QStringLiteral("embeddingCapNote"), SectionLabel::Level::Secondary, m_capBox)),
      m_leaves(new NoteBox(this)),
      m_meanwhile(line(QStringLiteral("embeddingMeanwhile"), SectionLabel::Level::Secondary, this)),
      m_cancel(new QPushButton(tr("Cancel"), this)), m_start(new QPushButton(this))
{
    setObjectName(QStringLiteral("embeddingDialog"));
    setWindowTitle(tr("Embedding model"));
    m_model->setObjectName(QStringLiteral("embeddingModelButton"));
    m_problem->setObjectName(QStringLiteral("embeddingOfferProblem"));
    m_leaves->setObjectName(QStringLiteral("embeddingLeaves"));
    buildPriceQuestion();
    buildNothing();
    buildLayout();
    connect(m_model, &QPushButton::clicked, this, &EmbeddingDialog::modelRequested);
    resize(metrics::scaled(kWidth, fontMetrics()), sizeHint().height());
    m_model->setFocus();
}

void EmbeddingDialog::buildNothing()
{
    m_nothing->setObjectName(QStringLiteral("noEmbedderNote"));
    auto *endpoints =
        new QPushButton(tr("Models & keys…").replace(QLatin1Char('&'), QLatin1String("&&")), m_nothing);
    endpoints->setObjectName(QStringLiteral("embeddingEndpointsButton"));
    endpoints->setAutoDefault(false);
    setButtonKind(*endpoints, ButtonKind::Link);
    m_nothing->below().addWidget(endpoints, 0, Qt::AlignLeading);
    connect(endpoints, &QPushButton::clicked, this, &EmbeddingDialog::endpointsRequested);
}

void EmbeddingDialog::buildLayout()
{
    auto *label = new SectionLabel(tr("&Model"), SectionLabel::Level::Body, this);
    label->setBuddy(m_model);
    auto *modelRow = new QHBoxLayout;
    modelRow->setSpacing(metrics::kGap);
    modelRow->addWidget(label);
    modelRow->addWidget(m_model);
    modelRow->addStretch(1);
    modelRow->addWidget(m_price);
    m_price->setWordWrap(false);
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
    layout->addLayout(modelRow);
    for (QWidget *each : std::initializer_list<QWidget *>{m_work, m_exactness, m_nothing, m_problem,
                                                          m_question, m_capBox, m_leaves, m_meanwhile})
        layout->addWidget(each);
    layout->addStretch(1);
    layout->addLayout(buttons);
}

void EmbeddingDialog::buildPriceQuestion()
{
    m_question->setObjectName(QStringLiteral("embeddingPriceQuestion"));
    m_inputPrice->setObjectName(QStringLiteral("embeddingPriceField"));
    m_inputPrice->setAccessibleName(tr("Price of a million tokens"));
    m_inputPrice->setFixedWidth(metrics::scaled(kPriceWidth, fontMetrics()));
    m_usePrice->setObjectName(QStringLiteral("useEmbeddingPriceButton"));
    m_usePrice->setAutoDefault(false);
    m_agree->setObjectName(QStringLiteral("unpricedEmbeddingBox"));
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::kGap);
    row->addWidget(m_inputPrice);
    row->addWidget(new SectionLabel(tr("a million tokens"), SectionLabel::Level::Secondary, this));
    row->addWidget(m_usePrice);
    row->addStretch(1);
    m_question->below().addLayout(row);
    m_question->below().addWidget(m_agree);
    connect(m_inputPrice, &MoneyField::moneyEdited, this, &EmbeddingDialog::updateButtons);
    connect(m_usePrice, &QPushButton::clicked, this, &EmbeddingDialog::submitPrice);
    connect(m_agree, &QCheckBox::toggled, this, &EmbeddingDialog::updateButtons);
}

void EmbeddingDialog::buildCapRow(QHBoxLayout &row)
{
    auto *label = new SectionLabel(tr("&Stop at"), SectionLabel::Level::Body, m_capBox);
    m_cap->setObjectName(QStringLiteral("embeddingCapField"));
    m_cap->setAccessibleName(tr("Cap of this model"));
    m_cap->setFixedWidth(metrics::scaled(kCapWidth, fontMetrics()));
    m_cap->setEmptyMeaning(tr("No cap"));
    label->setBuddy(m_cap);
    row.setContentsMargins(0, 0, 0, 0);
    row.setSpacing(metrics::kGap);
    row.addWidget(label);
    row.addWidget(m_cap);
    row.addWidget(m_capNote, 1);
    connect(m_cap, &QLineEdit::textEdited, this, [this] { m_capTouched = true; });
    connect(m_cap, &MoneyField::moneyEdited, this, &EmbeddingDialog::updateButtons);
}

void EmbeddingDialog::buildButtons(QHBoxLayout &row)
{
    m_start->setObjectName(QStringLiteral("embedButton"));
    m_cancel->setObjectName(QStringLiteral("cancelButton"));
    setButtonKind(*m_start, ButtonKind::Primary);
    m_start->setAutoDefault(false);
    m_cancel->setDefault(true);
    row.setSpacing(metrics::kGap);
    row.addWidget(m_cancel);
    row.addStretch(1);
    row.addWidget(m_start);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_start, &QPushButton::clicked, this, &EmbeddingDialog::start);
}

bool EmbeddingDialog::isPriceMissing() const
{
    return m_offer.state == EmbeddingOffer::State::PriceUnknown && !m_offer.model.isFree();
}

bool EmbeddingDialog::mayCost() const
{
    return !m_offer.model.id.isEmpty() && !m_offer.model.isFree();
}

void EmbeddingDialog::setOffer(const EmbeddingOffer &offer)
{
    if (offer.model.id != m_offer.model.id) {
        // A yes and a price were given for one model only.
        m_agree->setChecked(false);
        m_inputPrice->setMoney(std::nullopt);
    }
    m_offer = offer;
    if (!m_capTouched)
        m_cap->setMoney(offer.cap);
    const bool hasModel = !offer.model.id.isEmpty();
    m_model->setChoice(offer.model);
    setText(*m_price, hasModel ? EmbeddingText::price(offer) : QString());
    setText(*m_work, hasModel ? EmbeddingText::work(offer) : QString());
    setText(*m_exactness, hasModel ? EmbeddingText::exactness(offer) : QString());
    setText(*m_meanwhile,
            !hasModel || offer.serves
                ? QString()
                : tr("The model that serves now stays until this one is complete, and its vectors are kept: "
                     "one click leads back."));
    m_capBox->setVisible(mayCost());
    showNotes();
    updateButtons();
    fitHeight();
}

void EmbeddingDialog::showNotes()
{
    m_nothing->setNote(NoteBox::Kind::Info,
                       m_offer.model.id.isEmpty()
                           ? tr("No endpoint that is set up offers another embedding model.")
                           : QString());
    m_question->setNote(
        NoteBox::Kind::Warning,
        isPriceMissing() ? tr("Nobody knows what this model costs. Enter its price, as your provider lists "
                              "it, or agree to go on without one: then no budget can protect you.")
                         : QString());
    m_problem->setNote(NoteBox::Kind::Error,
                       m_offer.state == EmbeddingOffer::State::Failed
                           ? presentation::ErrorText::sentence(m_offer.problem)
                           : QString(),
                       true);
    m_leaves->setNote(NoteBox::Kind::Info, EmbeddingText::leaves(m_offer));
}

QString EmbeddingDialog::obstacle() const
{
    if (const QString wrong = EmbeddingText::obstacle(m_offer); !wrong.isEmpty())
        return wrong;
    if (mayCost() && !m_cap->isUsable())
        return m_cap->obstacle();
    if (isPriceMissing() && !m_agree->isChecked())
        return tr("Enter the price, or agree to go on without one.");
    return {};
}

void EmbeddingDialog::updateButtons()
{
    const QString wrong = obstacle();
    m_start->setText(EmbeddingText::startButton(m_offer));
    m_start->setEnabled(wrong.isEmpty());
    m_start->setToolTip(wrong);
    m_start->setAccessibleDescription(wrong);
    const bool badCap = !m_cap->isUsable();
    const auto cap = m_cap->money();
    m_capNote->setTone(badCap ? Tone::Failed : Tone::Quiet);
    if (badCap)
        m_capNote->setText(m_cap->obstacle());
    else if (isPriceMissing())
        m_capNote->setText(tr("A cap can't stop requests whose price nobody knows."));
    else if (!cap)
        m_capNote->setText(tr("Without a cap, only your budgets stop this model, for later documents too."));
    else if (m_offer.state == EmbeddingOffer::State::Ready && *cap < m_offer.low)
        m_capNote->setText(tr("Below the estimate: the model waits there, with nothing lost."));
    else
        m_capNote->setText(tr("This model never spends more, later documents included."));
    const auto price = m_inputPrice->money();
    m_usePrice->setEnabled(price && isWholePerToken(*price));
    m_usePrice->setToolTip(price && !isWholePerToken(*price) ? tr("Too fine: six decimals at most.")
                                                             : QString());
}

void EmbeddingDialog::submitPrice()
{
    if (const auto price = m_inputPrice->money())
        Q_EMIT priceEntered(m_offer.model.id, *price);
}

void EmbeddingDialog::start()
{
    if (!obstacle().isEmpty())
        return;
    EmbeddingDecision decision;
    decision.offer = m_offer;
    if (mayCost())
        decision.cap = m_cap->money();
    decision.unpricedAllowed = isPriceMissing() && m_agree->isChecked();
    accept();
    Q_EMIT decided(decision);
}

int EmbeddingDialog::neededHeight() const
{
    return layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : sizeHint().height();
}

void EmbeddingDialog::fitHeight()
{
    // What is inside of them was measured before their words changed.
    for (QWidget *box :
         std::initializer_list<QWidget *>{m_nothing, m_problem, m_question, m_capBox, m_leaves}) {
        box->layout()->invalidate();
        box->updateGeometry();
    }
    layout()->activate();
    setMinimumWidth(layout()->totalMinimumSize().width());
    setMinimumHeight(neededHeight());
    resize(width(), minimumHeight());
}

void EmbeddingDialog::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    if (event->oldSize().width() != width())
        setMinimumHeight(neededHeight());
}

} // namespace lectern::ui
