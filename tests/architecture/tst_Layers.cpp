// SPDX-License-Identifier: GPL-3.0-or-later
#include "Modules.h"
#include "Rules.h"

#include <QDebug>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace lectern::architecture {

using namespace Qt::StringLiterals;

namespace {

/// A file that may break one rule, and why. One that no longer breaks it is reported, so that this list stays
/// true.
struct Exception {
    QString rule;
    QString path;
    QString reason;
};

const QList<Exception> &exceptions()
{
    static const QList<Exception> all{};
    return all;
}

QList<Finding> checkAll(const QString &root)
{
    const QList<SourceFile> files = readSources(root);
    return checkLayers(files) + checkHouse(files);
}

QString describe(const QList<Finding> &findings)
{
    QStringList lines;
    for (const Finding &finding : findings)
        lines.append(u"%1:%2: [%3] %4"_s.arg(finding.path).arg(finding.line).arg(finding.rule, finding.what));
    return lines.join(u'\n');
}

/// A small project in which everything is as it should be.
const QMap<QString, QString> &goodTree()
{
    static const QString spdx = u"// SPDX-License-Identifier: GPL-3.0-or-later\n"_s;
    static const QString cmake = u"# SPDX-License-Identifier: GPL-3.0-or-later\n"_s;
    static const QMap<QString, QString> tree{
        {u"src/base/CMakeLists.txt"_s, cmake + u"lectern_module(base QT Core)\n"_s},
        {u"src/base/Clock.cpp"_s,
         spdx + u"#include <QDateTime>\nlong now() { return QDateTime::currentMSecsSinceEpoch(); }\n"_s},
        {u"src/base/Error.h"_s, spdx + u"#pragma once\n"_s},
        {u"src/store/CMakeLists.txt"_s, cmake + u"lectern_module(store USES base\n    QT Core Sql)\n"_s},
        {u"src/store/Jobs.cpp"_s,
         spdx + u"#include \"base/Error.h\"\n#include <QSqlQuery>\nauto q = \"SELECT id FROM jobs\";\n"_s},
        {u"src/store/Jobs.h"_s, spdx + u"#pragma once\n#include \"base/Error.h\"\n"_s},
        {u"src/presentation/CMakeLists.txt"_s,
         cmake + u"lectern_module(presentation USES base store QT Gui)\n"_s},
        {u"src/presentation/Settings.cpp"_s,
         spdx + u"#include <QSettings>\nQSettings s; // SIGNAL( in a comment is no call\n"_s},
        {u"src/presentation/Words.h"_s, spdx + u"#pragma once\nauto w = tr(\"Failed\");\n"_s},
        {u"ui/CMakeLists.txt"_s, cmake + u"set(ui_uses base presentation ui_style)\n"_s},
        {u"ui/style/CMakeLists.txt"_s, cmake + u"lectern_module(ui_style QT Widgets)\n"_s},
        {u"ui/style/Theme.h"_s, spdx + u"#pragma once\n"_s},
        {u"ui/jobs/JobsView.h"_s, spdx + u"#pragma once\n#include \"ui/style/Theme.h\"\n"_s},
        {u"ui/library/LibraryView.h"_s,
         spdx + u"#pragma once\n#include \"presentation/Words.h\"\nclass V {\n    Q_OBJECT\n};\n"_s},
        {u"ui/shell/MainWindow.cpp"_s,
         spdx + u"#include \"ui/jobs/JobsView.h\"\n#include \"ui/library/LibraryView.h\"\n"_s},
        {u"app/cli/CMakeLists.txt"_s, cmake + u"lectern_module(cli USES base store QT Core)\n"_s},
        {u"app/cli/Run.cpp"_s,
         spdx + u"#include \"store/Jobs.h\"\nauto a = QCoreApplication::instance();\n"_s},
        {u"tests/store/tst_Jobs.cpp"_s, spdx + u"auto q = \"DELETE FROM jobs\";\n"_s},
    };
    return tree;
}

void write(const QString &root, const QString &path, const QString &text)
{
    QVERIFY(QDir(root).mkpath(path.section(u'/', 0, -2)));
    QFile file(root + u'/' + path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Append));
    file.write(text.toUtf8());
}

} // namespace

/// Reads the sources of this very project; and a made-up one, to see that each rule can be broken.
class Layers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void projectKeepsItsRules()
    {
        const QString root = QStringLiteral(LECTERN_SOURCE_DIR);
        const QList<SourceFile> files = readSources(root);
        QVERIFY2(files.size() > 100, "the sources were not found");
        const Modules modules(files);
        for (const QString &module :
             {u"base"_s, u"domain"_s, u"store"_s, u"poppler"_s, u"ui"_s, u"ui/style"_s, u"app/cli"_s})
            QVERIFY2(modules.contains(module),
                     qPrintable(module + u": its CMakeLists.txt was not understood"_s));

        QList<Finding> findings = checkLayers(files) + checkHouse(files);
        for (const Exception &exception : exceptions()) {
            const auto removed = findings.removeIf([&](const Finding &finding) {
                return finding.rule == exception.rule && finding.path == exception.path;
            });
            if (removed == 0)
                findings.append({u"needless-exception"_s, exception.path, 0, exception.rule});
        }
        for (const Finding &finding : findings)
            qWarning().noquote() << describe({finding});
        QVERIFY2(findings.isEmpty(), "see the warnings above");
    }

    void goodTreePasses()
    {
        QTemporaryDir dir;
        for (auto file = goodTree().begin(); file != goodTree().end(); ++file)
            write(dir.path(), file.key(), file.value());
        QCOMPARE(describe(checkAll(dir.path())), QString());
    }

    void ruleIsSeenBroken_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("added");
        const auto row = [](const char *rule, const QString &path, const QString &added) {
            QTest::addRow("%s: %s", rule, qPrintable(added.simplified().left(40)))
                << QString::fromLatin1(rule) << path << added;
        };
        const QString base = u"src/base/Error.h"_s;
        const QString view = u"ui/library/LibraryView.h"_s;
        const QString test = u"tests/store/tst_Jobs.cpp"_s;
        row("layer", base, u"#include \"store/Jobs.h\"\n"_s);
        row("layer", view, u"#include \"store/Jobs.h\"\n"_s);
        row("layer", u"app/cli/Run.cpp"_s, u"#include \"ui/style/Theme.h\"\n"_s);
        row("layer", u"ui/style/Theme.h"_s, u"#include \"ui/jobs/JobsView.h\"\n"_s);
        row("include-path", base, u"#include \"Clock.h\"\n"_s);
        row("panel", view, u"#include \"ui/jobs/JobsView.h\"\n"_s);
        row("panel", view, u"#include \"ui/shell/MainWindow.h\"\n"_s);
        row("panel", u"ui/rows/RowLook.h"_s,
            u"// SPDX-License-Identifier: GPL-3.0-or-later\n#pragma once\n#include \"ui/jobs/JobsView.h\"\n"_s);
        row("circle", u"src/base/CMakeLists.txt"_s, u""_s);
        row("poppler", u"src/store/Jobs.cpp"_s, u"#include <poppler-qt6.h>\n"_s);
        row("poppler", u"src/store/Jobs.cpp"_s, u"#include <PDFDoc.h>\n"_s);
        row("poppler", test, u"#include <poppler/GlobalParams.h>\n"_s);
        row("sql", u"src/presentation/Words.h"_s, u"auto q = u\"SELECT a FROM b\"_s;\n"_s);
        row("sql", u"src/presentation/Words.h"_s, u"auto q = R\"(\nUPDATE jobs SET state = 1\n)\";\n"_s);
        row("sql", view, u"#include <QSqlQuery>\n"_s);
        row("qt-prefix", base, u"#include <QtCore/QString>\n"_s);
        row("qt-prefix", test, u"#include <QtTest>\n"_s);
        row("singleton", base, u"auto &a = Theme::instance();\n"_s);
        row("settings", view, u"QSettings s;\n"_s);
        row("clock", base, u"auto t = QDateTime::currentDateTimeUtc();\n"_s);
        row("clock", base, u"auto t = std::chrono::system_clock::now();\n"_s);
        row("process-events", test, u"QCoreApplication::processEvents();\n"_s);
        row("blocking-connection", base, u"auto c = Qt::BlockingQueuedConnection;\n"_s);
        row("string-connect", view, u"connect(a, SIGNAL(b()), c, SLOT(d()));\n"_s);
        row("sleep", test, u"QThread::msleep(10);\n"_s);
        row("sleep", test, u"std::this_thread::sleep_for(1s);\n"_s);
        row("translation", u"src/store/Jobs.cpp"_s, u"auto w = tr(\"Failed\");\n"_s);
        row("q-object", view, u"class W : public QWidget { Q_OBJECT };\n"_s);
        row("using-namespace", base, u"using namespace std;\n"_s);
        row("licence", u"src/base/New.cpp"_s, u"int a = 0;\n"_s);
        row("pragma-once", u"src/base/New.h"_s, u"// SPDX-License-Identifier: GPL-3.0-or-later\n"_s);
        row("length", base, u"\n"_s.repeated(250));
        row("length", u"src/store/Jobs.cpp"_s, u"\n"_s.repeated(600));
    }

    void ruleIsSeenBroken()
    {
        QFETCH(QString, rule);
        QFETCH(QString, path);
        QFETCH(QString, added);
        QTemporaryDir dir;
        for (auto file = goodTree().begin(); file != goodTree().end(); ++file) {
            QString text = file.value();
            if (rule == u"circle"_s && file.key() == path)
                text.replace(u"(base QT"_s, u"(base USES presentation QT"_s);
            write(dir.path(), file.key(), text);
        }
        write(dir.path(), path, added);

        const QList<Finding> findings = checkAll(dir.path());
        QVERIFY2(findings.size() == 1, qPrintable(describe(findings)));
        QCOMPARE(findings.first().rule, rule);
        if (rule != u"circle"_s)
            QCOMPARE(findings.first().path, path);
    }

    void commentsAndStringsAreNotCode()
    {
        QTemporaryDir dir;
        for (auto file = goodTree().begin(); file != goodTree().end(); ++file)
            write(dir.path(), file.key(), file.value());
        write(
            dir.path(), u"src/base/Error.h"_s,
            u"/* QSettings\n   processEvents() */ // Theme::instance()\n"
            "auto a = \"\\\" QThread::msleep(1)\"; auto b = R\"x(SLOT( )x\"; auto c = '\"'; int d = 1'000;\n"_s);
        QCOMPARE(describe(checkAll(dir.path())), QString());
    }
};

} // namespace lectern::architecture

QTEST_GUILESS_MAIN(lectern::architecture::Layers)
#include "tst_Layers.moc"
