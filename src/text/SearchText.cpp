// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/SearchText.h"

#include "text/FoldedText.h"
#include "text/SearchWords.h"

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

QString quoted(const SearchTerm &term)
{
    // Tokens hold letters and digits only, so nothing in them needs escaping.
    QString expression = u'"' + term.tokens.join(u' ') + u'"';
    if (term.prefix)
        expression += u" *"_s;
    return expression;
}

} // namespace

QString searchableText(const QString &text)
{
    FoldedText folded = foldText(text, true);
    if (!folded.splitWords.isEmpty())
        folded.text += u'\n' + folded.splitWords.join(u' ');
    return folded.text;
}

QString searchQuery(const QString &userWords)
{
    QStringList wanted;
    QStringList excluded;
    for (const SearchTerm &term : readSearchWords(userWords)) {
        QStringList &list = term.excluded ? excluded : wanted;
        const QString expression = quoted(term);
        if (!list.contains(expression))
            list.append(expression);
    }
    if (wanted.isEmpty())
        return {}; // the index cannot answer what only says what must not occur
    QString query = wanted.join(u" AND "_s);
    if (!excluded.isEmpty())
        query = u'(' + query + u") NOT ("_s + excluded.join(u" OR "_s) + u')';
    return query;
}

} // namespace lectern::text
