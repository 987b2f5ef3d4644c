// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Sentences.h"

#include "text/Abbreviations.h"
#include "text/CharacterClass.h"
#include "text/Language.h"

#include <QTextBoundaryFinder>

#include <algorithm>
#include <utility>

namespace lectern::text {

namespace {

constexpr qsizetype kMostSentences = 2000;

/// The word before the full stop at `dot`, with inner full stops ("e.g", "U.S").
QString wordBefore(const QString &text, qsizetype dot)
{
    qsizetype start = dot;
    while (
        start > 0 && dot - start < 16 &&
        (text.at(start - 1).isLetterOrNumber() || text.at(start - 1) == u'.' || text.at(start - 1) == u'-'))
        --start;
    return text.mid(start, dot - start);
}

bool isInitial(const QString &word)
{
    return word.size() == 1 && word.front().isUpper();
}

/// "U.S", "Ph.D", "v.d": letters with full stops between them
bool isDotted(const QString &word)
{
    if (!word.contains(u'.'))
        return false;
    const QStringList parts = word.split(u'.');
    return std::all_of(parts.begin(), parts.end(), [](const QString &p) {
        return p.size() <= 2 && !p.isEmpty() && p.front().isLetter();
    });
}

/// Whether the boundary finder split at a full stop that ends no sentence.
bool splitsWrongly(const QString &text, qsizetype boundary, const QString &language)
{
    qsizetype end = boundary;
    while (end > 0 && text.at(end - 1).isSpace())
        --end;
    if (end == 0)
        return true;
    if (end == boundary && boundary < text.size() && !isSentenceEnd(text.at(end - 1).unicode()) &&
        !isClosing(text.at(end - 1).unicode()))
        return true;
    qsizetype next = boundary;
    while (next < text.size() && isOpening(text.at(next).unicode()))
        ++next;
    if (next >= text.size())
        return false;
    const QChar following = text.at(next);
    if (text.at(end - 1) == u'?' || text.at(end - 1) == u'!')
        return following.isLower();
    if (text.at(end - 1) != u'.')
        return false;
    if (following.isLower() || following == u',' || following == u';')
        return true;

    const QString word = wordBefore(text, end - 1);
    if (word.isEmpty())
        return false;
    switch (abbreviationKind(word.toLower(), language)) {
    case AbbreviationKind::BeforeName:
        return true;
    case AbbreviationKind::BeforeNumber:
        return following.isDigit() || following == u'(' || !following.isUpper();
    case AbbreviationKind::Inside:
        return !following.isUpper() || isDotted(word);
    case AbbreviationKind::None:
        break;
    }
    if (isInitial(word) || (isDotted(word) && word.size() <= 5 && language != QStringLiteral("de")))
        return following.isUpper() || following.isDigit();
    // "3. Mai", "am 12. und", "Satz 2. Sei" — in German an ordinal; only months follow with a capital there.
    const bool number = std::all_of(word.begin(), word.end(), [](QChar c) { return c.isDigit(); });
    if (number && word.size() <= 2 && ordinalsTakeFullStop(language)) {
        qsizetype stop = next;
        while (stop < text.size() && text.at(stop).isLetter())
            ++stop;
        return isMonthLike(text.mid(next, stop - next).toLower());
    }
    return false;
}

bool isComplete(QStringView sentence)
{
    qsizetype start = 0;
    while (start < sentence.size() && isOpening(codePointAt(sentence, start).value))
        ++start;
    if (start >= sentence.size())
        return false;
    const char32_t first = codePointAt(sentence, start).value;
    const bool begins = QChar::isUpper(first) || QChar::isDigit(first) ||
                        (QChar::isLetter(first) && !QChar::isLower(first)); // scripts without case
    qsizetype end = sentence.size();
    while (end > 0 && isClosing(sentence.at(end - 1).unicode()))
        --end;
    return begins && end > 0 && isSentenceEnd(sentence.at(end - 1).unicode());
}

} // namespace

QVector<TextSpan> sentenceSpans(const QString &text, const QString &language)
{
    QVector<TextSpan> spans;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Sentence, text);
    qsizetype start = 0;
    for (;;) {
        const qsizetype boundary = finder.toNextBoundary();
        if (boundary < 0)
            break;
        if (boundary < text.size() && splitsWrongly(text, boundary, language))
            continue;
        qsizetype end = boundary;
        while (start < end && text.at(start).isSpace())
            ++start;
        while (end > start && text.at(end - 1).isSpace())
            --end;
        if (start < end)
            spans.append({start, end - start});
        start = boundary;
    }
    return spans;
}

QVector<Sentence> splitSentences(const PageLayout &layout)
{
    QVector<Sentence> sentences;
    const QString language = primaryLanguage(layout.language);
    for (int i = 0; i < layout.passages.size() && sentences.size() < kMostSentences; ++i) {
        const Passage &passage = layout.passages.at(i);
        if (passage.role != LineRole::Prose)
            continue;
        const QVector<TextSpan> spans = sentenceSpans(passage.text, language);
        for (const TextSpan &span : spans.mid(0, kMostSentences - sentences.size())) {
            const QString text = passage.text.mid(span.start, span.length);
            sentences.append({text, i, span.start, isComplete(text)});
        }
    }
    return sentences;
}

QStringList splitSentences(const QString &text, const QString &language)
{
    QStringList sentences;
    for (const TextSpan &span : sentenceSpans(text, language).mid(0, kMostSentences))
        sentences.append(text.mid(span.start, span.length));
    return sentences;
}

} // namespace lectern::text
