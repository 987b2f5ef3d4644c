// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/PageListModel.h"

#include "presentation/Details.h"
#include "presentation/ErrorText.h"
#include "presentation/Format.h"

#include <algorithm>

namespace lectern::presentation {

using domain::PageState;

PageListModel::PageListModel(LibraryFeed &feed, QObject *parent) : QAbstractTableModel(parent), m_feed(feed)
{
    connect(&m_feed, &LibraryFeed::changed, this, [this](const LibraryDelta &delta) {
        // The feed may have been started anew, and then what was asked before is never answered.
        if (delta.everything) {
            ++m_generation;
            m_refreshing = false;
            m_asked.clear();
        }
        const bool mine = delta.everything || std::any_of(delta.documents.cbegin(), delta.documents.cend(),
                                                          [this](const domain::Document &document) {
                                                              return document.id == m_document;
                                                          });
        if (mine)
            refresh();
    });
}

void PageListModel::setDocument(domain::DocumentId id)
{
    if (id == m_document)
        return;
    beginResetModel();
    m_document = id;
    m_states.clear();
    m_pages.clear();
    m_asked.clear();
    m_failed = 0;
    ++m_generation;
    m_refreshing = false;
    m_refreshAgain = false;
    endResetModel();
    Q_EMIT statesChanged();
    refresh();
}

void PageListModel::refresh()
{
    if (!m_document.isValid())
        return;
    if (m_refreshing) {
        m_refreshAgain = true;
        return;
    }
    m_refreshing = true;
    m_refreshAgain = false;
    m_feed.pageStates(m_document, this, [this, asked = m_generation](const base::Result<QByteArray> &states) {
        if (asked != m_generation)
            return;
        m_refreshing = false;
        if (states)
            takeStates(*states);
        if (m_refreshAgain)
            refresh();
    });
}

void PageListModel::takeStates(const QByteArray &states)
{
    QVector<PageState> fresh;
    fresh.reserve(states.size());
    for (const char state : states)
        fresh << static_cast<PageState>(state);
    if (fresh == m_states)
        return;
    m_failed = static_cast<int>(std::count(fresh.cbegin(), fresh.cend(), PageState::Failed));
    if (fresh.size() != m_states.size()) {
        beginResetModel();
        m_pages.clear();
        m_asked.clear();
        m_states = fresh;
        endResetModel();
        Q_EMIT statesChanged();
        return;
    }
    int first = -1;
    int last = -1;
    for (int row = 0; row < static_cast<int>(fresh.size()); ++row) {
        if (fresh.at(row) == m_states.at(row))
            continue;
        first = first < 0 ? row : first;
        last = row;
        m_pages.remove(row + 1);
        m_asked.removeOne(row / kBlock);
    }
    m_states = fresh;
    Q_EMIT dataChanged(index(first, 0), index(last, kColumnCount - 1));
    Q_EMIT statesChanged();
}

void PageListModel::takePages(const QVector<domain::Page> &pages)
{
    int first = -1;
    int last = -1;
    for (const domain::Page &page : pages) {
        if (page.number < 1 || page.number > pageCount())
            continue;
        m_pages.insert(page.number, page);
        first = first < 0 ? page.number - 1 : std::min(first, page.number - 1);
        last = std::max(last, page.number - 1);
    }
    if (first >= 0)
        Q_EMIT dataChanged(index(first, 0), index(last, kColumnCount - 1));
}

void PageListModel::requestBlock(int row) const
{
    const int block = row / kBlock;
    if (m_asked.contains(block))
        return;
    m_asked << block;
    auto *self = const_cast<PageListModel *>(this);
    m_feed.pages(m_document, block * kBlock, kBlock, self,
                 [self, asked = m_generation](const base::Result<QVector<domain::Page>> &pages) {
                     if (pages && asked == self->m_generation)
                         self->takePages(*pages);
                 });
}

QString PageListModel::note(int page) const
{
    if (page < 1 || page > pageCount() || m_states.at(page - 1) != PageState::Failed)
        return {};
    const auto known = m_pages.constFind(page);
    if (known == m_pages.constEnd()) {
        requestBlock(page - 1);
        return {};
    }
    return ErrorText::sentence(known->error);
}

int PageListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : pageCount();
}

int PageListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant PageListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= pageCount())
        return {};
    return cell(index.row() + 1, static_cast<Column>(index.column()), role);
}

QVariant PageListModel::cell(int page, Column column, int role) const
{
    const PageState state = m_states.at(page - 1);
    switch (role) {
    case PageRole:
    case SortRole:
        return page;
    case StateRole:
        return static_cast<int>(state);
    case DocumentIdRole:
        return m_document.value;
    default:
        break;
    }
    const auto known = m_pages.constFind(page);
    if (known == m_pages.constEnd())
        requestBlock(page - 1);
    if (role == LoadedRole)
        return known != m_pages.constEnd();
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    if (column == State)
        return Details::pageStateText(state);
    if (known == m_pages.constEnd())
        return column == Number ? Format::count(page) : QString();
    switch (column) {
    case Number:
        return known->label.isEmpty()
                   ? Format::count(page)
                   : tr("%1 (%2)", "number, printed label").arg(Format::count(page), known->label);
    case Characters:
        return state == PageState::Queued ? Format::none() : Format::count(known->characters);
    case Quality:
        return state == PageState::Queued ? Format::none() : Details::verdictText(known->verdict);
    case Problem:
        return known->error.code == base::ErrorCode::None || state == PageState::Done
                   ? QString()
                   : ErrorText::of(known->error.code).title;
    case State:
        break;
    }
    return {};
}

QVariant PageListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("Page");
    case State:
        return tr("State");
    case Characters:
        return tr("Characters");
    case Quality:
        return tr("Text quality");
    case Problem:
        return tr("Problem");
    default:
        return {};
    }
}

} // namespace lectern::presentation
