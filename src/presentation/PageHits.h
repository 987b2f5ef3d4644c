// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/Occurrences.h"

#include <QVector>

namespace lectern::presentation {

/// Where something stands in the text of one page.
struct PageHits {
    int page = 0;
    QVector<text::Occurrence> hits;

    friend bool operator==(const PageHits &, const PageHits &) = default;
};

} // namespace lectern::presentation
