// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/CommandLine.h"
#include "app/cli/CommandList.h"
#include "app/cli/Help.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern::cli;

class tst_CommandLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void understandsOptionsOnBothSides();
    void collectsOperands();
    void refusesNonsense_data();
    void refusesNonsense();
    void everyCommandIsComplete();
    void everyOptionNameMeansOneThing();
    void helpFitsTheTerminal();
};

void tst_CommandLine::understandsOptionsOnBothSides()
{
    const auto line = CommandLine::parse({u"--json"_s, u"--workspace"_s, u"/w"_s, u"index"_s, u"--no-wait"_s,
                                          u"a.pdf"_s, u"--jobs"_s, u"2"_s, u"--only=extract"_s},
                                         CommandList::all());
    QVERIFY(line.has_value());
    QCOMPARE(line->command->name, u"index"_s);
    QVERIFY(line->has(u"json"_s));
    QVERIFY(line->has(u"no-wait"_s));
    QVERIFY(!line->has(u"quiet"_s));
    QCOMPARE(line->value(u"workspace"_s), u"/w"_s);
    QCOMPARE(line->value(u"jobs"_s), u"2"_s);
    QCOMPARE(line->value(u"only"_s), u"extract"_s);
    QCOMPARE(line->operands, QStringList{u"a.pdf"_s});
}

void tst_CommandLine::collectsOperands()
{
    const auto line =
        CommandLine::parse({u"search"_s, u"--"_s, u"--no-wait"_s, u"words"_s}, CommandList::all());
    QVERIFY(line.has_value());
    QCOMPARE(line->operands, (QStringList{u"--no-wait"_s, u"words"_s}));

    const auto help = CommandLine::parse({u"pages"_s, u"--help"_s}, CommandList::all());
    QVERIFY(help.has_value()); // asked for help, so a missing operand does not matter
    QVERIFY(help->help);
}

void tst_CommandLine::refusesNonsense_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("unknown command") << QStringList{u"frobnicate"_s};
    QTest::newRow("unknown option") << QStringList{u"status"_s, u"--frobnicate"_s};
    QTest::newRow("option of another command") << QStringList{u"status"_s, u"--no-wait"_s};
    QTest::newRow("operand missing") << QStringList{u"pages"_s};
    QTest::newRow("one of two operands missing") << QStringList{u"page"_s, u"1"_s};
    QTest::newRow("operand too many") << QStringList{u"status"_s, u"now"_s};
    QTest::newRow("value missing") << QStringList{u"status"_s, u"--workspace"_s};
}

void tst_CommandLine::refusesNonsense()
{
    QFETCH(QStringList, arguments);
    const auto line = CommandLine::parse(arguments, CommandList::all());
    QVERIFY(!line.has_value());
    QCOMPARE(line.error().exitCode, ExitCode::Usage);
    QVERIFY(!line.error().error.detail.isEmpty());
}

void tst_CommandLine::everyCommandIsComplete()
{
    for (const CommandSpec &command : CommandList::all()) {
        QVERIFY2(command.name == u"help"_s || CommandList::handlerOf(command.name) != nullptr,
                 qPrintable(command.name));
        QVERIFY2(!command.summary.isEmpty() && !command.examples.isEmpty(), qPrintable(command.name));
        QCOMPARE(command.maximumOperands == 0, command.operands.isEmpty());
        QVERIFY(Help::overview().contains(command.name));
        QVERIFY(Help::command(command).contains(command.examples.first()));
    }
}

// The command is found before its options are known: that needs option names with one meaning everywhere.
void tst_CommandLine::everyOptionNameMeansOneThing()
{
    QHash<QString, bool> takesValue;
    const auto check = [&](const QVector<OptionSpec> &options) {
        for (const OptionSpec &option : options) {
            const bool value = !option.value.isEmpty();
            QCOMPARE(takesValue.value(option.name, value), value);
            takesValue.insert(option.name, value);
        }
    };
    check(CommandLine::globalOptions());
    for (const CommandSpec &command : CommandList::all())
        check(command.options);
}

void tst_CommandLine::helpFitsTheTerminal()
{
    QStringList texts{Help::overview()};
    for (const CommandSpec &command : CommandList::all())
        texts.append(Help::command(command).section(u"\nExamples:"_s, 0, 0)); // an example is never broken
    for (const QString &text : texts) {
        for (const QString &line : text.split(u'\n'))
            QVERIFY2(line.size() <= 80, qPrintable(line));
    }
}

QTEST_GUILESS_MAIN(tst_CommandLine)
#include "tst_CommandLine.moc"
