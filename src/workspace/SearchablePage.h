// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/PageText.h"
#include "store/Library.h"

#include <QString>

namespace lectern::workspace {

/// A page as searches want it: for the full-text index, and cut into chunks.
struct SearchablePage {
    QString language; ///< BCP 47
    store::SearchColumns columns;
    QVector<domain::Chunk> chunks;
};

/// `documentTitle` is what the document calls itself; its file's name is found too. Thread-safe, linear.
[[nodiscard]] SearchablePage searchablePage(const domain::PageContent &page, const QString &documentName,
                                            const QString &documentTitle);

} // namespace lectern::workspace
