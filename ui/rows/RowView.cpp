// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/RowView.h"

#include "presentation/Roles.h"
#include "ui/rows/RowDelegate.h"
#include "ui/rows/RowLook.h"
#include "ui/style/Metrics.h"

#include <QContextMenuEvent>
#include <QDrag>
#include <QHeaderView>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QUrl>

namespace lectern::ui {

namespace {

constexpr int kSide = 8;

} // namespace

RowView::RowView(QWidget *parent) : QTreeView(parent), m_delegate(new RowDelegate(this))
{
    setItemDelegate(m_delegate);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setTextElideMode(Qt::ElideMiddle);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    header()->setMinimumSectionSize(40);
    header()->setStretchLastSection(false);
    header()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    header()->setTextElideMode(Qt::ElideRight);
    connect(header(), &QHeaderView::customContextMenuRequested, this, [this](const QPoint &position) {
        QMenu menu;
        fillColumnMenu(menu);
        menu.exec(header()->viewport()->mapToGlobal(position));
    });
    connect(this, &QTreeView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT opened(index); });
}

void RowView::setSentenceColumns(int state, int progress)
{
    m_firstColumn = state;
    m_secondColumn = progress;
}

void RowView::setHideable(std::function<bool(int)> hideable)
{
    m_hideable = std::move(hideable);
}

void RowView::setFilesProvider(std::function<QStringList(const QModelIndexList &)> provider)
{
    m_files = std::move(provider);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
}

void RowView::fillColumnMenu(QMenu &menu)
{
    for (int visual = 0; visual < header()->count(); ++visual) {
        const int column = header()->logicalIndex(visual);
        if (m_hideable && !m_hideable(column))
            continue;
        QAction *action = menu.addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column) || m_aside.contains(column));
        connect(action, &QAction::toggled, this,
                [this, column](bool shown) { setColumnShown(column, shown); });
    }
}

void RowView::setFlexibleColumn(int column, int minimum, const QVector<int> &yielding)
{
    m_flexible = column;
    m_flexibleMinimum = minimum;
    m_yielding = yielding;
    connect(header(), &QHeaderView::sectionResized, this, [this](int section) {
        if (section != m_flexible)
            fitColumns();
    });
    fitColumns();
}

void RowView::setColumnShown(int column, bool shown)
{
    m_aside.remove(column);
    // Who asks for a column wants to see it: it no longer steps aside.
    if (shown && m_yielding.contains(column))
        m_yielding.removeAll(column);
    setColumnHidden(column, !shown);
    fitColumns();
}

void RowView::fitColumns()
{
    if (m_flexible < 0 || m_fitting || !model())
        return;
    m_fitting = true;
    const QSet<int> wereAside = m_aside;
    for (const int column : wereAside)
        setColumnHidden(column, false);
    m_aside.clear();
    const auto others = [this] {
        int width = 0;
        for (int column = 0; column < header()->count(); ++column) {
            if (column != m_flexible && !isColumnHidden(column))
                width += columnWidth(column);
        }
        return width;
    };
    const int room = viewport()->width() - kSide; // the end of a row does not touch the edge
    for (const int column : m_yielding) {
        if (others() + m_flexibleMinimum <= room)
            break;
        if (!isColumnHidden(column)) {
            setColumnHidden(column, true);
            m_aside.insert(column);
        }
    }
    setColumnWidth(m_flexible, qMax(m_flexibleMinimum, room - others()));
    m_fitting = false;
}

QByteArray RowView::saveColumns()
{
    m_fitting = true;
    for (const int column : std::as_const(m_aside))
        setColumnHidden(column, false);
    const QByteArray state = header()->saveState();
    for (const int column : std::as_const(m_aside))
        setColumnHidden(column, true);
    m_fitting = false;
    return state;
}

bool RowView::restoreColumns(const QByteArray &columns)
{
    m_fitting = true;
    const bool restored = !columns.isEmpty() && header()->restoreState(columns);
    m_fitting = false;
    if (restored)
        m_aside.clear(); // the state says itself what is shown
    fitColumns();
    return restored;
}

void RowView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    fitColumns();
}

QRect RowView::spanRect(const QModelIndex &index) const
{
    if (m_firstColumn < 0 || isColumnHidden(m_firstColumn))
        return {};
    QRect rect = visualRect(index.siblingAtColumn(m_firstColumn));
    const int distance = header()->visualIndex(m_firstColumn) - header()->visualIndex(m_secondColumn);
    if (m_secondColumn >= 0 && !isColumnHidden(m_secondColumn) && qAbs(distance) == 1)
        rect = rect.united(visualRect(index.siblingAtColumn(m_secondColumn)));
    return rect.adjusted(kSide, 0, -kSide, 0);
}

RowView::Sentence RowView::layoutSentence(const QRect &span, const QString &text, const QString &action) const
{
    Sentence sentence;
    QRect rest = span;
    sentence.icon =
        QRect(rest.left(), rest.center().y() - metrics::kIcon / 2 + 1, metrics::kIcon, metrics::kIcon);
    rest.setLeft(sentence.icon.right() + 1 + metrics::kGap);
    const int linkWidth = action.isEmpty() ? 0 : fontMetrics().horizontalAdvance(action) + 2;
    const int room = rest.width() - (linkWidth > 0 ? linkWidth + metrics::kGap : 0);
    // The link is what helps: the sentence gives way to it.
    const int textWidth = qBound(0, fontMetrics().horizontalAdvance(text) + 1, qMax(0, room));
    sentence.text = QRect(rest.left(), rest.top(), textWidth, rest.height());
    if (linkWidth > 0) {
        const int left = textWidth > 0 ? sentence.text.right() + 1 + metrics::kGap : rest.left();
        sentence.link = QRect(left, rest.top(), qMin(linkWidth, span.right() - left + 1), rest.height());
    }
    const auto mirror = [this, &span](const QRect &rect) {
        return QStyle::visualRect(layoutDirection(), span, rect);
    };
    return {mirror(sentence.icon), mirror(sentence.text), mirror(sentence.link)};
}

void RowView::drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QTreeView::drawRow(painter, option, index);
    const QModelIndex state = index.siblingAtColumn(qMax(0, m_firstColumn));
    const QString text = m_firstColumn < 0 ? QString() : sentenceOf(state);
    const QRect span = text.isEmpty() ? QRect() : spanRect(index);
    if (span.isEmpty())
        return;
    const Theme &theme = Theme::of(option.palette);
    const QString action = state.data(presentation::ActionTextRole).toString();
    const Sentence sentence = layoutSentence(span, text, action);
    painter->save();
    painter->setClipRect(span);
    if (const auto glyph = glyphNamed(state.data(presentation::IconNameRole).toString())) {
        const QColor color = theme.tone(toneOfRole(state.data(presentation::ToneRole)));
        painter->drawPixmap(sentence.icon.topLeft(),
                            IconSet::pixmap(*glyph, metrics::kIcon, color, devicePixelRatioF()));
    }
    painter->setFont(font());
    painter->setPen(theme.text);
    const int flags =
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)) |
        Qt::TextSingleLine;
    painter->drawText(sentence.text, flags,
                      fontMetrics().elidedText(text, Qt::ElideRight, sentence.text.width()));
    if (!action.isEmpty()) {
        QFont linkFont = font();
        linkFont.setUnderline(m_hoveredLink.isValid() && m_hoveredLink.row() == index.row() &&
                              m_hoveredLink.parent() == index.parent());
        painter->setFont(linkFont);
        painter->setPen(theme.tone(Tone::Accent));
        painter->drawText(sentence.link, flags,
                          fontMetrics().elidedText(action, Qt::ElideRight, sentence.link.width()));
    }
    painter->restore();
}

QRect RowView::linkRect(const QModelIndex &index) const
{
    if (!index.isValid() || m_firstColumn < 0)
        return {};
    const QModelIndex state = index.siblingAtColumn(m_firstColumn);
    const QString text = sentenceOf(state);
    const QString action = state.data(presentation::ActionTextRole).toString();
    if (text.isEmpty() || action.isEmpty())
        return {};
    return layoutSentence(spanRect(index), text, action).link;
}

QModelIndex RowView::linkAt(const QPoint &position) const
{
    const QModelIndex index = indexAt(position);
    return linkRect(index).contains(position) ? index.siblingAtColumn(m_firstColumn) : QModelIndex();
}

void RowView::mouseMoveEvent(QMouseEvent *event)
{
    const QPersistentModelIndex link(linkAt(event->position().toPoint()));
    if (link != m_hoveredLink) {
        m_hoveredLink = link;
        if (link.isValid())
            viewport()->setCursor(Qt::PointingHandCursor);
        else
            viewport()->unsetCursor();
        viewport()->update();
    }
    QTreeView::mouseMoveEvent(event);
}

void RowView::mousePressEvent(QMouseEvent *event)
{
    m_pressedLink = event->button() == Qt::LeftButton ? linkAt(event->position().toPoint()) : QModelIndex();
    QTreeView::mousePressEvent(event);
}

void RowView::mouseReleaseEvent(QMouseEvent *event)
{
    const QModelIndex link = linkAt(event->position().toPoint());
    const bool clicked = link.isValid() && m_pressedLink == link && event->button() == Qt::LeftButton;
    m_pressedLink = QModelIndex();
    QTreeView::mouseReleaseEvent(event);
    if (clicked)
        Q_EMIT linkActivated(link, link.data(presentation::ActionCommandRole).toString());
}

void RowView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        QStringList lines;
        QModelIndexList rows = selectionModel()->selectedRows();
        if (rows.isEmpty() && currentIndex().isValid())
            rows.append(currentIndex().siblingAtColumn(0)); // came with the keyboard, chosen or not
        for (const QModelIndex &row : std::as_const(rows)) {
            const QString line = row.data(presentation::CopyRole).toString();
            if (!line.isEmpty())
                lines.append(line);
        }
        if (!lines.isEmpty())
            Q_EMIT copyRequested(lines.join(QLatin1Char('\n')));
        return;
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() == Qt::NoModifier && currentIndex().isValid()) {
        Q_EMIT opened(currentIndex());
        return;
    }
    QTreeView::keyPressEvent(event);
}

void RowView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const QRect rect = visualRect(currentIndex());
        Q_EMIT menuRequested(viewport()->mapToGlobal(rect.isValid() ? rect.center() : QPoint(8, 8)));
        return;
    }
    if (indexAt(event->pos()).isValid())
        Q_EMIT menuRequested(event->globalPos());
}

void RowView::startDrag(Qt::DropActions)
{
    const QStringList files = m_files ? m_files(selectionModel()->selectedRows()) : QStringList();
    if (files.isEmpty())
        return;
    QList<QUrl> urls;
    for (const QString &file : files)
        urls.append(QUrl::fromLocalFile(file));
    auto *content = new QMimeData;
    content->setUrls(urls);
    content->setText(files.join(QLatin1Char('\n')));
    auto *drag = new QDrag(this);
    drag->setMimeData(content);
    drag->setPixmap(IconSet::pixmap(Glyph::Document, 32, Theme::of(palette()).accent, devicePixelRatioF()));
    drag->exec(Qt::CopyAction, Qt::CopyAction);
}

} // namespace lectern::ui
