// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/DocumentListModel.h"

#include "presentation/CostText.h"
#include "presentation/DocumentRoles.h"
#include "presentation/ErrorText.h"
#include "presentation/Format.h"

#include <QDir>

#include <algorithm>
#include <array>

namespace lectern::presentation {

using domain::Document;
using domain::DocumentState;
using store::Library;

namespace {

struct ColumnFacts {
    const char *name;
    bool shown;
    std::optional<Library::SortKey> key;
};

/// By DocumentListModel::Column.
const std::array<ColumnFacts, DocumentListModel::kColumnCount> kColumns = {{
    {"name", true, Library::SortKey::Name},
    {"pages", true, Library::SortKey::Pages},
    {"text", true, Library::SortKey::Text},
    {"phase", true, Library::SortKey::State},
    {"progress", true, Library::SortKey::Progress},
    {"time_left", true, {}},
    {"added", true, Library::SortKey::Added},
    {"kind", false, {}},
    {"size", false, Library::SortKey::Bytes},
    {"language", false, Library::SortKey::Language},
    {"path", false, {}},
    {"failed_pages", false, {}},
    {"cost", true, Library::SortKey::Cost},
}};

const ColumnFacts &factsOf(int column)
{
    return kColumns.at(static_cast<std::size_t>(column));
}

} // namespace

DocumentListModel::DocumentListModel(LibraryFeed &feed, const base::Clock &clock, QObject *parent)
    : PagedDocumentModel(feed, clock, parent)
{
    m_query.sort = Library::SortKey::Added;
    m_query.descending = true;
    restart();
}

void DocumentListModel::setFilter(const QString &words)
{
    const QString simple = words.simplified();
    if (simple == m_query.filter)
        return;
    m_query.filter = simple;
    restart();
}

void DocumentListModel::setStateFilter(StateFilter filter)
{
    if (filter == m_stateFilter)
        return;
    m_stateFilter = filter;
    m_query.states.reset();
    m_query.pausedOnly = filter == StateFilter::Paused;
    m_query.trash = filter == StateFilter::Trash;
    if (filter == StateFilter::Unfinished)
        m_query.states = {DocumentState::Queued, DocumentState::Indexing};
    else if (filter == StateFilter::Problems)
        m_query.states = {DocumentState::DoneWithFailures, DocumentState::NeedsPassword,
                          DocumentState::Corrupt, DocumentState::Unsupported, DocumentState::Failed};
    else if (filter == StateFilter::Locked)
        m_query.states = {DocumentState::NeedsPassword};
    else if (filter == StateFilter::Done)
        m_query.states = {DocumentState::Done};
    restart();
}

void DocumentListModel::setCollection(std::optional<domain::CollectionId> collection)
{
    if (collection == m_query.collection)
        return;
    m_query.collection = collection;
    restart();
}

bool DocumentListModel::isFiltered() const
{
    return !m_query.filter.isEmpty() ||
           (m_stateFilter != StateFilter::All && m_stateFilter != StateFilter::Trash);
}

int DocumentListModel::unfilteredCount() const
{
    const domain::Totals &totals = feed().snapshot().totals;
    return m_query.trash ? totals.documentsInTrash : totals.documents;
}

QString DocumentListModel::columnName(Column column)
{
    return QString::fromLatin1(factsOf(column).name);
}

bool DocumentListModel::isShownByDefault(Column column)
{
    return factsOf(column).shown;
}

bool DocumentListModel::isSortable(Column column)
{
    return factsOf(column).key.has_value();
}

QString DocumentListModel::stateFilterText(StateFilter filter)
{
    switch (filter) {
    case StateFilter::All:
        return tr("All");
    case StateFilter::Unfinished:
        return tr("Unfinished");
    case StateFilter::Paused:
        return tr("Paused");
    case StateFilter::Problems:
        return tr("With problems");
    case StateFilter::Locked:
        return tr("Locked");
    case StateFilter::Done:
        return tr("Done");
    case StateFilter::Trash:
        return tr("Trash");
    }
    return {};
}

Qt::SortOrder DocumentListModel::sortOrder() const
{
    return m_query.descending ? Qt::DescendingOrder : Qt::AscendingOrder;
}

QModelIndex DocumentListModel::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex DocumentListModel::parent(const QModelIndex &) const
{
    return {};
}

int DocumentListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

int DocumentListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

Qt::ItemFlags DocumentListModel::flags(const QModelIndex &index) const
{
    return index.isValid()
               ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren
               : Qt::NoItemFlags;
}

void DocumentListModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= kColumnCount || !isSortable(static_cast<Column>(column)))
        return;
    const bool descending = order == Qt::DescendingOrder;
    if (m_sortColumn == column && m_query.descending == descending)
        return;
    m_sortColumn = static_cast<Column>(column);
    m_query.sort = *factsOf(column).key;
    m_query.descending = descending;
    restart();
}

void DocumentListModel::requestIds()
{
    const quint64 asked = generation();
    source().find(m_query, this,
                  [this, asked](const base::Result<FoundDocuments> &found) { takeIds(asked, found); });
}

bool DocumentListModel::affectsOrder(const LibraryDelta &delta) const
{
    const bool fixedOrder = m_query.sort == Library::SortKey::Added && m_query.filter.isEmpty() &&
                            !m_query.states && !m_query.pausedOnly && !m_query.collection;
    if (!fixedOrder)
        return !delta.documents.isEmpty();
    return std::any_of(delta.documents.cbegin(), delta.documents.cend(), [this](const Document &document) {
        return (document.isInTrash() == m_query.trash) != (rowOf(document.id) >= 0);
    });
}

QVariant DocumentListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count() || index.column() >= kColumnCount)
        return {};
    if (role == DocumentIdRole)
        return idAt(index.row()).value;
    const Column column = static_cast<Column>(index.column());
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = column == Pages || column == Size || column == FailedPages ||
                              column == TimeLeft || column == Cost;
        return QVariant::fromValue(Qt::Alignment(isNumber ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    }
    const Document *document = value(index.row());
    if (role == LoadedRole)
        return document != nullptr;
    if (document == nullptr)
        return {};
    return cell(*document, column, role);
}

QVariant DocumentListModel::cell(const Document &document, Column column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return displayText(document, column);
    case Qt::ToolTipRole:
        return toolTip(document, column);
    case Qt::AccessibleTextRole:
        return accessibleText(document, column);
    case Qt::AccessibleDescriptionRole:
        return document.error.code == base::ErrorCode::None ? QString() : ErrorText::sentence(document.error);
    case CopyRole:
        return document.path;
    case SortRole:
        return sortValue(document, column);
    case PageRole:
        return 0;
    default:
        return DocumentRoles::value(document, contextOf(document), role);
    }
}

QString DocumentListModel::displayText(const Document &document, Column column) const
{
    switch (column) {
    case Name:
        return document.name;
    case Pages:
        return document.pagesTotal < 0 ? Format::none() : Format::count(document.pagesTotal);
    case Text:
        return StateText::textColumn(document);
    case Phase:
        return StateText::of(document, contextOf(document)).text;
    case Progress:
        return DocumentRoles::progressText(document);
    case Cost:
        return CostText::document(document, runOf(document));
    case TimeLeft: {
        const std::optional<qint64> left = timeLeftOf(document);
        return left ? Format::duration(*left) : Format::none();
    }
    case Added:
        return Format::moment(document.addedAt, clock().nowMs());
    case Kind:
        return document.kind == domain::DocumentKind::Pdf ? tr("PDF") : Format::none();
    case Size:
        return Format::bytes(document.bytes);
    case Language:
        return Format::language(document.language);
    case Path:
        return QDir::toNativeSeparators(document.path);
    case FailedPages:
        return document.pagesFailed > 0 ? Format::count(document.pagesFailed) : QString();
    }
    return {};
}

QVariant DocumentListModel::sortValue(const Document &document, Column column) const
{
    switch (column) {
    case Name:
        return document.name;
    case Pages:
        return document.pagesTotal;
    case Text:
        return document.pagesWithText;
    case Phase:
        return static_cast<int>(document.state);
    case Progress:
        return document.pagesTotal > 0 ? static_cast<double>(document.pagesDone) / document.pagesTotal : 0.0;
    case Cost:
        return document.spent.picodollars;
    case TimeLeft:
        return timeLeftOf(document).value_or(-1);
    case Added:
        return document.addedAt;
    case Kind:
        return static_cast<int>(document.kind);
    case Size:
        return document.bytes;
    case Language:
        return document.language;
    case Path:
        return document.path;
    case FailedPages:
        return document.pagesFailed;
    }
    return {};
}

QString DocumentListModel::toolTip(const Document &document, Column column) const
{
    switch (column) {
    case Phase:
    case Progress: {
        const QString counts = StateText::phaseCounts(document);
        if (document.error.code == base::ErrorCode::None)
            return counts;
        return ErrorText::sentence(document.error) + QLatin1Char('\n') + counts;
    }
    case Cost:
        return CostText::documentInFull(document, runOf(document));
    case Added:
        return Format::fullMoment(document.addedAt);
    case Name:
        return document.title.isEmpty()
                   ? QDir::toNativeSeparators(document.path)
                   : document.title + QLatin1Char('\n') + QDir::toNativeSeparators(document.path);
    default:
        return {};
    }
}

QString DocumentListModel::accessibleText(const Document &document, Column column) const
{
    switch (column) {
    case Pages:
        return document.pagesTotal < 0 ? tr("Number of pages not known yet")
                                       : Format::pages(document.pagesTotal);
    case Text:
        if (document.pagesExtracted <= 0)
            return tr("Text not known yet");
        return tr("Text on %1 of %2 pages")
            .arg(Format::count(document.pagesWithText), Format::count(document.pagesExtracted));
    case Phase:
        return StateText::spoken(document, contextOf(document));
    case Progress:
        if (document.pagesTotal < 0)
            return tr("No page read yet");
        return tr("%1 of %2 pages done, %3 failed")
            .arg(Format::count(document.pagesDone), Format::count(document.pagesTotal),
                 Format::count(document.pagesFailed));
    case Cost: {
        const QString cost = CostText::documentInFull(document, runOf(document));
        return cost.isEmpty() ? tr("Costs nothing") : cost;
    }
    case TimeLeft: {
        const std::optional<qint64> left = timeLeftOf(document);
        return left ? tr("%1 left").arg(Format::spokenDuration(*left)) : tr("Time left not known");
    }
    case Added:
        return tr("Added %1").arg(Format::fullMoment(document.addedAt));
    default:
        return displayText(document, column);
    }
}

QVariant DocumentListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= kColumnCount)
        return {};
    switch (static_cast<Column>(section)) {
    case Name:
        return tr("Name");
    case Pages:
        return tr("Pages");
    case Text:
        return tr("Text");
    case Phase:
        return tr("Phase");
    case Progress:
        return tr("Progress");
    case TimeLeft:
        return tr("Time left");
    case Added:
        return tr("Added");
    case Kind:
        return tr("Kind");
    case Size:
        return tr("Size");
    case Language:
        return tr("Language");
    case Path:
        return tr("Path");
    case FailedPages:
        return tr("Failed pages");
    case Cost:
        return tr("Cost");
    }
    return {};
}

} // namespace lectern::presentation
