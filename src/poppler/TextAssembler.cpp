// SPDX-License-Identifier: GPL-3.0-or-later
#include "poppler/TextAssembler.h"

#include <QChar>

#include <algorithm>
#include <cmath>

namespace lectern::poppler {

namespace {

constexpr double kFarAway = 1e6; // points; keeps nonsense coordinates representable

bool isLeftToRight(Unicode character)
{
    return QChar::direction(character) == QChar::DirL;
}

bool isRightToLeft(Unicode character)
{
    if (character < 0x0590) // every right-to-left script stands above
        return false;
    const QChar::Direction direction = QChar::direction(character);
    return direction == QChar::DirR || direction == QChar::DirAL;
}

bool isDigit(Unicode character)
{
    const QChar::Direction direction = QChar::direction(character);
    return direction == QChar::DirEN || direction == QChar::DirAN;
}

// Signs that belong to a number beside them: - + . , / : % and currencies.
bool isNumberSign(Unicode character)
{
    const QChar::Direction direction = QChar::direction(character);
    return direction == QChar::DirES || direction == QChar::DirET || direction == QChar::DirCS;
}

float bounded(double points)
{
    if (!std::isfinite(points))
        return 0;
    return static_cast<float>(std::clamp(points, -kFarAway, kFarAway));
}

// The page's main direction, counted as Poppler counts it for its own order of lines.
bool mainlyLeftToRight(const TextFlow *flows)
{
    int balance = 0;
    for (const TextFlow *flow = flows; flow != nullptr; flow = flow->getNext())
        for (const TextBlock *block = flow->getBlocks(); block != nullptr; block = block->getNext())
            for (const TextLine *line = block->getLines(); line != nullptr; line = line->getNext())
                for (const TextWord *word = line->getWords(); word != nullptr; word = word->getNext())
                    for (int i = 0; i < word->getLength(); ++i) {
                        const Unicode character = *word->getChar(i);
                        if (isRightToLeft(character))
                            --balance;
                        else if (isLeftToRight(character))
                            ++balance;
                    }
    return balance >= 0;
}

bool hasRightToLeft(const TextWord &word)
{
    for (int i = 0; i < word.getLength(); ++i)
        if (isRightToLeft(*word.getChar(i)))
            return true;
    return false;
}

} // namespace

TextAssembler::TextAssembler(const std::vector<std::shared_ptr<GfxFont>> &fonts, DisplayOffset offset)
    : m_knownFonts(fonts), m_offset(offset)
{
}

domain::PageText TextAssembler::assemble(const TextFlow *flows)
{
    m_leftToRight = mainlyLeftToRight(flows);
    for (const TextFlow *flow = flows; flow != nullptr; flow = flow->getNext()) {
        for (const TextBlock *block = flow->getBlocks(); block != nullptr; block = block->getNext()) {
            for (const TextLine *line = block->getLines(); line != nullptr; line = line->getNext()) {
                const bool more = line->getNext() != nullptr || block->getNext() != nullptr;
                const bool dropHyphen = line->isHyphenated() && more;
                appendLine(*line, dropHyphen);
                if (!dropHyphen)
                    m_text.text.append(u'\n');
            }
        }
        m_text.text.append(u'\n');
    }
    chooseSizes();
    return std::move(m_text);
}

void TextAssembler::appendLine(const TextLine &line, bool dropHyphen)
{
    bool reorder = !m_leftToRight;
    for (const TextWord *word = line.getWords(); word != nullptr && !reorder; word = word->getNext())
        reorder = hasRightToLeft(*word);

    m_glyphs.clear();
    for (const TextWord *word = line.getWords(); word != nullptr; word = word->getNext()) {
        const int length = word->getLength() - (dropHyphen && word->getNext() == nullptr ? 1 : 0);
        countFonts(*word, length);
        if (!reorder) {
            appendWord(*word, length);
            if (word->hasSpaceAfter())
                m_text.text.append(u' ');
            continue;
        }
        for (int i = 0; i < length; ++i)
            m_glyphs.push_back({word, i, *word->getChar(i)});
        if (word->hasSpaceAfter())
            m_glyphs.push_back({nullptr, 0, U' '});
    }
    if (reorder)
        appendReordered();
}

void TextAssembler::appendWord(const TextWord &word, int length)
{
    if (length <= 0)
        return;
    const auto offset = static_cast<qint32>(m_text.text.size());
    for (int i = 0; i < length; ++i)
        appendCharacter(*word.getChar(i));
    // The box keeps the dropped hyphen: it belongs to what the reader sees as the word.
    appendBox(word, 0, word.getLength(), offset);
}

// Whether a run written from right to left ends before this glyph: at letters of the other direction and at
// numbers, which are written from left to right in every script.
bool TextAssembler::endsRightToLeft(size_t at) const
{
    const Unicode character = m_glyphs[at].character;
    if (isLeftToRight(character) || isDigit(character))
        return true;
    if (!isNumberSign(character))
        return false;
    return (at > 0 && isDigit(m_glyphs[at - 1].character)) ||
           (at + 1 < m_glyphs.size() && isDigit(m_glyphs[at + 1].character));
}

// A line stands in m_glyphs as it is seen, from left to right; text is written as it is read. Runs end where
// Poppler ends them, so that the order is pdftotext's, but for full stops and commas between words, which
// pdftotext takes for parts of numbers and so puts on the wrong side of the space.
void TextAssembler::appendReordered()
{
    const size_t count = m_glyphs.size();
    if (m_leftToRight) {
        size_t i = 0;
        while (i < count) {
            size_t end = i;
            while (end < count && !isRightToLeft(m_glyphs[end].character))
                ++end;
            appendRun(i, end, false);
            i = end;
            while (end < count && !endsRightToLeft(end))
                ++end;
            appendRun(i, end, true);
            i = end;
        }
        return;
    }
    size_t end = count;
    while (end > 0) {
        size_t begin = end;
        while (begin > 0 && !endsRightToLeft(begin - 1))
            --begin;
        appendRun(begin, end, true);
        end = begin;
        while (begin > 0 && !isRightToLeft(m_glyphs[begin - 1].character))
            --begin;
        appendRun(begin, end, false);
        end = begin;
    }
}

// Writes glyphs [first, last), from the right end when `backwards`, and one box for each stretch of a word in
// it.
void TextAssembler::appendRun(size_t first, size_t last, bool backwards)
{
    const auto glyphAt = [&](size_t step) -> const Glyph & {
        return m_glyphs[backwards ? last - 1 - step : first + step];
    };
    const size_t count = last - first;
    size_t step = 0;
    while (step < count) {
        const Glyph &start = glyphAt(step);
        const auto offset = static_cast<qint32>(m_text.text.size());
        int lowest = start.index;
        int highest = start.index;
        while (step < count && glyphAt(step).word == start.word) {
            const Glyph &glyph = glyphAt(step);
            lowest = std::min(lowest, glyph.index);
            highest = std::max(highest, glyph.index);
            appendCharacter(glyph.character);
            ++step;
        }
        if (start.word != nullptr)
            appendBox(*start.word, lowest, highest + 1, offset);
    }
}

void TextAssembler::appendCharacter(Unicode character)
{
    if (character < 0x20 || character == 0x7f) {
        // Control characters come from fonts without a sound map. A space keeps words apart; anything else is
        // shown for what it is, an unknown character, and cannot upset whatever handles the text later.
        const bool blank = character >= 0x09 && character <= 0x0d;
        m_text.text.append(blank ? QChar(u' ') : QChar(QChar::ReplacementCharacter));
    } else if (character < 0x10000) {
        const QChar unit(static_cast<char16_t>(character));
        m_text.text.append(unit.isSurrogate() ? QChar(QChar::ReplacementCharacter) : unit);
    } else if (character <= 0x10ffff) {
        m_text.text.append(QChar(QChar::highSurrogate(character)));
        m_text.text.append(QChar(QChar::lowSurrogate(character)));
    } else {
        m_text.text.append(QChar(QChar::ReplacementCharacter));
    }
}

// One box around characters [first, last) of a word; `offset` is where their text begins.
void TextAssembler::appendBox(const TextWord &word, int first, int last, qint32 offset)
{
    double xMin = 0;
    double yMin = 0;
    double xMax = 0;
    double yMax = 0;
    if (first == 0 && last == word.getLength()) {
        word.getBBox(&xMin, &yMin, &xMax, &yMax);
    } else {
        word.getCharBBox(first, &xMin, &yMin, &xMax, &yMax);
        double x0 = 0;
        double y0 = 0;
        double x1 = 0;
        double y1 = 0;
        word.getCharBBox(last - 1, &x0, &y0, &x1, &y1);
        xMin = std::min(xMin, x0);
        yMin = std::min(yMin, y0);
        xMax = std::max(xMax, x1);
        yMax = std::max(yMax, y1);
    }
    domain::WordBox box;
    box.offset = offset;
    box.length = static_cast<qint32>(m_text.text.size()) - offset;
    box.x = bounded(xMin + m_offset.x);
    box.y = bounded(yMin + m_offset.y);
    box.width = std::max(0.0F, bounded(xMax - xMin));
    box.height = std::max(0.0F, bounded(yMax - yMin));
    box.font = fontIndex(word.getFontInfo(first));
    m_text.words.append(box);
}

qint32 TextAssembler::fontIndex(const TextFontInfo *info)
{
    for (const KnownFont &known : m_fonts)
        if (known.info == info)
            return known.index;

    Ref id = Ref::INVALID();
    const auto font = std::find_if(m_knownFonts.begin(), m_knownFonts.end(),
                                   [&](const auto &candidate) { return info->matches(candidate->getID()); });
    domain::FontUse use;
    if (font != m_knownFonts.end()) {
        id = *(*font)->getID();
        const auto same = std::find_if(m_fonts.begin(), m_fonts.end(),
                                       [&](const KnownFont &known) { return known.id == id; });
        if (same != m_fonts.end()) {
            const qint32 index = same->index;
            m_fonts.push_back({info, id, index});
            return index;
        }
        const GfxFont &found = **font;
        Ref embedded;
        use.name = QString::fromUtf8(found.getNameWithoutSubsetTag().c_str()).left(200);
        use.embedded = found.getType() == fontType3 || found.getEmbeddedFontID(&embedded);
        use.hasToUnicode = found.hasToUnicodeCMap();
    }
    const auto index = static_cast<qint32>(m_text.fonts.size());
    m_text.fonts.append(use);
    m_sizes.emplace_back();
    m_fonts.push_back({info, id, index});
    return index;
}

void TextAssembler::countFonts(const TextWord &word, int length)
{
    int i = 0;
    while (i < length) {
        const TextFontInfo *info = word.getFontInfo(i);
        const int start = i;
        while (i < length && word.getFontInfo(i) == info)
            ++i;
        const qint32 index = fontIndex(info);
        const qint32 characters = i - start;
        m_text.fonts[index].characters += characters;

        auto &sizes = m_sizes[static_cast<size_t>(index)];
        const float size = bounded(std::round(word.getFontSize() * 10) / 10);
        const auto known = std::find_if(sizes.begin(), sizes.end(),
                                        [&](const SizeCount &count) { return count.size == size; });
        if (known != sizes.end())
            known->characters += characters;
        else if (sizes.size() < 64)
            sizes.push_back({size, characters});
    }
}

void TextAssembler::chooseSizes()
{
    for (size_t i = 0; i < m_sizes.size(); ++i) {
        const auto most = std::max_element(
            m_sizes[i].begin(), m_sizes[i].end(),
            [](const SizeCount &a, const SizeCount &b) { return a.characters < b.characters; });
        if (most != m_sizes[i].end())
            m_text.fonts[static_cast<qsizetype>(i)].size = most->size;
    }
}

} // namespace lectern::poppler
