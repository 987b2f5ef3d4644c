// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Passages.h"

#include "text/CharacterClass.h"

#include <QSet>

#include <algorithm>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostHyphenSearches = 60; // beyond, the hyphen is dropped without looking
constexpr float kSameSize = 0.08F;

QStringView lastWord(QStringView text)
{
    qsizetype start = text.size();
    while (start > 0 && (text.at(start - 1).isLetter() || text.at(start - 1).isMark()))
        --start;
    return text.mid(start);
}

QStringView firstWord(QStringView text)
{
    qsizetype end = 0;
    while (end < text.size() && (text.at(end).isLetter() || text.at(end).isMark()))
        ++end;
    return text.left(end);
}

bool isListMark(QStringView line)
{
    if (line.isEmpty())
        return false;
    if (u"•◦‣▪■●○–—*·►✓"_s.contains(line.front()))
        return line.size() == 1 || line.at(1).isSpace();
    const qsizetype space = line.indexOf(u' ');
    const QStringView first = space < 0 ? line : line.left(space);
    if (first.size() > 5 || first.size() < 2)
        return false;
    if (first.front() == u'(' && first.back() == u')')
        return first.size() <= 5;
    return (first.back() == u')' || first.back() == u'.') && first.front().isDigit();
}

/// "3.2.42 listcreate": a section number of several levels begins a paragraph.
bool isNumbered(QStringView line)
{
    const qsizetype number = line.front().isDigit() ? sectionNumberLength(line) : 0;
    return number > 5 && number < line.size() && line.at(number).isLetter() &&
           line.left(number).count(u'.') >= 2;
}

bool startsLower(QStringView line)
{
    return !line.isEmpty() && line.front().isLower();
}

bool endsOpen(const QString &text)
{
    qsizetype i = text.size();
    while (i > 0 && (isClosing(text.at(i - 1).unicode()) || text.at(i - 1).isSpace()))
        --i;
    return i > 0 && !isSentenceEnd(text.at(i - 1).unicode()) && text.at(i - 1) != u':';
}

class Joiner {
public:
    explicit Joiner(const PageLayout &layout) : m_layout(layout)
    {
        for (const Line &line : layout.lines) {
            m_blockRights.resize(line.block + 1);
            m_blockRights[line.block] = std::max(m_blockRights.at(line.block), line.x + line.width);
        }
    }

    QVector<Passage> join()
    {
        for (int i = 0; i < m_layout.lines.size(); ++i) {
            const Line &line = m_layout.lines.at(i);
            if (line.role == LineRole::Furniture)
                continue;
            if (m_passages.isEmpty() || !continues(m_passages.last(), line)) {
                Passage passage;
                passage.role = line.role;
                passage.firstLine = i;
                m_passages.append(passage);
            }
            append(m_passages.last(), line);
            m_passages.last().lastLine = i;
        }
        return std::move(m_passages);
    }

private:
    bool continues(const Passage &passage, const Line &line) const
    {
        const QStringView text = m_layout.lineText(line);
        const Line &last = m_layout.lines.at(passage.lastLine);
        if (passage.role != line.role)
            return false;
        const bool sameSize = !line.boxed || !last.boxed ||
                              std::abs(line.size - last.size) <= kSameSize * std::max(line.size, last.size);
        if (line.role == LineRole::Heading)
            return continuesHeading(passage, last, line, sameSize);
        if (line.role != LineRole::Prose || isListMark(text) || isNumbered(text) || !sameSize)
            return false;
        if (line.block == last.block)
            return !endsOnPurpose(last, line);
        // A paragraph that goes on in the next column or below a picture
        return endsOpen(passage.text) && startsLower(text) && passage.text.size() > 40;
    }

    /// The first word of `line` had room at the end of `last`: the line was ended there for a reason.
    bool endsOnPurpose(const Line &last, const Line &line) const
    {
        const char32_t first = codePointAt(m_layout.lineText(line), 0).value;
        const bool unspaced = isUnspaced(first);
        if (!last.boxed || !line.boxed || (!QChar::isUpper(first) && !QChar::isDigit(first) && !unspaced))
            return false;
        const float room = m_blockRights.value(line.block) - last.x - last.width;
        return room > (unspaced ? 2.5F * line.size : line.firstWordWidth + 1.2F * line.size);
    }

    bool continuesHeading(const Passage &passage, const Line &last, const Line &line, bool sameSize) const
    {
        const bool numberAlone = sectionNumberLength(passage.text) == passage.text.size();
        if (line.boxed && last.boxed) {
            const float middle = (line.y + line.bottom) / 2;
            const bool besideNumber = numberAlone && middle > last.y && middle < last.bottom;
            const float gap = line.y - last.bottom;
            const bool below = gap < 0.75F * last.size && gap > -0.5F * last.size;
            if (besideNumber)
                return true;
            if (!sameSize || !below || line.bold != last.bold)
                return false;
        } else if (line.block != last.block) {
            return false;
        }
        return numberAlone || sectionNumberLength(m_layout.lineText(line)) == 0;
    }

    void append(Passage &passage, const Line &line)
    {
        const QStringView text = m_layout.lineText(line);
        QString &joined = passage.text;
        if (!joined.isEmpty())
            joinEnds(passage, text, line.role == LineRole::Heading);
        joined.reserve(joined.size() + text.size());
        bool space = false;
        for (qsizetype i = 0; i < text.size(); ++i) {
            const QChar c = text.at(i);
            const auto at = static_cast<qint32>(line.offset + i);
            if (c.isSpace()) {
                space = true;
                continue;
            }
            const char16_t unit = c.unicode();
            // A soft hyphen inside a line prints nothing; at the line's end it marks a split word.
            const bool softInside = unit == 0x00ad && i + 1 < text.size();
            if (softInside || (unit != 0x00ad && isInvisible(unit)) || unit < 0x20 || unit == 0x7f)
                continue;
            if (space && !joined.isEmpty() && !joined.back().isSpace()) {
                const bool cell = line.role != LineRole::Prose &&
                                  std::binary_search(line.cells.begin(), line.cells.end(), at);
                joined += cell ? u'\t' : u' ';
                passage.source.append(at - 1);
            }
            space = false;
            joined += c;
            passage.source.append(at);
        }
    }

    void joinEnds(Passage &passage, QStringView next, bool heading)
    {
        QString &joined = passage.text;
        const char16_t end = joined.back().unicode();
        const auto nextStart = codePointAt(next, 0).value;
        if (isHyphen(end) && joined.size() > 1 && joined.at(joined.size() - 2).isLetter()) {
            const bool soft = end == 0x00ad;
            if (soft || (QChar::isLower(nextStart) && !keeps(QStringView(joined).chopped(1), next))) {
                joined.chop(1);
                passage.source.removeLast();
            }
            return;
        }
        // Ideographs have no spaces between words, so a line end is none either.
        const QChar last = joined.back();
        const char32_t lastPoint = last.isLowSurrogate() ? 0x20000 : last.unicode();
        const auto isWide = [](char32_t c) {
            return isIdeograph(c) || isKana(c) || (c >= 0x3000 && c <= 0x303f) ||
                   (c >= 0xff00 && c <= 0xff60);
        };
        if (isWide(lastPoint) && isWide(nextStart))
            return;
        if (!last.isSpace()) {
            joined += heading ? u'\t' : u' ';
            passage.source.append(passage.source.last() + 1);
        }
    }

    bool keeps(QStringView before, QStringView after)
    {
        if (m_searches++ >= kMostHyphenSearches)
            return false;
        return keepsHyphen(before, after, m_layout.text);
    }

    const PageLayout &m_layout;
    QVector<Passage> m_passages;
    QVector<float> m_blockRights; ///< where the longest line of each block ends
    int m_searches = 0;
};

} // namespace

QVector<Passage> joinPassages(const PageLayout &layout)
{
    return Joiner(layout).join();
}

bool keepsHyphen(QStringView before, QStringView after, const QString &page)
{
    // First parts that make hyphenated compounds far more often than they begin a split word
    static const QSet<QString> kFirstParts = {
        u"self"_s,  u"well"_s,  u"low"_s,    u"high"_s,     u"long"_s, u"short"_s, u"non"_s,    u"real"_s,
        u"full"_s,  u"half"_s,  u"two"_s,    u"three"_s,    u"four"_s, u"one"_s,   u"single"_s, u"large"_s,
        u"small"_s, u"cross"_s, u"user"_s,   u"time"_s,     u"so"_s,   u"state"_s, u"open"_s,   u"double"_s,
        u"mixed"_s, u"fixed"_s, u"random"_s, u"computer"_s, u"data"_s, u"first"_s, u"second"_s, u"third"_s,
        u"world"_s, u"year"_s,  u"day"_s,    u"hand"_s,     u"left"_s, u"right"_s, u"hard"_s,   u"soft"_s,
        u"fuel"_s,  u"water"_s, u"rate"_s,   u"case"_s,     u"line"_s};
    const QStringView first = lastWord(before);
    const QStringView rest = firstWord(after);
    if (first.isEmpty() || rest.isEmpty())
        return false;
    const QString hyphenated = first.toString() + u'-' + rest.toString();
    if (page.contains(hyphenated, Qt::CaseInsensitive))
        return true;
    const QString mended = first.toString() + rest.toString();
    if (page.contains(mended, Qt::CaseInsensitive))
        return false;
    // "state-of-/the-art": the word before is itself hyphenated
    const qsizetype start = before.size() - first.size();
    const bool chain = start > 0 && isHyphen(before.at(start - 1).unicode()) && first.size() <= 4;
    return chain || kFirstParts.contains(first.toString().toLower());
}

} // namespace lectern::text
