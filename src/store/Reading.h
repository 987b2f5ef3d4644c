// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Document.h"

#include <QString>
#include <QVector>

namespace lectern::store {

class Connection;

/// What is needed of a page to lay it out among the others. Lengths are points (1/72 inch), of the page as it
/// is displayed; 0 while they are unknown.
struct PageFrame {
    double width = 0;
    double height = 0;
    domain::PageState state = domain::PageState::Queued;
    base::ErrorCode error = base::ErrorCode::None; ///< why it failed
    QString label;                                 ///< as printed ("xv"); empty when it equals the number

    friend bool operator==(const PageFrame &, const PageFrame &) = default;
};

/// The text of a page without its layout.
struct PageWords {
    int number = 0;
    QString text;
};

/// Reads what a reader of whole documents needs: all pages at once, but little of each.
class Reading {
public:
    /// One for each page, index 0 = page 1; empty until the document is probed. 2,400 pages take some
    /// milliseconds. Errors: NotFound.
    [[nodiscard]] static base::Result<QVector<PageFrame>> frames(Connection &, domain::DocumentId);
    /// The pages after `after` up to `after + limit` that have text, ascending.
    [[nodiscard]] static base::Result<QVector<PageWords>> words(Connection &, domain::DocumentId, int after,
                                                                int limit);
};

} // namespace lectern::store
