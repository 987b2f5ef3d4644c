// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/MoneyText.h"
#include "support/Strict.h"

#include <QLocale>
#include <QTest>

#include <limits>

using lectern::domain::Money;
using lectern::presentation::MoneyText;

namespace {

Money money(const char *dollars)
{
    return *Money::fromDecimal(QString::fromLatin1(dollars));
}

} // namespace

class MoneyTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        lectern::support::failOnWarnings();
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    }

    void amounts_data()
    {
        QTest::addColumn<QString>("dollars");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << "0"
                              << "$0.00";
        QTest::newRow("cents") << "1.84"
                               << "$1.84";
        QTest::newRow("one cent") << "0.01"
                                  << "$0.01";
        QTest::newRow("rounded") << "1.845"
                                 << "$1.85";
        QTest::newRow("thousands") << "12345.6"
                                   << "$12,345.60";
        QTest::newRow("below a cent") << "0.001234"
                                      << "$0.001234";
        QTest::newRow("four digits") << "0.00123456"
                                     << "$0.001235";
        QTest::newRow("no needless zeros") << "0.0020"
                                           << "$0.002";
        QTest::newRow("almost a cent") << "0.009999"
                                       << "$0.009999";
        QTest::newRow("rounds up to a cent") << "0.00999996"
                                             << "$0.01";
        QTest::newRow("smallest") << "0.000000000001"
                                  << "$0.000000000001";
        QTest::newRow("large") << "9000000"
                               << "$9,000,000.00";
    }
    void amounts()
    {
        QFETCH(QString, dollars);
        QFETCH(QString, text);
        QCOMPARE(MoneyText::amount(*Money::fromDecimal(dollars)), text);
    }

    void nothingButZeroReadsAsZero()
    {
        const QString zero = MoneyText::amount({});
        for (qint64 pico = 1; pico > 0 && pico < Money::kPicoPerDollar; pico = pico * 3 + 1) {
            QVERIFY2(MoneyText::amount({pico}) != zero, qPrintable(QString::number(pico)));
            QVERIFY(MoneyText::spoken({pico}) != MoneyText::spoken({}));
        }
    }

    void longerAmountsNeverReadShorter()
    {
        // Over every border of rounding: what is said never shrinks while the amount grows.
        Money before;
        for (qint64 pico = 1; pico > 0 && pico < 20 * Money::kPicoPerDollar; pico += pico / 7 + 1) {
            QString said = MoneyText::amount({pico});
            said.remove(u'$').remove(u',');
            const Money now = *Money::fromDecimal(said);
            QVERIFY2(now >= before, qPrintable(said));
            before = now;
        }
    }

    void negative()
    {
        QCOMPARE(MoneyText::amount(Money{} - money("1.5")), QStringLiteral("-$1.50"));
        QVERIFY(
            MoneyText::amount({std::numeric_limits<qint64>::min()}).contains(QStringLiteral("9,223,372")));
        QCOMPARE(MoneyText::spoken(Money{} - money("1.5")), QStringLiteral("minus 1 dollar 50 cents"));
    }

    void estimates()
    {
        QCOMPARE(MoneyText::approximately(money("0.1234")), QStringLiteral("≈ $0.12"));
        QCOMPARE(MoneyText::approximateRange(money("0.09"), money("0.14")),
                 QStringLiteral("≈ $0.09 – $0.14"));
        QCOMPARE(MoneyText::approximateRange(money("0.121"), money("0.123")), QStringLiteral("≈ $0.12"));
    }

    void prices()
    {
        QCOMPARE(MoneyText::perMillion({37'500}), QStringLiteral("$0.0375"));
        QCOMPARE(MoneyText::perMillion({100'000}), QStringLiteral("$0.10"));
        QCOMPARE(MoneyText::perMillion({std::numeric_limits<qint64>::max()}), QStringLiteral("—"));
        QCOMPARE(MoneyText::exact(money("5")), QStringLiteral("$5.00"));
        QCOMPARE(MoneyText::exact(money("0.05000001")), QStringLiteral("$0.05000001"));
    }

    void spoken()
    {
        QCOMPARE(MoneyText::spoken({}), QStringLiteral("0 dollars"));
        QCOMPARE(MoneyText::spoken(money("1.84")), QStringLiteral("1 dollar 84 cents"));
        QCOMPARE(MoneyText::spoken(money("5")), QStringLiteral("5 dollars"));
        QCOMPARE(MoneyText::spoken(money("0.01")), QStringLiteral("1 cent"));
        QCOMPARE(MoneyText::spoken(money("0.12")), QStringLiteral("12 cents"));
        QCOMPARE(MoneyText::spoken(money("0.0013")), QStringLiteral("0.13 cents"));
    }

    void locales()
    {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(MoneyText::amount(money("1234.5")), QStringLiteral("1.234,50\u00A0$"));
        QCOMPARE(MoneyText::plain(money("1234.5")), QStringLiteral("1234,50"));
        QCOMPARE(MoneyText::parsed(QStringLiteral("0,0375")), money("0.0375"));
        // One and a half, or fifteen hundred?
        QCOMPARE(MoneyText::parsed(QStringLiteral("1.500")), std::nullopt);
        QLocale::setDefault(QLocale(QLocale::Arabic, QLocale::Egypt));
        const QString arabic = MoneyText::amount(money("12.5"));
        QVERIFY2(arabic.contains(QStringLiteral("١٢")), qPrintable(arabic));
        QCOMPARE(MoneyText::parsed(QStringLiteral("١٢٫٥")), money("12.5"));
        // Where "$" is another dollar, the sign says which one is meant.
        QLocale::setDefault(QLocale(QLocale::English, QLocale::Canada));
        QCOMPARE(MoneyText::amount(money("1.5")), QStringLiteral("US$1.50"));
    }

    void typed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("decimal");
        QTest::newRow("plain") << "0.5"
                               << "0.5";
        QTest::newRow("with sign") << "$5"
                                   << "5";
        QTest::newRow("sign behind") << "5 $"
                                     << "5";
        QTest::newRow("code") << "USD 5"
                              << "5";
        QTest::newRow("blanks") << "  12.25 "
                                << "12.25";
        QTest::newRow("no whole part") << ".5"
                                       << "0.5";
        QTest::newRow("empty") << ""
                               << "";
        QTest::newRow("words") << "five"
                               << "";
        QTest::newRow("grouped") << "1,500"
                                 << "";
        QTest::newRow("two points") << "1.5.0"
                                    << "";
        QTest::newRow("negative") << "-5"
                                  << "";
        QTest::newRow("exponent") << "1e3"
                                  << "";
        QTest::newRow("too fine") << "0.0000000000001"
                                  << "";
        QTest::newRow("too large") << "99999999999"
                                   << "";
    }
    void typed()
    {
        QFETCH(QString, text);
        QFETCH(QString, decimal);
        const auto read = MoneyText::parsed(text);
        QCOMPARE(read ? read->toDecimal() : QString(), decimal);
    }

    void whatAFieldSaysIsReadBack()
    {
        for (const QLocale::Language language : {QLocale::English, QLocale::German, QLocale::French}) {
            QLocale::setDefault(QLocale(language));
            for (qint64 pico = 1; pico > 0 && pico < 5'000'000 * Money::kPicoPerDollar; pico = pico * 5 + 3)
                QCOMPARE(MoneyText::parsed(MoneyText::plain({pico})), Money{pico});
        }
    }

    void shares()
    {
        QCOMPARE(MoneyText::share(money("1"), 3).picodollars, qint64{333'333'333'333});
        QCOMPARE(MoneyText::share(money("2"), 3).picodollars, qint64{666'666'666'667});
        QCOMPARE(MoneyText::share(money("2"), 0), Money{});
        const Money most{std::numeric_limits<qint64>::max()};
        QCOMPARE(MoneyText::share(most, 1), most);
    }

    void tokens_data()
    {
        QTest::addColumn<qint64>("count");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << qint64{0} << "0";
        QTest::newRow("some") << qint64{999} << "999";
        QTest::newRow("1 K") << qint64{1'000} << "1 K";
        QTest::newRow("22 K") << qint64{22'000} << "22 K";
        QTest::newRow("32.8 K") << qint64{32'768} << "32.8 K";
        QTest::newRow("310 K") << qint64{310'400} << "310 K";
        QTest::newRow("rounds to the next unit") << qint64{999'700} << "1 M";
        QTest::newRow("1.05 M") << qint64{1'050'000} << "1.05 M";
        QTest::newRow("2.1 M") << qint64{2'104'000} << "2.1 M";
        QTest::newRow("9.996 M") << qint64{9'996'000} << "10 M";
        QTest::newRow("1.5 B") << qint64{1'500'000'000} << "1.5 B";
    }
    void tokens()
    {
        QFETCH(qint64, count);
        QFETCH(QString, text);
        QCOMPARE(MoneyText::tokens(count), text);
    }
};

QTEST_GUILESS_MAIN(MoneyTextTest)
#include "tst_MoneyText.moc"
