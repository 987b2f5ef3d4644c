// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace lectern::e2e {

/// Small PDF files made on the spot, so that a test says itself what is in them.
class SamplePdf {
public:
    /// A page for each text; its lines are ASCII. An empty text makes a page that the document counts but
    /// does not hold.
    [[nodiscard]] static QByteArray make(const QByteArrayList &pages);
    /// `count` pages of plausible English, different from page to page and from `seed` to `seed`.
    [[nodiscard]] static QByteArray book(int count, int seed, int linesPerPage = 30);
};

} // namespace lectern::e2e
