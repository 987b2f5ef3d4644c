// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/costs/CostsView.h"

#include "presentation/CostTableModel.h"
#include "ui/costs/CostChart.h"
#include "ui/forms/BudgetBar.h"
#include "ui/forms/NoteBox.h"
#include "ui/rows/RowDelegate.h"
#include "ui/rows/RowView.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SectionLabel.h"
#include "ui/widgets/SegmentedControl.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::BudgetScope;
using presentation::CostGrouping;
using presentation::CostSummary;
using presentation::CostTableModel;
using presentation::CostText;

namespace {

constexpr CostGrouping kGroupings[] = {CostGrouping::Model, CostGrouping::Document, CostGrouping::Run,
                                       CostGrouping::Day};

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
    : QWidget(parent), m_model(new CostTableModel(this)), m_today(new BudgetBar(BudgetScope::Day, this)),
      m_month(new BudgetBar(BudgetScope::Month, this)),
      m_workspace(new BudgetBar(BudgetScope::Workspace, this)),
      m_committed(new SectionLabel(QString(), SectionLabel::Level::Body, this)),
      m_saved(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_chart(new CostChart(this)), m_grouping(new SegmentedControl(groupingLabels(), this)),
      m_pricesOf(new ElidedLabel(QString(), this)), m_budgets(new QPushButton(tr("Budgets…"), this)),
      m_export(new QPushButton(tr("Export CSV…"), this)), m_unknown(new NoteBox(this)),
      m_table(new RowView(this)), m_stack(new QStackedWidget(this)), m_empty(new Placeholder(this))
{
    setObjectName(QStringLiteral("costsView"));
    setAccessibleName(tr("Costs"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setUpTable();
    m_unknown->setObjectName(QStringLiteral("costUnknown"));
    m_committed->setObjectName(QStringLiteral("costCommitted"));
    m_saved->setObjectName(QStringLiteral("costSaved"));
    m_empty->setContent(Glyph::Costs, tr("Nothing spent yet"),
                        tr("The built-in analyser and models on your own computer cost nothing. What other "
                           "models cost is booked here, request by request."),
                        tr("Connect a model…"));

    auto *content = new QWidget(this);
    auto *body = new QVBoxLayout(content);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(metrics::kPaneMargin);
    auto *notes = new QVBoxLayout;
    notes->setContentsMargins(metrics::kPaneMargin, 0, metrics::kPaneMargin, 0);
    notes->setSpacing(metrics::kGap);
    notes->addWidget(m_chart);
    notes->addWidget(m_unknown);
    body->addLayout(notes);
    body->addWidget(makeBar());
    body->addWidget(m_table, 1);
    m_stack->addWidget(content);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kPaneMargin);
    layout->addWidget(makeHead());
    layout->addWidget(m_stack, 1);
    connectParts();
    setSummary({});
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
    row->addWidget(cardWith(m_today, head), 1);
    row->addWidget(cardWith(m_month, head), 1);
    m_workspaceCard = cardWith(m_workspace, head);
    row->addWidget(m_workspaceCard, 1);
    auto *more = new QWidget(head);
    auto *lines = new QVBoxLayout(more);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(metrics::kInner);
    m_saved->setWordWrap(true);
    lines->addWidget(m_committed);
    lines->addWidget(m_saved);
    lines->addStretch(1);
    row->addWidget(more, 1);
    return head;
}

QWidget *CostsView::makeBar()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::kPaneMargin, 0, metrics::kPaneMargin, 0);
    row->setSpacing(metrics::kGap);
    m_grouping->setObjectName(QStringLiteral("costGrouping"));
    m_grouping->setAccessibleName(tr("Group by"));
    m_pricesOf->setObjectName(QStringLiteral("pricesOf"));
    m_pricesOf->setTone(Tone::Quiet);
    m_pricesOf->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    m_budgets->setObjectName(QStringLiteral("budgetsButton"));
    m_export->setObjectName(QStringLiteral("exportCostsButton"));
    row->addWidget(m_grouping);
    row->addWidget(m_pricesOf, 1);
    row->addWidget(m_budgets);
    row->addWidget(m_export);
    return bar;
}

void CostsView::setUpTable()
{
    m_table->setObjectName(QStringLiteral("costTable"));
    m_table->setAccessibleName(tr("Costs"));
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setHideable([](int column) { return column != CostTableModel::Name; });
    const std::pair<int, int> widths[] = {{CostTableModel::Pages, 84},   {CostTableModel::Requests, 92},
                                          {CostTableModel::Input, 92},   {CostTableModel::Cached, 84},
                                          {CostTableModel::Output, 100}, {CostTableModel::Spent, 110},
                                          {CostTableModel::PerPage, 110}};
    for (const auto &[column, width] : widths)
        m_table->setColumnWidth(column, metrics::scaled(width, fontMetrics()));
    m_table->setFlexibleColumn(CostTableModel::Name, 200,
                               {CostTableModel::Cached, CostTableModel::PerPage, CostTableModel::Requests});
}

void CostsView::connectParts()
{
    connect(m_grouping, &SegmentedControl::currentChanged, this,
            [this] { Q_EMIT groupingRequested(grouping()); });
    connect(m_budgets, &QPushButton::clicked, this, &CostsView::budgetsRequested);
    connect(m_export, &QPushButton::clicked, this, &CostsView::exportRequested);
    connect(m_empty, &Placeholder::actionTriggered, this, &CostsView::modelsRequested);
    connect(m_table, &RowView::copyRequested, this, &CostsView::copyRequested);
    connect(m_table, &RowView::opened, this, [this](const QModelIndex &index) {
        const bool group =
            index.data(CostTableModel::KindRole).toInt() == static_cast<int>(CostTableModel::Kind::Group);
        if (group)
            Q_EMIT rowOpened(m_shown, index.data(CostTableModel::KeyRole).toString());
    });
}

CostGrouping CostsView::grouping() const
{
    return kGroupings[std::max(0, m_grouping->currentIndex())];
}

void CostsView::setSummary(const CostSummary &summary)
{
    m_shown = summary.grouping;
    m_today->setUse(summary.today);
    m_month->setUse(summary.month);
    m_workspace->setUse(summary.workspace);
    m_workspaceCard->setVisible(summary.workspace.limit.has_value());
    m_committed->setText(CostText::committed(summary));
    m_committed->setVisible(!m_committed->text().isEmpty());
    m_committed->setToolTip(tr("The estimates of everything that runs and waits"));
    m_saved->setText(CostText::saved(summary));
    m_saved->setVisible(!m_saved->text().isEmpty());
    m_chart->setDays(summary.days);
    m_chart->setVisible(!summary.days.isEmpty());
    m_unknown->setNote(NoteBox::Kind::Warning, CostText::unknown(summary));
    m_pricesOf->setText(CostText::pricesOf(summary));
    m_model->setSummary(summary);
    m_export->setEnabled(!summary.isEmpty());
    m_stack->setCurrentIndex(summary.isEmpty() ? 1 : 0);
}

void CostsView::focusTable()
{
    m_table->setFocus(Qt::OtherFocusReason);
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0));
}

} // namespace lectern::ui
