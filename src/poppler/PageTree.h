// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class PDFDoc;

namespace lectern::poppler {

/// What a document's page tree really holds.
struct PageTree {
    int pages = 0;
    /// Pages that branches of the tree claim to hold but do not: loops and empty branches. Such a place is
    /// shown as an empty page; a number beyond them is a page that is missing.
    int emptyPlaces = 0;

    [[nodiscard]] static PageTree survey(PDFDoc &document);
};

} // namespace lectern::poppler
