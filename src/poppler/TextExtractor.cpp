// SPDX-License-Identifier: GPL-3.0-or-later
#include "poppler/TextExtractor.h"

#include "poppler/PageGeometry.h"
#include "poppler/TextAssembler.h"

#include <PDFDoc.h>

#include <algorithm>

namespace lectern::poppler {

TextExtractor::TextExtractor()
    : TextOutputDev(static_cast<const char *>(nullptr), false, 0, false, false, false)
{
}

TextExtractor::~TextExtractor() = default;

TextExtractor::Result TextExtractor::extract(PDFDoc &document, int number)
{
    m_fonts.clear();
    m_imageCount = 0;
    m_patternActive = false;

    // The media box and no clipping, as pdftotext does: so reading order is the same as its own.
    document.displayPage(this, number, 72, 72, 0, true, false, false);

    Result result;
    TextAssembler assembler(m_fonts, displayOffset(*document.getPage(number)));
    // Not takeText(): in Poppler 22.12 it leaves a stale pointer to the page it gave away.
    result.text = assembler.assemble(getFlows());
    result.imageCount = m_imageCount;
    m_fonts.clear();
    return result;
}

void TextExtractor::updateFont(GfxState *state)
{
    TextOutputDev::updateFont(state);
    const auto &font = state->getFont();
    if (font && std::find(m_fonts.begin(), m_fonts.end(), font) == m_fonts.end())
        m_fonts.push_back(font);
}

void TextExtractor::restoreState(GfxState *state)
{
    TextOutputDev::restoreState(state);
    notePatterns(state);
}

void TextExtractor::updateFillColorSpace(GfxState *state)
{
    notePatterns(state);
}

void TextExtractor::updateStrokeColorSpace(GfxState *state)
{
    notePatterns(state);
}

void TextExtractor::notePatterns(GfxState *state)
{
    m_patternActive = state->getFillColorSpace()->getMode() == csPattern ||
                      state->getStrokeColorSpace()->getMode() == csPattern;
}

bool TextExtractor::needNonText()
{
    // Poppler asks this once for each picture it would decode, and for each area or line it would fill with a
    // pattern. Saying no keeps pictures undecoded; the question itself tells that there is one.
    if (!m_patternActive)
        ++m_imageCount;
    return false;
}

} // namespace lectern::poppler
