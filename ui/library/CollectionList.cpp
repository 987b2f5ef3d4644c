// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/CollectionList.h"

#include "presentation/Format.h"
#include "ui/rows/RowLook.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyledItemDelegate>

namespace lectern::ui {

namespace {

constexpr int kWidth = 168;

enum EntryRole { FilterRole = Qt::UserRole, IconRole, CountRole, NameRole, CollectionRole };

} // namespace

/// Icon, name, and the count quietly at the other end.
class CollectionList::Delegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QWidget *widget = option.widget;
        const QStyle *style = widget ? widget->style() : QApplication::style();
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, widget);

        const Theme &theme = Theme::of(option.palette);
        const bool chosen = option.state & QStyle::State_Selected;
        QRect rect = option.rect.adjusted(14, 0, -14, 0);
        const Qt::LayoutDirection direction = option.direction;
        const QRect icon = QStyle::alignedRect(direction, Qt::AlignLeft | Qt::AlignVCenter,
                                               QSize(metrics::kIcon, metrics::kIcon), rect);
        if (const auto glyph = glyphNamed(index.data(IconRole).toString()))
            painter->drawPixmap(icon.topLeft(),
                                IconSet::pixmap(*glyph, metrics::kIcon, chosen ? theme.accent : theme.quiet,
                                                painter->device()->devicePixelRatioF()));
        const int taken = metrics::kIcon + metrics::kGap;
        rect.adjust(direction == Qt::RightToLeft ? 0 : taken, 0, direction == Qt::RightToLeft ? -taken : 0,
                    0);
        const int count = index.data(CountRole).toInt();
        const QString number = count > 0 ? presentation::Format::count(count) : QString();
        const auto end =
            static_cast<int>(QStyle::visualAlignment(direction, Qt::AlignRight | Qt::AlignVCenter));
        const auto start =
            static_cast<int>(QStyle::visualAlignment(direction, Qt::AlignLeft | Qt::AlignVCenter));
        painter->setFont(option.font);
        painter->setPen(theme.quiet);
        painter->drawText(rect, end | Qt::TextSingleLine, number);
        const int room = rect.width() - option.fontMetrics.horizontalAdvance(number) - metrics::kGap;
        painter->setPen(theme.text);
        painter->drawText(
            rect, start | Qt::TextSingleLine,
            option.fontMetrics.elidedText(index.data(NameRole).toString(), Qt::ElideRight, room));
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {80, metrics::rowHeight(option.fontMetrics, 32)};
    }
};

CollectionList::CollectionList(QWidget *parent) : QListWidget(parent)
{
    setObjectName(QStringLiteral("collectionList"));
    setAccessibleName(tr("Collections"));
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setItemDelegate(new Delegate(this));
    addItem(makeEntry(StateFilter::All, tr("All"), QStringLiteral("library")));
    addItem(makeEntry(StateFilter::Problems, tr("Failed"), QStringLiteral("warning")));
    addItem(makeEntry(StateFilter::Locked, tr("Needs password"), QStringLiteral("lock")));
    addItem(makeEntry(StateFilter::Trash, tr("Trash"), QStringLiteral("trash")));
    setCurrentRow(0);
    connect(this, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            Q_EMIT chosen(static_cast<StateFilter>(item(row)->data(FilterRole).toInt()),
                          collectionAt(row).id);
    });
}

QListWidgetItem *CollectionList::makeEntry(StateFilter filter, const QString &text, const QString &icon) const
{
    auto *entry = new QListWidgetItem;
    entry->setData(FilterRole, static_cast<int>(filter));
    entry->setData(IconRole, icon);
    entry->setData(NameRole, text);
    entry->setData(CountRole, 0);
    entry->setData(Qt::AccessibleTextRole, text);
    return entry;
}

void CollectionList::setTotals(const domain::Totals &totals)
{
    setCount(item(0), totals.documents);
    setCount(item(1), totals.documentsWithFailures + totals.documentsSetAside);
    setCount(item(2), totals.documentsNeedPassword);
    setCount(item(count() - 1), totals.documentsInTrash);
}

void CollectionList::setCollections(const QVector<domain::Collection> &collections)
{
    if (collections == m_collections)
        return;
    const QSignalBlocker quiet(this);
    const domain::CollectionId current = collectionAt(currentRow()).id;
    const auto filter = static_cast<StateFilter>(item(currentRow())->data(FilterRole).toInt());
    for (qsizetype i = 0; i < m_collections.size(); ++i)
        delete takeItem(kBefore);
    m_collections = collections;
    for (int i = 0; i < m_collections.size(); ++i) {
        const domain::Collection &collection = m_collections.at(i);
        QListWidgetItem *entry = makeEntry(StateFilter::All, collection.name, QStringLiteral("folder"));
        entry->setToolTip(collection.name.toHtmlEscaped());
        entry->setData(CollectionRole, collection.id.value);
        insertItem(kBefore + i, entry);
        setCount(entry, collection.documents);
    }
    setCurrent(filter, current.isValid() ? std::optional(current) : std::nullopt);
}

domain::Collection CollectionList::collectionAt(int row) const
{
    return m_collections.value(row - kBefore);
}

void CollectionList::setCount(QListWidgetItem *entry, int count)
{
    if (entry->data(CountRole).toInt() == count)
        return;
    entry->setData(CountRole, count);
    entry->setData(Qt::AccessibleTextRole, tr("%1, %2").arg(entry->data(NameRole).toString(),
                                                            presentation::Format::documents(count)));
}

void CollectionList::setCurrent(StateFilter filter, std::optional<domain::CollectionId> collection)
{
    const QSignalBlocker quiet(this);
    int wanted = 0;
    for (int row = 0; row < count(); ++row) {
        const domain::CollectionId here = collectionAt(row).id;
        if (collection ? here == *collection
                       : !here.isValid() && item(row)->data(FilterRole).toInt() == static_cast<int>(filter))
            wanted = row;
    }
    setCurrentRow(wanted);
}

void CollectionList::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int row = byKey ? currentRow() : indexAt(event->pos()).row();
    const domain::Collection collection = collectionAt(row);
    if (!collection.id.isValid())
        return;
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("collectionMenu"));
    connect(menu.addAction(IconSet::icon(Glyph::Edit), tr("&Rename…")), &QAction::triggered, this,
            [&] { Q_EMIT renameRequested(collection); });
    connect(menu.addAction(IconSet::icon(Glyph::Remove), tr("&Delete collection")), &QAction::triggered, this,
            [&] { Q_EMIT deleteRequested(collection); });
    menu.exec(byKey ? mapToGlobal(visualItemRect(item(row)).center()) : event->globalPos());
}

void CollectionList::keyPressEvent(QKeyEvent *event)
{
    const domain::Collection collection = collectionAt(currentRow());
    if (collection.id.isValid() && event->key() == Qt::Key_F2)
        Q_EMIT renameRequested(collection);
    else
        QListWidget::keyPressEvent(event);
}

QSize CollectionList::sizeHint() const
{
    return {kWidth, 4 * sizeHintForRow(0)};
}

} // namespace lectern::ui
