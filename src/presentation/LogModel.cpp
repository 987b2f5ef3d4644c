// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/LogModel.h"

#include "presentation/ErrorText.h"
#include "presentation/Format.h"

#include <algorithm>

namespace lectern::presentation {

LogModel::LogModel(LibraryFeed &feed, QObject *parent) : QAbstractTableModel(parent), m_feed(feed)
{
    // An event may be written without a change of its document, so every change of the workspace is a reason
    // to look.
    connect(&m_feed, &LibraryFeed::snapshotChanged, this, &LogModel::refresh);
    connect(&m_feed, &LibraryFeed::changed, this, [this](const LibraryDelta &delta) {
        // The feed may have been started anew, and then what was asked before is never answered.
        if (delta.everything) {
            ++m_generation;
            m_refreshing = false;
        }
    });
}

void LogModel::setDocument(domain::DocumentId id)
{
    if (id == m_document)
        return;
    beginResetModel();
    m_document = id;
    m_events.clear();
    ++m_generation;
    m_refreshing = false;
    m_refreshAgain = false;
    endResetModel();
    refresh();
}

void LogModel::refresh()
{
    if (!m_document.isValid())
        return;
    if (m_refreshing) {
        m_refreshAgain = true;
        return;
    }
    m_refreshing = true;
    m_refreshAgain = false;
    m_feed.log(m_document, LibraryFeed::kLogLimit, this,
               [this, asked = m_generation](const base::Result<QVector<store::JobEvent>> &events) {
                   if (asked != m_generation)
                       return;
                   m_refreshing = false;
                   if (events)
                       takeEvents(*events);
                   if (m_refreshAgain)
                       refresh();
               });
}

void LogModel::takeEvents(const QVector<store::JobEvent> &events)
{
    // Lines are only ever added at the top, and fall off at the end.
    const qint64 newest = m_events.isEmpty() ? 0 : m_events.constFirst().id;
    const auto known = std::find_if(events.cbegin(), events.cend(),
                                    [newest](const store::JobEvent &event) { return event.id <= newest; });
    const auto added = static_cast<int>(known - events.cbegin());
    if (added > 0) {
        beginInsertRows({}, 0, added - 1);
        m_events = events.first(added) + m_events;
        endInsertRows();
    }
    if (m_events.size() > events.size()) {
        beginRemoveRows({}, static_cast<int>(events.size()), static_cast<int>(m_events.size()) - 1);
        m_events.resize(events.size());
        endRemoveRows();
    }
}

QString LogModel::eventText(const store::JobEvent &event)
{
    const QString attempt = Format::count(event.attempt);
    const QString why =
        event.error.code == base::ErrorCode::None ? QString() : ErrorText::of(event.error.code).title;
    const QString &kind = event.kind;
    if (kind == QLatin1String("enqueued"))
        return tr("Put into the queue");
    if (kind == QLatin1String("started"))
        return tr("Attempt %1 began").arg(attempt);
    if (kind == QLatin1String("retry") || kind == QLatin1String("page_retry"))
        return tr("Attempt %1 failed and will be repeated: %2").arg(attempt, why);
    if (kind == QLatin1String("failed") || kind == QLatin1String("page_failed"))
        return tr("Failed for good at attempt %1: %2").arg(attempt, why);
    if (kind == QLatin1String("done"))
        return tr("Done");
    if (kind == QLatin1String("rescued"))
        return tr("Taken over from a program that ended in the middle of it");
    if (kind == QLatin1String("set_aside"))
        return tr("Set aside: Lectern ended unexpectedly while this was being read");
    if (kind == QLatin1String("paused"))
        return tr("Paused by you");
    if (kind == QLatin1String("resumed"))
        return tr("Resumed by you");
    if (kind == QLatin1String("cancelled"))
        return tr("Stopped by you");
    if (kind == QLatin1String("embedded")) {
        const QString taken = Format::duration(event.milliseconds);
        return event.vectors == 1
                   ? tr("1 passage made searchable by meaning, in %1").arg(taken)
                   : tr("%Ln passages made searchable by meaning, in %1", nullptr, event.vectors).arg(taken);
    }
    if (kind == QLatin1String("unlocked"))
        return tr("Opened with its password");
    if (kind == QLatin1String("run_changed"))
        return tr("Asked for again, of another model or with other settings");
    if (kind == QLatin1String("removed"))
        return tr("Moved to the trash");
    if (kind == QLatin1String("restored"))
        return tr("Taken out of the trash");
    // An event of a newer version still says something.
    return why.isEmpty() ? kind : tr("%1: %2", "event, reason").arg(kind, why);
}

QString LogModel::lineText(const store::JobEvent &event)
{
    QString line = Format::logMoment(event.at) + QStringLiteral("  ");
    if (event.page > 0)
        line += tr("page %1").arg(Format::count(event.page)) + QStringLiteral("  ");
    line += eventText(event);
    if (!event.error.detail.isEmpty())
        line += QStringLiteral(" (") + event.error.detail + QLatin1Char(')');
    return line;
}

QString LogModel::copyText() const
{
    QString text;
    for (auto event = m_events.crbegin(); event != m_events.crend(); ++event)
        text += lineText(*event) + QLatin1Char('\n');
    return text;
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_events.size())
        return {};
    const store::JobEvent &event = m_events.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (index.column() == Time)
            return Format::logMoment(event.at);
        if (index.column() == Page)
            return event.page > 0 ? Format::count(event.page) : QString();
        return eventText(event);
    case Qt::ToolTipRole:
        return event.error.code == base::ErrorCode::None ? QString() : ErrorText::sentence(event.error);
    case PageRole:
        return event.page;
    case DocumentIdRole:
        return m_document.value;
    case CopyRole:
        return lineText(event);
    case LoadedRole:
        return true;
    default:
        return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Page:
        return tr("Page");
    case Event:
        return tr("Event");
    default:
        return {};
    }
}

} // namespace lectern::presentation
