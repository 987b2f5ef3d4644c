// SPDX-License-Identifier: GPL-3.0-or-later
#include "Rules.h"

#include <QRegularExpression>

#include <functional>

namespace lectern::architecture {

namespace {

using namespace Qt::StringLiterals;

constexpr int kLongestFile = 600;
constexpr int kLongestTest = 900; // all cases of one subject share their fixture: splitting would repeat it
constexpr int kLongestHeader = 250;

/// Words that must not stand in code (comments and strings are not looked at).
struct Ban {
    QString rule;
    QRegularExpression pattern;
    std::function<bool(const SourceFile &)> appliesTo;
    QString why;
};

bool everywhere(const SourceFile &)
{
    return true;
}

bool inProduct(const SourceFile &file)
{
    return file.root() != u"tests"_s;
}

bool inTests(const SourceFile &file)
{
    return file.root() == u"tests"_s;
}

const QList<Ban> &bans()
{
    static const QList<Ban> all{
        {u"singleton"_s,
         QRegularExpression(
             uR"((?<!QCoreApplication)(?<!QApplication)(?<!QGuiApplication)::instance\s*\(\))"_s),
         everywhere, u"collaborators come in by constructor"_s},
        {u"settings"_s, QRegularExpression(uR"(\bQSettings\b)"_s),
         [](const SourceFile &file) {
             return inProduct(file) && !file.path.startsWith(u"src/presentation/Settings"_s);
         },
         u"settings are read and written in presentation/Settings alone"_s},
        {u"clock"_s,
         QRegularExpression(
             uR"(\bcurrent(DateTime|DateTimeUtc|Date|Time|MSecsSinceEpoch|SecsSinceEpoch)\s*\(|\bsystem_clock::now\b|\bstd::time\s*\(|(?<![\w.>:])::?time\s*\(\s*(nullptr|NULL|0)\s*\)|\b(gettimeofday|clock_gettime)\s*\()"_s),
         [](const SourceFile &file) { return inProduct(file) && !file.path.startsWith(u"src/base/Clock"_s); },
         u"time comes from base::Clock"_s},
        {u"process-events"_s, QRegularExpression(uR"(\bprocessEvents\s*\()"_s), everywhere,
         u"no nested event handling"_s},
        {u"blocking-connection"_s, QRegularExpression(uR"(\bBlockingQueuedConnection\b)"_s), everywhere,
         u"threads never wait for each other's event loops"_s},
        {u"string-connect"_s, QRegularExpression(uR"(\b(SIGNAL|SLOT)\s*\()"_s), everywhere,
         u"connect to functions, not to strings"_s},
        {u"sleep"_s,
         QRegularExpression(
             uR"(\bQThread::(m|u)?sleep\s*\(|\bsleep_(for|until)\s*\(|\bqSleep\s*\(|(?<![\w.>])u?sleep\s*\()"_s),
         inTests, u"a test waits for a signal or a condition, not for time"_s},
        {u"translation"_s, QRegularExpression(uR"((?<![\w.>])tr\s*\(|\bQCoreApplication::translate\s*\()"_s),
         [](const SourceFile &file) { return file.root() == u"src"_s && !file.isIn("src/presentation"_L1); },
         u"words for people are made in presentation, ui and app"_s},
        {u"q-object"_s, QRegularExpression(uR"(\S.*\bQ_(OBJECT|GADGET)\b|\bQ_(OBJECT|GADGET)\b\s*\S)"_s),
         everywhere, u"moc is not run unless Q_OBJECT stands on a line of its own"_s},
        {u"using-namespace"_s,
         QRegularExpression(uR"(^\s*using namespace (?!Qt::(StringLiterals|Literals))\w)"_s),
         [](const SourceFile &file) { return file.isHeader(); }, u"not in a header"_s},
    };
    return all;
}

void checkShape(const SourceFile &file, QList<Finding> &out)
{
    const qsizetype first = file.lines.value(0).startsWith(u"#!"_s) ? 1 : 0;
    if (!file.lines.value(first).contains(u"SPDX-License-Identifier: GPL-3.0-or-later"_s))
        out.append({u"licence"_s, file.path, 1, u"the first line names the licence (SPDX)"_s});
    if (file.isHeader() && !file.code.contains(u"#pragma once"_s))
        out.append({u"pragma-once"_s, file.path, 1, u"a header starts with #pragma once"_s});

    const qsizetype length = file.lines.size() - (file.lines.value(file.lines.size() - 1).isEmpty() ? 1 : 0);
    const bool isTest = file.path.startsWith(u"tests/"_s);
    const int longest = file.isHeader() ? kLongestHeader : isTest ? kLongestTest : kLongestFile;
    if (length > longest)
        out.append({u"length"_s, file.path, 0, u"%1 lines, of %2 at most"_s.arg(length).arg(longest)});
}

} // namespace

QList<Finding> checkHouse(const QList<SourceFile> &files)
{
    QList<Finding> findings;
    for (const SourceFile &file : files) {
        checkShape(file, findings);
        for (const Ban &ban : bans()) {
            if (!ban.appliesTo(file))
                continue;
            for (int i = 0; i < file.code.size(); ++i) {
                if (ban.pattern.match(file.code[i]).hasMatch())
                    findings.append({ban.rule, file.path, i + 1, ban.why});
            }
        }
    }
    return findings;
}

} // namespace lectern::architecture
