// SPDX-License-Identifier: GPL-3.0-or-later
#include "Modules.h"

#include <QRegularExpression>

#include <functional>

namespace lectern::architecture {

namespace {

QString folderOf(const QString &cmakePath)
{
    QString folder = cmakePath.section(QLatin1Char('/'), 0, -2);
    if (folder.startsWith(QLatin1String("src/")))
        folder.remove(0, 4);
    return folder;
}

/// The folder of a library by its name without "lectern_": "store", "ui_style" → "ui/style", "cli" →
/// "app/cli".
QString folderOfName(const QString &name)
{
    if (name.startsWith(QLatin1String("ui_")))
        return QLatin1String("ui/") + name.mid(3);
    return name == QLatin1String("cli") ? QStringLiteral("app/cli") : name;
}

QString withoutComments(const SourceFile &file)
{
    static const QRegularExpression comment(QStringLiteral("#.*"));
    QStringList lines = file.lines;
    for (QString &line : lines)
        line.remove(comment);
    return lines.join(QLatin1Char('\n'));
}

QSet<QString> names(const QString &list)
{
    static const QRegularExpression blank(QStringLiteral("\\s+"));
    QSet<QString> result;
    for (const QString &name : list.split(blank, Qt::SkipEmptyParts))
        result.insert(folderOfName(name));
    return result;
}

} // namespace

Modules::Modules(const QList<SourceFile> &files)
{
    for (const SourceFile &file : files) {
        if (!file.path.endsWith(QLatin1String("CMakeLists.txt")) || file.root() == QLatin1String("tests"))
            continue;
        const QString text = withoutComments(file);
        readModule(file, text);
        if (file.isIn(QLatin1String("app")))
            readProgram(file, text);
        // The views are one library of many folders, declared by hand.
        static const QRegularExpression views(QStringLiteral("set\\(ui_uses([^)]*)\\)"));
        if (const auto match = views.match(text); match.hasMatch())
            m_uses[QStringLiteral("ui")] = names(match.captured(1));
    }
}

void Modules::readModule(const SourceFile &file, const QString &text)
{
    static const QRegularExpression module(QStringLiteral("lectern_module\\(\\s*\\w+([^)]*)\\)"));
    static const QRegularExpression uses(QStringLiteral("\\bUSES\\b(.*?)(\\bQT\\b|\\bLIBRARIES\\b|$)"),
                                         QRegularExpression::DotMatchesEverythingOption);
    const auto match = module.match(text);
    if (match.hasMatch())
        m_uses[folderOf(file.path)] = names(uses.match(match.captured(1)).captured(1));
}

void Modules::readProgram(const SourceFile &file, const QString &text)
{
    static const QRegularExpression link(QStringLiteral("target_link_libraries\\(([^)]*)\\)"));
    static const QRegularExpression library(QStringLiteral("\\blectern_(\\w+)"));
    QSet<QString> &uses = m_uses[folderOf(file.path)];
    for (auto links = link.globalMatch(text); links.hasNext();) {
        for (auto found = library.globalMatch(links.next().captured(1)); found.hasNext();)
            uses.insert(folderOfName(found.next().captured(1)));
    }
    // A main() may include what its own library's declaration brings along.
    uses.remove(QStringLiteral("flags"));
    uses.remove(QStringLiteral("resources"));
}

QString Modules::ownerOf(const QString &path) const
{
    QString folder = path.startsWith(QLatin1String("src/")) ? path.mid(4) : path;
    while (folder.contains(QLatin1Char('/'))) {
        folder = folder.section(QLatin1Char('/'), 0, -2);
        if (m_uses.contains(folder))
            return folder;
    }
    return {};
}

QString Modules::firstCircle() const
{
    QSet<QString> finished;
    QStringList trail;
    const std::function<QString(const QString &)> visit = [&](const QString &folder) -> QString {
        if (const qsizetype start = trail.indexOf(folder); start >= 0)
            return (trail.mid(start) << folder).join(QStringLiteral(" → "));
        if (finished.contains(folder))
            return {};
        trail.append(folder);
        for (const QString &next : usesOf(folder)) {
            if (next == folder)
                continue;
            if (const QString circle = visit(next); !circle.isEmpty())
                return circle;
        }
        trail.removeLast();
        finished.insert(folder);
        return {};
    };
    for (auto module = m_uses.keyBegin(); module != m_uses.keyEnd(); ++module) {
        if (const QString circle = visit(*module); !circle.isEmpty())
            return circle;
    }
    return {};
}

} // namespace lectern::architecture
