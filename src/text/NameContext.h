// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/StopWords.h"
#include "text/TokenReader.h"

#include <QSet>
#include <QString>

namespace lectern::text {

/// What a page tells about its words, shared by the finders of people and of organisations.
struct NameContext {
    QString language;         ///< primary BCP 47 name
    QSet<QString> lowerWords; ///< words that the page also writes in lower case: hardly names
    QSet<QString> lowerPairs; ///< the same for two words in a row
    QString mailNames; ///< the parts of e-mail addresses before the '@', in lower case, with spaces between
    const StopWords *stops = nullptr;
    const StopWords *english = nullptr; ///< pages of every language quote English

    [[nodiscard]] bool isOrdinary(const QString &lower) const
    {
        return stops->contains(lower) || stops->isWeak(lower) || english->contains(lower) ||
               english->isWeak(lower) || lowerWords.contains(lower);
    }
};

/// The tokens of one passage with what its capitals are worth.
struct NamePassage {
    const TokenReader &reader;
    bool allCapitals = false; ///< every letter is a capital: names cannot be told
    bool titleCase = false;   ///< most words begin with a capital, as in headings
    bool ownLine = false;     ///< a short line of its own: an author, an affiliation

    [[nodiscard]] bool isCapitalWord(qsizetype i) const
    {
        const QStringView word = reader.view(i);
        return reader.isWord(i) && word.size() >= 2 && word.front().isUpper() && hasLower(word);
    }
    [[nodiscard]] bool isAcronym(qsizetype i) const
    {
        const QStringView word = reader.view(i);
        return reader.isWord(i) && word.size() >= 2 && word.front().isUpper() && !hasLower(word);
    }
    /// "J." with its full stop at i + 1
    [[nodiscard]] bool isInitial(qsizetype i) const
    {
        return reader.isWord(i) && reader.view(i).size() == 1 && reader.view(i).front().isUpper() &&
               reader.isSymbol(i + 1, u'.') && reader.tight(i + 1);
    }
    /// The first word of a sentence, whose capital says nothing.
    [[nodiscard]] bool startsSentence(qsizetype i) const;

private:
    static bool hasLower(QStringView word)
    {
        for (const QChar c : word) {
            if (c.isLower())
                return true;
        }
        return false;
    }
};

/// Learns the ordinary words of a text. Linear.
void learnWords(const TokenReader &reader, NameContext &context);

} // namespace lectern::text
