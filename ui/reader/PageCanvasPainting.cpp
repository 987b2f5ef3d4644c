// SPDX-License-Identifier: GPL-3.0-or-later
// The part of PageCanvas that shows pages: which pictures it wants, how it paints what is there, and the
// cards of pages that can't be shown.
#include "presentation/ReaderDocument.h"
#include "ui/reader/PageCanvas.h"
#include "ui/reader/PageCard.h"
#include "ui/reader/PagePieces.h"
#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace lectern::ui {

using presentation::PageDrawings;
using presentation::PagePiece;
using Use = PageDrawings::Use;

namespace {

constexpr int kNeighbours = 2; ///< pages drawn ahead on either side

} // namespace

std::optional<base::Error> PageCanvas::trouble(int page) const
{
    if (auto failure = m_drawings.failure(page))
        return failure;
    const store::PageFrame frame = m_document.pages().value(page - 1);
    const bool dangerous = frame.state == domain::PageState::Failed && PageDrawings::isDangerous(frame.error);
    return dangerous && !m_dared.contains(page) ? std::optional(base::Error{frame.error, {}}) : std::nullopt;
}

// --- what is wanted ---------------------------------------------------------------------------------------

void PageCanvas::addPieces(int page, const QRectF &area, QVector<PagePiece> &pieces) const
{
    if (page < 1 || page > m_flow.pageCount() || trouble(page))
        return;
    pieces += PagePieces::of(page, m_flow, m_rotation, devicePixelRatioF(), area);
}

void PageCanvas::updateWishes()
{
    m_wishedRatio = devicePixelRatioF();
    QVector<PagePiece> pieces;
    if (isVisible()) {
        const QRectF view(offset(), QSizeF(viewport()->size()));
        const PageFlow::Range seen = visiblePages();
        addPieces(std::clamp(m_current, seen.first, std::max(seen.first, seen.last)), view, pieces);
        for (int page = seen.first; page <= seen.last; ++page)
            if (page != m_current)
                addPieces(page, view, pieces);
        // Of a page that is drawn in parts, those that come into view next.
        const QRectF around = view.adjusted(0, -view.height() / 2, 0, view.height());
        for (int step = 1; step <= kNeighbours; ++step) {
            addPieces(seen.last + step, around, pieces);
            addPieces(seen.first - step, around, pieces);
        }
    }
    m_drawings.want(Use::Page, pieces);
}

// --- cards ------------------------------------------------------------------------------------------------

void PageCanvas::placeCards()
{
    const PageFlow::Range seen = visiblePages();
    for (auto card = m_cards.begin(); card != m_cards.end();) {
        if (card.key() >= seen.first && card.key() <= seen.last && trouble(card.key())) {
            ++card;
            continue;
        }
        if ((*card)->isAncestorOf(focusWidget()))
            setFocus(Qt::OtherFocusReason);
        (*card)->hide();
        (*card)->deleteLater();
        card = m_cards.erase(card);
    }
    for (int page = seen.first; page <= seen.last; ++page) {
        const auto error = trouble(page);
        if (!error)
            continue;
        PageCard *&card = m_cards[page];
        if (!card) {
            card = new PageCard(viewport());
            connect(card, &PageCard::retryRequested, this, [this, page] {
                m_dared.insert(page);
                m_drawings.retry(page);
                Q_EMIT retryRequested(page);
                follow();
            });
        }
        card->setError(tr("Page %1").arg(m_document.pageText(page)), *error);
        card->placeOn(viewRect(page), viewport()->rect());
    }
}

// --- painting ---------------------------------------------------------------------------------------------

void PageCanvas::paintEvent(QPaintEvent *event)
{
    if (m_wishedRatio != devicePixelRatioF())
        updateWishes(); // the window went to another screen
    QPainter painter(viewport());
    const Theme &theme = Theme::of(palette());
    painter.fillRect(event->rect(), theme.canvas);
    const PageFlow::Range seen = visiblePages();
    for (int page = seen.first; page <= seen.last; ++page)
        paintPage(painter, page);
    if (hasFocus() && paint::showsKeyboardFocus(this))
        paint::focusRing(painter, QRectF(viewport()->rect()).adjusted(1, 1, -1, -1), metrics::kRadius, theme);
}

void PageCanvas::paintPage(QPainter &painter, int page)
{
    const Theme &theme = Theme::of(palette());
    const QRectF place = viewRect(page);
    const QRectF seen = place.intersected(QRectF(viewport()->rect()));
    if (trouble(page)) {
        painter.fillRect(place, theme.surface);
    } else {
        painter.fillRect(seen, Qt::white);
        paintPicture(painter, page, place);
        if (m_inverted) {
            painter.setCompositionMode(QPainter::CompositionMode_Difference);
            painter.fillRect(seen, Qt::white);
            painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
        }
        paintMarks(painter, page);
    }
    paint::roundedRect(painter, place.adjusted(-1, -1, 1, 1), 1, Qt::transparent, theme.border);
}

void PageCanvas::paintPicture(QPainter &painter, int page, const QRectF &place)
{
    const double ratio = devicePixelRatioF();
    const QRectF view(offset(), QSizeF(viewport()->size()));
    const QVector<PagePiece> pieces = PagePieces::of(page, m_flow, m_rotation, ratio, view);
    QVector<QImage> images;
    for (const PagePiece &piece : pieces)
        images.append(m_drawings.image(Use::Page, piece));
    const bool missing =
        std::any_of(images.cbegin(), images.cend(), [](const QImage &image) { return image.isNull(); });
    if (missing) {
        const QImage likeness = m_drawings.likeness(page, m_rotation);
        if (!likeness.isNull()) {
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.drawImage(place, likeness);
        } else {
            painter.setPen(Theme::light().quiet); // paper is white under every theme
            painter.setFont(metrics::titleFont(font()));
            painter.drawText(place.intersected(QRectF(viewport()->rect())), Qt::AlignCenter,
                             m_document.pageText(page));
        }
    }
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        const QImage &image = images.at(i);
        if (image.isNull())
            continue;
        const QRectF whole(place.topLeft(), QSizeF(pieces.at(i).size) / ratio);
        if (!pieces.at(i).part.isEmpty()) {
            const QPointF corner = place.topLeft() + QPointF(pieces.at(i).part.topLeft()) / ratio;
            painter.drawImage(QRectF(corner, QSizeF(image.size()) / ratio), image);
        } else {
            // Drawn smaller than asked for when its size had to be bounded.
            const QSizeF natural = QSizeF(image.size()) / ratio;
            const bool exact = std::abs(natural.width() - whole.width()) < 1.0 &&
                               std::abs(natural.height() - whole.height()) < 1.0;
            painter.setRenderHint(QPainter::SmoothPixmapTransform, !exact);
            painter.drawImage(exact ? QRectF(place.topLeft(), natural) : place, image);
        }
    }
}

} // namespace lectern::ui
