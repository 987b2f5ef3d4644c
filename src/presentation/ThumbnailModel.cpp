// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/ThumbnailModel.h"

#include "presentation/Details.h"
#include "presentation/ErrorText.h"
#include "presentation/ReaderDocument.h"
#include "presentation/Roles.h"

namespace lectern::presentation {

ThumbnailModel::ThumbnailModel(const ReaderDocument &document, QObject *parent)
    : QAbstractListModel(parent), m_document(document)
{
    const auto take = [this] {
        if (m_count != m_document.pageCount()) {
            beginResetModel();
            m_count = m_document.pageCount();
            endResetModel();
        } else if (m_count > 0) {
            Q_EMIT dataChanged(index(0), index(m_count - 1));
        }
    };
    connect(&m_document, &ReaderDocument::opened, this, take);
    connect(&m_document, &ReaderDocument::pagesChanged, this, take);
}

int ThumbnailModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_count;
}

QVariant ThumbnailModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_document.pageCount())
        return {};
    const int page = index.row() + 1;
    const store::PageFrame &frame = m_document.pages().at(index.row());
    const bool failed = frame.state == domain::PageState::Failed;
    switch (role) {
    case Qt::DisplayRole:
        return m_document.pageText(page);
    case Qt::AccessibleTextRole:
        return tr("Page %1: %2", "number, state")
            .arg(m_document.pageText(page), Details::pageStateText(frame.state, m_document.document().goal));
    case Qt::ToolTipRole:
        return failed ? ErrorText::of(frame.error).title
                      : Details::pageStateText(frame.state, m_document.document().goal);
    case PageRole:
        return page;
    case IconNameRole:
        return failed                                     ? QStringLiteral("warning")
               : frame.state == domain::PageState::Queued ? QStringLiteral("queued")
                                                          : QString();
    case ToneRole:
        return static_cast<int>(failed ? StateTone::Failed : StateTone::Neutral);
    default:
        return {};
    }
}

} // namespace lectern::presentation
