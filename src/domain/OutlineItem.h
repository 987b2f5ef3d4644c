// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lectern::domain {

/// A heading in a document's own outline. A whole outline is a list of them in reading order; each is at most
/// one level deeper than the one before, the first is at level 0.
struct OutlineItem {
    static constexpr int kMaxItems = 5'000;
    static constexpr int kMaxLevel = 31;
    static constexpr int kMaxTitle = 500; ///< UTF-16 units

    QString title;
    int level = 0;
    int page = 0;      ///< where it leads, from 1; 0: nowhere in this document
    double top = 0;    ///< points below the page's top edge, as it is displayed
    bool open = false; ///< its children are shown at first

    friend bool operator==(const OutlineItem &, const OutlineItem &) = default;
};

} // namespace lectern::domain
