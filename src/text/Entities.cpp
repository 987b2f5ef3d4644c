// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Entities.h"

#include "text/Addresses.h"
#include "text/Amounts.h"
#include "text/Dates.h"
#include "text/Language.h"
#include "text/NameFinder.h"
#include "text/TokenReader.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace lectern::text {

using namespace Qt::StringLiterals;
using domain::Entity;
using domain::EntityKind;

namespace {

/// Dates, amounts and percentages in the text as it stands, so that tables and footers count too.
QVector<Entity> findFigures(const PageLayout &layout)
{
    QVector<Entity> found;
    const QString language = primaryLanguage(layout.language);
    const QVector<Token> tokens = tokenise(layout.text);
    const TokenReader reader(layout.text, tokens);
    for (qsizetype i = 0; i < tokens.size();) {
        EntityKind kind = EntityKind::Date;
        TokenMatch match = matchDate(reader, i, language);
        if (!match.found()) {
            kind = EntityKind::Percentage;
            match = matchPercentage(reader, i, language);
        }
        if (!match.found()) {
            kind = EntityKind::Money;
            match = matchMoney(reader, i, language);
        }
        if (!match.found()) {
            ++i;
            continue;
        }
        Entity entity;
        entity.kind = kind;
        entity.offset = tokens.at(match.first).start;
        entity.length = tokens.at(match.end - 1).end() - entity.offset;
        entity.text = layout.text.mid(entity.offset, entity.length).simplified();
        entity.value = match.value;
        found.append(entity);
        i = match.end;
    }
    return found;
}

/// By what equal things are known as equal.
QString identity(const Entity &entity)
{
    QString key = entity.value.isEmpty() ? entity.text.simplified().toLower() : entity.value;
    if (entity.kind == EntityKind::Organisation || entity.kind == EntityKind::Person) {
        key = key.toLower();
        while (key.endsWith(u'.'))
            key.chop(1);
    }
    return QString::number(static_cast<int>(entity.kind)) + u':' + key;
}

bool overlaps(const Entity &a, const Entity &b)
{
    return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

/// "Kumquat" after "Julius P. Kumquat" is the same person.
bool isKnownPerson(const Entity &entity, const QSet<QString> &families)
{
    return entity.kind == EntityKind::Person && !entity.text.contains(u' ') && families.contains(entity.text);
}

} // namespace

QVector<Entity> findEntities(const PageLayout &layout)
{
    const QVector<Entity> addresses = findAddresses(layout.text);
    QVector<Entity> all = addresses;
    // An address may hold what looks like a date or a name: addresses go first.
    const auto takeFree = [&](const QVector<Entity> &more) {
        qsizetype next = 0;
        for (const Entity &entity : more) {
            while (next > 0 && next < addresses.size() && addresses.at(next - 1).offset > entity.offset)
                --next;
            while (next < addresses.size() &&
                   addresses.at(next).offset + addresses.at(next).length <= entity.offset)
                ++next;
            if (next >= addresses.size() || !overlaps(addresses.at(next), entity))
                all.append(entity);
        }
    };
    takeFree(findFigures(layout));
    takeFree(findNames(layout, addresses));
    std::stable_sort(all.begin(), all.end(),
                     [](const Entity &a, const Entity &b) { return a.offset < b.offset; });

    QSet<QString> families;
    for (const Entity &entity : all) {
        if (entity.kind == EntityKind::Person && entity.text.contains(u' '))
            families.insert(entity.text.section(u' ', -1));
    }
    QVector<Entity> unique;
    QSet<QString> seen;
    QHash<int, int> counts;
    for (const Entity &entity : all) {
        const QString key = identity(entity);
        if (seen.contains(key) || isKnownPerson(entity, families) ||
            counts.value(static_cast<int>(entity.kind)) >= kMostEntitiesOfAKind)
            continue;
        seen.insert(key);
        ++counts[static_cast<int>(entity.kind)];
        unique.append(entity);
    }
    return unique;
}

} // namespace lectern::text
