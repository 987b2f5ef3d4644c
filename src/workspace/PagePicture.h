// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/ChatRequest.h"
#include "base/CancelToken.h"
#include "base/Result.h"
#include "domain/Ids.h"
#include "models/ImageRule.h"

#include <QSizeF>

namespace lectern::workspace {

class PageRenderer;

/// A page as a model gets to see it.
struct PagePicture {
    ai::ChatPicture picture;
    qint64 mostTokens = 0; ///< that it can be counted as
};

/// Draws a page as large as the model's provider keeps it, as JPEG. Blocks. Errors: those of PageRenderer,
/// and PageUnreadable for a page without a size.
[[nodiscard]] base::Result<PagePicture> drawForModel(PageRenderer &renderer, domain::DocumentId document,
                                                     int page, QSizeF points, const models::ImageRule &rule,
                                                     const base::CancelToken &cancel);

} // namespace lectern::workspace
