// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Document.h"

#include <QByteArray>
#include <QString>
#include <QVector>

namespace lectern::store {

class Connection;

/// What an estimate has to know of a page, without its text.
struct PageFacts {
    domain::PageId id;
    int number = 0;
    domain::PageState state = domain::PageState::Queued;
    QByteArray contentHash; ///< empty: nothing is read of it yet
    domain::TextVerdict verdict = domain::TextVerdict::Missing;
    int images = 0;
    double width = 0; ///< points
    double height = 0;
};

/// Every page of the document that has a row, in order: those that are queued have none.
[[nodiscard]] base::Result<QVector<PageFacts>> pageFacts(Connection &, domain::DocumentId);

/// The text of a page; empty when it has none.
[[nodiscard]] base::Result<QString> pageText(Connection &, domain::PageId);

/// Whether there is an answer of this key, without reading it.
[[nodiscard]] base::Result<bool> hasAnswer(Connection &, const QByteArray &key);

} // namespace lectern::store
