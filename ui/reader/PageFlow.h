// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QTransform>
#include <QVector>

namespace lectern::ui {

/// A place in a document that stays the same whatever the zoom: a page and a point of it, as shares of its
/// width and height (0 to 1), measured as the page is displayed without the view's own rotation.
struct PagePlace {
    int page = 0; ///< from 1; 0: none
    QPointF share;

    friend bool operator==(const PagePlace &, const PagePlace &) = default;
};

/// Where each page of a document stands in one long column. Pure geometry; no page needs to be drawn for it.
/// Pages are counted from 1. Page sizes are points (1/72 inch), everything else device-independent pixels
/// from the column's top left corner. 100,000 pages are laid out in some milliseconds and found in
/// microseconds.
class PageFlow {
public:
    enum class Fit { Width, Page, None };
    static constexpr int kMargin = 16; ///< around the column
    static constexpr int kGap = 12;    ///< between pages
    static constexpr int kAbove = 6;   ///< of the gap, that is seen above a page that was gone to
    static constexpr double kMinimumZoom = 0.1;
    static constexpr double kMaximumZoom = 8.0;
    static constexpr double kScaleOfFullSize = 96.0 / 72.0; ///< pixels a point at 100 %

    void setPages(const QVector<QSizeF> &points);
    /// `zoom` counts when `fit` is None; 1.0 = 100 % = 96 pixels an inch. `rotation` is clockwise: 0, 90, 180
    /// or 270. `room` is what can be seen at once.
    void setLook(Fit fit, double zoom, int rotation, const QSize &room);

    [[nodiscard]] int pageCount() const { return static_cast<int>(m_places.size()); }
    [[nodiscard]] QSize size() const { return m_size; }
    [[nodiscard]] QRectF pageRect(int page) const;
    /// Pixels a point. A page of a size that no paper has is shown smaller than asked for.
    [[nodiscard]] double scale(int page) const { return m_places.at(page - 1).scale; }
    /// From points of the page to pixels of the column.
    [[nodiscard]] QTransform transform(int page) const;

    /// The page at this height, or the one after the gap there; 0 without pages.
    [[nodiscard]] int pageAt(double y) const;
    /// Pages that touch this stretch; first > last: none.
    struct Range {
        int first = 1;
        int last = 0;
    };
    [[nodiscard]] Range pagesBetween(double top, double bottom) const;
    [[nodiscard]] PagePlace placeAt(const QPointF &point) const;
    [[nodiscard]] QPointF pointOf(const PagePlace &place) const;

private:
    struct Place {
        QSizeF points; ///< turned
        double top = 0;
        double scale = 1;
    };
    void layOut();
    [[nodiscard]] double wantedScale(const QSizeF &points) const;
    [[nodiscard]] bool isTurned() const { return m_rotation % 180 != 0; }

    QVector<QSizeF> m_points;
    QVector<Place> m_places;
    Fit m_fit = Fit::Width;
    double m_zoom = 1;
    int m_rotation = 0;
    QSize m_room{800, 600};
    QSize m_size;
};

} // namespace lectern::ui
