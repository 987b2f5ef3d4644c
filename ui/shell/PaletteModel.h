// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Document.h"
#include "presentation/CommandTable.h"

#include <QAbstractListModel>
#include <QStringList>
#include <QVector>

namespace lectern::ui {

/// What the command palette lists: commands that hold the typed words, the recent ones first, then documents.
/// A command that is off stays in sight, with the reason. GUI thread.
class PaletteModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { IconRole = Qt::UserRole + 1, KeysRole, ReasonRole, CommandRole, DocumentRole };

    explicit PaletteModel(const presentation::CommandTable &table, QObject *parent = nullptr);
    void setState(const presentation::CommandState &state) { m_state = state; }
    /// Lists the commands for these words; documents come later by setDocuments().
    void setWords(const QString &words);
    void setDocuments(const QVector<domain::Document> &documents);
    void noteUse(const QString &command);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row {
        QString text;
        QString icon;
        QString keys;
        QString reason;
        QString command;
        domain::DocumentId document;
    };
    [[nodiscard]] Row rowOf(const presentation::Command &command) const;

    const presentation::CommandTable &m_table;
    presentation::CommandState m_state;
    QStringList m_recent;
    QVector<Row> m_rows;
    int m_usable = 0;    ///< commands that can be used come first
    int m_documents = 0; ///< then documents, then commands that are off
};

} // namespace lectern::ui
