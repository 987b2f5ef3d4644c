// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/PageText.h"
#include "pdf/RenderRequest.h"

#include <memory>

class PDFDoc;
class SplashOutputDev;

namespace lectern::poppler {

/// Draws pages of one document with Splash. Sizes are bounded before anything is allocated.
class PageRenderer {
public:
    explicit PageRenderer(PDFDoc &document);
    ~PageRenderer();
    PageRenderer(const PageRenderer &) = delete;
    PageRenderer &operator=(const PageRenderer &) = delete;

    /// The page must exist. Errors: PageUnreadable, InvalidArgument.
    [[nodiscard]] base::Result<domain::PageImage> render(const pdf::RenderRequest &request);

    /// Whether the page has content that can be drawn: its pictures can be decoded, its size is a size.
    [[nodiscard]] base::Status prove(int number);

    /// The scale at which a page of this size is drawn whole, in pixels per point.
    [[nodiscard]] static double boundedScale(const domain::PageGeometry &geometry,
                                             const pdf::RenderRequest &request);

private:
    [[nodiscard]] base::Result<domain::PageImage> draw(const pdf::RenderRequest &request,
                                                       const domain::PageGeometry &geometry, double scale);

    PDFDoc &m_document;
    std::unique_ptr<SplashOutputDev> m_device;
};

} // namespace lectern::poppler
