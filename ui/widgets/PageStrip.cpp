// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/PageStrip.h"

#include "ui/style/Paint.h"
#include "ui/widgets/Accessibility.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QStringList>
#include <QToolTip>

namespace lectern::ui {

namespace {

constexpr int kCellWidth = 10;
constexpr int kCellHeight = 14;
constexpr int kAcross = 14; ///< from cell to cell
constexpr int kDown = 18;
constexpr int kEdge = 3; ///< room for the ring around a cell

} // namespace

PageStrip::PageStrip(QWidget *parent) : QWidget(parent)
{
    installAccessibility();
    setObjectName(QStringLiteral("pageStrip"));
    setFocusPolicy(Qt::StrongFocus);
    // Pages follow one another from left to right, in every language.
    setLayoutDirection(Qt::LeftToRight);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    updateName();
}

void PageStrip::setPages(const QVector<PageState> &states)
{
    const bool sameCount = states.size() == m_cells.pageCount();
    m_cells.setStates(states);
    if (m_current > m_cells.pageCount())
        m_current = 0;
    updateName();
    if (!sameCount)
        updateGeometry();
    update();
}

void PageStrip::setPageState(int page, PageState state)
{
    const int failedBefore = m_cells.count(PageState::Failed);
    const int cell = m_cells.setState(page, state);
    if (cell >= 0)
        update(cellRect(cell).adjusted(-kEdge, -kEdge, kEdge, kEdge));
    if (m_cells.count(PageState::Failed) != failedBefore)
        updateName();
}

void PageStrip::setCurrentPage(int page)
{
    const int bounded = page >= 1 && page <= m_cells.pageCount() ? page : 0;
    if (bounded == m_current)
        return;
    m_current = bounded;
    update();
}

void PageStrip::setNoteProvider(std::function<QString(int page)> provider)
{
    m_note = std::move(provider);
}

QString PageStrip::stateText(PageState state, int count)
{
    switch (state) {
    case PageState::Done:
        return count < 0 ? tr("done") : tr("%n done", nullptr, count);
    case PageState::Rendered:
        return count < 0 ? tr("read, waiting for its analysis") : tr("%n read", nullptr, count);
    case PageState::Queued:
        return count < 0 ? tr("queued") : tr("%n queued", nullptr, count);
    case PageState::Running:
        return count < 0 ? tr("being worked on") : tr("%n being worked on", nullptr, count);
    case PageState::Failed:
        return count < 0 ? tr("failed") : tr("%n failed", nullptr, count);
    }
    return {};
}

QString PageStrip::cellText(int cell) const
{
    const int first = m_cells.firstPage(cell);
    const int last = m_cells.lastPage(cell);
    const QLocale locale = this->locale();
    if (first == last)
        return tr("Page %1: %2").arg(locale.toString(first), stateText(m_cells.pageState(first), -1));
    QStringList parts;
    for (const auto state :
         {PageState::Failed, PageState::Running, PageState::Queued, PageState::Rendered, PageState::Done}) {
        const int count = m_cells.countIn(cell, state);
        if (count > 0)
            parts.append(stateText(state, count));
    }
    return tr("Pages %1 to %2: %3")
        .arg(locale.toString(first), locale.toString(last), locale.createSeparatedList(parts));
}

QRect PageStrip::cellRect(int cell) const
{
    const int perLine = columns(width());
    return QRect(kEdge + cell % perLine * kAcross, kEdge + cell / perLine * kDown, kCellWidth, kCellHeight);
}

int PageStrip::cellAt(const QPoint &position) const
{
    // The gaps belong to the cells around them: targets are larger than what is drawn.
    const int column = (position.x() - kEdge + (kAcross - kCellWidth) / 2) / kAcross;
    const int line = (position.y() - kEdge + (kDown - kCellHeight) / 2) / kDown;
    if (position.x() < 0 || position.y() < 0 || column >= columns(width()))
        return -1;
    const int cell = line * columns(width()) + column;
    return cell < m_cells.cellCount() ? cell : -1;
}

QSize PageStrip::sizeHint() const
{
    constexpr int kComfortableWidth = 280;
    return QSize(kComfortableWidth, heightForWidth(kComfortableWidth));
}

QSize PageStrip::minimumSizeHint() const
{
    return QSize(8 * kAcross + 2 * kEdge, kDown + 2 * kEdge);
}

int PageStrip::heightForWidth(int width) const
{
    const int perLine = columns(width);
    const int lines = std::max(1, (m_cells.cellCount() + perLine - 1) / perLine);
    return lines * kDown - (kDown - kCellHeight) + 2 * kEdge;
}

void PageStrip::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    const int perLine = columns(width());
    const int firstLine = std::max(0, (event->rect().top() - kEdge) / kDown);
    const int lastLine = (event->rect().bottom() + kEdge) / kDown;
    const int last = std::min(m_cells.cellCount(), (lastLine + 1) * perLine);
    for (int cell = firstLine * perLine; cell < last; ++cell)
        paintCell(painter, cell);
}

void PageStrip::paintCell(QPainter &painter, int cell) const
{
    const Theme &theme = Theme::of(palette());
    const QRectF rect = cellRect(cell);
    constexpr qreal radius = 2.5;
    switch (m_cells.cellState(cell)) {
    case PageState::Done:
        paint::roundedRect(painter, rect, radius, theme.running);
        break;
    case PageState::Rendered:
        paint::roundedRect(painter, rect, radius, Qt::transparent, theme.running, 1.5);
        break;
    case PageState::Queued:
        paint::roundedRect(painter, rect, radius, theme.controlPressed);
        break;
    case PageState::Running: {
        paint::roundedRect(painter, rect, radius, blend(theme.surface, theme.running, 0.2), theme.running,
                           1.5);
        paint::roundedRect(painter, QRectF(rect.center().x() - 1.75, rect.center().y() - 1.75, 3.5, 3.5),
                           1.75, theme.running);
        break;
    }
    case PageState::Failed: {
        paint::roundedRect(painter, rect, radius, theme.failed);
        const QColor mark = theme.dark ? theme.surface : theme.onAccent;
        paint::roundedRect(painter, QRectF(rect.center().x() - 0.75, rect.top() + 3, 1.5, 5), 0.75, mark);
        paint::roundedRect(painter, QRectF(rect.center().x() - 0.9, rect.top() + 9.3, 1.8, 1.8), 0.9, mark);
        break;
    }
    }
    if (m_current > 0 && m_cells.cellOf(m_current) == cell) {
        const bool focused = hasFocus();
        paint::roundedRect(painter, rect.adjusted(-2.5, -2.5, 2.5, 2.5), radius + 2.5, Qt::transparent,
                           focused ? theme.accent : theme.text, focused ? 2.0 : 1.5);
    }
}

void PageStrip::mousePressEvent(QMouseEvent *event)
{
    const int cell = cellAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || cell < 0)
        return;
    selectCell(cell);
}

void PageStrip::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && cellAt(event->position().toPoint()) >= 0 && m_current > 0)
        Q_EMIT pageActivated(m_current);
}

void PageStrip::keyPressEvent(QKeyEvent *event)
{
    const int count = m_cells.cellCount();
    const int at = m_cells.cellOf(m_current);
    const int perLine = columns(width());
    int target = at;
    switch (event->key()) {
    case Qt::Key_Left:
        target = at - 1;
        break;
    case Qt::Key_Right:
        target = at + 1;
        break;
    case Qt::Key_Up:
        target = at - perLine;
        break;
    case Qt::Key_Down:
        target = at + perLine;
        break;
    case Qt::Key_Home:
        target = 0;
        break;
    case Qt::Key_End:
        target = count - 1;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current > 0)
            Q_EMIT pageActivated(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (count == 0)
        return;
    if (at < 0) // nothing selected yet: every key begins at the start, End at the end
        target = event->key() == Qt::Key_End ? count - 1 : 0;
    if (target >= 0 && target < count && target != at)
        selectCell(target);
}

bool PageStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int cell = cellAt(help->pos());
        if (cell < 0) {
            event->ignore();
            return true;
        }
        QString text = cellText(cell).toHtmlEscaped();
        const QString note = m_note ? m_note(m_cells.pageFor(cell)) : QString();
        if (!note.isEmpty())
            text += QStringLiteral("<br/>") + note.toHtmlEscaped();
        QToolTip::showText(help->globalPos(), text, this, cellRect(cell));
        return true;
    }
    return QWidget::event(event);
}

void PageStrip::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void PageStrip::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

int PageStrip::columns(int width) const
{
    return std::max(1, (width - 2 * kEdge + kAcross - kCellWidth) / kAcross);
}

void PageStrip::selectCell(int cell)
{
    const int page = m_cells.pageFor(cell);
    if (page == m_current)
        return;
    m_current = page;
    update();
    QAccessibleEvent focus(this, QAccessible::Focus);
    focus.setChild(cell);
    QAccessible::updateAccessibility(&focus);
    Q_EMIT currentPageChanged(page);
}

void PageStrip::updateName()
{
    const int failed = m_cells.count(PageState::Failed);
    const QString count = locale().toString(m_cells.pageCount());
    setAccessibleName(failed == 0 ? tr("Pages, %1").arg(count)
                                  : tr("Pages, %1, %2").arg(count, tr("%n failed", nullptr, failed)));
}

} // namespace lectern::ui
