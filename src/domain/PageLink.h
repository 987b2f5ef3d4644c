// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QString>

namespace lectern::domain {

/// A place on a page that leads somewhere: to a page of the same document, or to an address outside.
struct PageLink {
    static constexpr int kMaxLinks = 2'000; ///< of one page
    static constexpr int kMaxAddress = 2'048;

    QRectF area;     ///< points from the page's top left corner, as it is displayed
    int page = 0;    ///< from 1; 0: it leads outside
    double top = 0;  ///< points below that page's top edge
    QString address; ///< as the document states it: not to be trusted; empty for a page

    friend bool operator==(const PageLink &, const PageLink &) = default;
};

} // namespace lectern::domain
