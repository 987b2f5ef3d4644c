// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/DetailPane.h"

#include "presentation/CommandId.h"
#include "presentation/Details.h"
#include "presentation/DocumentObstacle.h"
#include "presentation/Format.h"
#include "presentation/WorkspaceClient.h"
#include "ui/library/PagePanel.h"
#include "ui/rows/LogPanel.h"
#include "ui/rows/RowLook.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SegmentedControl.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace lectern::ui {

using presentation::Details;
using presentation::DocumentDetails;

namespace {

enum Tab { PagesTab, FactsTab, LogTab };
constexpr int kDebounceMs = 40;

} // namespace

DetailPane::DetailPane(presentation::WorkspaceClient &client, const base::Clock &clock, QWidget *parent)
    : QWidget(parent), m_client(client), m_clock(clock)
{
    setObjectName(QStringLiteral("detailPane"));
    setAccessibleName(tr("Details"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    build();
    m_later.setSingleShot(true);
    m_later.setInterval(kDebounceMs);
    connect(&m_later, &QTimer::timeout, this, &DetailPane::load);
    connect(&m_client.feed(), &presentation::LibraryFeed::changed, this, &DetailPane::takeDelta);
    connect(m_tabs, &SegmentedControl::currentChanged, this, &DetailPane::showTab);
    connect(m_log, &LogPanel::copyRequested, this, &DetailPane::copyRequested);
    connect(m_obstacle, &Placeholder::actionTriggered, this,
            [this] { Q_EMIT commandRequested(m_obstacleCommand); });
    connect(m_pages, &PagePanel::retryRequested, this,
            [this] { Q_EMIT commandRequested(presentation::command::kRetryPage); });
    connect(m_pages, &PagePanel::settled, this, [this] {
        if (isSettled())
            Q_EMIT settled();
    });
    showNothing();
}

void DetailPane::build()
{
    m_title = new ElidedLabel(QString(), this);
    m_title->setObjectName(QStringLiteral("documentTitle"));
    m_title->setFont(metrics::titleFont(font()));
    m_subtitle = new ElidedLabel(QString(), this);
    m_subtitle->setElideMode(Qt::ElideMiddle);
    m_subtitle->setTone(Tone::Quiet);
    m_stateIcon = new IconLabel(Glyph::Queued, Tone::Quiet, metrics::kIcon, this);
    m_state = new ElidedLabel(QString(), this);
    m_state->setObjectName(QStringLiteral("documentState"));
    m_tabs = new SegmentedControl({tr("Pages"), tr("Document"), tr("Log")}, this);
    m_tabs->setObjectName(QStringLiteral("detailTabs"));
    m_tabs->setAccessibleName(tr("What to show of the document"));

    m_pages = new PagePanel(m_client, this);
    m_obstacle = new Placeholder(this);
    m_obstacle->setObjectName(QStringLiteral("documentObstacle"));
    m_pageStack = new QStackedWidget(this);
    m_pageStack->addWidget(m_obstacle);
    m_pageStack->addWidget(m_pages);

    auto *factsPage = new QWidget;
    auto *factsLayout = new QVBoxLayout(factsPage);
    factsLayout->setContentsMargins(metrics::kPaneMargin, metrics::kGap, metrics::kPaneMargin,
                                    metrics::kPaneMargin);
    m_facts = new FactList(factsPage);
    m_facts->setObjectName(QStringLiteral("documentFacts"));
    factsLayout->addWidget(m_facts);
    factsLayout->addStretch(1);
    auto *factsArea = new QScrollArea(this);
    factsArea->setFrameShape(QFrame::NoFrame);
    factsArea->setWidgetResizable(true);
    factsArea->setWidget(factsPage);
    factsArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_log = new LogPanel(m_client.feed(), this);
    m_content = new QStackedWidget(this);
    m_content->addWidget(m_pageStack);
    m_content->addWidget(factsArea);
    m_content->addWidget(m_log);

    auto *stateLine = new QHBoxLayout;
    stateLine->setSpacing(6);
    stateLine->addWidget(m_stateIcon);
    stateLine->addWidget(m_state, 1);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(metrics::kPaneMargin, metrics::kPaneMargin, metrics::kPaneMargin, 0);
    head->setSpacing(metrics::kInner);
    head->addWidget(m_title);
    head->addWidget(m_subtitle);
    head->addLayout(stateLine);
    head->addSpacing(metrics::kInner);
    head->addWidget(m_tabs, 0, Qt::AlignLeading);

    auto *body = new QWidget(this);
    auto *bodyLayout = new QVBoxLayout(body);
    bodyLayout->setContentsMargins(0, 0, 0, 0);
    bodyLayout->setSpacing(metrics::kGap + 2);
    bodyLayout->addLayout(head);
    bodyLayout->addWidget(m_content, 1);
    m_nothing = new Placeholder(this);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(body);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
}

void DetailPane::setDocument(domain::DocumentId id, int selected)
{
    if (!id.isValid() || selected != 1) {
        m_later.stop();
        m_id = {};
        m_loading = false;
        if (selected > 1)
            m_nothing->setContent(Glyph::Library, presentation::Format::documents(selected),
                                  tr("Choose one to see its pages."));
        else
            m_nothing->setContent(Glyph::Document, tr("No document chosen"),
                                  tr("Choose one to see its pages, its text and its analysis."));
        showNothing();
        return;
    }
    if (id == m_id)
        return;
    m_id = id;
    m_loading = true;
    m_later.start();
}

void DetailPane::showPage(int page)
{
    m_pageWanted = m_loading ? page : 0;
    if (!m_loading)
        m_pages->goToPage(page);
}

void DetailPane::showNothing()
{
    m_document = {};
    m_places.clear();
    m_departures.clear();
    m_pages->setDocument({});
    m_log->setDocument({});
    m_stack->setCurrentIndex(0);
}

bool DetailPane::isSettled() const
{
    const bool pagesShown = m_stack->currentIndex() == 1 && m_content->currentIndex() == PagesTab &&
                            m_pageStack->currentIndex() == 1;
    return !m_loading && !(pagesShown && m_pages->isBusy());
}

void DetailPane::showFirstFailedPage()
{
    m_tabs->setCurrentIndex(PagesTab);
    m_failedWanted = true;
    if (m_document.id == m_id && !m_loading) {
        m_pages->goToFirstFailed();
        m_failedWanted = false;
    }
}

void DetailPane::load()
{
    const domain::DocumentId id = m_id;
    if (!id.isValid())
        return;
    m_client.feed().places(id, this, [this, id](base::Result<QVector<store::Place>> places) {
        if (id == m_id && places)
            m_places = *places;
    });
    m_client.feed().departures(id, this,
                               [this, id](base::Result<QVector<store::UsageReport::Departure>> departures) {
                                   if (id == m_id && departures)
                                       m_departures = *departures;
                               });
    m_client.feed().document(id, this, [this, id](base::Result<domain::Document> document) {
        if (id != m_id)
            return;
        m_loading = false;
        if (!document) {
            m_id = {};
            showNothing();
        } else {
            m_document = *document;
            showDocument();
        }
        if (isSettled())
            Q_EMIT settled();
    });
}

void DetailPane::takeDelta(const presentation::LibraryDelta &delta)
{
    if (!m_id.isValid() || m_loading)
        return;
    if (delta.everything) {
        m_later.start();
        return;
    }
    for (const domain::Document &document : delta.documents) {
        if (document.id != m_id)
            continue;
        const bool moved = document.places != m_document.places || document.path != m_document.path;
        const bool finished = domain::isSettled(document.state) && !domain::isSettled(m_document.state);
        m_document = document;
        if (moved || finished)
            m_later.start(); // its places, or what was sent of it, have to be read again
        showDocument();
    }
}

void DetailPane::showDocument()
{
    const presentation::LibrarySnapshot &snapshot = m_client.feed().snapshot();
    presentation::StateContext context;
    context.allPaused = snapshot.paused;
    context.nowMs = m_clock.nowMs();
    context.nextTryAt = snapshot.nextTryAt.value(m_id);
    context.asking = snapshot.askingRuns.contains(m_document.run);
    const DocumentDetails details = Details::ofDocument(m_document, m_places, context, m_departures);
    m_title->setText(details.title);
    m_subtitle->setText(details.subtitle);
    m_subtitle->setVisible(!details.subtitle.isEmpty());
    m_state->setText(details.state.text);
    if (const auto glyph = glyphNamed(details.state.iconName))
        m_stateIcon->setGlyph(*glyph, toneOf(details.state.tone));
    QVector<FactList::Fact> facts;
    for (const presentation::Fact &fact : details.facts)
        facts.append({fact.name, fact.value});
    m_facts->setFacts(facts);

    const bool obstacle = showObstacle(details.state);
    m_pageStack->setCurrentIndex(obstacle ? 0 : 1);
    m_stack->setCurrentIndex(1);
    m_pages->setDocument(obstacle ? domain::Document{} : m_document);
    showTab(m_tabs->currentIndex());
    if (m_failedWanted && !obstacle) {
        m_failedWanted = false;
        m_pages->goToFirstFailed();
    }
    if (m_pageWanted > 0 && !obstacle)
        m_pages->goToPage(std::exchange(m_pageWanted, 0));
}

bool DetailPane::showObstacle(const presentation::StateWords &state)
{
    const auto obstacle = presentation::DocumentObstacle::of(m_document, state);
    if (!obstacle)
        return false;
    m_obstacleCommand = obstacle->actionCommand;
    m_obstacle->setContent(glyphNamed(obstacle->iconName).value_or(Glyph::Document), obstacle->title,
                           obstacle->hint, obstacle->actionText);
    return true;
}

void DetailPane::showTab(int tab)
{
    m_content->setCurrentIndex(tab);
    // The log is read only while somebody looks at it.
    m_log->setDocument(tab == LogTab ? m_id : domain::DocumentId{});
}

} // namespace lectern::ui
