// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/KeyFile.h"
#include "secrets/KeyStore.h"
#include "support/Expect.h"
#include "support/Strict.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace lectern;
using base::ErrorCode;
using secrets::Keeping;
using secrets::KeyStore;
using secrets::Secret;

namespace {

const QByteArray kKey = "sk-lectern-0123456789-äß";

QString run(const QString &program, const QStringList &arguments, bool withoutBus)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (withoutBus)
        environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                           QStringLiteral("unix:path=/nonexistent"));
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000))
        return QStringLiteral("did not end: ") + process.errorString();
    return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
}

class KeyStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        KeyStore::Options options;
        options.file = path();
        m_store = KeyStore::open(options);
    }

    void secretShowsOnlyItsEnd()
    {
        QCOMPARE(Secret("sk-1234567890abcd").hint(), QStringLiteral("…abcd"));
        QCOMPARE(Secret("short").hint(), QStringLiteral("…"));
        Secret first(kKey);
        const Secret copy = first;
        first = Secret();
        QCOMPARE(copy.reveal(), kKey);
        QVERIFY(first.isEmpty());
    }

    void memoryLeavesNoTrace()
    {
        EXPECT_OK(m_store->write(QStringLiteral("openai"), Secret(kKey), Keeping::Memory));
        QCOMPARE(support::must(m_store->read(QStringLiteral("openai"))).reveal(), kKey);
        QVERIFY(!QFile::exists(path()));
        EXPECT_OK(m_store->remove(QStringLiteral("openai")));
        QVERIFY(support::must(m_store->read(QStringLiteral("openai"))).isEmpty());
    }

    void fileIsTheOwnersAlone()
    {
        EXPECT_OK(m_store->write(QStringLiteral("a"), Secret(kKey), Keeping::File));
        EXPECT_OK(m_store->write(QStringLiteral("b"), Secret("other"), Keeping::File));
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther |
                            QFileDevice::WriteOther;
        QVERIFY(!(QFileInfo(path()).permissions() & others));
        QCOMPARE(support::must(m_store->read(QStringLiteral("a"))).reveal(), kKey);
        EXPECT_OK(m_store->remove(QStringLiteral("a")));
        QCOMPARE(support::must(m_store->read(QStringLiteral("b"))).reveal(), QByteArray("other"));
        EXPECT_OK(m_store->remove(QStringLiteral("b")));
        QVERIFY(!QFile::exists(path()));
    }

    void memoryReplacesFile()
    {
        EXPECT_OK(m_store->write(QStringLiteral("a"), Secret("old"), Keeping::File));
        EXPECT_OK(m_store->write(QStringLiteral("a"), Secret("new"), Keeping::Memory));
        QVERIFY(!QFile::exists(path()));
        QCOMPARE(support::must(m_store->read(QStringLiteral("a"))).reveal(), QByteArray("new"));
    }

    void fileThatOthersMayRead()
    {
        EXPECT_OK(m_store->write(QStringLiteral("a"), Secret(kKey), Keeping::File));
        QVERIFY(QFile::setPermissions(path(), QFileDevice::ReadOwner | QFileDevice::WriteOwner |
                                                  QFileDevice::ReadOther));
        const auto read = m_store->read(QStringLiteral("a"));
        EXPECT_ERROR(read, ErrorCode::FileUnreadable);
        QVERIFY(read.error().detail.contains(QStringLiteral("0600")));
        QVERIFY(!read.error().detail.contains(QString::fromUtf8(kKey)));
    }

    void fileThatIsSomethingElse()
    {
        QDir().mkpath(QFileInfo(path()).absolutePath());
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("not keys");
        file.close();
        QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
        EXPECT_ERROR(m_store->read(QStringLiteral("a")), ErrorCode::FileUnreadable);
        EXPECT_ERROR(m_store->write(QStringLiteral("a"), Secret(kKey), Keeping::File),
                     ErrorCode::FileUnreadable);
    }

    void withoutSystemStore()
    {
        const QString probe = QStringLiteral(LECTERN_PROBE);
        QCOMPARE(run(probe, {QStringLiteral("has")}, true), QStringLiteral("no"));
        const QString written =
            run(probe, {QStringLiteral("write"), QStringLiteral("a"), QString::fromUtf8(kKey)}, true);
        QVERIFY2(written.startsWith(QStringLiteral("key_store_unavailable")), qPrintable(written));
        QVERIFY(!written.contains(QString::fromUtf8(kKey)));
    }

    // gnome-keyring on a bus of its own, as on a desktop.
    void withSystemStore()
    {
        const QString script =
            QStringLiteral("printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null\n"
                           "\"$0\" has; \"$0\" read a; \"$0\" write a \"$1\"; \"$0\" read a; \"$0\" remove "
                           "a; \"$0\" read a\n");
        const QString told = run(QStringLiteral("dbus-run-session"),
                                 {QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"), script,
                                  QStringLiteral(LECTERN_PROBE), QString::fromUtf8(kKey)},
                                 false);
        QCOMPARE(told, QStringLiteral("yes\n[]\nok\n[%1]\nok\n[]").arg(QString::fromUtf8(kKey)));
    }

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("lectern/keys.json")); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<KeyStore> m_store;
};

} // namespace

QTEST_GUILESS_MAIN(KeyStoreTest)
#include "tst_KeyStore.moc"
