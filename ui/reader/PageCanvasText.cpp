// SPDX-License-Identifier: GPL-3.0-or-later
// The part of PageCanvas that has to do with text: choosing it, marking it, showing where something stands.
#include "presentation/ErrorText.h"
#include "presentation/PageLinks.h"
#include "presentation/PageTexts.h"
#include "presentation/ReaderDocument.h"
#include "ui/reader/PageCanvas.h"
#include "ui/reader/TextSelector.h"
#include "ui/style/Paint.h"

#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace lectern::ui {

using presentation::PageTextMap;

namespace {

constexpr double kSightMargin = 0.12; ///< of the view: what is shown keeps so far from its edges
constexpr int kMostMarkedPages = 64;  ///< whose marks are kept ready

/// Colours on paper, which is white under every theme; multiplied, so that letters stay legible.
struct MarkerColors {
    QColor found{0xFF, 0xEC, 0x99};
    QColor current{0xFF, 0xB8, 0x4D};
    QColor marked{0xFF, 0xE0, 0x66};
    QColor selected{0xB5, 0xD3, 0xF7};
};

/// On inverted paper light is added instead.
QColor onBlack(const QColor &color)
{
    return QColor(color.red() / 3, color.green() / 3, color.blue() / 3);
}

} // namespace

// --- choosing ---------------------------------------------------------------------------------------------

const presentation::TextSelection &PageCanvas::selection() const
{
    return m_selector->selection();
}

void PageCanvas::selectAll()
{
    m_selector->selectAll();
}

void PageCanvas::mousePressEvent(QMouseEvent *event)
{
    if (!m_selector->press(*event))
        QAbstractScrollArea::mousePressEvent(event);
    event->accept(); // the release belongs to the same widget
}

void PageCanvas::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_selector->move(*event))
        updateCursor(event->position());
}

void PageCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    m_selector->release();
    event->accept();
    // A click, and not the end of choosing text.
    if (event->button() != Qt::LeftButton || !selection().isEmpty())
        return;
    if (const auto link = linkAt(event->position()))
        Q_EMIT linkActivated(*link);
}

std::optional<domain::PageLink> PageCanvas::linkAt(const QPointF &point)
{
    const QPointF there = point + offset();
    const int page = m_flow.pageAt(there.y());
    if (page < 1 || trouble(page))
        return std::nullopt;
    return m_links.at(page, m_flow.transform(page).inverted().map(there));
}

void PageCanvas::contextMenuEvent(QContextMenuEvent *event)
{
    // By key there is no place: all links of the page that is read are offered.
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    QVector<domain::PageLink> links;
    if (byKey && m_current > 0)
        links = m_links.find(m_current);
    else if (const auto link = linkAt(event->pos()))
        links.append(*link);
    Q_EMIT menuRequested(byKey ? mapToGlobal(viewport()->rect().center()) : event->globalPos(), links);
    event->accept();
}

void PageCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (!m_selector->doubleClick(*event))
        QAbstractScrollArea::mouseDoubleClickEvent(event);
}

void PageCanvas::updateCursor(const QPointF &point)
{
    const auto link = linkAt(point);
    viewport()->setCursor(link                          ? Qt::PointingHandCursor
                          : m_selector->isOnText(point) ? Qt::IBeamCursor
                                                        : Qt::ArrowCursor);
    // Where it leads is seen before it is clicked.
    viewport()->setToolTip(link && !link->address.isEmpty() ? link->address.toHtmlEscaped() : QString());
}

// --- for assistive programs -------------------------------------------------------------------------------

QString PageCanvas::pageName(int page) const
{
    return m_document.pageHeading(page);
}

QString PageCanvas::pageWords(int page) const
{
    if (const auto error = trouble(page))
        return presentation::ErrorText::sentence(*error);
    const PageTextMap *map = m_texts.find(page);
    return map ? map->text() : QString();
}

// --- showing ----------------------------------------------------------------------------------------------

void PageCanvas::ensureVisible(int page, const QRectF &area)
{
    if (page < 1 || page > m_flow.pageCount())
        return;
    const QRectF place = m_flow.transform(page).mapRect(area);
    const QSizeF room = viewport()->size();
    const auto nearest = [](double at, double low, double high, double length) {
        const double margin = std::min(length * kSightMargin, std::max(0.0, (length - (high - low)) / 2));
        if (low - margin < at)
            return low - margin;
        return high + margin > at + length ? std::min(low - margin, high + margin - length) : at;
    };
    const QPointF here = offset();
    const QPointF there(nearest(here.x(), place.left(), place.right(), room.width()),
                        nearest(here.y(), place.top(), place.bottom(), room.height()));
    setCurrent(page);
    if (there != here)
        scrollTo(there);
}

void PageCanvas::showText(int page, const PageTextMap::Range &range)
{
    const PageTextMap *map = m_texts.find(page);
    if (map == nullptr) {
        m_wanted = {page, range};
        if (page < visiblePages().first || page > visiblePages().last)
            goToPage(page);
        return;
    }
    m_wanted = {};
    QRectF area;
    for (const QRectF &part : map->areas(range.start, range.end))
        area |= part;
    if (!area.isNull())
        ensureVisible(page, area);
}

void PageCanvas::setMarks(int page, const presentation::ReaderMarks &marks)
{
    m_markedPage = marks.isEmpty() ? 0 : page;
    m_marks = marks;
    m_marksWanted = !marks.isEmpty();
    m_markAreas.clear();
    if (m_marksWanted && m_texts.find(page) != nullptr)
        takeText(page);
    viewport()->update();
}

void PageCanvas::takeText(int page)
{
    m_markAreas.remove(page);
    if (m_marksWanted && page == m_markedPage) {
        m_marksWanted = false;
        const QVector<QRectF> areas = markAreas(page);
        if (!areas.isEmpty())
            ensureVisible(page, areas.constFirst());
        else
            Q_EMIT marksNotFound(page);
    }
    if (m_wanted.page == page)
        showText(page, m_wanted.range);
    viewport()->update();
}

QVector<QRectF> PageCanvas::areasOf(int page, const QVector<text::Occurrence> &hits) const
{
    QVector<QRectF> areas;
    if (const PageTextMap *map = hits.isEmpty() ? nullptr : m_texts.find(page)) {
        for (const text::Occurrence &hit : hits)
            areas += map->areas(static_cast<int>(hit.offset), static_cast<int>(hit.offset + hit.length));
    }
    return areas;
}

QVector<QRectF> PageCanvas::markAreas(int page)
{
    if (m_marks.isEmpty())
        return {};
    const auto known = m_markAreas.constFind(page);
    if (known != m_markAreas.constEnd())
        return *known;
    const bool isOpened = page == m_markedPage;
    QVector<QRectF> areas = isOpened ? m_marks.places : QVector<QRectF>();
    const PageTextMap *map = m_texts.find(page);
    if (map == nullptr)
        return areas; // until its text is read
    for (const PageTextMap::Range &range :
         isOpened ? m_marks.rangesIn(map->text()) : m_marks.rangesElsewhere(map->text()))
        areas += map->areas(range.start, range.end);
    if (m_markAreas.size() >= kMostMarkedPages)
        m_markAreas.clear();
    m_markAreas.insert(page, areas);
    return areas;
}

QVector<QRectF> PageCanvas::markedAreas(int page)
{
    return areasOf(page, m_finder.hitsOn(page)) + markAreas(page);
}

// --- painting ---------------------------------------------------------------------------------------------

void PageCanvas::paintMarks(QPainter &painter, int page)
{
    const MarkerColors colors;
    const QTransform toView =
        m_flow.transform(page) * QTransform::fromTranslate(-offset().x(), -offset().y());
    painter.save();
    painter.setClipRect(viewRect(page));
    painter.setCompositionMode(m_inverted ? QPainter::CompositionMode_Screen
                                          : QPainter::CompositionMode_Multiply);
    const auto fill = [&](const QVector<QRectF> &areas, const QColor &color, double margin) {
        for (const QRectF &area : areas)
            paint::roundedRect(painter, toView.mapRect(area).adjusted(-margin, -margin, margin, margin), 2,
                               m_inverted ? onBlack(color) : color);
    };
    const auto &current = m_finder.current();
    QVector<text::Occurrence> others = m_finder.hitsOn(page);
    if (current && current->page == page) {
        others.removeIf([&](const text::Occurrence &hit) { return hit == current->place; });
        fill(areasOf(page, {current->place}), colors.current, 1);
    }
    fill(areasOf(page, others), colors.found, 1);
    fill(markAreas(page), colors.marked, 1);
    const PageTextMap *map = selection().isEmpty() ? nullptr : m_texts.find(page);
    if (map != nullptr) {
        const PageTextMap::Range range = selection().on(page, map->length());
        fill(map->areas(range.start, range.end), colors.selected, 0);
    }
    painter.restore();
}

} // namespace lectern::ui
