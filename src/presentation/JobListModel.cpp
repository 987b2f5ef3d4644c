// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/JobListModel.h"

#include "presentation/CommandId.h"
#include "presentation/CostText.h"
#include "presentation/DocumentRoles.h"
#include "presentation/ErrorText.h"
#include "presentation/Format.h"

#include <algorithm>

namespace lectern::presentation {

using domain::Document;
using domain::DocumentId;
using domain::DocumentState;
using store::Library;

namespace {

Library::DocumentQuery queryOf(const QVector<DocumentState> &states, bool newestFirst)
{
    Library::DocumentQuery query;
    query.states = states;
    query.sort = Library::SortKey::Added;
    query.descending = newestFirst;
    return query;
}

class Words {
    Q_DECLARE_TR_FUNCTIONS(JobListModel)

public:
    static QString attempts(const ProblemPage &problem)
    {
        if (problem.maxAttempts <= 0)
            return problem.attempts == 1 ? tr("1 attempt") : tr("%Ln attempts", nullptr, problem.attempts);
        return tr("attempt %1 of %2")
            .arg(Format::count(problem.attempts), Format::count(problem.maxAttempts));
    }
    static QString next(const ProblemPage &problem, qint64 nowMs)
    {
        if (problem.failed)
            return {};
        if (problem.running)
            return tr("trying now");
        if (problem.nextTryAt > nowMs)
            return tr("next try in %1").arg(Format::countdown(problem.nextTryAt - nowMs));
        return tr("waits for its next try");
    }
};

} // namespace

JobListModel::JobListModel(LibraryFeed &feed, const base::Clock &clock, QObject *parent)
    : PagedDocumentModel(feed, clock, parent)
{
    connect(&source(), &LibraryFeed::snapshotChanged, this, &JobListModel::segmentCountsChanged);
    connect(&source(), &LibraryFeed::changed, this, [this](const LibraryDelta &delta) {
        // The feed may have been started anew, and then what was asked before is never answered.
        for (auto children = m_children.begin(); delta.everything && children != m_children.end(); ++children)
            children->asked = false;
    });
    restart();
}

void JobListModel::setSegment(Segment segment)
{
    if (segment == m_segment)
        return;
    m_segment = segment;
    restart();
}

QString JobListModel::segmentText(Segment segment)
{
    switch (segment) {
    case Segment::All:
        return tr("All");
    case Segment::Running:
        return tr("Running");
    case Segment::Queued:
        return tr("Queued");
    case Segment::Failed:
        return tr("Failed");
    case Segment::Done:
        return tr("Done");
    }
    return {};
}

int JobListModel::segmentCount(Segment segment) const
{
    const domain::Totals &totals = feed().snapshot().totals;
    const int done = std::min(kRecentlyDone, totals.documentsDone + totals.documentsCancelled);
    switch (segment) {
    case Segment::All:
        return totals.documentsUnfinished() + feed().snapshot().documentsWithProblems() + done;
    case Segment::Running:
        return totals.documentsIndexing;
    case Segment::Queued:
        return totals.documentsQueued;
    case Segment::Failed:
        return feed().snapshot().documentsWithProblems();
    case Segment::Done:
        return done;
    }
    return 0;
}

void JobListModel::requestIds()
{
    const auto running = queryOf({DocumentState::Indexing}, false);
    const auto queued = queryOf({DocumentState::Queued}, false);
    const auto failed = queryOf({DocumentState::DoneWithFailures, DocumentState::NeedsPassword,
                                 DocumentState::Corrupt, DocumentState::Unsupported, DocumentState::Failed},
                                true);
    const auto done = queryOf({DocumentState::Done, DocumentState::Cancelled}, true);
    QVector<Library::DocumentQuery> queries;
    QVector<int> limits;
    const auto include = [&](Segment segment, const Library::DocumentQuery &query, int limit) {
        if (m_segment == Segment::All || m_segment == segment) {
            queries << query;
            limits << limit;
        }
    };
    include(Segment::Running, running, 0);
    include(Segment::Queued, queued, 0);
    include(Segment::Failed, failed, 0);
    include(Segment::Done, done, kRecentlyDone);
    const quint64 asked = generation();
    source().findEach(queries, limits, this,
                      [this, asked](const base::Result<FoundDocuments> &found) { takeIds(asked, found); });
}

bool JobListModel::affectsOrder(const LibraryDelta &delta) const
{
    // A document that only made progress stays where it is.
    return std::any_of(delta.documents.cbegin(), delta.documents.cend(), [this](const Document &document) {
        const auto known = m_states.constFind(document.id);
        return known == m_states.constEnd() || *known != document.state || document.isInTrash();
    });
}

DocumentId JobListModel::documentOf(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    return index.internalId() == 0 ? idAt(index.row()) : DocumentId{static_cast<qint64>(index.internalId())};
}

std::optional<ProblemPage> JobListModel::problemOf(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return {};
    const QVector<ProblemPage> pages = m_children.value(documentOf(index)).pages;
    return index.row() < pages.size() ? std::optional(pages.at(index.row())) : std::nullopt;
}

QModelIndex JobListModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return parent.isValid() ? createIndex(row, column, static_cast<quintptr>(idAt(parent.row()).value))
                            : createIndex(row, column);
}

QModelIndex JobListModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    const int row = rowOf(documentOf(child));
    return row < 0 ? QModelIndex() : createIndex(row, 0);
}

int JobListModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return count();
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    const auto children = m_children.constFind(idAt(parent.row()));
    return children == m_children.constEnd() ? 0 : static_cast<int>(children->pages.size());
}

int JobListModel::columnCount(const QModelIndex &) const
{
    return kColumnCount;
}

Qt::ItemFlags JobListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags basic = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return index.internalId() == 0 ? basic : basic | Qt::ItemNeverHasChildren;
}

QVariant JobListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.column() >= kColumnCount)
        return {};
    const Column column = static_cast<Column>(index.column());
    if (role == DocumentIdRole)
        return documentOf(index).value;
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = column == Number || column == Rendered || column == Analyzed ||
                              column == Stored || column == Cost;
        return QVariant::fromValue(Qt::Alignment(isNumber ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    }
    if (index.internalId() != 0) {
        const std::optional<ProblemPage> problem = problemOf(index);
        return problem ? pageCell(*problem, column, role) : QVariant();
    }
    const Document *document = value(index.row());
    if (role == LoadedRole)
        return document != nullptr;
    if (role == Qt::DisplayRole && column == Number)
        return Format::count(index.row() + 1);
    return document == nullptr ? QVariant() : documentCell(*document, column, role);
}

QVariant JobListModel::documentCell(const Document &document, Column column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return documentText(document, column);
    case Qt::ToolTipRole:
        if (column < Fetched)
            return document.path;
        if (column == Cost)
            return CostText::documentInFull(document, runOf(document));
        return document.error.code == base::ErrorCode::None
                   ? StateText::phaseCounts(document)
                   : ErrorText::sentence(document.error) + QLatin1Char('\n') +
                         StateText::phaseCounts(document);
    case Qt::AccessibleTextRole:
        return column == State || column == Progress ? StateText::spoken(document, contextOf(document))
                                                     : documentText(document, column);
    case Qt::AccessibleDescriptionRole:
        return document.error.code == base::ErrorCode::None ? QString() : ErrorText::sentence(document.error);
    case CopyRole:
        return tr("%1: %2", "document, state")
            .arg(document.path, StateText::of(document, contextOf(document)).text);
    case PageRole:
        return 0;
    default:
        return DocumentRoles::value(document, contextOf(document), role);
    }
}

QString JobListModel::documentText(const Document &document, Column column) const
{
    const bool known = document.pagesTotal >= 0;
    switch (column) {
    case Number:
        return {};
    case Job:
        return document.name;
    case Fetched:
        return known ? QStringLiteral("✓") : Format::none();
    case Rendered:
        return known ? Format::count(document.pagesExtracted) : Format::none();
    case Analyzed:
        return known && document.goal == domain::Goal::Analysis ? Format::count(document.pagesDone)
                                                                : Format::none();
    case Stored:
        return known ? Format::count(document.pagesDone) : Format::none();
    case Progress:
        return DocumentRoles::progressText(document);
    case Cost:
        return CostText::documentSoFar(document, runOf(document));
    case State: {
        const StateContext context = contextOf(document);
        const StateWords words = StateText::of(document, context);
        if (words.tone != StateTone::Running || !context.timeLeftMs)
            return words.text;
        return tr("%1 · %2", "state, time left").arg(words.text, Format::duration(*context.timeLeftMs));
    }
    }
    return {};
}

QVariant JobListModel::pageCell(const ProblemPage &problem, Column column, int role) const
{
    const QString title =
        problem.error.code == base::ErrorCode::None ? QString() : ErrorText::of(problem.error.code).title;
    const auto stateText = [&] {
        QStringList parts{Words::attempts(problem)};
        if (!title.isEmpty())
            parts << title;
        const QString next = Words::next(problem, clock().nowMs());
        if (!next.isEmpty())
            parts << next;
        return parts.join(QStringLiteral(" · "));
    };
    const QString name =
        problem.page > 0 ? tr("Page %1").arg(Format::count(problem.page)) : tr("Whole document");
    switch (role) {
    case LoadedRole:
        return true;
    case PageRole:
        return problem.page;
    case StateRole:
        return static_cast<int>(problem.failed ? domain::PageState::Failed : domain::PageState::Queued);
    case ToneRole:
        return static_cast<int>(problem.failed ? StateTone::Failed : StateTone::Waiting);
    case IconNameRole:
        return problem.failed ? QStringLiteral("error") : QStringLiteral("waiting");
    case ActionTextRole:
        return problem.failed && problem.page > 0 ? tr("Retry") : QString();
    case ActionCommandRole:
        return problem.failed && problem.page > 0 ? command::kRetryPage : QString();
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return column == Job ? name : column == State ? stateText() : QString();
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        return title.isEmpty() ? QString() : ErrorText::sentence(problem.error);
    case CopyRole:
        return tr("%1: %2", "page, state").arg(name, stateText());
    default:
        return {};
    }
}

QVariant JobListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumnCount)
        return {};
    const Column column = static_cast<Column>(section);
    if (role == Qt::TextAlignmentRole &&
        (column == Number || column == Cost || (column >= Rendered && column <= Stored)))
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::DisplayRole) {
        switch (column) {
        case Number:
            return tr("#", "number of a row");
        case Job:
            return tr("Job");
        case Fetched:
            return tr("Fetched");
        case Rendered:
            return tr("Rendered");
        case Analyzed:
            return tr("Analyzed");
        case Stored:
            return tr("Stored");
        case Progress:
            return tr("Progress");
        case State:
            return tr("State");
        case Cost:
            return tr("Spent / est.");
        }
    }
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) {
        if (column == Fetched)
            return tr("Fetched: the file is read and its pages are counted");
        if (column == Rendered)
            return tr("Rendered: pages whose text is stored");
        if (column == Analyzed)
            return tr("Analyzed: pages whose analysis is stored");
        if (column == Stored)
            return tr("Stored: pages that are done");
        if (column == Cost)
            return tr("Spent so far, and the estimate for the whole document");
        return headerData(section, orientation, Qt::DisplayRole);
    }
    return {};
}

// Children.

bool JobListModel::hasProblems(const Document &document) const
{
    return document.pagesFailed > 0 || feed().snapshot().nextTryAt.contains(document.id);
}

void JobListModel::documentChanged(const Document &document)
{
    m_states.insert(document.id, document.state);
    if (hasProblems(document) || m_children.contains(document.id))
        requestChildren(document.id);
}

void JobListModel::orderChanged()
{
    m_children.removeIf([this](const auto &entry) { return rowOf(entry.key()) < 0; });
    m_states.removeIf([this](const auto &entry) { return rowOf(entry.key()) < 0; });
    if (count() > 0)
        Q_EMIT dataChanged(index(0, Number), index(count() - 1, Number), {Qt::DisplayRole});
}

void JobListModel::requestChildren(DocumentId id)
{
    Children &children = m_children[id];
    if (children.asked) {
        children.askAgain = true;
        return;
    }
    children.asked = true;
    children.askAgain = false;
    source().problems(id, kChildLimit, this, [this, id](const base::Result<QVector<ProblemPage>> &pages) {
        const auto asked = m_children.find(id);
        if (asked == m_children.end())
            return;
        asked->asked = false;
        const bool again = asked->askAgain;
        if (pages && rowOf(id) >= 0)
            takeChildren(id, *pages);
        if (again)
            requestChildren(id);
    });
}

void JobListModel::takeChildren(DocumentId id, const QVector<ProblemPage> &pages)
{
    QVector<ProblemPage> &old = m_children[id].pages;
    const QModelIndex parent = createIndex(rowOf(id), 0);
    // Both lists ascend by page.
    for (int row = 0; row < std::max(old.size(), pages.size());) {
        const bool hasOld = row < old.size();
        const bool hasNew = row < pages.size();
        if (hasOld && (!hasNew || old.at(row).page < pages.at(row).page)) {
            beginRemoveRows(parent, row, row);
            old.removeAt(row);
            endRemoveRows();
            continue;
        }
        if (!hasOld || old.at(row).page > pages.at(row).page) {
            beginInsertRows(parent, row, row);
            old.insert(row, pages.at(row));
            endInsertRows();
        } else if (old.at(row) != pages.at(row)) {
            old[row] = pages.at(row);
            Q_EMIT dataChanged(index(row, 0, parent), index(row, lastColumn(), parent));
        }
        ++row;
    }
}

} // namespace lectern::presentation
