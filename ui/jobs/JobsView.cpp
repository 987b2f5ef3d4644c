// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/JobsView.h"

#include "presentation/CommandId.h"
#include "presentation/WorkspaceClient.h"
#include "ui/rows/RowDelegate.h"
#include "ui/rows/RowView.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SegmentedControl.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::JobListModel;
namespace command = presentation::command;

namespace {

QStringList segmentLabels()
{
    QStringList labels;
    for (int segment = 0; segment < JobListModel::kSegmentCount; ++segment)
        labels.append(JobListModel::segmentText(static_cast<JobListModel::Segment>(segment)));
    return labels;
}

} // namespace

JobsView::JobsView(presentation::WorkspaceClient &client, const base::Clock &clock, QWidget *parent)
    : QWidget(parent), m_client(client), m_model(new JobListModel(client.feed(), clock, this)),
      m_segments(new SegmentedControl(segmentLabels(), this)), m_pause(new QPushButton(this)),
      m_retry(new QPushButton(IconSet::icon(Glyph::Retry), tr("Retry failed"), this)),
      m_list(new RowView(this)), m_stack(new QStackedWidget(this)), m_empty(new Placeholder(this)),
      m_pauseCommand(command::kPauseAll)
{
    setObjectName(QStringLiteral("jobsView"));
    setAccessibleName(tr("Jobs"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_segments->setObjectName(QStringLiteral("jobSegments"));
    m_segments->setAccessibleName(tr("Jobs shown"));
    m_pause->setObjectName(QStringLiteral("jobsPauseButton"));
    m_retry->setObjectName(QStringLiteral("jobsRetryButton"));
    m_list->setObjectName(QStringLiteral("jobList"));
    m_list->setAccessibleName(tr("Jobs"));
    m_list->setModel(m_model);
    m_list->setRootIsDecorated(true);
    m_list->setIndentation(20);
    m_list->setTreePosition(JobListModel::Job);
    setUpColumns();

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::kPaneMargin, metrics::kGap, metrics::kPaneMargin, metrics::kGap);
    bar->setSpacing(metrics::kGap);
    bar->addWidget(m_segments);
    bar->addStretch(1);
    bar->addWidget(m_pause);
    bar->addWidget(m_retry);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_stack, 1);
    connectParts();
    updateCounts();
    updateState();
}

void JobsView::setUpColumns()
{
    using Kind = RowDelegate::Kind;
    RowDelegate &rows = m_list->rows();
    rows.setKind(JobListModel::Number, Kind::Quiet);
    rows.setKind(JobListModel::Job, Kind::Name);
    rows.setKind(JobListModel::Progress, Kind::Progress);
    rows.setKind(JobListModel::State, Kind::State);
    rows.setKind(JobListModel::Cost, Kind::Quiet);
    for (const auto column :
         {JobListModel::Fetched, JobListModel::Rendered, JobListModel::Analyzed, JobListModel::Stored})
        rows.setKind(column, Kind::Quiet);
    m_list->setSentenceColumns(JobListModel::State, JobListModel::Progress);
    m_list->setHideable([](int column) { return column != JobListModel::Job; });
    const QHash<int, int> widths{{JobListModel::Number, 44},   {JobListModel::Fetched, 74},
                                 {JobListModel::Rendered, 86}, {JobListModel::Analyzed, 84},
                                 {JobListModel::Stored, 70},   {JobListModel::Progress, 140},
                                 {JobListModel::State, 220},   {JobListModel::Cost, 128}};
    for (auto width = widths.cbegin(); width != widths.cend(); ++width)
        m_list->setColumnWidth(width.key(), width.value());
    m_list->setColumnHidden(JobListModel::Number, true);
    // After the progress, before the state, however they are numbered.
    m_list->header()->moveSection(m_list->header()->visualIndex(JobListModel::Cost),
                                  m_list->header()->visualIndex(JobListModel::Progress));
    m_list->setFlexibleColumn(
        JobListModel::Job, 200,
        {JobListModel::Stored, JobListModel::Fetched, JobListModel::Rendered, JobListModel::Analyzed});
}

void JobsView::connectParts()
{
    connect(m_segments, &SegmentedControl::currentChanged, this, [this](int index) {
        m_model->setSegment(static_cast<JobListModel::Segment>(index));
        updateState();
    });
    connect(m_model, &JobListModel::segmentCountsChanged, this, &JobsView::updateCounts);
    connect(m_model, &JobListModel::countChanged, this, &JobsView::updateState);
    connect(m_model, &JobListModel::loadingChanged, this, &JobsView::updateState);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &JobsView::selectionChanged);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &JobsView::selectionChanged);
    connect(m_list, &RowView::menuRequested, this, &JobsView::menuRequested);
    connect(m_list, &RowView::copyRequested, this, &JobsView::copyRequested);
    connect(m_list, &RowView::linkActivated, this, [this](const QModelIndex &index, const QString &id) {
        m_list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect |
                                                             QItemSelectionModel::Rows);
        Q_EMIT commandRequested(id);
    });
    connect(m_list, &RowView::opened, this, [this] { Q_EMIT commandRequested(command::kOpenDocument); });
    connect(m_pause, &QPushButton::clicked, this, [this] { Q_EMIT commandRequested(m_pauseCommand); });
    connect(m_retry, &QPushButton::clicked, this,
            [this] { Q_EMIT commandRequested(command::kRetryAllFailed); });
    connect(m_empty, &Placeholder::actionTriggered, this,
            [this] { showSegment(JobListModel::Segment::All); });
}

QVector<domain::DocumentId> JobsView::selectedIds() const
{
    QVector<domain::DocumentId> ids;
    for (const QModelIndex &row : m_list->selectionModel()->selectedRows()) {
        const domain::DocumentId id = m_model->documentOf(row);
        if (id.isValid() && !ids.contains(id))
            ids.append(id);
    }
    return ids;
}

QVector<domain::Document> JobsView::selectedDocuments(int limit) const
{
    QVector<domain::Document> documents;
    for (const domain::DocumentId id : selectedIds()) {
        const auto document = m_model->cached(id);
        if (document && documents.size() < limit)
            documents.append(*document);
    }
    return documents;
}

domain::DocumentId JobsView::currentId() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? m_model->documentOf(index) : domain::DocumentId{};
}

qint64 JobsView::currentRun() const
{
    const auto document = m_model->cached(currentId());
    return document ? document->run.value : 0;
}

int JobsView::currentPage() const
{
    return m_list->currentIndex().data(presentation::PageRole).toInt();
}

bool JobsView::isCurrentPageFailed() const
{
    const auto problem = m_model->problemOf(m_list->currentIndex());
    return problem && problem->page > 0 && problem->failed;
}

void JobsView::setCommandState(const presentation::CommandTable &table,
                               const presentation::CommandState &state)
{
    m_pauseCommand = state.paused ? command::kResumeAll : command::kPauseAll;
    if (const presentation::Command *row = table.find(m_pauseCommand)) {
        m_pause->setText(row->plainText());
        m_pause->setIcon(IconSet::icon(state.paused ? Glyph::Resume : Glyph::Pause));
    }
    for (const auto &[button, id] :
         {std::pair(m_pause, m_pauseCommand), std::pair(m_retry, command::kRetryAllFailed)}) {
        const QString obstacle = table.obstacle(id, state);
        const presentation::Command *row = table.find(id);
        button->setEnabled(obstacle.isEmpty());
        button->setToolTip(obstacle.isEmpty() && row ? row->toolTip : obstacle);
    }
}

void JobsView::showSegment(JobListModel::Segment segment)
{
    m_segments->setCurrentIndex(static_cast<int>(segment));
}

void JobsView::focusList()
{
    m_list->setFocus(Qt::OtherFocusReason);
    if (!m_list->currentIndex().isValid() && m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0, 0));
}

void JobsView::selectAll()
{
    m_list->selectAll();
}

void JobsView::updateCounts()
{
    for (int segment = 0; segment < JobListModel::kSegmentCount; ++segment)
        m_segments->setCount(segment, m_model->segmentCount(static_cast<JobListModel::Segment>(segment)));
}

void JobsView::updateState()
{
    const bool empty = m_model->count() == 0 && !m_model->isLoading();
    if (empty) {
        switch (m_model->segment()) {
        case JobListModel::Segment::Failed:
            m_empty->setContent(Glyph::Done, tr("Nothing failed"), {}, tr("Show all jobs"));
            break;
        case JobListModel::Segment::Running:
            m_empty->setContent(Glyph::Jobs, tr("Nothing is running"), {}, tr("Show all jobs"));
            break;
        case JobListModel::Segment::Queued:
            m_empty->setContent(Glyph::Jobs, tr("Nothing is waiting"), {}, tr("Show all jobs"));
            break;
        case JobListModel::Segment::Done:
            m_empty->setContent(Glyph::Jobs, tr("Nothing is done yet"), {}, tr("Show all jobs"));
            break;
        case JobListModel::Segment::All:
            m_empty->setContent(
                Glyph::Jobs, tr("No jobs yet"),
                tr("Every document you add is a job here, with its phases and its problems."));
            break;
        }
    }
    m_stack->setCurrentIndex(empty ? 1 : 0);
}

void JobsView::restore(const presentation::Settings &settings)
{
    m_list->restoreColumns(settings.jobColumns);
}

void JobsView::store(presentation::Settings &settings)
{
    settings.jobColumns = m_list->saveColumns();
}

} // namespace lectern::ui
