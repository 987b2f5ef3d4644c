// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/SearchModel.h"

#include "presentation/Format.h"

#include <QLocale>
#include <QPoint>

#include <algorithm>

namespace lectern::presentation {

using workspace::FoundPage;

namespace {

// The internal id of a document's row; a page's row has its document's id, which stays while rows come and
// go.
constexpr quintptr kDocumentRow = 0;

bool isSamePage(const FoundPage &one, const FoundPage &other)
{
    return one.hit.page == other.hit.page;
}

} // namespace

SearchModel::SearchModel(PageThumbnails &thumbnails, QObject *parent)
    : QAbstractItemModel(parent), m_thumbnails(thumbnails)
{
    connect(&m_thumbnails, &PageThumbnails::kept, this, &SearchModel::takeThumbnail);
}

void SearchModel::takeThumbnail(domain::DocumentId document, int page)
{
    const int row = rowOf(static_cast<quintptr>(document.value));
    if (row >= documentCount())
        return;
    const QVector<FoundPage> &pages = m_documents.at(row).pages;
    for (int at = 0; at < pages.size(); ++at) {
        if (pages.at(at).hit.number == page) {
            const QModelIndex changed = index(at, 0, index(row, 0));
            Q_EMIT dataChanged(changed, changed, {Qt::DecorationRole});
        }
    }
}

QVector<SearchModel::Group> SearchModel::grouped(const QVector<FoundPage> &pages)
{
    QVector<Group> groups;
    for (const FoundPage &page : pages) {
        const auto group = std::find_if(groups.begin(), groups.end(),
                                        [&](const Group &one) { return one.document == page.hit.document; });
        if (group == groups.end())
            groups.append({page.hit.document, {page}});
        else
            group->pages.append(page);
    }
    return groups;
}

void SearchModel::replace(const workspace::SearchReport &report)
{
    beginResetModel();
    m_documents = grouped(report.pages);
    takeScale(report);
    endResetModel();
}

void SearchModel::takeScale(const workspace::SearchReport &report)
{
    m_mode = report.mode;
    m_bestScore = 0;
    for (const FoundPage &page : report.pages)
        m_bestScore = std::max(m_bestScore, page.hit.score);
}

std::optional<FoundPage> SearchModel::pageAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == kDocumentRow)
        return std::nullopt;
    return m_documents.at(rowOf(index.internalId())).pages.at(index.row());
}

// What is no longer found goes, what is known stays where it is, what is new comes behind it.
void SearchModel::merge(const workspace::SearchReport &report)
{
    takeScale(report);
    const QVector<Group> groups = grouped(report.pages);
    const auto find = [](const QVector<Group> &list, domain::DocumentId document) {
        return std::find_if(list.begin(), list.end(),
                            [&](const Group &one) { return one.document == document; });
    };
    for (int row = documentCount() - 1; row >= 0; --row) {
        if (find(groups, m_documents.at(row).document) != groups.end())
            continue;
        beginRemoveRows({}, row, row);
        m_documents.removeAt(row);
        endRemoveRows();
    }
    for (const Group &group : groups) {
        const auto known = find(m_documents, group.document);
        if (known != m_documents.end()) {
            mergeGroup(static_cast<int>(known - m_documents.begin()), group);
            continue;
        }
        beginInsertRows({}, documentCount(), documentCount());
        m_documents.append(group);
        endInsertRows();
    }
}

void SearchModel::mergeGroup(int row, const Group &group)
{
    const QModelIndex parent = index(row, 0);
    QVector<FoundPage> &pages = m_documents[row].pages;
    const auto find = [](const QVector<FoundPage> &list, const FoundPage &page) {
        return std::find_if(list.begin(), list.end(),
                            [&](const FoundPage &one) { return isSamePage(one, page); });
    };
    for (int i = static_cast<int>(pages.size()) - 1; i >= 0; --i) {
        if (find(group.pages, pages.at(i)) != group.pages.end())
            continue;
        beginRemoveRows(parent, i, i);
        pages.removeAt(i);
        endRemoveRows();
    }
    for (const FoundPage &page : group.pages) {
        const auto known = find(pages, page);
        if (known != pages.end()) {
            const auto at = static_cast<int>(known - pages.cbegin());
            pages[at] = page;
            Q_EMIT dataChanged(index(at, 0, parent), index(at, 0, parent));
            continue;
        }
        const auto at = static_cast<int>(pages.size());
        beginInsertRows(parent, at, at);
        pages.append(page);
        endInsertRows();
    }
    Q_EMIT dataChanged(parent, parent); // its count
}

int SearchModel::pageCount() const
{
    int count = 0;
    for (const Group &group : m_documents)
        count += static_cast<int>(group.pages.size());
    return count;
}

int SearchModel::pagesWithAll() const
{
    int count = 0;
    for (const Group &group : m_documents)
        count += static_cast<int>(std::count_if(group.pages.begin(), group.pages.end(),
                                                [](const FoundPage &page) { return page.hit.hasAllWords; }));
    return count;
}

domain::DocumentId SearchModel::documentAt(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    return m_documents.at(index.internalId() == kDocumentRow ? index.row() : rowOf(index.internalId()))
        .document;
}

QModelIndex SearchModel::nextPage(const QModelIndex &from, int direction) const
{
    if (m_documents.isEmpty())
        return {};
    const bool forward = direction > 0;
    const auto lastOf = [this](int document) {
        return static_cast<int>(m_documents.at(document).pages.size()) - 1;
    };
    int document = forward ? 0 : documentCount() - 1;
    int page = forward ? 0 : lastOf(document);
    if (from.isValid()) {
        const QModelIndex parent = from.parent();
        document = parent.isValid() ? parent.row() : from.row();
        page = parent.isValid() ? from.row() + (forward ? 1 : -1) : (forward ? 0 : -1);
        if (page > lastOf(document)) {
            ++document;
            page = 0;
        } else if (page < 0) {
            --document;
            page = document >= 0 ? lastOf(document) : 0;
        }
    }
    if (document < 0 || document >= documentCount())
        return {};
    return index(page, 0, index(document, 0));
}

QModelIndex SearchModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column != 0 || row >= rowCount(parent))
        return {};
    const auto id =
        parent.isValid() ? static_cast<quintptr>(m_documents.at(parent.row()).document.value) : kDocumentRow;
    return createIndex(row, column, id);
}

QModelIndex SearchModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == kDocumentRow)
        return {};
    return createIndex(rowOf(index.internalId()), 0, kDocumentRow);
}

int SearchModel::rowOf(quintptr document) const
{
    const auto group = std::find_if(m_documents.begin(), m_documents.end(), [&](const Group &one) {
        return static_cast<quintptr>(one.document.value) == document;
    });
    return static_cast<int>(group - m_documents.begin());
}

int SearchModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return documentCount();
    const bool isDocument = parent.internalId() == kDocumentRow && parent.column() == 0;
    return isDocument ? static_cast<int>(m_documents.at(parent.row()).pages.size()) : 0;
}

int SearchModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.internalId() == kDocumentRow)
        return documentData(m_documents.at(index.row()), role);
    const Group &group = m_documents.at(rowOf(index.internalId()));
    return pageData(group.pages.at(index.row()), role);
}

QVariant SearchModel::documentData(const Group &group, int role) const
{
    const FoundPage &first = group.pages.first();
    const auto count = static_cast<int>(group.pages.size());
    switch (role) {
    case Qt::DisplayRole:
        return first.documentName;
    case Qt::ToolTipRole:
    case PathRole:
    case CopyRole:
        return first.path;
    case Qt::AccessibleTextRole:
        return tr("%1, %2 found").arg(first.documentName, Format::pages(count));
    case LoadedRole:
        return true;
    case DocumentIdRole:
        return group.document.value;
    case PageRole:
        return 0;
    case PagesFoundRole:
        return count;
    case SomeWordsRole:
        return m_mode == domain::SearchMode::Words &&
               std::none_of(group.pages.begin(), group.pages.end(),
                            [](const FoundPage &page) { return page.hit.hasAllWords; });
    default:
        return {};
    }
}

QVariant SearchModel::pageData(const FoundPage &page, int role) const
{
    const auto pageText = [&] {
        return page.label.isEmpty() ? tr("p. %1").arg(page.hit.number)
                                    : tr("p. %1 (%2)").arg(page.hit.number).arg(page.label);
    };
    switch (role) {
    case Qt::DisplayRole:
    case SnippetRole:
        return page.snippet;
    case PageTextRole:
        return pageText();
    case Qt::AccessibleTextRole:
        return tr("Page %1 of %2: %3").arg(page.hit.number).arg(page.documentName, page.snippet);
    case CopyRole:
        return tr("%1, %2: %3").arg(page.documentName, pageText(), page.snippet);
    case LoadedRole:
        return true;
    case DocumentIdRole:
        return page.hit.document.value;
    case PageRole:
        return page.hit.number;
    case PathRole:
        return page.path;
    case PageSizeRole:
        return page.size;
    case Qt::DecorationRole: {
        const QImage thumbnail = m_thumbnails.find(page.hit.document, page.hit.number);
        return thumbnail.isNull() ? QVariant() : QVariant(thumbnail);
    }
    case SomeWordsRole:
        return m_mode == domain::SearchMode::Words && !page.hit.hasAllWords;
    case ScoreRole:
        return m_bestScore > 0 ? QLocale().toString(page.hit.score / m_bestScore, 'f', 2) : QString();
    case MarksRole: {
        QVariantList marks;
        for (const auto &[offset, length] : page.marks)
            marks.append(QPoint(offset, length));
        return marks;
    }
    default:
        return {};
    }
}

} // namespace lectern::presentation
