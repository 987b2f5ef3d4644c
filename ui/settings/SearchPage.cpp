// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/SearchPage.h"

#include "ui/forms/NoteBox.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/SectionLabel.h"
#include "ui/widgets/TwoFillProgressBar.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::EmbeddingStanding;
using presentation::EmbeddingText;

namespace {

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

QString buttonText(QString text)
{
    return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

SearchPage::SearchPage(QWidget *parent)
    : SettingsPage(
          tr("Search"),
          tr("Pages are found by their words at once. To find them by their meaning too, each passage "
             "gets a vector from an embedding model."),
          parent),
      m_problem(new NoteBox(content())),
      m_title(line(QStringLiteral("embeddingModel"), SectionLabel::Level::Heading, content())),
      m_facts(line(QStringLiteral("embeddingFacts"), SectionLabel::Level::Secondary, content())),
      m_coverage(line(QStringLiteral("embeddingCoverage"), SectionLabel::Level::Body, content())),
      m_gaps(line(QStringLiteral("embeddingGaps"), SectionLabel::Level::Secondary, content())),
      m_change(new QPushButton(tr("Change…"), content())),
      m_makeMissing(new QPushButton(tr("Embed what is missing"), content())),
      m_fillingCard(new Card(content())),
      m_fillingTitle(line(QStringLiteral("fillingModel"), SectionLabel::Level::Heading, m_fillingCard)),
      m_fillingFacts(line(QStringLiteral("fillingFacts"), SectionLabel::Level::Secondary, m_fillingCard)),
      m_progress(new TwoFillProgressBar(m_fillingCard)),
      m_meanwhile(line(QStringLiteral("fillingMeanwhile"), SectionLabel::Level::Secondary, m_fillingCard)),
      m_capNote(new NoteBox(m_fillingCard)), m_stop(new QPushButton(tr("Stop"), m_fillingCard)),
      m_back(new QWidget(content())), m_goBack(new QPushButton(m_back)),
      m_goBackNote(line(QStringLiteral("goBackNote"), SectionLabel::Level::Secondary, m_back))
{
    setObjectName(QStringLiteral("searchPage"));
    m_problem->setObjectName(QStringLiteral("embeddingProblem"));
    addHeading(tr("Embedding model"));
    body().addWidget(m_problem);
    buildServing();
    buildFilling();
    buildWayBack();
    body().addStretch(1);
    setStanding({}, false);
    m_change->setEnabled(false); // until something is known
    setText(*m_title, tr("Looking at the passages…"));
    setText(*m_coverage, {});
}

void SearchPage::buildServing()
{
    m_change->setObjectName(QStringLiteral("changeEmbeddingButton"));
    m_change->setAutoDefault(false);
    m_makeMissing->setObjectName(QStringLiteral("embedMissingButton"));
    m_makeMissing->setAutoDefault(false);
    auto *card = new Card(content());
    auto *words = new QVBoxLayout;
    words->setSpacing(metrics::kInner);
    words->addWidget(m_title);
    words->addWidget(m_facts);
    auto *top = new QHBoxLayout;
    top->setSpacing(metrics::kGap);
    top->addLayout(words, 1);
    top->addWidget(m_change, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(metrics::kDialogMargin, metrics::kPaneMargin, metrics::kDialogMargin,
                               metrics::kPaneMargin);
    layout->setSpacing(metrics::kGap);
    layout->addLayout(top);
    layout->addWidget(m_coverage);
    layout->addWidget(m_gaps);
    layout->addWidget(m_makeMissing, 0, Qt::AlignLeading);
    body().addWidget(card);
    connect(m_change, &QPushButton::clicked, this, &SearchPage::changeRequested);
    connect(m_makeMissing, &QPushButton::clicked, this, &SearchPage::missingRequested);
}

void SearchPage::buildFilling()
{
    m_fillingCard->setObjectName(QStringLiteral("fillingCard"));
    m_progress->setObjectName(QStringLiteral("fillingProgress"));
    m_capNote->setObjectName(QStringLiteral("fillingCapNote"));
    m_stop->setObjectName(QStringLiteral("stopFillingButton"));
    m_stop->setAutoDefault(false);
    m_stop->setToolTip(tr("The model is not prepared any further. What was made of it is kept."));
    auto *raise = new QPushButton(tr("Raise the cap…"), m_capNote);
    raise->setObjectName(QStringLiteral("raiseFillingCapButton"));
    raise->setAutoDefault(false);
    m_capNote->below().addWidget(raise, 0, Qt::AlignLeading);
    auto *words = new QVBoxLayout;
    words->setSpacing(metrics::kInner);
    words->addWidget(m_fillingTitle);
    words->addWidget(m_fillingFacts);
    auto *top = new QHBoxLayout;
    top->setSpacing(metrics::kGap);
    top->addLayout(words, 1);
    top->addWidget(m_stop, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(m_fillingCard);
    layout->setContentsMargins(metrics::kDialogMargin, metrics::kPaneMargin, metrics::kDialogMargin,
                               metrics::kPaneMargin);
    layout->setSpacing(metrics::kGap);
    layout->addLayout(top);
    layout->addWidget(m_progress);
    layout->addWidget(m_meanwhile);
    layout->addWidget(m_capNote);
    body().addWidget(m_fillingCard);
    connect(m_stop, &QPushButton::clicked, this, &SearchPage::stopRequested);
    connect(raise, &QPushButton::clicked, this, &SearchPage::capRequested);
}

void SearchPage::buildWayBack()
{
    m_goBack->setObjectName(QStringLiteral("goBackButton"));
    m_goBack->setAutoDefault(false);
    auto *layout = new QVBoxLayout(m_back);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kInner);
    layout->addWidget(m_goBack, 0, Qt::AlignLeading);
    layout->addWidget(m_goBackNote);
    body().addWidget(m_back);
    connect(m_goBack, &QPushButton::clicked, this, &SearchPage::goBackRequested);
}

void SearchPage::setStanding(const EmbeddingStanding &standing, bool isChoosing)
{
    showServing(standing, isChoosing);
    showFilling(standing);
    m_back->setVisible(standing.previous.has_value());
    if (!standing.previous)
        return;
    m_goBack->setText(buttonText(EmbeddingText::goBack(*standing.previous)));
    m_goBack->setEnabled(!isChoosing);
    m_goBackNote->setText(EmbeddingText::goBackNote(*standing.previous));
}

void SearchPage::showServing(const EmbeddingStanding &standing, bool isChoosing)
{
    const auto &serving = standing.serving;
    setText(*m_title, serving ? EmbeddingText::title(serving->model) : tr("No embedding model"));
    setText(*m_facts, serving ? EmbeddingText::facts(*serving) : QString());
    setText(*m_coverage,
            serving ? EmbeddingText::coverage(*serving) : EmbeddingText::nothingServes(standing.hasBuiltIn));
    setText(*m_gaps, serving ? EmbeddingText::gaps(*serving) : QString());
    m_makeMissing->setVisible(serving && serving->missing() > 0);
    m_change->setEnabled(!isChoosing);
    m_change->setText(isChoosing ? tr("Asking the model…") : serving ? tr("Change…") : tr("Choose…"));
    m_change->setAccessibleName(serving ? tr("Change the embedding model") : tr("Choose an embedding model"));
}

void SearchPage::showFilling(const EmbeddingStanding &standing)
{
    m_fillingCard->setVisible(standing.filling.has_value());
    if (!standing.filling)
        return;
    const presentation::EmbeddingModelView &filling = *standing.filling;
    setText(*m_fillingTitle, EmbeddingText::preparing(filling));
    setText(*m_fillingFacts, EmbeddingText::facts(filling));
    TwoFillProgressPainter::State state;
    state.stored = filling.vectors;
    state.total = filling.passages;
    state.active = !filling.money.isReached();
    state.text = TwoFillProgressPainter::countText(filling.vectors, filling.passages);
    m_progress->setState(state);
    m_progress->setAccessibleName(EmbeddingText::preparing(filling));
    setText(*m_meanwhile, EmbeddingText::meanwhile(standing));
    m_capNote->setNote(NoteBox::Kind::Warning, EmbeddingText::capReached(filling), true);
}

void SearchPage::setProblem(const QString &problem)
{
    m_problem->setNote(NoteBox::Kind::Error, problem, true);
}

void SearchPage::showEvent(QShowEvent *event)
{
    SettingsPage::showEvent(event);
    Q_EMIT watched(true);
}

void SearchPage::hideEvent(QHideEvent *event)
{
    SettingsPage::hideEvent(event);
    Q_EMIT watched(false);
}

} // namespace lectern::ui
