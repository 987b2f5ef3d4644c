// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Chunks.h"

#include "text/CharacterClass.h"
#include "text/Language.h"
#include "text/Passages.h"
#include "text/Sentences.h"

#include <algorithm>

namespace lectern::text {

using domain::Chunk;

namespace {

constexpr qsizetype kLongestWord = 32;        ///< longer ones are cut, since nothing reads them as words
constexpr qsizetype kMostMarks = 32;          ///< that stay with their letter
constexpr qsizetype kShortestToTell = 60;     ///< below, no language is guessed
constexpr qsizetype kHyphenEvidence = 20'000; ///< so much of the page is searched for a word's other form
constexpr int kMostHyphens = 6;               ///< of a chunk; more are no text
constexpr int kEnough = kMostLetters * 2 / 5; ///< a chunk this long ends with its block
constexpr int kHeading = kMostLetters / 8; ///< a chunk this short takes in the next sentence, whatever it is

/// How good a place is for a cut; better ones have higher values.
enum class Cut { Character, Word, Clause, Line };

/// A stretch of the text that does not begin or end with white space.
struct Stretch {
    qsizetype start = 0;
    qsizetype end = 0;
    qsizetype letters = 0; ///< as kMostLetters counts them
    int words = 0;         ///< that have a letter or a digit

    /// With the white space before `next`, and `next`.
    [[nodiscard]] Stretch with(const Stretch &next) const
    {
        return {start, next.end, letters + (next.start - end) + next.letters, words + next.words};
    }
};

/// A word, or a character of a script without spaces: what is never cut.
struct Atom {
    Stretch stretch;
    Cut after = Cut::Character;
};

/// As kMostLetters counts a character. Nothing counts less than the UTF-16 units it takes.
qsizetype lettersOf(const CodePoint &point)
{
    const char32_t c = point.value;
    if (isIdeograph(c) || isKana(c) || QChar::isDigit(c))
        return 3;
    if (isHangul(c) || QChar::isUpper(c))
        return 2;
    return QChar::isLetter(c) || QChar::isMark(c) ? point.units : 5;
}

bool isLineEnd(QChar c)
{
    return c == u'\n' || c == u'\r' || c == u'\f' || c == u'\v' || c == QChar::LineSeparator ||
           c == QChar::ParagraphSeparator;
}

bool isClauseEnd(QChar c)
{
    switch (c.unicode()) {
    case u',':
    case u';':
    case u':':
    case u'|':
    case u'\u2013': // en dash
    case u'\u2014': // em dash
    case u'\u3001': // ideographic comma
    case u'\uff0c': // full-width comma
    case u'\uff1b':
    case u'\uff1a':
    case u'\u060c': // Arabic comma
    case u'\u061b':
        return true;
    default:
        return isSentenceEnd(c.unicode()) || isClosing(c.unicode());
    }
}

/// Blocks of lines between empty ones, without white space around them.
QVector<TextSpan> blocksOf(const QString &text)
{
    QVector<TextSpan> blocks;
    qsizetype start = -1; // of the block
    qsizetype end = 0;    // of what is no white space
    bool inLine = false;  // something stands in this line
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (isLineEnd(c)) {
            if (!inLine && start >= 0 && !(c == u'\n' && text.at(i - 1) == u'\r')) {
                blocks.append({start, end - start});
                start = -1;
            }
            inLine = false;
        } else if (!c.isSpace()) {
            start = start < 0 ? i : start;
            end = i + 1;
            inLine = true;
        }
    }
    if (start >= 0)
        blocks.append({start, end - start});
    return blocks;
}

class Cutter {
public:
    Cutter(const QString &text, const QString &language) : m_text(text), m_language(language) {}

    QVector<Chunk> cut()
    {
        for (const TextSpan &block : blocksOf(m_text)) {
            QString flat = m_text.mid(block.start, block.length);
            std::replace_if(flat.begin(), flat.end(), isLineEnd, QChar(u' '));
            bool opens = true;
            for (const TextSpan &sentence : sentenceSpans(flat, primaryLanguage(m_language))) {
                addSentence(block.start + sentence.start, block.start + sentence.end(), opens);
                opens = false;
            }
        }
        finishChunk();
        return m_chunks;
    }

private:
    [[nodiscard]] qsizetype atomEnd(qsizetype start, qsizetype end) const;
    [[nodiscard]] Cut cutAfter(qsizetype atomEnd, qsizetype end) const;
    void readAtoms(qsizetype start, qsizetype end);
    void addSentence(qsizetype start, qsizetype end, bool opensBlock);
    void addPart(const Stretch &part, bool opensBlock);
    void finishChunk();

    const QString &m_text;
    const QString &m_language;
    QVector<Atom> m_atoms; ///< of one sentence
    Stretch m_current;     ///< the chunk that grows; empty at first
    QVector<Chunk> m_chunks;
};

/// Where the atom that starts there ends: a word, at most kLongestWord units of it, or one character of a
/// script without spaces; each with the marks on it.
qsizetype Cutter::atomEnd(qsizetype start, qsizetype end) const
{
    qsizetype at = start;
    qsizetype marks = 0;
    bool apart = false;
    while (at < end && !m_text.at(at).isSpace()) {
        const CodePoint point = codePointAt(m_text, at);
        const bool mark = QChar::isMark(point.value) && at > start;
        if (mark ? ++marks > kMostMarks
                 : apart || at - start >= kLongestWord || (at > start && isUnspaced(point.value)))
            break;
        apart = apart || isUnspaced(point.value);
        at = std::min(at + point.units, end);
    }
    return at;
}

Cut Cutter::cutAfter(qsizetype atomEnd, qsizetype end) const
{
    bool space = false;
    for (qsizetype i = atomEnd; i < end && m_text.at(i).isSpace(); ++i) {
        if (isLineEnd(m_text.at(i)))
            return Cut::Line;
        space = true;
    }
    const QChar last = m_text.at(atomEnd - 1);
    if (isClauseEnd(last) && (space || isUnspaced(last.unicode()) || last.unicode() > 0x3000))
        return Cut::Clause;
    return space ? Cut::Word : Cut::Character;
}

void Cutter::readAtoms(qsizetype start, qsizetype end)
{
    m_atoms.clear();
    while (start < end) {
        if (m_text.at(start).isSpace()) {
            ++start;
            continue;
        }
        const qsizetype atEnd = atomEnd(start, end);
        Stretch stretch{start, atEnd, isUnspaced(codePointAt(m_text, start).value) ? 0 : 1, 0};
        while (start < atEnd) {
            const CodePoint point = codePointAt(m_text, start);
            stretch.letters += lettersOf(point);
            stretch.words = QChar::isLetterOrNumber(point.value) ? 1 : stretch.words;
            start += point.units;
        }
        m_atoms.append({stretch, cutAfter(atEnd, end)});
        start = atEnd;
    }
}

/// Adds a sentence whole, or in parts that are each as long as fits, cut at the best place of the second
/// half.
void Cutter::addSentence(qsizetype start, qsizetype end, bool opensBlock)
{
    readAtoms(start, end);
    for (qsizetype first = 0; first < m_atoms.size();) {
        Stretch part = m_atoms.at(first).stretch;
        qsizetype last = first;
        for (; last + 1 < m_atoms.size(); ++last) {
            const Stretch longer = part.with(m_atoms.at(last + 1).stretch);
            if (longer.letters > kMostLetters)
                break;
            part = longer;
        }
        if (last + 1 < m_atoms.size()) {
            qsizetype best = last;
            for (qsizetype i = last; i > first + (last - first) / 2; --i)
                best = m_atoms.at(i).after > m_atoms.at(best).after ? i : best;
            part = m_atoms.at(first).stretch;
            for (qsizetype i = first + 1; i <= best; ++i)
                part = part.with(m_atoms.at(i).stretch);
            last = best;
        }
        addPart(part, opensBlock);
        opensBlock = false;
        first = last + 1;
    }
}

/// A sentence, or a part of one that is too long, becomes the chunk's next or begins a new one.
void Cutter::addPart(const Stretch &part, bool opensBlock)
{
    if (m_current.letters == 0) {
        m_current = part;
        return;
    }
    const Stretch both = m_current.with(part);
    const bool apart = opensBlock && m_current.letters >= kEnough;
    const int most = m_current.letters < kHeading ? kMostLetters + kHeading : kMostLetters;
    if (apart || both.letters > most)
        finishChunk();
    m_current = m_current.letters == 0 ? part : both;
}

void Cutter::finishChunk()
{
    Chunk chunk{static_cast<int>(m_chunks.size()), static_cast<int>(m_current.start),
                static_cast<int>(m_current.end - m_current.start), m_current.words, m_language};
    m_current = {};
    if (chunk.words == 0)
        return;
    if (chunk.length >= kShortestToTell) {
        const QString own = detectLanguage(QStringView(m_text).mid(chunk.start, chunk.length));
        if (own != QStringLiteral("und"))
            chunk.language = own;
    }
    m_chunks.append(chunk);
}

} // namespace

QVector<Chunk> splitChunks(const QString &pageText, const QString &language)
{
    return Cutter(pageText, language).cut();
}

QString chunkText(const QString &pageText, const Chunk &chunk)
{
    const QStringView whole = QStringView(pageText).mid(chunk.start, chunk.length);
    QString text;
    text.reserve(whole.size());
    int hyphens = 0;
    qsizetype at = 0;
    while (at < whole.size()) {
        if (!whole.at(at).isSpace()) {
            text += whole.at(at++);
            continue;
        }
        bool line = false;
        for (; at < whole.size() && whole.at(at).isSpace(); ++at)
            line = line || isLineEnd(whole.at(at));
        const QStringView after = whole.mid(at);
        const bool split = line && text.size() > 1 && isHyphen(text.back().unicode()) &&
                           text.at(text.size() - 2).isLetter() && !after.isEmpty() && after.front().isLower();
        if (!split)
            text += u' ';
        else if (++hyphens > kMostHyphens ||
                 !keepsHyphen(QStringView(text).chopped(1), after, pageText.left(kHyphenEvidence)))
            text.chop(1);
    }
    return text;
}

} // namespace lectern::text
