// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reader/PagePieces.h"

#include "ui/reader/PageFlow.h"

#include <algorithm>
#include <cmath>

namespace lectern::ui {

using presentation::PagePiece;

QVector<PagePiece> PagePieces::of(int page, const PageFlow &flow, int rotation, double ratio,
                                  const QRectF &area)
{
    const QRectF place = flow.pageRect(page);
    PagePiece piece;
    piece.page = page;
    piece.pixelsPerPoint = flow.scale(page) * ratio;
    piece.rotation = rotation;
    piece.size = QSize(std::max(1, static_cast<int>(place.width() * ratio + 0.5)),
                       std::max(1, static_cast<int>(place.height() * ratio + 0.5)));
    if (qint64{piece.size.width()} * piece.size.height() <= kWholePixels)
        return {piece};

    const QRectF seen = area.intersected(place).translated(-place.topLeft());
    if (seen.isEmpty())
        return {};
    const QRect pixels =
        QRectF(seen.topLeft() * ratio, seen.size() * ratio).toAlignedRect() & QRect(QPoint(0, 0), piece.size);
    const QPointF middle = QRectF(pixels).center();
    QVector<PagePiece> pieces;
    for (int y = pixels.top() / kPartSide; y <= pixels.bottom() / kPartSide; ++y) {
        for (int x = pixels.left() / kPartSide; x <= pixels.right() / kPartSide; ++x) {
            PagePiece part = piece;
            part.part =
                QRect(x * kPartSide, y * kPartSide, kPartSide, kPartSide) & QRect(QPoint(0, 0), piece.size);
            part.size = part.part.size();
            pieces.append(part);
        }
    }
    const auto distance = [&middle](const PagePiece &part) {
        const QPointF away = QRectF(part.part).center() - middle;
        return away.x() * away.x() + away.y() * away.y();
    };
    std::stable_sort(pieces.begin(), pieces.end(), [&distance](const PagePiece &a, const PagePiece &b) {
        return distance(a) < distance(b);
    });
    return pieces;
}

} // namespace lectern::ui
