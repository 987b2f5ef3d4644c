// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reader/PageCanvas.h"

#include "presentation/PageLinks.h"
#include "presentation/PageTexts.h"
#include "presentation/ReaderDocument.h"
#include "ui/reader/PageCard.h"
#include "ui/reader/ReaderAccessibility.h"
#include "ui/reader/TextSelector.h"
#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"

#include <QEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace lectern::ui {

namespace {

constexpr int kLineStep = 48;
constexpr int kScreenOverlap = 48;
constexpr double kWheelStep = 1.1;
constexpr double kReadingLine = 0.3; ///< of the view's height: the page there is the current one
constexpr std::array kZooms{0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25,
                            1.5, 1.75, 2.0,  2.5, 3.0,  4.0,  5.0, 6.0, 8.0};

} // namespace

PageCanvas::PageCanvas(const Sources &sources, QWidget *parent)
    : QAbstractScrollArea(parent), m_document(sources.document), m_drawings(sources.drawings),
      m_texts(sources.texts), m_finder(sources.finder), m_links(sources.links),
      m_selector(new TextSelector(*this, sources.texts))
{
    setObjectName(QStringLiteral("pageView"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    // Pages are not mirrored, in any language.
    setLayoutDirection(Qt::LeftToRight);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalScrollBar()->setSingleStep(kLineStep);
    horizontalScrollBar()->setSingleStep(kLineStep);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setMouseTracking(true);
    changeEvent(nullptr);
    installReaderAccessibility();

    connect(&m_document, &presentation::ReaderDocument::opened, this, [this] {
        m_dared.clear();
        m_current = 0;
        setMarks(0, {});
        m_wanted = {};
        m_selector->clear();
        takePages();
    });
    connect(&m_document, &presentation::ReaderDocument::pagesChanged, this, &PageCanvas::takePages);
    connect(&m_drawings, &presentation::PageDrawings::drawn, this, [this](int page, const QSizeF &points) {
        m_document.learnSize(page, points);
        if (page >= visiblePages().first && page <= visiblePages().last)
            viewport()->update();
    });
    connect(&m_drawings, &presentation::PageDrawings::failed, this, [this] {
        placeCards();
        viewport()->update();
    });
    // The texts of what is in view are there before somebody chooses from them, but are no hindrance to
    // scrolling.
    connect(&m_drawings, &presentation::PageDrawings::idle, this, [this] {
        for (int page = visiblePages().first; page <= visiblePages().last; ++page) {
            (void)m_texts.find(page);
            if (!trouble(page))
                (void)m_links.find(page);
        }
    });
    connect(&m_texts, &presentation::PageTexts::arrived, this, &PageCanvas::takeText);
    const auto repaint = [this] { viewport()->update(); };
    connect(m_selector, &TextSelector::changed, this, repaint);
    connect(m_selector, &TextSelector::changed, this, &PageCanvas::selectionChanged);
    connect(&m_finder, &presentation::DocumentFinder::changed, this, repaint);
    connect(&m_finder, &presentation::DocumentFinder::currentChanged, this, [this] {
        viewport()->update();
        if (const auto &hit = m_finder.current())
            showText(hit->page, {static_cast<int>(hit->place.offset),
                                 static_cast<int>(hit->place.offset + hit->place.length)});
    });
}

// --- where things stand -----------------------------------------------------------------------------------

void PageCanvas::takePages()
{
    QVector<QSizeF> sizes;
    sizes.reserve(m_document.pageCount());
    for (int page = 1; page <= m_document.pageCount(); ++page)
        sizes.append(m_document.pageSize(page));
    const bool fresh = m_flow.pageCount() == 0;
    keepingPlace(QPointF(0, viewport()->height() * kReadingLine), [&] { m_flow.setPages(sizes); });
    if (fresh && !sizes.isEmpty())
        goToPage(1);
    else if (m_current > m_flow.pageCount())
        setCurrent(m_flow.pageCount());
    updateName();
}

QPointF PageCanvas::offset() const
{
    return QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value());
}

void PageCanvas::layOut()
{
    m_layingOut = true;
    m_moving = true;
    const bool fitted = m_fit != Fit::None;
    const auto wanted = fitted ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded;
    if (horizontalScrollBarPolicy() != wanted)
        setHorizontalScrollBarPolicy(wanted);
    // A scroll bar that comes or goes changes the room once more.
    for (int round = 0; round < 2; ++round) {
        const QSize room = viewport()->size();
        m_flow.setLook(m_fit, m_zoom, m_rotation, room);
        const QSize size = m_flow.size();
        horizontalScrollBar()->setPageStep(room.width());
        verticalScrollBar()->setPageStep(room.height());
        horizontalScrollBar()->setRange(0, fitted ? 0 : std::max(0, size.width() - room.width()));
        verticalScrollBar()->setRange(0, std::max(0, size.height() - room.height()));
        if (viewport()->size() == room)
            break;
    }
    m_moving = false;
    m_layingOut = false;
}

template <class Change> void PageCanvas::keepingPlace(const QPointF &anchor, Change change)
{
    const PagePlace place = m_flow.placeAt(offset() + anchor);
    change();
    layOut();
    if (place.page > 0 && place.page <= m_flow.pageCount())
        scrollTo(m_flow.pointOf(place) - anchor);
    else
        follow();
}

void PageCanvas::scrollTo(const QPointF &point)
{
    m_moving = true;
    horizontalScrollBar()->setValue(static_cast<int>(std::lround(point.x())));
    verticalScrollBar()->setValue(static_cast<int>(std::lround(point.y())));
    m_moving = false;
    follow();
}

void PageCanvas::scrollContentsBy(int, int)
{
    if (m_moving)
        return;
    const QScrollBar &bar = *verticalScrollBar();
    const bool atEnd = bar.value() == bar.maximum() && bar.maximum() > 0;
    setCurrent(atEnd ? m_flow.pageCount() : m_flow.pageAt(bar.value() + viewport()->height() * kReadingLine));
    follow();
}

// Everything that depends on what is in view.
void PageCanvas::follow()
{
    placeCards();
    updateWishes();
    viewport()->update();
}

void PageCanvas::setCurrent(int page)
{
    if (page == m_current)
        return;
    m_current = page;
    updateName();
    Q_EMIT currentPageChanged(page);
}

void PageCanvas::updateName()
{
    setAccessibleName(m_current > 0 ? pageName(m_current) : tr("No page"));
}

PageFlow::Range PageCanvas::visiblePages() const
{
    const double top = verticalScrollBar()->value();
    return m_flow.pagesBetween(top, top + viewport()->height());
}

QRectF PageCanvas::viewRect(int page) const
{
    // On whole device pixels, so that a picture of the right size is copied and not blurred.
    const QRectF rect = m_flow.pageRect(page).translated(-offset());
    const double ratio = devicePixelRatioF();
    const auto snapped = [ratio](double value) { return std::round(value * ratio) / ratio; };
    return QRectF(snapped(rect.x()), snapped(rect.y()), rect.width(), rect.height());
}

PagePlace PageCanvas::place() const
{
    return m_flow.placeAt(offset());
}

void PageCanvas::goToPage(int page)
{
    if (page < 1 || page > m_flow.pageCount())
        return;
    setCurrent(page);
    scrollTo(QPointF(horizontalScrollBar()->value(), m_flow.pageRect(page).top() - PageFlow::kAbove));
}

void PageCanvas::goToPlace(const PagePlace &place, bool centred)
{
    if (place.page < 1 || place.page > m_flow.pageCount())
        return;
    setCurrent(place.page);
    const QPointF point = m_flow.pointOf(place);
    const QSizeF room = viewport()->size();
    const QPointF target = centred ? point - QPointF(room.width() / 2, room.height() * kReadingLine) : point;
    scrollTo(
        QPointF(m_fit == Fit::None && centred ? target.x() : horizontalScrollBar()->value(), target.y()));
}

// --- look -------------------------------------------------------------------------------------------------

double PageCanvas::zoom() const
{
    if (m_fit == Fit::None || m_current < 1 || m_current > m_flow.pageCount())
        return m_zoom;
    return m_flow.scale(m_current) / PageFlow::kScaleOfFullSize;
}

void PageCanvas::setFit(Fit fit)
{
    if (fit == Fit::None)
        return setZoom(zoom());
    keepingPlace(QPointF(viewport()->width() / 2.0, 0), [&] { m_fit = fit; });
    Q_EMIT lookChanged();
}

void PageCanvas::setZoom(double zoom)
{
    setZoomAt(zoom, QRectF(viewport()->rect()).center());
}

void PageCanvas::setZoomAt(double zoom, const QPointF &anchor)
{
    keepingPlace(anchor, [&] {
        m_fit = Fit::None;
        m_zoom = std::clamp(zoom, PageFlow::kMinimumZoom, PageFlow::kMaximumZoom);
    });
    Q_EMIT lookChanged();
}

void PageCanvas::zoomIn()
{
    const auto next = std::upper_bound(kZooms.cbegin(), kZooms.cend(), zoom() * 1.01);
    setZoom(next == kZooms.cend() ? kZooms.back() : *next);
}

void PageCanvas::zoomOut()
{
    const auto next = std::lower_bound(kZooms.cbegin(), kZooms.cend(), zoom() * 0.99);
    setZoom(next == kZooms.cbegin() ? kZooms.front() : *std::prev(next));
}

void PageCanvas::rotate(bool clockwise)
{
    const int page = m_current;
    keepingPlace(QPointF(0, viewport()->height() * kReadingLine),
                 [&] { m_rotation = (m_rotation + (clockwise ? 90 : 270)) % 360; });
    goToPage(page);
    Q_EMIT lookChanged();
}

void PageCanvas::setInverted(bool inverted)
{
    m_inverted = inverted;
    viewport()->update();
    Q_EMIT lookChanged();
}

void PageCanvas::resizeEvent(QResizeEvent *)
{
    if (m_layingOut)
        return; // a scroll bar came or went, and is reckoned with
    keepingPlace(QPointF(viewport()->width() / 2.0, 0), [] {});
    Q_EMIT lookChanged();
}

void PageCanvas::changeEvent(QEvent *event)
{
    if (event)
        QAbstractScrollArea::changeEvent(event);
    if (event && event->type() != QEvent::PaletteChange)
        return;
    // The scroll bars take their ground from the viewport's palette.
    QPalette colors;
    colors.setColor(QPalette::Base, Theme::of(palette()).canvas);
    viewport()->setPalette(colors);
    viewport()->setBackgroundRole(QPalette::Base);
}

void PageCanvas::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    follow();
}

// Nobody looks: nothing is wanted.
void PageCanvas::hideEvent(QHideEvent *event)
{
    QAbstractScrollArea::hideEvent(event);
    updateWishes();
}

// --- keys and wheel ---------------------------------------------------------------------------------------

void PageCanvas::wheelEvent(QWheelEvent *event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    setZoomAt(zoom() * std::pow(kWheelStep, event->angleDelta().y() / 120.0), event->position());
    event->accept();
}

// A screen further, but never past the beginning of a page. When one begins in the view, all before it was
// seen.
void PageCanvas::screenDown()
{
    const int height = viewport()->height();
    const double top = verticalScrollBar()->value();
    const int page = m_flow.pagesBetween(top, top + height).last;
    if (page > 0 && m_flow.pageRect(page).top() - PageFlow::kAbove > top + 1)
        goToPage(page);
    else
        verticalScrollBar()->setValue(static_cast<int>(top) + std::max(kLineStep, height - kScreenOverlap));
}

void PageCanvas::screenUp()
{
    const int height = viewport()->height();
    const double top = verticalScrollBar()->value();
    const PageFlow::Range range = m_flow.pagesBetween(top - height, top);
    for (int page = range.first; page <= range.last; ++page) {
        const double beginning = m_flow.pageRect(page).top() - PageFlow::kAbove;
        if (beginning >= top - height && beginning < top - 1)
            return goToPage(page);
    }
    verticalScrollBar()->setValue(static_cast<int>(top) - std::max(kLineStep, height - kScreenOverlap));
}

void PageCanvas::keyPressEvent(QKeyEvent *event)
{
    const bool across = horizontalScrollBar()->maximum() > 0;
    if (m_selector->key(*event))
        return;
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyRequested();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomIn();
    case Qt::Key_Minus:
        return zoomOut();
    case Qt::Key_0:
        return setZoom(1.0);
    case Qt::Key_PageDown:
        return screenDown();
    case Qt::Key_PageUp:
        return screenUp();
    case Qt::Key_Space:
        return event->modifiers() & Qt::ShiftModifier ? screenUp() : screenDown();
    case Qt::Key_Left:
        if (!across)
            return goToPage(m_current - 1);
        break;
    case Qt::Key_Right:
        if (!across)
            return goToPage(m_current + 1);
        break;
    case Qt::Key_Home:
        Q_EMIT jumpRequested(1);
        return;
    case Qt::Key_End:
        Q_EMIT jumpRequested(m_flow.pageCount());
        return;
    case Qt::Key_Escape:
        if (!m_marks.isEmpty())
            return setMarks(0, {});
        break;
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void PageCanvas::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void PageCanvas::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace lectern::ui
