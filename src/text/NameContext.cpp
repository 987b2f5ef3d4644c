// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/NameContext.h"

#include "text/CharacterClass.h"

namespace lectern::text {

using namespace Qt::StringLiterals;

bool NamePassage::startsSentence(qsizetype i) const
{
    if (i == 0)
        return true;
    qsizetype before = i - 1;
    while (before > 0 && isOpening(reader.view(before).front().unicode()))
        --before;
    const QStringView mark = reader.view(before);
    if (mark.size() == 1 && (isSentenceEnd(mark.front().unicode()) || u":•–—*"_s.contains(mark.front())))
        return !(mark == u'.' && isInitial(before - 1));
    return false;
}

void learnWords(const TokenReader &reader, NameContext &context)
{
    QString previous;
    for (qsizetype i = 0; i < reader.count(); ++i) {
        const QStringView word = reader.view(i);
        // Parts of addresses are written small whatever they name.
        const auto glued = [&](qsizetype at) {
            const QStringView mark = reader.view(at);
            return mark.size() == 1 && u"@_/.-~"_s.contains(mark.front());
        };
        const bool inAddress = (glued(i - 1) && reader.tight(i) && reader.tight(i - 1)) ||
                               (glued(i + 1) && reader.tight(i + 1) && reader.tight(i + 2));
        if (!reader.isWord(i) || word.size() < 3 || !word.front().isLower() || inAddress) {
            previous.clear();
            continue;
        }
        const QString lower = word.toString();
        context.lowerWords.insert(lower);
        if (!previous.isEmpty() && reader.token(i).gap > 0)
            context.lowerPairs.insert(previous + u' ' + lower);
        previous = lower;
    }
}

} // namespace lectern::text
