// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reader/PageFlow.h"

#include <algorithm>
#include <cmath>

namespace lectern::ui {

namespace {

constexpr double kLeastRoom = 40;
/// A side of a page in pixels, so that parts of it can be drawn and scroll bars can count them.
constexpr double kLongestSide = 200'000;
constexpr double kTallestColumn = 1'000'000'000;
constexpr double kLongestPoints = 1'000'000;

QSizeF sane(const QSizeF &points)
{
    const auto side = [](double length) {
        return std::isfinite(length) ? std::clamp(length, 1.0, kLongestPoints) : 1.0;
    };
    return QSizeF(side(points.width()), side(points.height()));
}

} // namespace

void PageFlow::setPages(const QVector<QSizeF> &points)
{
    m_points = points;
    layOut();
}

void PageFlow::setLook(Fit fit, double zoom, int rotation, const QSize &room)
{
    m_fit = fit;
    m_zoom = std::clamp(zoom, kMinimumZoom, kMaximumZoom);
    m_rotation = rotation;
    m_room = room;
    layOut();
}

double PageFlow::wantedScale(const QSizeF &points) const
{
    if (m_fit == Fit::None)
        return m_zoom * kScaleOfFullSize;
    const double width = std::max(kLeastRoom, m_room.width() - 2.0 * kMargin) / points.width();
    const double height = std::max(kLeastRoom, m_room.height() - 2.0 * kMargin) / points.height();
    // Fitted, a page of any size can be seen whole.
    return std::min(m_fit == Fit::Width ? width : std::min(width, height), kMaximumZoom * kScaleOfFullSize);
}

void PageFlow::layOut()
{
    m_places.resize(m_points.size());
    const double longest =
        std::min(kLongestSide, kTallestColumn / std::max<double>(1, static_cast<double>(m_points.size())));
    double top = kMargin;
    double widest = 0;
    for (qsizetype i = 0; i < m_points.size(); ++i) {
        Place &place = m_places[i];
        const QSizeF points = sane(m_points.at(i));
        place.points = isTurned() ? points.transposed() : points;
        place.scale = std::min(wantedScale(place.points),
                               longest / std::max(place.points.width(), place.points.height()));
        place.top = top;
        top += std::round(place.points.height() * place.scale) + kGap;
        widest = std::max(widest, place.points.width() * place.scale);
    }
    const double height = m_points.isEmpty() ? 0 : top - kGap + kMargin;
    m_size = QSize(static_cast<int>(std::ceil(widest)) + 2 * kMargin, static_cast<int>(height));
}

QRectF PageFlow::pageRect(int page) const
{
    const Place &place = m_places.at(page - 1);
    const QSizeF size = place.points * place.scale;
    const double column = std::max(m_size.width(), m_room.width());
    return QRectF(std::floor((column - size.width()) / 2), place.top, size.width(), size.height());
}

QTransform PageFlow::transform(int page) const
{
    const QRectF rect = pageRect(page);
    const double scale = this->scale(page);
    QTransform transform;
    transform.translate(rect.x(), rect.y());
    transform.scale(scale, scale);
    const QSizeF turned = m_places.at(page - 1).points;
    switch (m_rotation) {
    case 90:
        transform.translate(turned.width(), 0);
        break;
    case 180:
        transform.translate(turned.width(), turned.height());
        break;
    case 270:
        transform.translate(0, turned.height());
        break;
    default:
        return transform;
    }
    transform.rotate(m_rotation);
    return transform;
}

int PageFlow::pageAt(double y) const
{
    if (m_places.isEmpty())
        return 0;
    const auto next = std::partition_point(m_places.cbegin(), m_places.cend(), [y](const Place &place) {
        return place.top + place.points.height() * place.scale <= y;
    });
    return std::min(static_cast<int>(next - m_places.cbegin()) + 1, pageCount());
}

PageFlow::Range PageFlow::pagesBetween(double top, double bottom) const
{
    Range range;
    if (m_places.isEmpty())
        return range;
    range.first = pageAt(top);
    const auto below = std::partition_point(m_places.cbegin(), m_places.cend(),
                                            [bottom](const Place &place) { return place.top < bottom; });
    range.last = static_cast<int>(below - m_places.cbegin());
    const Place &first = m_places.at(range.first - 1);
    if (first.top + first.points.height() * first.scale <= top)
        ++range.first;
    return range;
}

PagePlace PageFlow::placeAt(const QPointF &point) const
{
    const int page = pageAt(point.y());
    if (page == 0)
        return {};
    const QPointF onPage = transform(page).inverted().map(point);
    const QSizeF points =
        isTurned() ? m_places.at(page - 1).points.transposed() : m_places.at(page - 1).points;
    return {page, QPointF(onPage.x() / points.width(), onPage.y() / points.height())};
}

QPointF PageFlow::pointOf(const PagePlace &place) const
{
    if (place.page < 1 || place.page > pageCount())
        return {};
    const Place &known = m_places.at(place.page - 1);
    const QSizeF points = isTurned() ? known.points.transposed() : known.points;
    return transform(place.page)
        .map(QPointF(place.share.x() * points.width(), place.share.y() * points.height()));
}

} // namespace lectern::ui
