// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Object.h>

#include <list>
#include <map>
#include <vector>

class Page;
class XRef;

namespace lectern::poppler {

/// Keeps the fonts of an open document ready to be read again.
///
/// Poppler builds every font of a page anew for each page, and for that parses the font's dictionaries and
/// inflates its whole font file, to look at the encoding in it: two thirds of pdftotext's time on a typical
/// book. A font seen on a second page is therefore kept in the cross-reference table in parsed and inflated
/// form, where Poppler finds it.
class FontCache {
public:
    explicit FontCache(XRef &xref) : m_xref(xref) {}

    /// Call before the page is read.
    void prepare(::Page &page);

private:
    void keepFont(Ref font);
    Object keep(const Object &reference);
    void keepInflated(const Object &reference);
    [[nodiscard]] bool hasRoom() const;

    XRef &m_xref;
    std::map<Ref, int> m_seen;               ///< on how many pages, for each font
    std::list<std::vector<char>> m_inflated; ///< what the streams put into the table point to
    size_t m_inflatedBytes = 0;
    size_t m_keptObjects = 0;
};

} // namespace lectern::poppler
