// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/TextLocator.h"

#include "text/CharacterClass.h"
#include "text/FoldedText.h"

namespace lectern::ai {

namespace {

struct Collapsed {
    QString text;
    QVector<qint32> start;
    QVector<qint32> end;
};

/// Quotation marks and dashes that models and typesetters choose differently.
QChar plain(QChar c)
{
    switch (c.unicode()) {
    case 0x2018:
    case 0x2019:
    case 0x201b:
        return u'\'';
    case 0x201c:
    case 0x201d:
    case 0x201e:
        return u'"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return u'-';
    default:
        return c;
    }
}

Collapsed collapse(const QString &text)
{
    const text::FoldedText folded = text::foldText(text, false);
    Collapsed out;
    out.text.reserve(folded.text.size());
    for (qsizetype i = 0; i < folded.text.size(); ++i) {
        const QChar c = folded.text.at(i);
        if (c.isSpace() && (out.text.isEmpty() || out.text.back() == u' '))
            continue;
        out.text.append(c.isSpace() ? QChar(u' ') : plain(c));
        out.start.append(folded.source.at(i));
        out.end.append(folded.sourceEnd.at(i));
    }
    return out;
}

/// A letter or digit of a script that puts spaces between words.
bool isSpacedWord(QChar c)
{
    return c.isLetterOrNumber() && !text::isUnspaced(c.unicode());
}

/// No word goes on across this border.
bool isBorder(const QString &text, qsizetype at)
{
    return at <= 0 || at >= text.size() || !isSpacedWord(text.at(at - 1)) || !isSpacedWord(text.at(at));
}

} // namespace

TextLocator::TextLocator(const QString &text)
{
    Collapsed collapsed = collapse(text);
    m_folded = std::move(collapsed.text);
    m_start = std::move(collapsed.start);
    m_end = std::move(collapsed.end);
}

std::optional<TextRange> TextLocator::find(const QString &quote) const
{
    const QString needle = collapse(quote).text.trimmed();
    if (needle.isEmpty())
        return std::nullopt;
    for (qsizetype at = m_folded.indexOf(needle); at >= 0; at = m_folded.indexOf(needle, at + 1)) {
        if (!isBorder(m_folded, at) || !isBorder(m_folded, at + needle.size()))
            continue;
        const qint32 offset = m_start.at(at);
        return TextRange{offset, m_end.at(at + needle.size() - 1) - offset};
    }
    return std::nullopt;
}

} // namespace lectern::ai
