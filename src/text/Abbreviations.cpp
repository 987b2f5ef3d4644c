// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Abbreviations.h"

#include "text/Months.h"

#include <QHash>

#include <array>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

struct Row {
    const char16_t *language; ///< empty: every language
    AbbreviationKind kind;
    const char16_t *words;
};

constexpr std::array kRows = {
    Row{u"", AbbreviationKind::BeforeName,
        u"dr prof mr mrs ms mx messrs st mt ft gen col maj capt lt sgt cmdr adm rev hon pres gov sen rep "
        u"supt "
        u"herr dipl ing mag hr fr frl sr sra srta dott ing avv mme mlle mgr ph vs v cf viz bzgl vgl e.g i.e "
        u"z.b d.h bzw ca bspw sog ggf evtl inkl approx resp p.ex p.ej w.r.t o.b.d.a т.е"},
    Row{u"", AbbreviationKind::BeforeNumber,
        u"fig figs eq eqs eqn sec secs ch chap no nos nr art vol vols pp p ed eds par para abs app tab ref "
        u"refs ver "
        u"def thm prop cor ex rs §"},
    Row{u"en", AbbreviationKind::Inside,
        u"etc al inc ltd corp co dept univ assn bros est incl excl jan feb mar apr jun jul aug sep "
        u"sept oct nov dec a.m p.m u.s u.k u.n d.c ph.d m.d b.a m.a a.k.a min max avg mil dol temp misc"},
    Row{u"de", AbbreviationKind::Inside,
        u"u.a o.ä u.ä usw exkl max min etc z.z s.o s.u i.d.r i.a abb "
        u"abschn kap str jh jhd bd hrsg z.t u.u v.a n.chr v.chr lt gem zzgl mio mrd tel"},
    Row{u"de", AbbreviationKind::BeforeNumber, u"abb kap s bd z abschn"},
    Row{u"fr", AbbreviationKind::Inside,
        u"etc env c.-à-d av apr janv févr juil sept oct nov déc éd réf tél cf m.m boul bd"},
    Row{u"fr", AbbreviationKind::BeforeName, u"m mm"},
    Row{u"es", AbbreviationKind::Inside, u"etc ej aprox pág págs núm tel ud uds ee.uu a.c d.c dpto avda"},
    Row{u"es", AbbreviationKind::BeforeName, u"d dña dra"},
    Row{u"it", AbbreviationKind::Inside, u"ecc es pag pagg sig tel art num p.es c.d cap s.p.a s.r.l"},
    Row{u"it", AbbreviationKind::BeforeName, u"sig sig.ra dott.ssa"},
    Row{u"pt", AbbreviationKind::Inside, u"etc pág págs núm tel aprox av art"},
    Row{u"pt", AbbreviationKind::BeforeName, u"dra exmo"},
    Row{u"nl", AbbreviationKind::Inside,
        u"bijv enz o.a d.w.z m.b.t i.p.v t.o.v blz nl incl excl jl dhr mevr"},
    Row{u"ru", AbbreviationKind::Inside,
        u"т.п т.д т.к др пр см напр тыс млн млрд руб коп гг г вв в рис табл стр с гл им ул д обл р-н т.н "
        u"т.ч"},
    Row{u"ru", AbbreviationKind::BeforeName, u"проф акад гр тов"},
};

QHash<QString, AbbreviationKind> tableOf(const QString &language)
{
    QHash<QString, AbbreviationKind> table;
    for (const Row &row : kRows) {
        const QString rowLanguage = QString::fromUtf16(row.language);
        if (!rowLanguage.isEmpty() && rowLanguage != language)
            continue;
        for (const QString &word : QString::fromUtf16(row.words).split(u' ', Qt::SkipEmptyParts))
            table.insert(word, row.kind);
    }
    return table;
}

} // namespace

AbbreviationKind abbreviationKind(const QString &word, const QString &language)
{
    static const QStringList kLanguages = {u"en"_s, u"de"_s, u"fr"_s, u"es"_s,
                                           u"it"_s, u"pt"_s, u"nl"_s, u"ru"_s};
    static const QHash<QString, QHash<QString, AbbreviationKind>> kTables = [] {
        QHash<QString, QHash<QString, AbbreviationKind>> tables;
        for (const QString &name : kLanguages)
            tables.insert(name, tableOf(name));
        tables.insert(QString(), tableOf(QString()));
        return tables;
    }();
    const auto own = kTables.constFind(language);
    const auto &table = own == kTables.constEnd() ? *kTables.constFind(QString()) : *own;
    return table.value(word, AbbreviationKind::None);
}

bool ordinalsTakeFullStop(const QString &language)
{
    return language == "de"_L1 || language == "da"_L1 || language == "nb"_L1 || language == "no"_L1 ||
           language == "fi"_L1 || language == "cs"_L1 || language == "hu"_L1 || language == "pl"_L1;
}

bool isMonthLike(const QString &word)
{
    return monthNumber(word) > 0 || word == "jahrhundert"_L1 || word == "jahrhunderts"_L1 ||
           word == "auflage"_L1;
}

} // namespace lectern::text
