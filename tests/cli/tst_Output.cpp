// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Console.h"
#include "app/cli/JsonForms.h"
#include "app/cli/PaceMeter.h"
#include "app/cli/PauseView.h"
#include "app/cli/Progress.h"
#include "app/cli/Table.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern;
using namespace lectern::cli;

class tst_Output : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void alignsColumns();
    void shortensTheMiddle();
    void countsTerminalColumns();
    void takesCommandsOutOfText();
    void drawsTheBar();
    void fitsTheProgressLine();
    void measuresPace();
    void namesPausedDocuments();
    void writesErrorsAsJson();
    void writesUnknownAsNull();
};

void tst_Output::alignsColumns()
{
    Table table({{u"ID"_s, Table::Align::Right}, {u"NAME"_s}});
    table.add({u"7"_s, u"a.pdf"_s});
    table.add({u"123"_s, u"日本.pdf"_s});
    QCOMPARE(table.lines(80), (QStringList{u" ID  NAME"_s, u"  7  a.pdf"_s, u"123  日本.pdf"_s}));
}

void tst_Output::shortensTheMiddle()
{
    QCOMPARE(Table::shortened(u"report.pdf"_s, 10), u"report.pdf"_s);
    QCOMPARE(Table::shortened(u"a-very-long-name.pdf"_s, 10), u"a-ver….pdf"_s);
    QCOMPARE(Table::columnsOf(Table::shortened(u"日本国憲法日本国憲法"_s, 9)) <= 9, true);

    Table table({{u"ID"_s}, {u"NAME"_s, Table::Align::Left, true}});
    table.add({u"1"_s, QString(100, u'x')});
    for (const QString &line : table.lines(40))
        QVERIFY(line.size() <= 40);
}

void tst_Output::countsTerminalColumns()
{
    QCOMPARE(Table::columnsOf(u"abc"_s), 3);
    QCOMPARE(Table::columnsOf(u"日本"_s), 4);
    QCOMPARE(Table::columnsOf(u"e\u0301"_s), 1); // e with a combining accent
    QCOMPARE(Table::columnsOf(QString::fromUcs4(U"\U0001F4C4")), 2);
}

void tst_Output::takesCommandsOutOfText()
{
    const QString evil = u"a\x1b[2Jb\u009bc\rd\x07"_s;
    const QString harmless = Console::harmless(evil);
    for (const QChar character : harmless)
        QVERIFY(character.unicode() >= 0x20 && (character.unicode() < 0x7f || character.unicode() > 0x9f));
    QCOMPARE(harmless.size(), evil.size());
    QCOMPARE(Console::harmless(u"a\tb\nü"_s), u"a\tb\nü"_s);
}

void tst_Output::drawsTheBar()
{
    QCOMPARE(Progress::bar(0, 0, 0, 4), u"░░░░"_s);
    QCOMPARE(Progress::bar(1, 3, 4, 4), u"▓▒▒░"_s);
    QCOMPARE(Progress::bar(4, 4, 4, 4), u"▓▓▓▓"_s);
    QCOMPARE(Progress::bar(999, 1000, 1000, 4), u"▓▓▓▒"_s); // full only when everything is done
    QCOMPARE(Progress::bar(4, 2, 4, 4), u"▓▓▓▓"_s);
}

void tst_Output::fitsTheProgressLine()
{
    Progress progress;
    progress.documents = 83;
    progress.documentsFinished = 9;
    progress.pages = 1703;
    progress.pagesDone = 400;
    progress.pagesFailed = 12;
    progress.pagesExtracted = 800;
    progress.pagesPerSecond = 134.4;
    progress.millisecondsLeft = 12'000;
    progress.current = u"a rather long name of a document in a folder.pdf"_s;
    for (const int width : {20, 40, 79, 120, 200})
        QVERIFY(Table::columnsOf(progress.line(width)) < width);
    const QString wide = progress.line(200);
    for (const auto &part : {u"412/1703"_s, u"9/83"_s, u"134 pages/s"_s, progress.current})
        QVERIFY2(QString(wide).remove(u',').contains(part), qPrintable(wide));
}

void tst_Output::measuresPace()
{
    PaceMeter pace;
    QCOMPARE(pace.perSecond(), 0.0);
    pace.note(1'000, 10);
    pace.note(1'100, 90);
    QCOMPARE(pace.perSecond(), 0.0); // too short to say
    pace.note(2'000, 60);            // documents were taken out
    pace.note(4'000, 100);
    QCOMPARE(pace.perSecond(), 20.0);
    for (qint64 second = 5; second <= 40; ++second)
        pace.note(second * 1'000, 100 + second);
    QVERIFY(qAbs(pace.perSecond() - 1.0) < 0.01); // only the last seconds count
}

void tst_Output::namesPausedDocuments()
{
    domain::Document document;
    document.state = domain::DocumentState::Indexing;
    QCOMPARE(PauseView{false}.stateName(document), u"indexing"_s);
    QCOMPARE(PauseView{true}.stateName(document), u"paused"_s);
    document.paused = true;
    QCOMPARE(PauseView{false}.stateName(document), u"paused"_s);
    document.state = domain::DocumentState::Done;
    QCOMPARE(PauseView{true}.stateName(document), u"done"_s);
}

void tst_Output::writesErrorsAsJson()
{
    QVERIFY(JsonForms::error({}).isNull());
    const QJsonObject error = JsonForms::error({base::ErrorCode::PageTimedOut, u"30 s"_s}).toObject();
    QCOMPARE(error.keys(), (QStringList{u"code"_s, u"detail"_s, u"title"_s}));
    QCOMPARE(error.value(u"code"_s).toString(), u"page_timed_out"_s);
    QCOMPARE(error.value(u"detail"_s).toString(), u"30 s"_s);
    QVERIFY(!error.value(u"title"_s).toString().isEmpty());
}

void tst_Output::writesUnknownAsNull()
{
    domain::Document document;
    document.addedAt = 1'700'000'000'123;
    const QJsonObject object = JsonForms::document(document, {}, {});
    QVERIFY(object.value(u"pages_total"_s).isNull());
    QVERIFY(object.value(u"sha256"_s).isNull());
    QVERIFY(object.value(u"finished_at"_s).isNull());
    QVERIFY(object.value(u"error"_s).isNull());
    QCOMPARE(object.value(u"added_at"_s).toString(), u"2023-11-14T22:13:20.123Z"_s);
}

QTEST_GUILESS_MAIN(tst_Output)
#include "tst_Output.moc"
