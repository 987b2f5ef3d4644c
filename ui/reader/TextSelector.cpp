// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reader/TextSelector.h"

#include "presentation/PageTexts.h"
#include "ui/reader/PageCanvas.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTimerEvent>

#include <algorithm>

namespace lectern::ui {

using presentation::PageTextMap;
using presentation::TextSelection;
using presentation::TextSpot;

namespace {

constexpr int kAutoScrollMs = 30;
constexpr int kFastestScroll = 60; ///< pixels a step

} // namespace

TextSelector::TextSelector(PageCanvas &canvas, presentation::PageTexts &texts)
    : QObject(&canvas), m_canvas(canvas), m_texts(texts)
{
}

void TextSelector::select(const TextSelection &selection)
{
    if (selection == m_selection)
        return;
    m_selection = selection;
    Q_EMIT changed();
}

void TextSelector::clear()
{
    m_dragging = false;
    m_autoScroll.stop();
    select({});
}

void TextSelector::selectAll()
{
    if (m_canvas.flow().pageCount() > 0)
        select({{1, 0}, {m_canvas.flow().pageCount(), TextSelection::kPageEnd}});
}

// --- mouse ------------------------------------------------------------------------------------------------

QPointF TextSelector::onPage(int page, const QPointF &point) const
{
    return m_canvas.flow().transform(page).inverted().map(point + m_canvas.offset());
}

std::optional<TextSpot> TextSelector::spotAt(const QPointF &point)
{
    const int page = m_canvas.flow().pageAt(point.y() + m_canvas.offset().y());
    const PageTextMap *map = page > 0 ? m_texts.find(page) : nullptr;
    if (map == nullptr)
        return std::nullopt;
    return TextSpot{page, map->positionAt(onPage(page, point))};
}

bool TextSelector::isOnText(const QPointF &point)
{
    const int page = m_canvas.flow().pageAt(point.y() + m_canvas.offset().y());
    const PageTextMap *map = page > 0 ? m_texts.find(page) : nullptr;
    return map != nullptr && map->isOnText(onPage(page, point));
}

bool TextSelector::press(const QMouseEvent &event)
{
    if (event.button() != Qt::LeftButton)
        return false;
    const QPointF point = event.position();
    const auto spot = spotAt(point);
    m_pressedAt = point;
    m_lastPoint = point;
    if (!spot) {
        clear();
        return false;
    }
    m_dragging = true;
    // The third of three quick clicks.
    const bool third =
        m_sinceDoubleClick.isValid() && m_sinceDoubleClick.elapsed() < QApplication::doubleClickInterval();
    m_sinceDoubleClick.invalidate();
    if (third) {
        m_unit = Unit::Line;
        const Range line = m_texts.find(spot->page)->lineAt(spot->position);
        m_seed = {{spot->page, line.start}, {spot->page, line.end}};
        select(m_seed);
    } else if (event.modifiers() & Qt::ShiftModifier && !m_selection.isEmpty()) {
        m_unit = Unit::Character;
        select({m_selection.anchor(), *spot});
    } else {
        m_unit = Unit::Character;
        m_seed = {*spot, *spot};
        select(m_seed);
    }
    return true;
}

bool TextSelector::doubleClick(const QMouseEvent &event)
{
    const auto spot = spotAt(event.position());
    if (event.button() != Qt::LeftButton || !spot || !isOnText(event.position()))
        return false;
    const Range word = m_texts.find(spot->page)->wordAt(spot->position);
    m_unit = Unit::Word;
    m_dragging = true;
    m_seed = {{spot->page, word.start}, {spot->page, word.end}};
    m_sinceDoubleClick.start();
    select(m_seed);
    return true;
}

bool TextSelector::move(const QMouseEvent &event)
{
    m_lastPoint = event.position();
    if (!m_dragging || !(event.buttons() & Qt::LeftButton))
        return false;
    if (m_unit == Unit::Character && m_selection.isEmpty() &&
        (m_lastPoint - m_pressedAt).manhattanLength() < QApplication::startDragDistance() / 2.0)
        return true;
    drag(m_lastPoint);
    scrollTowards(m_lastPoint);
    return true;
}

void TextSelector::drag(const QPointF &point)
{
    const auto spot = spotAt(point);
    if (!spot)
        return;
    Range range{spot->position, spot->position};
    if (m_unit != Unit::Character) {
        const PageTextMap &map = *m_texts.find(spot->page);
        range = m_unit == Unit::Word ? map.wordAt(spot->position) : map.lineAt(spot->position);
    }
    // Whole words or lines on either side of the one with which it began.
    if (*spot < m_seed.first())
        select({m_seed.last(), {spot->page, range.start}});
    else
        select({m_seed.first(), std::max(m_seed.last(), TextSpot{spot->page, range.end})});
}

void TextSelector::release()
{
    m_dragging = false;
    m_autoScroll.stop();
}

// Beyond the edge of the view it goes on by itself.
void TextSelector::scrollTowards(const QPointF &point)
{
    const int height = m_canvas.viewport()->height();
    if (point.y() >= 0 && point.y() <= height)
        m_autoScroll.stop();
    else if (!m_autoScroll.isActive())
        m_autoScroll.start(kAutoScrollMs, this);
}

void TextSelector::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_autoScroll.timerId())
        return;
    const double beyond = m_lastPoint.y() < 0
                              ? m_lastPoint.y()
                              : std::max(0.0, m_lastPoint.y() - m_canvas.viewport()->height());
    const int step = static_cast<int>(std::clamp<double>(beyond, -kFastestScroll, kFastestScroll));
    QScrollBar *bar = m_canvas.verticalScrollBar();
    bar->setValue(bar->value() + step);
    drag(m_lastPoint);
}

// --- keys -------------------------------------------------------------------------------------------------

TextSpot TextSelector::firstInView()
{
    const PageFlow::Range seen = m_canvas.visiblePages();
    for (int page = seen.first; page <= seen.last; ++page) {
        const PageTextMap *map = m_texts.find(page);
        if (map == nullptr || map->isEmpty())
            continue;
        const QPointF corner(m_canvas.viewRect(page).left(), std::max(0.0, m_canvas.viewRect(page).top()));
        return {page, map->lineAt(map->positionAt(onPage(page, corner))).start};
    }
    return {};
}

// Over the edge of a page: to the first or last position of the next one that has text.
std::optional<TextSpot> TextSelector::steppedOver(int page, bool forwards)
{
    const int count = m_canvas.flow().pageCount();
    for (int next = page + (forwards ? 1 : -1); next >= 1 && next <= count; next += forwards ? 1 : -1) {
        const PageTextMap *map = m_texts.find(next);
        if (map == nullptr)
            return std::nullopt; // it is being read; the next press finds it
        if (!map->isEmpty())
            return TextSpot{next, forwards ? 0 : map->length()};
    }
    return std::nullopt;
}

std::optional<TextSpot> TextSelector::stepped(int key, bool byWord)
{
    const TextSpot from = m_selection.cursor();
    const PageTextMap *map = m_texts.find(from.page);
    if (map == nullptr)
        return std::nullopt;
    const int position = std::min(from.position, map->length());
    const auto on = [&from](int to) { return TextSpot{from.page, to}; };
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const bool forwards = (key == Qt::Key_Right) != map->isRightToLeft(position);
        if (forwards ? position >= map->length() : position <= 0)
            return steppedOver(from.page, forwards);
        if (byWord)
            return on(forwards ? map->nextWord(position) : map->previousWord(position));
        return on(forwards ? map->nextCharacter(position) : map->previousCharacter(position));
    }
    case Qt::Key_Up: {
        const int up = map->lineUp(position);
        return up >= 0 ? on(up) : steppedOver(from.page, false);
    }
    case Qt::Key_Down: {
        const int down = map->lineDown(position);
        return down >= 0 ? on(down) : steppedOver(from.page, true);
    }
    case Qt::Key_Home:
        return byWord ? TextSpot{1, 0} : on(map->lineAt(position).start);
    case Qt::Key_End:
        return byWord ? TextSpot{m_canvas.flow().pageCount(), TextSelection::kPageEnd}
                      : on(map->lineAt(position).end);
    default:
        return std::nullopt;
    }
}

bool TextSelector::key(const QKeyEvent &event)
{
    if (event.key() == Qt::Key_Escape && !m_selection.isEmpty()) {
        clear();
        return true;
    }
    static constexpr int kSteps[] = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up,
                                     Qt::Key_Down, Qt::Key_Home,  Qt::Key_End};
    const bool isStep = std::find(std::begin(kSteps), std::end(kSteps), event.key()) != std::end(kSteps);
    if (!isStep || !(event.modifiers() & Qt::ShiftModifier))
        return false;
    if (m_selection.cursor().page == 0) {
        const TextSpot start = firstInView();
        if (start.page == 0)
            return true; // no text in view, or not read yet
        m_selection = {start, start};
    }
    if (const auto spot = stepped(event.key(), event.modifiers() & Qt::ControlModifier)) {
        select({m_selection.anchor(), *spot});
        showCursor();
    }
    return true;
}

void TextSelector::showCursor()
{
    const TextSpot cursor = m_selection.cursor();
    if (const PageTextMap *map = m_texts.find(cursor.page))
        m_canvas.ensureVisible(cursor.page, map->caret(std::min(cursor.position, map->length())));
}

} // namespace lectern::ui
