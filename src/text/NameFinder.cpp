// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/NameFinder.h"

#include "text/Language.h"
#include "text/LineStatistics.h"
#include "text/NameLists.h"
#include "text/OrganisationFinder.h"
#include "text/PersonFinder.h"

#include <algorithm>

namespace lectern::text {

using namespace Qt::StringLiterals;
using domain::Entity;
using domain::EntityKind;

namespace {

struct ReadPassage {
    const Passage *passage = nullptr;
    QVector<Token> tokens;
};

void addEntity(QVector<Entity> &found, const Passage &passage, const QVector<Token> &tokens,
               const TokenMatch &match, EntityKind kind)
{
    const qsizetype start = tokens.at(match.first).start;
    const qsizetype length = tokens.at(match.end - 1).end() - start;
    Entity entity;
    entity.kind = kind;
    entity.text = passage.text.mid(start, length);
    entity.value = match.value;
    entity.offset = passage.sourceOffset(start);
    entity.length = passage.sourceLength(start, length);
    found.append(entity);
}

/// Short lines of their own that begin a group with an address below: "Lars Thørväld / The Group / larst@…"
bool isAuthorLine(const PageLayout &layout, qsizetype index)
{
    const Passage &passage = layout.passages.at(index);
    if (passage.role != LineRole::Label ||
        layout.lines.at(passage.firstLine).offset * 2 > layout.text.size() + 400)
        return false;
    const bool beginsBlock = index == 0 || layout.lines.at(layout.passages.at(index - 1).lastLine).block !=
                                               layout.lines.at(passage.firstLine).block;
    if (!beginsBlock)
        return false;
    for (qsizetype i = index + 1; i < layout.passages.size() && i <= index + 3; ++i) {
        const Passage &below = layout.passages.at(i);
        if (layout.lines.at(below.firstLine).block != layout.lines.at(passage.firstLine).block)
            return false;
        if (below.text.contains(u'@'))
            return true;
        for (const QString &word : below.text.split(u' ')) {
            if (organisationWord(word.toLower()) != OrganisationWord::None)
                return true;
        }
    }
    return false;
}

/// Two or three capitalised words and nothing else
TokenMatch wholeLineName(const NamePassage &passage, const NameContext &context)
{
    const TokenReader &reader = passage.reader;
    qsizetype end = reader.count();
    while (end > 0 && !reader.isWord(end - 1))
        --end; // footnote marks
    if (end < 2 || end > 3)
        return {};
    for (qsizetype i = 0; i < end; ++i) {
        const QString lower = reader.lower(i);
        if (!passage.isCapitalWord(i) || context.isOrdinary(lower) || isPlaceWord(lower) ||
            organisationWord(lower) != OrganisationWord::None)
            return {};
    }
    return {0, end, {}};
}

void findInPassage(const PageLayout &layout, qsizetype index, const ReadPassage &read,
                   const NameContext &context, QVector<Entity> &found)
{
    static const StopWords kNone;
    const Passage &passage = *read.passage;
    const TokenReader reader(passage.text, read.tokens);
    const LineStatistics s = lineStatistics(passage.text, kNone);
    NamePassage names{reader};
    names.allCapitals = s.allCapitals();
    names.titleCase = s.words > 0 && s.capitalised * 100 >= s.words * 60 && !s.endsSentence;
    names.ownLine = passage.firstLine == passage.lastLine && s.words <= 8;

    if (names.ownLine && isAuthorLine(layout, index)) {
        if (const TokenMatch person = wholeLineName(names, context); person.found()) {
            addEntity(found, passage, read.tokens, person, EntityKind::Person);
            return;
        }
    }
    for (qsizetype i = 0; i < read.tokens.size();) {
        if (read.tokens.at(i).kind != TokenKind::Word) {
            ++i;
            continue;
        }
        TokenMatch match = matchOrganisation(names, context, i);
        EntityKind kind = EntityKind::Organisation;
        if (!match.found()) {
            match = matchPerson(names, context, i);
            kind = EntityKind::Person;
        }
        if (match.found()) {
            addEntity(found, passage, read.tokens, match, kind);
            i = match.end;
        } else {
            ++i;
        }
    }
}

} // namespace

QVector<Entity> findNames(const PageLayout &layout, const QVector<Entity> &addresses)
{
    NameContext context;
    context.language = primaryLanguage(layout.language);
    context.stops = &stopWords(context.language);
    context.english = &stopWords(u"en"_s);
    for (const Entity &address : addresses) {
        if (address.kind == EntityKind::Email)
            context.mailNames += address.value.section(u'@', 0, 0) + u' ';
    }
    QVector<ReadPassage> passages;
    for (const Passage &passage : layout.passages) {
        ReadPassage read{&passage, tokenise(passage.text)};
        learnWords(TokenReader(passage.text, read.tokens), context);
        passages.append(read);
    }
    QVector<Entity> found;
    for (qsizetype i = 0; i < passages.size(); ++i) {
        const LineRole role = passages.at(i).passage->role;
        if (role != LineRole::Data && role != LineRole::Contents)
            findInPassage(layout, i, passages.at(i), context, found);
    }
    return found;
}

} // namespace lectern::text
