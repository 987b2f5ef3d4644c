// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/PageTextMap.h"

#include <algorithm>
#include <compare>

namespace lectern::presentation {

/// A position in the text of a document: a page, and a position in its text.
struct TextSpot {
    int page = 0; ///< from 1; 0: none
    int position = 0;

    friend auto operator<=>(const TextSpot &, const TextSpot &) = default;
};

/// A stretch of a document's text, over as many pages as it takes. A plain value.
class TextSelection {
public:
    /// Behind the last character of any page.
    static constexpr int kPageEnd = 1 << 30;

    TextSelection() = default;
    /// From where it began to where it is led now, in either direction.
    TextSelection(const TextSpot &anchor, const TextSpot &cursor) : m_anchor(anchor), m_cursor(cursor) {}

    [[nodiscard]] bool isEmpty() const { return m_anchor == m_cursor; }
    [[nodiscard]] const TextSpot &anchor() const { return m_anchor; }
    [[nodiscard]] const TextSpot &cursor() const { return m_cursor; }
    [[nodiscard]] TextSpot first() const { return std::min(m_anchor, m_cursor); }
    [[nodiscard]] TextSpot last() const { return std::max(m_anchor, m_cursor); }
    /// What of the page's text of this length is selected; an empty range for none.
    [[nodiscard]] PageTextMap::Range on(int page, int length) const
    {
        if (isEmpty() || page < first().page || page > last().page)
            return {};
        const int start = page == first().page ? first().position : 0;
        const int end = page == last().page ? std::min(last().position, length) : length;
        return {std::min(start, end), end};
    }

    friend bool operator==(const TextSelection &, const TextSelection &) = default;

private:
    TextSpot m_anchor;
    TextSpot m_cursor;
};

} // namespace lectern::presentation
