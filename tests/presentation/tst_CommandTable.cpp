// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/CommandTable.h"
#include "support/Strict.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace lectern::presentation;

namespace {

/// Every combination of the facts that switch commands.
QVector<CommandState> manyStates()
{
    QVector<CommandState> states;
    for (int bits = 0; bits < 1 << 11; ++bits) {
        const auto bit = [bits](int number) { return (bits >> number & 1) != 0; };
        CommandState state;
        state.open = bit(0);
        state.inTrash = bit(1);
        state.paused = bit(2);
        state.selected = bit(3) ? 1 : bit(4) ? 3 : 0;
        state.listed = std::max(state.selected, bit(10) ? 1 : 0);
        state.selectedActive = bit(5) ? state.selected : 0;
        state.selectedPaused = bit(6) ? state.selected : 0;
        state.selectedFailed = bit(7) ? state.selected : 0;
        state.selectedLocked = bit(8) ? state.selected : 0;
        state.pageFailed = bit(7);
        state.canUndo = bit(9);
        state.failed = bit(7) ? 1 : 0;
        state.locked = bit(8) ? 1 : 0;
        state.reading = bit(9);
        state.textSelected = bit(9) && bit(8);
        state.canGoBack = state.canGoForward = bit(7);
        states << state;
    }
    return states;
}

} // namespace

class CommandTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { lectern::support::failOnWarnings(); }

    void everyRowIsComplete()
    {
        static const QRegularExpression form(QStringLiteral("^[a-z]+\\.[a-zA-Z]+$"));
        QSet<QString> ids;
        for (const Command &command : m_table.commands()) {
            const QByteArray id = command.id.toUtf8();
            QVERIFY2(form.match(command.id).hasMatch(), id.constData());
            QVERIFY2(!ids.contains(command.id), id.constData());
            ids.insert(command.id);
            QVERIFY2(!command.plainText().isEmpty(), id.constData());
            QVERIFY2(!command.plainText().contains(QLatin1Char('&')), id.constData());
            QVERIFY2(!command.toolTip.isEmpty(), id.constData());
            QVERIFY2(!command.group.isEmpty(), id.constData());
            QVERIFY2(CommandTable::menus().contains(command.menu), id.constData());
            QVERIFY2(!CommandTable::menuText(command.menu).isEmpty(), id.constData());
            if (!command.iconName.isEmpty())
                QVERIFY2(
                    QFileInfo::exists(
                        QStringLiteral(LECTERN_SOURCE_DIR "/resources/icons/%1.svg").arg(command.iconName)),
                    id.constData());
        }
    }

    void noKeyIsMeantTwice()
    {
        for (const CommandState &state : manyStates()) {
            QHash<QKeySequence, QString> owners;
            for (const Command &command : m_table.commands()) {
                if (!m_table.isEnabled(command.id, state))
                    continue;
                for (const QKeySequence &key : command.keys) {
                    QVERIFY2(!owners.contains(key),
                             qPrintable(owners.value(key) + QStringLiteral(" and ") + command.id));
                    owners.insert(key, command.id);
                }
            }
        }
    }

    void noMnemonicTwiceInOneMenu()
    {
        QHash<QString, QString> owners;
        for (const Command &command : m_table.commands()) {
            const auto at = command.text.indexOf(QLatin1Char('&'));
            if (at < 0)
                continue;
            const QString key = QString::number(static_cast<int>(command.menu)) + command.submenu +
                                command.text.at(at + 1).toLower();
            QVERIFY2(!owners.contains(key),
                     qPrintable(owners.value(key) + QStringLiteral(" and ") + command.id));
            owners.insert(key, command.id);
        }
    }

    void groupsStandTogether()
    {
        QSet<QString> ended;
        QString current;
        for (const Command &command : m_table.commands()) {
            const QString group = QString::number(static_cast<int>(command.menu)) + command.group;
            if (group == current)
                continue;
            QVERIFY2(!ended.contains(group), qPrintable(command.id));
            ended.insert(current);
            current = group;
        }
    }

    void everyCommandCanBeUsedSometimes()
    {
        for (const Command &command : m_table.commands()) {
            bool usable = false;
            for (const CommandState &state : manyStates())
                usable = usable || m_table.isEnabled(command.id, state);
            QVERIFY2(usable, qPrintable(command.id));
        }
    }

    void nothingButTheProgramWorksWithoutALibrary()
    {
        const CommandState closed;
        const QSet<QString> always = {command::kQuit,       command::kViewLibrary, command::kViewJobs,
                                      command::kViewReader, command::kDetailPane,  command::kThemeSystem,
                                      command::kThemeLight, command::kThemeDark,   command::kPalette,
                                      command::kNextRegion, command::kGuide,       command::kKeys,
                                      command::kAbout,      command::kViewCosts,   command::kViewSearch};
        for (const Command &command : m_table.commands())
            QVERIFY2(m_table.isEnabled(command.id, closed) == always.contains(command.id),
                     qPrintable(command.id));
    }

    void pauseAndResumeTakeTurns()
    {
        CommandState state;
        state.open = true;
        QVERIFY(m_table.isEnabled(command::kPauseAll, state));
        QVERIFY(!m_table.isEnabled(command::kResumeAll, state));
        QVERIFY(!m_table.obstacle(command::kResumeAll, state).isEmpty());
        state.paused = true;
        QVERIFY(!m_table.isEnabled(command::kPauseAll, state));
        QVERIFY(m_table.isEnabled(command::kResumeAll, state));
    }

    void removalDependsOnTheList()
    {
        CommandState state;
        state.open = true;
        state.listed = 3;
        QCOMPARE(m_table.obstacle(command::kRemove, state), QStringLiteral("Select a document first."));
        state.selected = 1;
        QVERIFY(m_table.isEnabled(command::kRemove, state));
        QVERIFY(!m_table.isEnabled(command::kDeleteForGood, state));
        state.inTrash = true;
        QVERIFY(!m_table.isEnabled(command::kRemove, state));
        QVERIFY(m_table.isEnabled(command::kRestore, state));
        QVERIFY(m_table.isEnabled(command::kDeleteForGood, state));
    }

    void checkedCommandsFollowTheState()
    {
        CommandState state;
        state.theme = CommandState::Theme::Dark;
        state.view = CommandState::View::Jobs;
        QVERIFY(m_table.find(command::kThemeDark)->isChecked(state));
        QVERIFY(!m_table.find(command::kThemeLight)->isChecked(state));
        QVERIFY(m_table.find(command::kViewJobs)->isChecked(state));
        QVERIFY(!m_table.find(command::kViewLibrary)->isChecked(state));
    }

    void readerCommandsNeedAPage()
    {
        CommandState state;
        state.open = true;
        state.view = CommandState::View::Reader;
        QVERIFY(!m_table.obstacle(command::kZoomIn, state).isEmpty());
        state.reading = true;
        QVERIFY(m_table.isEnabled(command::kZoomIn, state));
        QVERIFY(m_table.isEnabled(command::kSelectAll, state)); // its text
        QVERIFY(!m_table.isEnabled(command::kCopyText, state));
        QVERIFY(!m_table.isEnabled(command::kGoBack, state));
        state.canGoBack = true;
        QVERIFY(m_table.isEnabled(command::kGoBack, state));
        state.fitsPage = true;
        QVERIFY(m_table.find(command::kFitPage)->isChecked(state));
        QVERIFY(!m_table.find(command::kFitWidth)->isChecked(state));
    }

    void contextMenusKnowTheirCommands()
    {
        for (const QVector<QString> &menu : {CommandTable::documentMenu(false),
                                             CommandTable::documentMenu(true), CommandTable::pageMenu()}) {
            QVERIFY(!menu.isEmpty());
            for (const QString &id : menu)
                QVERIFY2(id.isEmpty() || m_table.find(id) != nullptr, qPrintable(id));
        }
        QVERIFY(m_table.find(QStringLiteral("no.such")) == nullptr);
        QVERIFY(!m_table.isEnabled(QStringLiteral("no.such"), {}));
    }

    void plainText() { QCOMPARE(m_table.find(command::kAddFiles)->plainText(), QStringLiteral("Add files")); }

private:
    const CommandTable m_table;
};

QTEST_GUILESS_MAIN(CommandTableTest)
#include "tst_CommandTable.moc"
