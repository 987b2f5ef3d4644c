// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "store/Failure.h"
#include "store/NetworkDrive.h"
#include "store/Statement.h"
#include "support/Strict.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <unistd.h>

using namespace lectern;
using namespace lectern::store;
using base::ErrorCode;

class tst_Database : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m_workspace = std::make_unique<support::TemporaryWorkspace>();
        m_options = {};
        m_options.folder = m_workspace->folder();
        m_options.bootId = QStringLiteral("boot-1");
    }
    void createsAFolderForItsOwnerAlone();
    void refusesNetworkDrives();
    void refusesWhatIsNoDatabase();
    void refusesADamagedDatabaseAfterTheComputerWentDown();
    void doesNotCheckAfterAnEndOfTheProgramAlone();
    void isCheckedOnlyByTheFirst();
    void readOnlyFolders();
    void usesTheSettingsThatKeepData();
    void integrityFindings();
    void aSecondOpenOfTheSameWorkspaceWorks();

private:
    base::Result<std::unique_ptr<Database>> open() { return Database::open(m_options, m_clock); }
    QString setting(const QString &key)
    {
        return m_workspace->sqlite3(
            QStringLiteral("SELECT value FROM workspace_setting WHERE key = '%1'").arg(key));
    }
    void leaveOpenIn(const QString &boot)
    {
        m_workspace->sqlite3(
            QStringLiteral("UPDATE workspace_setting SET value = '%1' WHERE key = 'opened_in_boot'")
                .arg(boot));
    }
    // A page in the middle of the file that is part of some tree is overwritten.
    void damage()
    {
        QFile file(m_workspace->databaseFile());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(2 * 4096));
        file.write(QByteArray(4096, '\x55'));
    }

    std::unique_ptr<support::TemporaryWorkspace> m_workspace;
    Database::Options m_options;
    support::ManualClock m_clock;
};

void tst_Database::createsAFolderForItsOwnerAlone()
{
    EXPECT_OK(open());
    const auto permissions = QFile::permissions(m_workspace->folder());
    QVERIFY(!(permissions & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeGroup | QFile::ExeOther)));
    QVERIFY(permissions & QFile::ReadOwner);
}

void tst_Database::refusesNetworkDrives()
{
    m_options.isOnNetworkDrive = [](const QString &) { return true; };
    EXPECT_ERROR(open(), ErrorCode::WorkspaceOnNetworkDrive);
    QVERIFY(!QFile::exists(m_workspace->databaseFile()));
    QVERIFY(!isOnNetworkDrive(QDir::tempPath()));
    QVERIFY(!isOnNetworkDrive(QStringLiteral("/nowhere/at/all")));
}

void tst_Database::refusesWhatIsNoDatabase()
{
    QVERIFY(QDir().mkpath(m_workspace->folder()));
    QFile file(m_workspace->databaseFile());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    EXPECT_ERROR(open(), ErrorCode::WorkspaceDamaged);
}

void tst_Database::refusesADamagedDatabaseAfterTheComputerWentDown()
{
    EXPECT_OK(open());
    QCOMPARE(setting(QStringLiteral("opened_in_boot")), QString()); // closed by the last, so all is well
    leaveOpenIn(QStringLiteral("boot-0"));
    {
        const auto checked = open();
        EXPECT_OK(checked);
        QVERIFY((*checked)->wasChecked());
    }
    leaveOpenIn(QStringLiteral("boot-0"));
    damage();
    const auto refused = open();
    EXPECT_ERROR(refused, ErrorCode::WorkspaceDamaged);
}

void tst_Database::doesNotCheckAfterAnEndOfTheProgramAlone()
{
    EXPECT_OK(open());
    leaveOpenIn(QStringLiteral("boot-1"));
    const auto opened = open();
    EXPECT_OK(opened);
    QVERIFY(!(*opened)->wasChecked());
    QCOMPARE(setting(QStringLiteral("opened_in_boot")), QStringLiteral("boot-1"));
}

void tst_Database::isCheckedOnlyByTheFirst()
{
    auto first = support::must(open());
    auto second = support::must(open());
    first.reset();
    QCOMPARE(setting(QStringLiteral("opened_in_boot")), QStringLiteral("boot-1")); // the second still has it
    second.reset();
    QCOMPARE(setting(QStringLiteral("opened_in_boot")), QString());
}

void tst_Database::readOnlyFolders()
{
    if (::geteuid() == 0)
        QSKIP("root may write everywhere");
    EXPECT_OK(open());
    QFile::setPermissions(m_workspace->folder(), QFile::ReadOwner | QFile::ExeOwner);
    QFile::setPermissions(m_workspace->folder() + QStringLiteral("/workspace.lock"), QFile::ReadOwner);
    EXPECT_ERROR(open(), ErrorCode::ReadOnly);
    QFile::setPermissions(m_workspace->folder(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

void tst_Database::usesTheSettingsThatKeepData()
{
    auto database = support::must(open());
    const auto ask = [&](const QString &pragma) {
        return support::must(database->writer().run([&](Transaction &t) {
            return attempt([&] {
                Statement statement(t, QStringLiteral("PRAGMA ") + pragma);
                statement.run();
                return statement.next() ? statement.text(0) : QString();
            });
        }));
    };
    QCOMPARE(ask(QStringLiteral("synchronous")), QStringLiteral("2")); // FULL
    QCOMPARE(ask(QStringLiteral("journal_mode")), QStringLiteral("wal"));
    QCOMPARE(ask(QStringLiteral("wal_autocheckpoint")), QStringLiteral("0"));
    QCOMPARE(ask(QStringLiteral("foreign_keys")), QStringLiteral("1"));
    QCOMPARE(ask(QStringLiteral("mmap_size")), QStringLiteral("0"));
    QCOMPARE(ask(QStringLiteral("journal_size_limit")), QStringLiteral("8388608"));
}

void tst_Database::integrityFindings()
{
    Fixture f;
    f.addExtracted(QStringLiteral("/a.pdf"), 2);
    QCOMPARE(support::must(f.database->checkIntegrity()), QStringList());
    EXPECT_OK(f.write([](Transaction &t) {
        return attempt([&] {
            Statement statement(t, QStringLiteral("DELETE FROM page_search"));
            statement.run();
        });
    }));
    QCOMPARE(support::must(f.database->checkIntegrity()),
             QStringList{QStringLiteral("2 pages are missing from the search index")});
}

void tst_Database::aSecondOpenOfTheSameWorkspaceWorks()
{
    auto first = support::must(open());
    auto second = support::must(open());
    const auto run = support::must(second->writer().run(
        [](Transaction &t) { return Library::createRun(t, domain::Goal::Text, QStringLiteral("builtin")); }));
    QVERIFY(run.isValid());
    QCOMPARE(first->folder(), m_workspace->folder());
    QCOMPARE(first->folder(), second->folder());
}

QTEST_GUILESS_MAIN(tst_Database)
#include "tst_Database.moc"
