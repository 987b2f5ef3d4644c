// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/FoldedText.h"

#include "text/CharacterClass.h"

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

/// Marks that are not part of how a word is spelled for a search: vowel signs of Arabic and Hebrew, and
/// accents.
bool isDropped(char32_t c)
{
    if (c < 0x300)
        return false;
    return (c >= 0x300 && c <= 0x36f) || (c >= 0x591 && c <= 0x5c7 && QChar::isMark(c)) ||
           (c >= 0x610 && c <= 0x61a) || (c >= 0x64b && c <= 0x65f) || c == 0x670 ||
           (c >= 0x6d6 && c <= 0x6ed && QChar::isMark(c)) || c == 0x640 || (c >= 0x1ab0 && c <= 0x1aff) ||
           (c >= 0x1dc0 && c <= 0x1dff) || (c >= 0xfe20 && c <= 0xfe2f);
}

/// Letters that stand for others and that Unicode does not decompose.
QStringView replacementOf(char32_t c)
{
    switch (c) {
    case U'ß':
        return u"ss";
    case U'æ':
        return u"ae";
    case U'œ':
        return u"oe";
    case U'ø':
        return u"o";
    case U'ł':
        return u"l";
    case U'đ':
        return u"d";
    case U'ı':
        return u"i";
    case U'ς':
        return u"σ";
    case 0x622: // alef with its signs
    case 0x623:
    case 0x625:
    case 0x671:
        return u"ا";
    case 0x649: // alef maqsura
        return u"ي";
    default:
        return {};
    }
}

bool isRightToLeft(char32_t c)
{
    return QChar::direction(c) == QChar::DirR || QChar::direction(c) == QChar::DirAL;
}

class Folder {
public:
    Folder(QStringView text, bool apart) : m_text(text), m_apart(apart)
    {
        m_out.text.reserve(text.size() + text.size() / 8);
        m_out.source.reserve(text.size());
        m_out.sourceEnd.reserve(text.size());
    }

    FoldedText fold()
    {
        for (qsizetype i = 0; i < m_text.size();) {
            const char16_t unit = m_text.at(i).unicode();
            if (const qsizetype next = splitWordEnd(i); next > i) {
                i = next;
                continue;
            }
            const bool marked =
                i + 1 < m_text.size() && m_text.at(i + 1).unicode() >= 0x300 && m_text.at(i + 1).isMark();
            if (unit < 0x80 && !marked) {
                append(QChar(unit >= u'A' && unit <= u'Z' ? static_cast<char16_t>(unit + 32) : unit), i,
                       i + 1);
                ++i;
            } else {
                i = foldCluster(i);
            }
        }
        return std::move(m_out);
    }

private:
    /// A hyphen between two letters at a line's end: behind it and the line end; `i` when there is none.
    qsizetype splitWordEnd(qsizetype i)
    {
        if (!isHyphen(m_text.at(i).unicode()) || i == 0 || !m_text.at(i - 1).isLetter())
            return i;
        qsizetype next = i + 1;
        while (next < m_text.size() && (m_text.at(next) == u' ' || m_text.at(next) == u'\r'))
            ++next;
        if (next >= m_text.size() || m_text.at(next) != u'\n')
            return i;
        ++next;
        while (next < m_text.size() && m_text.at(next) == u' ')
            ++next;
        if (next >= m_text.size() || !m_text.at(next).isLower())
            return i;
        if (m_text.at(i).unicode() != 0x00ad && m_out.splitWords.size() < 400) {
            qsizetype start = m_out.text.size();
            while (start > 0 && m_out.text.at(start - 1).isLetter())
                --start;
            qsizetype end = next;
            while (end < m_text.size() && m_text.at(end).isLetter() && end - next < 60)
                ++end;
            m_out.splitWords.append(m_out.text.mid(start));
            m_out.splitWords.append(m_text.mid(next, end - next).toString());
        }
        return next;
    }

    /// A character with the marks behind it, in composed compatibility form.
    qsizetype foldCluster(qsizetype start)
    {
        qsizetype end = start + codePointAt(m_text, start).units;
        while (end < m_text.size() && end - start < 32 && QChar::isMark(codePointAt(m_text, end).value))
            end += codePointAt(m_text, end).units;
        // Hangul that comes in parts is put together; everything else is taken apart to lose its accents.
        const bool hangul = isHangul(codePointAt(m_text, start).value);
        while (hangul && end < m_text.size() && end - start < 32 && m_text.at(end).unicode() >= 0x1160 &&
               m_text.at(end).unicode() <= 0x11ff)
            ++end;
        const QString plain =
            m_text.mid(start, end - start)
                .toString()
                .normalized(hangul ? QString::NormalizationForm_KC : QString::NormalizationForm_KD);
        QString kept;
        for (qsizetype i = 0; i < plain.size();) {
            const CodePoint point = codePointAt(plain, i);
            if (!isDropped(point.value) && !(isInvisible(point.value) && point.value != 0x200b))
                kept += QStringView(plain).mid(i, point.units);
            i += point.units;
        }
        // Marks that stay (voicing marks of kana, vowel signs) join their letter again.
        kept = kept.normalized(QString::NormalizationForm_KC);
        emitCharacters(kept, start, end);
        return end;
    }

    void emitCharacters(const QString &kept, qsizetype start, qsizetype end)
    {
        for (qsizetype i = 0; i < kept.size();) {
            const CodePoint point = codePointAt(kept, i);
            const char32_t lower = QChar::toCaseFolded(point.value);
            const bool single = m_apart && isUnspaced(lower);
            const bool goesOn = m_apart && !m_out.text.isEmpty() && !m_out.text.back().isSpace();
            if (goesOn && (single || turnsAround(m_out.text.back(), lower)))
                append(u' ', start, start);
            if (const QStringView other = replacementOf(lower); !other.isEmpty()) {
                for (const QChar c : other)
                    append(c, start, end);
            } else if (lower == 0x200b || QChar::isSpace(lower)) {
                append(u' ', start, end);
            } else if (QChar::requiresSurrogates(lower)) {
                append(QChar(QChar::highSurrogate(lower)), start, end);
                append(QChar(QChar::lowSurrogate(lower)), start, end);
            } else if (lower < 0xd800 || lower > 0xdfff) {
                append(QChar(static_cast<char16_t>(lower)), start, end);
            } else {
                append(u' ', start, end); // half a character
            }
            i += point.units;
            m_spaceNext = single;
        }
    }

    void append(QChar c, qsizetype start, qsizetype end)
    {
        if (m_spaceNext) {
            m_spaceNext = false;
            if (!c.isSpace())
                append(u' ', start, start);
        }
        m_out.text += c;
        m_out.source.append(static_cast<qint32>(start));
        m_out.sourceEnd.append(static_cast<qint32>(end));
    }

    QStringView m_text;
    bool m_apart = false;
    bool m_spaceNext = false;
    FoldedText m_out;
};

} // namespace

bool turnsAround(QChar before, char32_t c)
{
    return before.isLetter() && QChar::isLetter(c) && isRightToLeft(before.unicode()) != isRightToLeft(c);
}

FoldedText foldText(QStringView text, bool apart)
{
    return Folder(text, apart).fold();
}

} // namespace lectern::text
