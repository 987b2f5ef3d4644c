// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/PageTextMap.h"

#include <QTextBoundaryFinder>

#include <algorithm>
#include <cmath>

namespace lectern::presentation {

namespace {

constexpr double kDownwards = 1.6;   ///< a word and its line so much taller than wide run downwards
constexpr int kShortWord = 3;        ///< letters set side by side may be as much taller than wide up to here
constexpr double kJoinGap = 2.0;     ///< words no further apart than so many heights are marked as one
constexpr double kJoinOverlap = 0.5; ///< and that share so much of their height
constexpr double kUprightness = 2.0; ///< a line above or below counts as so much further away

bool isRightToLeftText(QStringView text)
{
    for (const QChar character : text) {
        switch (character.direction()) {
        case QChar::DirL:
            return false;
        case QChar::DirR:
        case QChar::DirAL:
            return true;
        default:
            break;
        }
    }
    return false;
}

/// How wide a character is likely to be, beside others of its word.
double likelyWidth(QChar character)
{
    if (character.isLowSurrogate() || character.isMark())
        return 0;
    const char16_t unit = character.unicode();
    if (QStringView(u"iljtfrI.,;:'!|()[]-`").contains(character))
        return 0.55;
    if (QStringView(u"mwMW@%").contains(character))
        return 1.5;
    if (unit < 0x250 && character.isUpper())
        return 1.25;
    return 1;
}

bool isTall(const QRectF &box)
{
    return box.height() > kDownwards * box.width();
}

/// Turned, a short word of such letters is not tall.
bool isTallWhenTurned(QStringView letters)
{
    switch (letters.front().script()) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul:
    case QChar::Script_Bopomofo:
    case QChar::Script_Mongolian:
        return letters.size() > 1;
    default:
        return letters.size() > kShortWord;
    }
}

double outside(double value, double low, double high)
{
    return value < low ? low - value : value > high ? value - high : 0;
}

} // namespace

PageTextMap::PageTextMap(const domain::PageText &text) : m_text(text.text)
{
    m_words.reserve(text.words.size());
    for (const domain::WordBox &box : text.words) {
        if (box.length <= 0)
            continue;
        Word word;
        word.range = {box.offset, box.offset + box.length};
        word.box = QRectF(box.x, box.y, box.width, box.height).normalized();
        const QStringView letters = QStringView(m_text).mid(box.offset, box.length);
        word.rightToLeft = isRightToLeftText(letters);
        word.downwards = isTall(word.box) && isTallWhenTurned(letters);
        m_words.append(word);
    }
    findLines();
}

void PageTextMap::findLines()
{
    for (int i = 0; i < m_words.size(); ++i) {
        const Word &word = m_words.at(i);
        const bool continues =
            !m_lines.isEmpty() &&
            !QStringView(m_text)
                 .mid(m_lines.constLast().range.end, word.range.start - m_lines.constLast().range.end)
                 .contains(u'\n');
        if (!continues)
            m_lines.append({word.range, i, i, word.box});
        Line &line = m_lines.last();
        line.range.end = word.range.end;
        line.lastWord = i;
        line.box |= word.box;
    }
    for (const Line &line : std::as_const(m_lines)) {
        for (int i = line.firstWord; i <= line.lastWord && !isTall(line.box); ++i)
            m_words[i].downwards = false;
    }
}

qint64 PageTextMap::bytes() const
{
    return m_text.size() * qint64{2} + m_words.size() * qint64{sizeof(Word)} +
           m_lines.size() * qint64{sizeof(Line)};
}

// How far into the word a position is, from 0 to 1, along the way it is read.
double PageTextMap::share(const Word &word, int position) const
{
    double before = 0;
    double all = 0;
    for (int i = word.range.start; i < word.range.end; ++i) {
        const double width = likelyWidth(m_text.at(i));
        all += width;
        before += i < position ? width : 0;
    }
    return all > 0 ? before / all : 0;
}

QRectF PageTextMap::part(const Word &word, int start, int end) const
{
    if (start <= word.range.start && end >= word.range.end)
        return word.box;
    double from = share(word, start);
    double to = share(word, end);
    if (word.downwards)
        return QRectF(word.box.x(), word.box.y() + from * word.box.height(), word.box.width(),
                      (to - from) * word.box.height());
    if (word.rightToLeft) {
        std::swap(from, to);
        from = 1 - from;
        to = 1 - to;
    }
    return QRectF(word.box.x() + from * word.box.width(), word.box.y(), (to - from) * word.box.width(),
                  word.box.height());
}

QVector<QRectF> PageTextMap::areas(int start, int end) const
{
    QVector<QRectF> areas;
    if (end <= start)
        return areas;
    const auto first = std::partition_point(m_words.cbegin(), m_words.cend(),
                                            [start](const Word &word) { return word.range.end <= start; });
    int line = -1;
    for (auto word = first; word != m_words.cend() && word->range.start < end; ++word) {
        const QRectF area = part(*word, std::max(start, word->range.start), std::min(end, word->range.end));
        const int itsLine = lineOf(word->range.start);
        if (itsLine == line && !word->downwards) {
            QRectF &last = areas.last();
            const double height = std::max(last.height(), area.height());
            const double shared = std::min(last.bottom(), area.bottom()) - std::max(last.top(), area.top());
            const double gap = std::max(area.left() - last.right(), last.left() - area.right());
            if (shared > kJoinOverlap * height && gap < kJoinGap * height) {
                last |= area;
                continue;
            }
        }
        line = itsLine;
        areas.append(area);
    }
    return areas;
}

QRectF PageTextMap::caret(int position) const
{
    if (m_words.isEmpty())
        return {};
    // The word before the position, unless it stands right at the beginning of the next.
    auto after = std::partition_point(m_words.cbegin(), m_words.cend(),
                                      [position](const Word &word) { return word.range.start <= position; });
    const Word &word = after == m_words.cbegin() ? *after : *std::prev(after);
    const double share = this->share(word, std::clamp(position, word.range.start, word.range.end));
    if (word.downwards)
        return QRectF(word.box.x(), word.box.y() + share * word.box.height(), word.box.width(), 0);
    const double along = word.rightToLeft ? 1 - share : share;
    return QRectF(word.box.x() + along * word.box.width(), word.box.y(), 0, word.box.height());
}

int PageTextMap::lineOf(int position) const
{
    const auto after = std::partition_point(m_lines.cbegin(), m_lines.cend(), [position](const Line &line) {
        return line.range.start <= position;
    });
    return std::max(0, static_cast<int>(after - m_lines.cbegin()) - 1);
}

int PageTextMap::nearestLine(const QPointF &point) const
{
    int best = -1;
    double nearest = 0;
    for (int i = 0; i < m_lines.size(); ++i) {
        const QRectF &box = m_lines.at(i).box;
        const double distance = std::hypot(outside(point.x(), box.left(), box.right()),
                                           kUprightness * outside(point.y(), box.top(), box.bottom()));
        if (best < 0 || distance < nearest) {
            best = i;
            nearest = distance;
        }
    }
    return best;
}

int PageTextMap::positionIn(const Line &line, const QPointF &point) const
{
    const Word *best = nullptr;
    double nearest = 0;
    for (int i = line.firstWord; i <= line.lastWord; ++i) {
        const Word &word = m_words.at(i);
        const double distance = std::hypot(outside(point.x(), word.box.left(), word.box.right()),
                                           outside(point.y(), word.box.top(), word.box.bottom()));
        if (best == nullptr || distance < nearest) {
            best = &word;
            nearest = distance;
        }
    }
    double along = 0;
    if (best->downwards)
        along = (point.y() - best->box.top()) / std::max(0.01, best->box.height());
    else
        along = (point.x() - best->box.left()) / std::max(0.01, best->box.width());
    along = std::clamp(along, 0.0, 1.0); // beside the line its nearer end is meant
    if (best->rightToLeft && !best->downwards)
        along = 1 - along;
    int position = best->range.start;
    double nearestShare = 2;
    for (int candidate = best->range.start; candidate <= best->range.end; ++candidate) {
        if (candidate < best->range.end && m_text.at(candidate).isLowSurrogate())
            continue;
        const double away = std::abs(share(*best, candidate) - along);
        if (away < nearestShare) {
            nearestShare = away;
            position = candidate;
        }
    }
    return position;
}

int PageTextMap::positionAt(const QPointF &point) const
{
    const int line = nearestLine(point);
    return line < 0 ? 0 : positionIn(m_lines.at(line), point);
}

bool PageTextMap::isOnText(const QPointF &point) const
{
    return std::any_of(m_words.cbegin(), m_words.cend(),
                       [&point](const Word &word) { return word.box.contains(point); });
}

PageTextMap::Range PageTextMap::lineAt(int position) const
{
    return m_lines.isEmpty() ? Range{} : m_lines.at(lineOf(position)).range;
}

PageTextMap::Range PageTextMap::wordAt(int position) const
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, m_text);
    finder.setPosition(std::clamp(position, 0, length()));
    const auto isIn = [&](qsizetype at) {
        return at >= 0 && at < m_text.size() && m_text.at(at).isLetterOrNumber();
    };
    // Behind the last letter of a word it is still the word that is meant.
    if (!isIn(position) && isIn(position - 1))
        finder.setPosition(position - 1);
    qsizetype start = finder.position();
    if (!finder.isAtBoundary())
        start = finder.toPreviousBoundary();
    finder.setPosition(start);
    const qsizetype end = finder.toNextBoundary();
    return {static_cast<int>(std::max<qsizetype>(0, start)), static_cast<int>(end < 0 ? m_text.size() : end)};
}

// Empty lines stand nowhere on the page and are passed over.
int PageTextMap::nextCharacter(int position) const
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, m_text);
    finder.setPosition(std::clamp(position, 0, length()));
    auto at = static_cast<int>(finder.toNextBoundary());
    if (at < 0)
        return length();
    while (at < length() && m_text.at(at - 1) == u'\n' && m_text.at(at) == u'\n')
        ++at;
    return at;
}

int PageTextMap::previousCharacter(int position) const
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, m_text);
    finder.setPosition(std::clamp(position, 0, length()));
    auto at = std::max(0, static_cast<int>(finder.toPreviousBoundary()));
    while (at > 0 && m_text.at(at) == u'\n' && m_text.at(at - 1) == u'\n')
        --at;
    return at;
}

int PageTextMap::wordBoundary(int position, bool forwards) const
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, m_text);
    finder.setPosition(std::clamp(position, 0, length()));
    while (true) {
        const qsizetype at = forwards ? finder.toNextBoundary() : finder.toPreviousBoundary();
        if (at < 0)
            return forwards ? length() : 0;
        const qsizetype passed = forwards ? at - 1 : at;
        if (passed >= 0 && passed < m_text.size() && !m_text.at(passed).isSpace())
            return static_cast<int>(at);
    }
}

int PageTextMap::nextWord(int position) const
{
    return wordBoundary(position, true);
}

int PageTextMap::previousWord(int position) const
{
    return wordBoundary(position, false);
}

int PageTextMap::lineUp(int position) const
{
    const int line = m_lines.isEmpty() ? 0 : lineOf(position);
    return line == 0 ? -1 : positionIn(m_lines.at(line - 1), caret(position).center());
}

int PageTextMap::lineDown(int position) const
{
    const int line = lineOf(position);
    return line + 1 >= m_lines.size() ? -1 : positionIn(m_lines.at(line + 1), caret(position).center());
}

bool PageTextMap::isRightToLeft(int position) const
{
    const auto word = std::partition_point(
        m_words.cbegin(), m_words.cend(), [position](const Word &each) { return each.range.end < position; });
    return word != m_words.cend() && word->rightToLeft;
}

} // namespace lectern::presentation
