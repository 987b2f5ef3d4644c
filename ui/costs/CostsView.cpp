// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/costs/CostsView.h"

#include "presentation/CostSortModel.h"
#include "presentation/CostTableModel.h"
#include "presentation/CostText.h"
#include "presentation/ErrorText.h"
#include "ui/costs/CostChart.h"
#include "ui/costs/PricesPopup.h"
#include "ui/costs/RunCards.h"
#include "ui/forms/BudgetBar.h"
#include "ui/forms/NoteBox.h"
#include "ui/rows/RowView.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SectionLabel.h"
#include "ui/widgets/SegmentedControl.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QResizeEvent>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::BudgetScope;
using presentation::CostGrouping;
using presentation::CostQuery;
using presentation::CostSummary;
using presentation::CostTableModel;
using presentation::CostText;

namespace {

constexpr CostGrouping kGroupings[] = {CostGrouping::Model, CostGrouping::Document, CostGrouping::Run,
                                       CostGrouping::Day};

constexpr int kChartHeight = 170;       ///< less, and its labels don't fit
constexpr int kHeightBesideChart = 400; ///< budgets, runs, and a few rows of the table

QStringList groupingLabels()
{
    QStringList labels;
    for (const CostGrouping grouping : kGroupings)
        labels.append(CostText::groupingName(grouping));
    return labels;
}

Card *cardWith(QWidget *content, QWidget *parent)
{
    auto *card = new Card(parent);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(metrics::kPaneMargin, metrics::kPaneMargin, metrics::kPaneMargin,
                               metrics::kPaneMargin);
    layout->addWidget(content);
    return card;
}

} // namespace

CostsView::CostsView(QWidget *parent)
    : QWidget(parent), m_model(new CostTableModel(this)), m_sorted(new presentation::CostSortModel(this)),
      m_today(new BudgetBar(BudgetScope::Day, this)), m_month(new BudgetBar(BudgetScope::Month, this)),
      m_workspace(new BudgetBar(BudgetScope::Workspace, this)),
      m_committed(new SectionLabel(QString(), SectionLabel::Level::Body, this)),
      m_saved(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)), m_runs(new RunCards(this)),
      m_chart(new CostChart(this)),
      m_period(new SegmentedControl({tr("Day"), tr("Week"), tr("Month")}, this)),
      m_grouping(new SegmentedControl(groupingLabels(), this)), m_narrowed(new ElidedLabel(QString(), this)),
      m_widen(new QPushButton(tr("Show all"), this)), m_pricesOf(new QPushButton(this)),
      m_budgets(new QPushButton(tr("Budgets…"), this)), m_export(new QPushButton(tr("Export CSV…"), this)),
      m_unknown(new NoteBox(this)), m_problem(new NoteBox(this)), m_table(new RowView(this)),
      m_stack(new QStackedWidget(this)), m_empty(new Placeholder(this)), m_prices(new PricesPopup(this))
{
    setObjectName(QStringLiteral("costsView"));
    setAccessibleName(tr("Costs"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setUpTable();
    m_unknown->setObjectName(QStringLiteral("costUnknown"));
    m_problem->setObjectName(QStringLiteral("costProblem"));
    m_head = makeHead();

    auto *content = new QWidget(this);
    auto *body = new QVBoxLayout(content);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(metrics::kPaneMargin);
    auto *notes = new QVBoxLayout;
    notes->setContentsMargins(metrics::kPaneMargin, 0, metrics::kPaneMargin, 0);
    notes->setSpacing(metrics::kGap);
    notes->addWidget(m_unknown);
    notes->addWidget(m_problem);
    body->addLayout(notes);
    m_chartBox = makeChart();
    body->addWidget(m_chartBox, 2);
    body->addWidget(makeBar());
    body->addWidget(m_table, 3);
    m_stack->addWidget(content);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kPaneMargin);
    layout->addWidget(m_head);
    layout->addWidget(m_runs);
    layout->addWidget(m_stack, 1);
    connectParts();
    showState(State::Reading);
}

QWidget *CostsView::makeHead()
{
    auto *head = new QWidget(this);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(metrics::kPaneMargin, metrics::kPaneMargin, metrics::kPaneMargin, 0);
    row->setSpacing(metrics::kPaneMargin);
    m_today->setObjectName(QStringLiteral("budgetToday"));
    m_month->setObjectName(QStringLiteral("budgetMonth"));
    m_workspace->setObjectName(QStringLiteral("budgetWorkspace"));
    m_committed->setObjectName(QStringLiteral("costCommitted"));
    m_committed->setToolTip(tr("The estimates of everything that runs and waits"));
    m_saved->setObjectName(QStringLiteral("costSaved"));
    row->addWidget(cardWith(m_today, head), 1);
    row->addWidget(cardWith(m_month, head), 1);
    m_workspaceCard = cardWith(m_workspace, head);
    row->addWidget(m_workspaceCard, 1);
    auto *more = new QWidget(head);
    auto *lines = new QVBoxLayout(more);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(metrics::kInner);
    m_saved->setWordWrap(true);
    m_committed->setVisible(false);
    lines->addWidget(m_committed);
    lines->addWidget(m_saved);
    lines->addStretch(1);
    row->addWidget(more, 1);
    head->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    return head;
}

QWidget *CostsView::makeChart()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(metrics::kPaneMargin, 0, metrics::kPaneMargin, 0);
    layout->setSpacing(metrics::kInner);
    m_period->setObjectName(QStringLiteral("chartPeriod"));
    m_period->setAccessibleName(tr("One bar for each"));
    auto *title = new SectionLabel(tr("Spent over time"), SectionLabel::Level::Heading, box);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(title);
    line->addStretch(1);
    line->addWidget(m_period);
    m_chart->setMinimumHeight(metrics::scaled(kChartHeight, fontMetrics()));
    layout->addLayout(line);
    layout->addWidget(m_chart, 1);
    return box;
}

QWidget *CostsView::makeBar()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::kPaneMargin, 0, metrics::kPaneMargin, 0);
    row->setSpacing(metrics::kGap);
    m_grouping->setObjectName(QStringLiteral("costGrouping"));
    m_grouping->setAccessibleName(tr("Group by"));
    m_narrowed->setObjectName(QStringLiteral("costNarrowed"));
    m_widen->setObjectName(QStringLiteral("costWiden"));
    setButtonKind(*m_widen, ButtonKind::Link);
    m_pricesOf->setObjectName(QStringLiteral("pricesOf"));
    setButtonKind(*m_pricesOf, ButtonKind::Link);
    m_pricesOf->setToolTip(tr("Where the prices come from"));
    m_budgets->setObjectName(QStringLiteral("budgetsButton"));
    m_export->setObjectName(QStringLiteral("exportCostsButton"));
    m_export->setToolTip(tr("Every request, with its tokens and its exact cost"));
    row->addWidget(m_grouping);
    row->addWidget(m_narrowed, 1);
    row->addWidget(m_widen);
    row->addStretch(1);
    row->addWidget(m_pricesOf);
    row->addWidget(m_budgets);
    row->addWidget(m_export);
    return bar;
}

void CostsView::setUpTable()
{
    m_sorted->setSourceModel(m_model);
    m_table->setObjectName(QStringLiteral("costTable"));
    m_table->setAccessibleName(tr("Costs"));
    m_table->setModel(m_sorted);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setHideable([](int column) { return column != CostTableModel::Name; });
    const std::pair<int, int> widths[] = {{CostTableModel::Pages, 84},   {CostTableModel::Requests, 96},
                                          {CostTableModel::Input, 100},  {CostTableModel::Cached, 84},
                                          {CostTableModel::Output, 104}, {CostTableModel::Spent, 110},
                                          {CostTableModel::PerPage, 110}};
    for (const auto &[column, width] : widths)
        m_table->setColumnWidth(column, metrics::scaled(width, fontMetrics()));
    m_table->setFlexibleColumn(CostTableModel::Name, 200,
                               {CostTableModel::Cached, CostTableModel::PerPage, CostTableModel::Requests});
    m_table->setSortingEnabled(true);
    m_table->setMinimumHeight(metrics::scaled(64, fontMetrics()));
    sortAsUsual();
}

void CostsView::connectParts()
{
    connect(m_period, &SegmentedControl::currentChanged, this,
            [this](int index) { m_chart->setPeriod(static_cast<CostChart::Period>(index)); });
    connect(m_grouping, &SegmentedControl::currentChanged, this, [this](int index) {
        CostQuery query = m_query;
        query.grouping = kGroupings[qMax(0, index)];
        ask(query);
    });
    connect(m_widen, &QPushButton::clicked, this, [this] { ask(m_query.widened()); });
    connect(m_budgets, &QPushButton::clicked, this, &CostsView::budgetsRequested);
    connect(m_export, &QPushButton::clicked, this, &CostsView::exportRequested);
    connect(m_pricesOf, &QPushButton::clicked, this, [this] {
        m_prices->openAt(*m_pricesOf);
        Q_EMIT pricesRequested();
    });
    connect(m_prices, &PricesPopup::updateRequested, this, &CostsView::listsRequested);
    connect(m_empty, &Placeholder::actionTriggered, this, [this] {
        if (m_state == State::Empty)
            return Q_EMIT modelsRequested();
        showState(State::Reading);
        Q_EMIT queryRequested(m_query);
    });
    connect(m_runs, &RunCards::capRequested, this, &CostsView::capRequested);
    connect(m_runs, &RunCards::cheaperModelRequested, this, &CostsView::cheaperModelRequested);
    connect(m_runs, &RunCards::jobsRequested, this, &CostsView::jobsRequested);
    connect(m_table, &RowView::copyRequested, this, [this](const QString &rows) {
        Q_EMIT copyRequested(m_model->copyHeader() + QLatin1Char('\n') + rows);
    });
    connect(m_table, &RowView::opened, this, &CostsView::open);
}

void CostsView::ask(const CostQuery &query)
{
    const bool regrouped = query.grouping != m_query.grouping;
    m_query = query;
    {
        const QSignalBlocker quiet(m_grouping);
        m_grouping->setCurrentIndex(static_cast<int>(query.grouping));
    }
    if (regrouped)
        sortAsUsual();
    Q_EMIT queryRequested(query);
}

void CostsView::open(const QModelIndex &index)
{
    if (index.data(CostTableModel::KindRole).toInt() != static_cast<int>(CostTableModel::Kind::Group))
        return;
    const QString key = index.data(CostTableModel::KeyRole).toString();
    if (key.isEmpty() || key == QLatin1String("0"))
        return; // of documents that are gone, or outside of runs
    // A document is shown; of anything else, the documents that it is the cost of.
    CostQuery inside;
    inside.grouping = CostGrouping::Document;
    switch (m_shown) {
    case CostGrouping::Document:
        return Q_EMIT documentRequested(key.toLongLong());
    case CostGrouping::Run:
        inside.run = key.toLongLong();
        break;
    case CostGrouping::Model:
        inside.model = key;
        break;
    case CostGrouping::Day:
        inside.day = QDate::fromString(key, Qt::ISODate);
        break;
    }
    ask(inside);
}

void CostsView::sortAsUsual()
{
    m_table->sortByColumn(m_query.grouping == CostGrouping::Day ? CostTableModel::Name
                                                                : CostTableModel::Spent,
                          Qt::DescendingOrder);
}

void CostsView::showState(State state, const QString &why)
{
    m_state = state;
    switch (state) {
    case State::Reading:
        m_empty->setContent(Glyph::Costs, tr("Reading the costs…"));
        break;
    case State::Failed:
        m_empty->setContent(Glyph::Warning, tr("The costs can't be read"), why, tr("Try again"));
        break;
    case State::Empty:
        m_empty->setContent(Glyph::Costs, tr("Nothing spent yet"),
                            tr("The built-in analyser and models on your own computer cost nothing. What "
                               "other models cost is booked here, request by request."),
                            tr("Connect a model…"));
        break;
    case State::Shown:
        break;
    }
    m_head->setVisible(state == State::Empty || state == State::Shown);
    m_export->setEnabled(state == State::Shown);
    m_stack->setCurrentIndex(state == State::Shown ? 0 : 1);
}

void CostsView::setSummary(const CostSummary &summary)
{
    if (summary.query != m_query)
        return; // the answer to a question that was followed by another
    m_shown = summary.query.grouping;
    m_today->setUse(summary.today);
    m_month->setUse(summary.month);
    m_workspace->setUse(summary.workspace);
    m_workspaceCard->setVisible(summary.workspace.limit.has_value());
    m_saved->setText(CostText::saved(summary.savedPages, summary.saved));
    m_saved->setVisible(!m_saved->text().isEmpty());
    m_chart->setDays(summary.days, summary.day);
    m_unknown->setNote(NoteBox::Kind::Warning, CostText::unknown(summary));
    m_problem->setNote(NoteBox::Kind::Error, {});
    m_narrowed->setText(CostText::narrowed(m_query));
    m_narrowed->setVisible(m_query.isNarrowed());
    m_widen->setVisible(m_query.isNarrowed());
    m_pricesOf->setText(CostText::pricesOf(summary));
    m_pricesOf->setVisible(!m_pricesOf->text().isEmpty());
    m_model->setSummary(summary);
    m_hasChart = !summary.days.isEmpty();
    showState(summary.isEmpty() ? State::Empty : State::Shown);
    fitChart();
}

QSize CostsView::minimumSizeHint() const
{
    return {metrics::scaled(560, fontMetrics()), metrics::scaled(kHeightBesideChart, fontMetrics())};
}

void CostsView::fitChart()
{
    // As if every note and every run were there, so that the chart does not come and go with them.
    const int others = metrics::scaled(kHeightBesideChart, fontMetrics());
    m_chartBox->setVisible(m_hasChart && height() >= others + m_chart->minimumHeight());
}

void CostsView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitChart();
}

void CostsView::setRuns(const presentation::RunCosts &runs, qint64 nowMs)
{
    m_runs->setRuns(runs.live, nowMs);
    m_committed->setText(CostText::committed(runs.committed()));
    m_committed->setVisible(!m_committed->text().isEmpty());
}

void CostsView::setProblem(const base::Error &error)
{
    const QString sentence = presentation::ErrorText::sentence(error);
    if (m_state == State::Shown)
        m_problem->setNote(NoteBox::Kind::Error, tr("The costs can't be read anew. %1").arg(sentence), true);
    else
        showState(State::Failed, sentence);
}

void CostsView::setPrices(const QVector<presentation::Fact> &facts)
{
    m_prices->setFacts(facts);
}

void CostsView::focusTable()
{
    m_table->setFocus(Qt::OtherFocusReason);
    // With the keyboard a row becomes the current one, but not a chosen one.
    if (!m_table->selectionModel()->hasSelection() && m_sorted->rowCount() > 0)
        m_table->setCurrentIndex(m_sorted->index(0, 0));
}

} // namespace lectern::ui
