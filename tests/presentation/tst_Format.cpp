// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/Format.h"
#include "support/Strict.h"

#include <QLocale>
#include <QTest>

using lectern::presentation::Format;

namespace {

constexpr qint64 kSecond = 1'000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;
/// 2026-01-01 12:00 UTC.
constexpr qint64 kNoon = 1'767'268'800'000;

} // namespace

class FormatTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init() { lectern::support::failOnWarnings(); }

    void durations_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << qint64{0} << "under 5 s";
        QTest::newRow("4.9 s") << qint64{4'900} << "under 5 s";
        QTest::newRow("38 s") << 38 * kSecond << "40 s";
        QTest::newRow("54 s") << 54 * kSecond << "55 s";
        QTest::newRow("57 s") << 57 * kSecond << "1 min";
        QTest::newRow("89 s") << 89 * kSecond << "1 min";
        QTest::newRow("3 min") << 3 * kMinute + 10 * kSecond << "3 min";
        QTest::newRow("59 min 40 s") << 59 * kMinute + 40 * kSecond << "1 h";
        QTest::newRow("1 h 20 min") << kHour + 21 * kMinute << "1 h 20 min";
        QTest::newRow("2 h") << 2 * kHour + kMinute << "2 h";
        QTest::newRow("10 h 20 min") << 10 * kHour + 20 * kMinute << "10 h";
        QTest::newRow("23 h 40 min") << 23 * kHour + 40 * kMinute << "24 h";
        QTest::newRow("1 day") << kDay + kHour << "1 day";
        QTest::newRow("2 days") << 2 * kDay << "2 days";
    }
    void durations()
    {
        QFETCH(qint64, milliseconds);
        QFETCH(QString, text);
        QCOMPARE(Format::duration(milliseconds), text);
    }

    void durationsNeverShrink()
    {
        // A longer time must never read as a shorter one: walk through every border.
        const auto number = [](const QString &text) {
            qint64 total = 0;
            qint64 value = 0;
            for (const QString &word : text.split(QLatin1Char(' '))) {
                bool ok = false;
                const qint64 next = word.toLongLong(&ok);
                if (ok)
                    value = next;
                else if (word == QLatin1String("s"))
                    total += value * kSecond;
                else if (word == QLatin1String("min"))
                    total += value * kMinute;
                else if (word == QLatin1String("h"))
                    total += value * kHour;
                else if (word.startsWith(QLatin1String("day")))
                    total += value * kDay;
            }
            return total;
        };
        qint64 before = 0;
        for (qint64 time = 5 * kSecond; time < 3 * kDay; time += 7 * kSecond) {
            const qint64 shown = number(Format::duration(time));
            QVERIFY2(shown >= before, qPrintable(Format::duration(time)));
            before = shown;
        }
    }

    void spokenDurations()
    {
        QCOMPARE(Format::spokenDuration(kSecond), QStringLiteral("less than 5 seconds"));
        QCOMPARE(Format::spokenDuration(38 * kSecond), QStringLiteral("40 seconds"));
        QCOMPARE(Format::spokenDuration(kMinute), QStringLiteral("1 minute"));
        QCOMPARE(Format::spokenDuration(kHour + 20 * kMinute), QStringLiteral("1 hour 20 minutes"));
        QCOMPARE(Format::spokenDuration(3 * kDay), QStringLiteral("3 days"));
    }

    void countdowns()
    {
        QCOMPARE(Format::countdown(38 * kSecond), QStringLiteral("38 s"));
        QCOMPARE(Format::countdown(37 * kSecond + 1), QStringLiteral("38 s"));
        QCOMPARE(Format::countdown(0), QStringLiteral("1 s"));
        QCOMPARE(Format::countdown(5 * kMinute), QStringLiteral("5 min"));
    }

    void numbersFollowTheLocale()
    {
        QCOMPARE(Format::count(1'031), QStringLiteral("1,031"));
        QCOMPARE(Format::pages(1), QStringLiteral("1 page"));
        QCOMPARE(Format::pages(1'031), QStringLiteral("1,031 pages"));
        QCOMPARE(Format::documents(0), QStringLiteral("0 documents"));
        QCOMPARE(Format::files(2), QStringLiteral("2 files"));
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(Format::count(1'031), QStringLiteral("1.031"));
        QCOMPARE(Format::pages(1'031), QStringLiteral("1.031 pages"));
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    }

    void sizes()
    {
        QCOMPARE(Format::bytes(0), QStringLiteral("0 bytes"));
        QCOMPARE(Format::bytes(999), QStringLiteral("999 bytes"));
        QCOMPARE(Format::bytes(1'400'000), QStringLiteral("1.4 MB"));
    }

    void percentages()
    {
        QCOMPARE(Format::percent(0, 0), QStringLiteral("0 %"));
        QCOMPARE(Format::percent(0, 100), QStringLiteral("0 %"));
        QCOMPARE(Format::percent(1, 100'000), QStringLiteral("1 %"));
        QCOMPARE(Format::percent(41, 100), QStringLiteral("41 %"));
        QCOMPARE(Format::percent(99'999, 100'000), QStringLiteral("99 %"));
        QCOMPARE(Format::percent(5, 5), QStringLiteral("100 %"));
    }

    void moments()
    {
        QCOMPARE(Format::moment(kNoon - kHour, kNoon), QStringLiteral("11:00"));
        QCOMPARE(Format::moment(kNoon - kDay, kNoon), QStringLiteral("yesterday 12:00"));
        QCOMPARE(Format::moment(kNoon - 5 * kDay, kNoon), QStringLiteral("27/12/2025"));
        QCOMPARE(Format::moment(0, kNoon), Format::none());
        QCOMPARE(Format::logMoment(kNoon + 70 * kSecond), QStringLiteral("2026-01-01 12:01:10"));
        QVERIFY(Format::fullMoment(kNoon).contains(QStringLiteral("2026")));
    }

    void languages()
    {
        QCOMPARE(Format::language(QStringLiteral("en")), QStringLiteral("English"));
        QCOMPARE(Format::language(QStringLiteral("zh-Hans")), QStringLiteral("Chinese"));
        QCOMPARE(Format::language(QStringLiteral("und")), QString());
        QCOMPARE(Format::language(QString()), QString());
        QCOMPARE(Format::language(QStringLiteral("qqx")), QStringLiteral("qqx"));
    }
};

QTEST_GUILESS_MAIN(FormatTest)
#include "tst_Format.moc"
