// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/PageText.h"
#include "poppler/PageGeometry.h"

#include <TextOutputDev.h>

#include <memory>
#include <vector>

namespace lectern::poppler {

/// Turns Poppler's laid-out page into PageText: the characters and order of `pdftotext -enc UTF-8`, except
/// that it leaves out the invisible direction marks that pdftotext puts around right-to-left text, so that
/// words are found. A hyphen at a line's end joins the word with its rest on the next line, as pdftotext
/// does.
class TextAssembler {
public:
    TextAssembler(const std::vector<std::shared_ptr<GfxFont>> &fonts, DisplayOffset offset);

    [[nodiscard]] domain::PageText assemble(const TextFlow *flows);

private:
    struct Glyph {
        const TextWord *word; ///< nullptr for the space between two words
        int index;            ///< within the word
        Unicode character;
    };
    struct KnownFont {
        const TextFontInfo *info;
        Ref id; ///< a form drawn twice brings its font twice, under the same id
        qint32 index;
    };
    struct SizeCount {
        float size;
        qint32 characters;
    };

    void appendLine(const TextLine &line, bool dropHyphen);
    void appendWord(const TextWord &word, int length);
    void appendReordered();
    [[nodiscard]] bool endsRightToLeft(size_t at) const;
    void appendRun(size_t first, size_t last, bool backwards);
    void appendCharacter(Unicode character);
    void appendBox(const TextWord &word, int first, int last, qint32 offset);
    [[nodiscard]] qint32 fontIndex(const TextFontInfo *info);
    void countFonts(const TextWord &word, int length);
    void chooseSizes();

    const std::vector<std::shared_ptr<GfxFont>> &m_knownFonts;
    DisplayOffset m_offset;
    domain::PageText m_text;
    bool m_leftToRight = true;
    std::vector<Glyph> m_glyphs; ///< of the line at hand, from left to right
    std::vector<KnownFont> m_fonts;
    std::vector<std::vector<SizeCount>> m_sizes; ///< one for each of m_text.fonts
};

} // namespace lectern::poppler
