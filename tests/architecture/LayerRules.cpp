// SPDX-License-Identifier: GPL-3.0-or-later
#include "Modules.h"
#include "Rules.h"

#include <QRegularExpression>

namespace lectern::architecture {

namespace {

using namespace Qt::StringLiterals;

struct Include {
    int line = 0;
    QString path;
    bool angled = false;
};

QList<Include> includesOf(const SourceFile &file)
{
    static const QRegularExpression pattern(uR"(^\s*#\s*include\s*([<"])([^>"]+)[>"])"_s);
    QList<Include> found;
    for (int i = 0; i < file.code.size(); ++i) {
        if (const auto match = pattern.match(file.code[i]); match.hasMatch())
            found.append({i + 1, match.captured(2), match.captured(1) == u"<"_s});
    }
    return found;
}

/// Height of a folder of ui/: what several panels share, the panels, the shell that composes them.
int uiLevel(const QString &folder)
{
    static const QStringList shared{u"ui/style"_s, u"ui/widgets"_s, u"ui/rows"_s, u"ui/forms"_s,
                                    u"ui/page"_s};
    if (shared.contains(folder))
        return 0;
    return folder == u"ui/shell"_s ? 2 : 1;
}

void checkOwnInclude(const SourceFile &file, const Include &include, const Modules &modules,
                     QList<Finding> &out)
{
    if (include.path.endsWith(u".moc"_s) || include.path.contains(u"moc_"_s))
        return;
    const QString from = modules.ownerOf(file.path);
    const QString to = modules.ownerOf(include.path);
    if (to.isEmpty()) {
        out.append({u"include-path"_s, file.path, include.line,
                    u"\"%1\" is not written as module/File.h of a declared module"_s.arg(include.path)});
    } else if (from != to && !modules.usesOf(from).contains(to)) {
        out.append({u"layer"_s, file.path, include.line,
                    u"%1 includes %2, which its USES line does not name"_s.arg(from, include.path)});
    } else if (from == u"ui"_s && to == u"ui"_s) {
        const QString here = file.path.section(u'/', 0, 1);
        const QString there = include.path.section(u'/', 0, 1);
        const bool sharedBoth = uiLevel(here) == 0 && uiLevel(there) == 0;
        if (here != there && !sharedBoth && uiLevel(here) <= uiLevel(there))
            out.append({u"panel"_s, file.path, include.line,
                        u"panels include neither each other nor the shell: \"%1\""_s.arg(include.path)});
    }
}

bool isPoppler(const QString &header)
{
    static const QStringList core{
        u"PDFDoc.h"_s,     u"PDFDocFactory.h"_s,   u"TextOutputDev.h"_s, u"SplashOutputDev.h"_s,
        u"OutputDev.h"_s,  u"GlobalParams.h"_s,    u"GfxState.h"_s,      u"GfxFont.h"_s,
        u"Catalog.h"_s,    u"Object.h"_s,          u"Stream.h"_s,        u"Page.h"_s,
        u"UnicodeMap.h"_s, u"ErrorCodes.h"_s,      u"Error.h"_s,         u"Outline.h"_s,
        u"Annot.h"_s,      u"SecurityHandler.h"_s, u"PageLabelInfo.h"_s, u"CharTypes.h"_s};
    return header.contains(u"poppler"_s, Qt::CaseInsensitive) || header.startsWith(u"goo/"_s) ||
           header.startsWith(u"splash/"_s) || core.contains(header);
}

void checkSystemInclude(const SourceFile &file, const Include &include, QList<Finding> &out)
{
    static const QRegularExpression prefixed(
        uR"(^Qt[A-Z]\w*/|^Qt(Core|Gui|Widgets|Sql|Svg|Network|Concurrent|Test)$)"_s);
    if (prefixed.match(include.path).hasMatch())
        out.append({u"qt-prefix"_s, file.path, include.line,
                    u"write <%1> without its module, and never the whole module"_s.arg(
                        include.path.section(u'/', -1))});
    // One test compares with Poppler's own search.
    const bool mayPoppler = file.isIn("src/poppler"_L1) || file.isIn("app/pdf-helper"_L1) ||
                            file.path == "tests/e2e/support/PopplerSearch.cpp"_L1;
    if (!mayPoppler && isPoppler(include.path))
        out.append(
            {u"poppler"_s, file.path, include.line, u"only src/poppler and app/pdf-helper see Poppler"_s});
    static const QRegularExpression database(u"^(sqlite3\\.h|QSql\\w*)$"_s);
    if (!file.isIn("src/store"_L1) && file.root() != u"tests"_s && database.match(include.path).hasMatch())
        out.append({u"sql"_s, file.path, include.line, u"only src/store talks to the database"_s});
}

void checkSql(const SourceFile &file, QList<Finding> &out)
{
    static const QRegularExpression statement(
        uR"(\b(SELECT\s.*\sFROM\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(UNIQUE\s+)?(TABLE|INDEX|VIEW|TRIGGER)\s|PRAGMA\s+\w|BEGIN\s+IMMEDIATE|SAVEPOINT\s))"_s);
    for (int i = 0; i < file.strings.size(); ++i) {
        if (statement.match(file.strings[i]).hasMatch())
            out.append({u"sql"_s, file.path, i + 1, u"SQL is written in src/store alone"_s});
    }
}

} // namespace

QList<Finding> checkLayers(const QList<SourceFile> &files)
{
    QList<Finding> findings;
    const Modules modules(files);
    if (const QString circle = modules.firstCircle(); !circle.isEmpty())
        findings.append({u"circle"_s, u"src"_s, 0, circle});

    for (const SourceFile &file : files) {
        if (!file.isCpp())
            continue;
        const bool isTest = file.root() == u"tests"_s;
        for (const Include &include : includesOf(file)) {
            if (include.angled)
                checkSystemInclude(file, include, findings);
            else if (!isTest)
                checkOwnInclude(file, include, modules, findings);
        }
        if (!isTest && !file.isIn("src/store"_L1))
            checkSql(file, findings);
    }
    return findings;
}

} // namespace lectern::architecture
