// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/search/EntityField.h"

#include "presentation/Details.h"
#include "ui/style/Metrics.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QStandardItemModel>

namespace lectern::ui {

namespace {

constexpr int kTypingPauseMs = 120;
constexpr int kWidth = 132;
constexpr int kOffersWidth = 320;
enum EntityRole { NameRole = Qt::UserRole };

} // namespace

EntityField::EntityField(presentation::SearchDesk &desk, QWidget *parent)
    : QLineEdit(parent), m_desk(desk), m_offers(new QCompleter(this)), m_names(new QStandardItemModel(this))
{
    setPlaceholderText(tr("Mentions…"));
    setAccessibleName(tr("Mentioned on the page"));
    setToolTip(
        tr("Only pages on which an analysis found this person, organisation, date, amount or address"));
    m_offers->setModel(m_names);
    m_offers->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_offers->setWidget(this);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingPauseMs);
    connect(this, &QLineEdit::textEdited, this, [this] { m_typing.start(); });
    connect(&m_typing, &QTimer::timeout, this, &EntityField::ask);
    connect(this, &QLineEdit::returnPressed, this, [this] { take(text()); });
    connect(m_offers, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            [this](const QModelIndex &index) { take(index.data(NameRole).toString()); });
}

QSize EntityField::sizeHint() const
{
    return {metrics::scaled(kWidth, fontMetrics()), QLineEdit::sizeHint().height()};
}

void EntityField::ask()
{
    if (text().trimmed().isEmpty()) {
        m_offers->popup()->hide();
        return;
    }
    m_desk.findEntities(text(), this, [this](const QVector<domain::Entity> &found) { offer(found); });
}

void EntityField::offer(const QVector<domain::Entity> &entities)
{
    m_names->clear();
    for (const domain::Entity &entity : entities) {
        const QString name = entity.text.simplified();
        auto *item = new QStandardItem(
            tr("%1 · %2", "name, kind").arg(name, presentation::Details::entityKindText(entity.kind)));
        item->setData(name, NameRole);
        item->setEditable(false);
        m_names->appendRow(item);
    }
    if (entities.isEmpty() || !hasFocus() || text().trimmed().isEmpty()) {
        m_offers->popup()->hide();
        return;
    }
    QRect place = rect();
    place.setWidth(metrics::scaled(kOffersWidth, fontMetrics()));
    m_offers->complete(place);
}

void EntityField::take(const QString &name)
{
    const QString clean = name.simplified();
    if (clean.isEmpty())
        return;
    m_typing.stop();
    m_offers->popup()->hide();
    clear();
    Q_EMIT chosen(clean);
}

} // namespace lectern::ui
