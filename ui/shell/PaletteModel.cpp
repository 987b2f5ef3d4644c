// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/PaletteModel.h"

#include <algorithm>

namespace lectern::ui {

using presentation::Command;

namespace {

constexpr int kRecent = 5;

bool holdsAll(const QString &text, const QStringList &words)
{
    return std::all_of(words.cbegin(), words.cend(),
                       [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

PaletteModel::PaletteModel(const presentation::CommandTable &table, QObject *parent)
    : QAbstractListModel(parent), m_table(table)
{
}

PaletteModel::Row PaletteModel::rowOf(const Command &command) const
{
    Row row;
    row.text = command.plainText();
    if (!command.submenu.isEmpty()) {
        QString group = command.submenu;
        row.text = tr("%1: %2", "submenu, command").arg(group.remove(QLatin1Char('&')), row.text);
    }
    row.icon = command.iconName;
    if (!command.keys.isEmpty())
        row.keys = command.keys.constFirst().toString(QKeySequence::NativeText);
    row.reason = command.obstacle ? command.obstacle(m_state) : QString();
    row.command = command.id;
    return row;
}

void PaletteModel::setWords(const QString &words)
{
    beginResetModel();
    m_rows.clear();
    const QStringList parts = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &id : std::as_const(m_recent)) {
        const Command *command = m_table.find(id);
        if (command && holdsAll(rowOf(*command).text, parts))
            m_rows.append(rowOf(*command));
    }
    for (const Command &command : m_table.commands()) {
        const Row row = rowOf(command);
        if (!m_recent.contains(command.id) && holdsAll(row.text, parts))
            m_rows.append(row);
    }
    // What can be used comes before what can't.
    const auto off = std::stable_partition(m_rows.begin(), m_rows.end(),
                                           [](const Row &row) { return row.reason.isEmpty(); });
    m_usable = static_cast<int>(off - m_rows.begin());
    m_documents = 0;
    endResetModel();
}

void PaletteModel::setDocuments(const QVector<domain::Document> &documents)
{
    if (m_documents > 0) {
        beginRemoveRows({}, m_usable, m_usable + m_documents - 1);
        m_rows.remove(m_usable, m_documents);
        m_documents = 0;
        endRemoveRows();
    }
    if (documents.isEmpty())
        return;
    const auto count = static_cast<int>(documents.size());
    beginInsertRows({}, m_usable, m_usable + count - 1);
    for (int i = 0; i < count; ++i) {
        Row row;
        row.text = documents.at(i).name;
        row.icon = QStringLiteral("document");
        row.document = documents.at(i).id;
        m_rows.insert(m_usable + i, row);
    }
    m_documents = count;
    endInsertRows();
}

void PaletteModel::noteUse(const QString &command)
{
    m_recent.removeAll(command);
    m_recent.prepend(command);
    if (m_recent.size() > kRecent)
        m_recent.removeLast();
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.text;
    case Qt::AccessibleTextRole:
        return row.reason.isEmpty() ? row.text
                                    : tr("%1. %2", "command, why it can't be used").arg(row.text, row.reason);
    case IconRole:
        return row.icon;
    case KeysRole:
        return row.keys;
    case ReasonRole:
        return row.reason;
    case CommandRole:
        return row.command;
    case DocumentRole:
        return row.document.value;
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    // A command that is off can be looked at, so that its reason is read; choosing it does nothing.
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace lectern::ui
