// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/ReaderMarks.h"
#include "workspace/Search.h"

#include <QString>

namespace lectern::presentation {

/// What the reader marks when a page found is opened: the words that led to it, wherever the document has
/// them; on the page itself the passage too that says the same in other words. `words`: as typed.
[[nodiscard]] ReaderMarks searchMarks(const workspace::FoundPage &page, const QString &words,
                                      domain::SearchMode mode);

} // namespace lectern::presentation
