// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/CollectionList.h"

#include "presentation/Format.h"
#include "ui/rows/RowLook.h"
#include "ui/style/Metrics.h"

#include <QApplication>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyledItemDelegate>

namespace lectern::ui {

namespace {

enum CollectionRole { FilterRole = Qt::UserRole, IconRole, CountRole, NameRole };

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
    addCollection(StateFilter::All, tr("All"), QStringLiteral("library"));
    addCollection(StateFilter::Problems, tr("Failed"), QStringLiteral("warning"));
    addCollection(StateFilter::Locked, tr("Needs password"), QStringLiteral("lock"));
    addCollection(StateFilter::Trash, tr("Trash"), QStringLiteral("trash"));
    setCurrentRow(0);
    connect(this, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            Q_EMIT chosen(static_cast<StateFilter>(item(row)->data(FilterRole).toInt()));
    });
}

void CollectionList::addCollection(StateFilter filter, const QString &text, const QString &icon)
{
    auto *entry = new QListWidgetItem(this);
    entry->setData(FilterRole, static_cast<int>(filter));
    entry->setData(IconRole, icon);
    entry->setData(NameRole, text);
    entry->setData(CountRole, 0);
    entry->setData(Qt::AccessibleTextRole, text);
}

void CollectionList::setTotals(const domain::Totals &totals)
{
    setCount(0, totals.documents);
    setCount(1, totals.documentsWithFailures + totals.documentsSetAside);
    setCount(2, totals.documentsNeedPassword);
    setCount(3, totals.documentsInTrash);
}

void CollectionList::setCount(int row, int count)
{
    QListWidgetItem *entry = item(row);
    if (entry->data(CountRole).toInt() == count)
        return;
    entry->setData(CountRole, count);
    entry->setData(Qt::AccessibleTextRole, tr("%1, %2").arg(entry->data(NameRole).toString(),
                                                            presentation::Format::documents(count)));
}

void CollectionList::setCurrent(StateFilter filter)
{
    const QSignalBlocker quiet(this);
    int wanted = 0;
    for (int row = 0; row < count(); ++row) {
        if (item(row)->data(FilterRole).toInt() == static_cast<int>(filter))
            wanted = row;
    }
    setCurrentRow(wanted);
}

QSize CollectionList::sizeHint() const
{
    return {168, 4 * sizeHintForRow(0)};
}

} // namespace lectern::ui
