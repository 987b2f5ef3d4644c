// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/Settings.h"
#include "support/Strict.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using lectern::presentation::Settings;
using lectern::presentation::SettingsFile;

class SettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { lectern::support::failOnWarnings(); }

    void whatIsSavedComesBack()
    {
        const SettingsFile file(m_folder.filePath(QStringLiteral("new/folder/window.ini")));
        Settings settings;
        settings.theme = Settings::Theme::Dark;
        settings.view = QStringLiteral("jobs");
        settings.detailPane = false;
        settings.detailWidth = 512;
        settings.windowGeometry = QByteArray("\x01\x00\xff geometry", 12);
        settings.libraryColumns = QByteArray("columns");
        settings.jobColumns = QByteArray("more");
        settings.librarySort = QStringLiteral("size");
        settings.librarySortDescending = false;
        settings.lastFolder = QStringLiteral("/home/ü ser, \"x\"");
        settings.pausedOnStart = true;
        settings.reduceMotion = true;
        settings.welcomeDone = true;
        QVERIFY(file.save(settings));
        QVERIFY(SettingsFile(file.path()).load() == settings);
    }

    void aMissingFileMeansDefaults()
    {
        QVERIFY(SettingsFile(m_folder.filePath(QStringLiteral("none.ini"))).load() == Settings());
    }

    void damagedValuesBecomeDefaults()
    {
        const QString path = m_folder.filePath(QStringLiteral("damaged.ini"));
        QFile raw(path);
        QVERIFY(raw.open(QIODevice::WriteOnly));
        raw.write("[General]\n"
                  "theme=purple\n"
                  "view=../../etc\n"
                  "detail_pane=perhaps\n"
                  "detail_width=99999999999\n"
                  "window_geometry=***not base64***\n"
                  "library_sort=drop table\n"
                  "last_folder=relative/place\n"
                  "paused_on_start=2\n"
                  "unknown=1\n");
        raw.close();
        QVERIFY(SettingsFile(path).load() == Settings());
    }

    void aFileOfGarbageMeansDefaults()
    {
        const QString path = m_folder.filePath(QStringLiteral("garbage.ini"));
        QFile raw(path);
        QVERIFY(raw.open(QIODevice::WriteOnly));
        for (int i = 0; i < 4'096; ++i)
            raw.putChar(static_cast<char>(i * 37));
        raw.close();
        QVERIFY(SettingsFile(path).load() == Settings());
    }

    void widthsStayInRange()
    {
        const SettingsFile file(m_folder.filePath(QStringLiteral("range.ini")));
        Settings settings;
        settings.detailWidth = 5;
        QVERIFY(file.save(settings));
        QCOMPARE(file.load().detailWidth, Settings::kMinimumDetailWidth);
    }

    void anUnwritableFileIsSaid()
    {
        QVERIFY(!SettingsFile(QStringLiteral("/proc/nothing/window.ini")).save(Settings()));
    }

    void theDefaultPlaceIsTheUsersOwn()
    {
        QVERIFY(SettingsFile().path().endsWith(QStringLiteral("/lectern/window.ini")));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "tst_Settings.moc"
