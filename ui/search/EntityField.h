// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/SearchDesk.h"

#include <QLineEdit>
#include <QTimer>

class QCompleter;
class QStandardItemModel;

namespace lectern::ui {

/// A field for something that analyses found: offers the names that begin like what is typed. Return takes
/// what is typed, or what is chosen in the list. GUI thread.
class EntityField final : public QLineEdit {
    Q_OBJECT

public:
    explicit EntityField(presentation::SearchDesk &desk, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] const QCompleter &offers() const { return *m_offers; }

Q_SIGNALS:
    /// The field is empty again.
    void chosen(const QString &name);

private:
    void ask();
    void offer(const QVector<domain::Entity> &entities);
    void take(const QString &name);

    presentation::SearchDesk &m_desk;
    QCompleter *m_offers;
    QStandardItemModel *m_names;
    QTimer m_typing;
};

} // namespace lectern::ui
