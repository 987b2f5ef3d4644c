// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lectern::domain {

/// A passage of a page that gets a vector of its own.
struct Chunk {
    int number = 0;   ///< from 0, in the order of reading
    int start = 0;    ///< in the page's text, UTF-16 units
    int length = 0;   ///< without white space around it
    int words = 0;    ///< a character of a script without spaces between words counts as one
    QString language; ///< BCP 47; the page's where the passage is too short to tell; "und": can't be told

    friend bool operator==(const Chunk &, const Chunk &) = default;
};

} // namespace lectern::domain
