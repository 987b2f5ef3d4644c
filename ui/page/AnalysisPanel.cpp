// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/page/AnalysisPanel.h"

#include "ui/rows/RowLook.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/EntityChips.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/SectionLabel.h"

#include <QFontMetrics>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace lectern::ui {

using presentation::EntityWords;
using presentation::PageDetails;

namespace {

// Of what a model wrote; the rest is scrolled to.
constexpr int kMostLines = 8;
constexpr int kCharactersOfLine = 45;

} // namespace

AnalysisPanel::AnalysisPanel(QWidget *parent) : QScrollArea(parent)
{
    setObjectName(QStringLiteral("analysisPanel"));
    setAccessibleName(tr("Analysis of the page"));
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *body = new QWidget(this);
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, metrics::kInner, metrics::kGap);
    layout->setSpacing(metrics::kGap);

    m_error = addLabel(*layout, static_cast<int>(SectionLabel::Level::Body), true);
    m_error->setTone(Tone::Failed);
    m_retry = new QPushButton(IconSet::icon(Glyph::Retry), tr("Retry page"), body);
    m_retry->setObjectName(QStringLiteral("retryPageButton"));
    layout->addWidget(m_retry, 0, Qt::AlignLeading);
    m_writtenHeading = addLabel(*layout, static_cast<int>(SectionLabel::Level::Secondary), false);
    m_writtenHeading->setText(tr("What the model wrote"));
    m_written = new QPlainTextEdit(body);
    m_written->setObjectName(QStringLiteral("unusableAnswer"));
    m_written->setAccessibleName(m_writtenHeading->text());
    m_written->setReadOnly(true);
    m_written->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_written->setTabChangesFocus(true);
    layout->addWidget(m_written);
    m_state = addLabel(*layout, static_cast<int>(SectionLabel::Level::Secondary), false);
    m_title = addLabel(*layout, static_cast<int>(SectionLabel::Level::Heading), true);
    m_title->setObjectName(QStringLiteral("pageTitle"));
    m_summary = addLabel(*layout, static_cast<int>(SectionLabel::Level::Body), true);
    m_summary->setObjectName(QStringLiteral("pageSummary"));
    m_phrases = makeGroup(tr("Key phrases"));
    layout->addWidget(m_phrases.heading);
    layout->addWidget(m_phrases.chips);
    m_entities = new QVBoxLayout;
    m_entities->setSpacing(metrics::kGap);
    layout->addLayout(m_entities);
    m_facts = new FactList(body);
    m_facts->setObjectName(QStringLiteral("pageFacts"));
    layout->addWidget(m_facts);
    layout->addStretch(1);
    setWidget(body);
    connect(m_retry, &QPushButton::clicked, this, &AnalysisPanel::retryRequested);
}

SectionLabel *AnalysisPanel::addLabel(QVBoxLayout &layout, int level, bool selectable)
{
    auto *label = new SectionLabel(QString(), static_cast<SectionLabel::Level>(level), this);
    label->setWordWrap(true);
    if (selectable)
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout.addWidget(label);
    return label;
}

AnalysisPanel::Group AnalysisPanel::makeGroup(const QString &heading)
{
    Group group;
    group.heading = new SectionLabel(heading, SectionLabel::Level::Secondary, this);
    group.chips = new EntityChips(this);
    group.chips->setAccessibleName(heading);
    connect(group.chips, &EntityChips::chipClicked, this,
            [this, chips = group.chips](int index) { Q_EMIT wordsChosen(chips->chips().at(index).text); });
    return group;
}

void AnalysisPanel::setPage(const PageDetails &page)
{
    m_error->setText(page.error);
    m_error->setVisible(!page.error.isEmpty());
    m_retry->setVisible(page.canRetry);
    showWritten(page.unusableAnswer);
    m_state->setText(page.tone == presentation::StateTone::Failed
                         ? tr("This page failed, so it has no analysis.")
                         : page.state);
    m_state->setTone(toneOf(page.tone));
    m_state->setVisible(!page.hasAnalysis && page.error.isEmpty());
    m_title->setText(page.title);
    m_title->setVisible(!page.title.isEmpty());
    m_summary->setText(page.summary);
    m_summary->setVisible(!page.summary.isEmpty());

    QVector<EntityChips::Chip> chips;
    for (const QString &phrase : page.keyPhrases)
        chips.append({phrase, tr("Key phrase"), 0, {}});
    if (chips != m_phrases.chips->chips())
        m_phrases.chips->setChips(chips);
    m_phrases.heading->setVisible(!chips.isEmpty());
    m_phrases.chips->setVisible(!chips.isEmpty());
    showEntities(page.entities);

    QVector<FactList::Fact> facts;
    for (const presentation::Fact &fact : page.facts)
        facts.append({fact.name, fact.value});
    m_facts->setFacts(facts);
    m_facts->setVisible(!facts.isEmpty());
}

void AnalysisPanel::showWritten(const QString &written)
{
    m_writtenHeading->setVisible(!written.isEmpty());
    m_written->setVisible(!written.isEmpty());
    if (m_written->toPlainText() != written)
        m_written->setPlainText(written);
    const int frame =
        2 * (m_written->frameWidth() + static_cast<int>(m_written->document()->documentMargin()));
    const auto lines = written.count(u'\n') + written.size() / kCharactersOfLine + 1;
    const int shown = static_cast<int>(std::clamp<qsizetype>(lines, 2, kMostLines));
    m_written->setFixedHeight(frame + shown * QFontMetrics(m_written->font()).lineSpacing());
}

void AnalysisPanel::showEntities(const QVector<EntityWords> &entities)
{
    const auto same = [](const EntityWords &a, const EntityWords &b) {
        return a.text == b.text && a.kind == b.kind;
    };
    if (std::equal(entities.cbegin(), entities.cend(), m_shown.cbegin(), m_shown.cend(), same))
        return;
    m_shown = entities;
    while (QLayoutItem *item = m_entities->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    QStringList kinds; // in order of appearance
    for (const EntityWords &entity : entities) {
        if (!kinds.contains(entity.kind))
            kinds.append(entity.kind);
    }
    for (const QString &kind : kinds) {
        QVector<EntityChips::Chip> chips;
        for (const EntityWords &entity : entities) {
            if (entity.kind == kind)
                chips.append({entity.text, kind, 0, {}});
        }
        const Group group = makeGroup(kind);
        group.chips->setChips(chips);
        m_entities->addWidget(group.heading);
        m_entities->addWidget(group.chips);
    }
}

} // namespace lectern::ui
