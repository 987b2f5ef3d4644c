// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lectern::pdf {

/// Asks for the content of one page.
struct PageRequest {
    int number = 0; ///< physical page, from 1
    /// Draw a page that has no text, small, and fail it when that does not work: only this proves that a
    /// scanned page can be read at all.
    bool pictureWhenNoText = true;
};

} // namespace lectern::pdf
