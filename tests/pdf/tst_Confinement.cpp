// SPDX-License-Identifier: GPL-3.0-or-later
// The helper program as it is: what it refuses to do, and what it says when started by hand.
#include "support/Strict.h"

#include <QFileInfo>
#include <QObject>
#include <QProcess>
#include <QTest>

using namespace lectern;

namespace {

struct Ended {
    int code = -1;
    QString output;
    QString errors;
};

Ended runHelper(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(LECTERN_BIN_DIR "/lectern-pdf"), arguments);
    process.waitForFinished(30'000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

class ConfinementTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void everythingIsRefused()
    {
        const Ended ended = runHelper({QStringLiteral("--self-check")});
        if (ended.output.contains(QStringLiteral("missing:")))
            QSKIP("this system cannot confine a process completely");
        QVERIFY2(ended.code == 0, qPrintable(ended.output));
        for (const char *what : {"read /etc/passwd", "make a network socket", "run a program",
                                 "start a process", "write a file"})
            QVERIFY2(ended.output.contains(QStringLiteral("refused:  ") + QLatin1String(what)),
                     qPrintable(ended.output));
        QVERIFY(!ended.output.contains(QStringLiteral("ALLOWED")));
        QVERIFY(!QFileInfo::exists(QStringLiteral("/tmp/lectern-self-check")));
    }

    void explainsItselfWhenStartedByHand()
    {
        for (const QStringList &arguments :
             {QStringList{}, {QStringLiteral("--serve")}, {QStringLiteral("file.pdf")}}) {
            const Ended ended = runHelper(arguments);
            QCOMPARE(ended.code, 2);
            QCOMPARE(ended.output, QString());
            QCOMPARE(ended.errors.count(u'\n'), 1);
        }
    }
};

QTEST_GUILESS_MAIN(ConfinementTest)
#include "tst_Confinement.moc"
