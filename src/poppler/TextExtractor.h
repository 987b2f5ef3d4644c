// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/PageText.h"

#include <TextOutputDev.h>

#include <memory>
#include <vector>

class PDFDoc;

namespace lectern::poppler {

/// Reads the text of pages: reading order, word boxes and fonts in one pass over the page's content.
///
/// Why not Poppler-Qt6's Page::text() and Page::textList(): each of them copies the whole cross-reference
/// table for each page (displayPageSlice with copyXRef), which also empties the cache of object streams, sets
/// the text in physical layout (columns side by side) instead of reading order, and one gives no boxes, the
/// other no line ends; to have both, the page would be interpreted twice.
class TextExtractor final : private TextOutputDev {
public:
    TextExtractor();
    ~TextExtractor() override;

    struct Result {
        domain::PageText text;
        int imageCount = 0;
    };

    /// Page `number`, from 1, which must exist.
    [[nodiscard]] Result extract(PDFDoc &document, int number);

private:
    void updateFont(GfxState *state) override;
    void restoreState(GfxState *state) override;
    void updateFillColorSpace(GfxState *state) override;
    void updateStrokeColorSpace(GfxState *state) override;
    bool needNonText() override;

    void notePatterns(GfxState *state);

    std::vector<std::shared_ptr<GfxFont>> m_fonts; ///< used on this page, each once
    int m_imageCount = 0;
    bool m_patternActive = false;
};

} // namespace lectern::poppler
