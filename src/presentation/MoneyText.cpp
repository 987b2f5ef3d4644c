// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/MoneyText.h"

#include "presentation/Format.h"

#include <QLocale>
#include <QtNumeric>

namespace lectern::presentation {

using domain::Money;

namespace {

constexpr quint64 kDollar = 1'000'000'000'000;
constexpr quint64 kCent = kDollar / 100;
constexpr int kDecimals = 12;
constexpr int kSignificant = 4;

/// Without the sign: the smallest number has no positive counterpart among signed ones.
quint64 magnitude(Money money)
{
    return money.picodollars < 0 ? quint64{0} - static_cast<quint64>(money.picodollars)
                                 : static_cast<quint64>(money.picodollars);
}

quint64 roundedTo(quint64 value, quint64 unit)
{
    return (value + unit / 2) / unit * unit;
}

/// To four significant digits.
quint64 shortened(quint64 value)
{
    quint64 unit = 1;
    for (quint64 rest = value; rest >= 10'000; rest /= 10)
        unit *= 10;
    static_assert(kSignificant == 4);
    return roundedTo(value, unit);
}

/// `value` units of 10^-decimals as the locale writes it, with at least `least` decimals.
QString number(quint64 value, int decimals, int least)
{
    const QLocale locale;
    quint64 scale = 1;
    for (int place = 0; place < decimals; ++place)
        scale *= 10;
    QString text = locale.toString(value / scale);
    QString fraction = QString::number(value % scale).rightJustified(decimals, u'0');
    while (fraction.size() > least && fraction.endsWith(u'0'))
        fraction.chop(1);
    if (fraction.isEmpty())
        return text;
    text += locale.decimalPoint();
    for (const QChar digit : std::as_const(fraction))
        text += locale.toString(digit.digitValue());
    return text;
}

QString withCurrency(const QString &digits, bool negative)
{
    // The locale's own pattern around a number, taken from how it writes 1.
    const QLocale locale;
    const QString one = locale.toString(1);
    QString text = locale.language() == QLocale::C
                       ? MoneyText::currencySign() + one // which has no way of its own
                       : locale.toCurrencyString(qlonglong{1}, MoneyText::currencySign());
    text.replace(one, digits);
    return negative ? locale.negativeSign() + text : text;
}

} // namespace

QString MoneyText::currencySign()
{
    const QLocale locale;
    const QString sign = QStringLiteral("$");
    const bool another = locale.currencySymbol(QLocale::CurrencySymbol) == sign &&
                         locale.currencySymbol(QLocale::CurrencyIsoCode) != QLatin1String("USD");
    return another ? QStringLiteral("US$") : sign;
}

QString MoneyText::amount(Money money)
{
    const quint64 value = magnitude(money);
    const bool small = value > 0 && value < kCent;
    const quint64 rounded = small ? shortened(value) : roundedTo(value, kCent);
    return withCurrency(number(rounded, kDecimals, 2), money.picodollars < 0);
}

QString MoneyText::exact(Money money)
{
    return withCurrency(number(magnitude(money), kDecimals, 2), money.picodollars < 0);
}

QString MoneyText::approximately(Money money)
{
    return tr("≈ %1", "an estimated amount").arg(amount(money));
}

QString MoneyText::approximateRange(Money low, Money high)
{
    const QString first = amount(low);
    const QString last = amount(high);
    return first == last ? approximately(high) : tr("≈ %1 – %2", "estimated range").arg(first, last);
}

QString MoneyText::perMillion(Money perToken)
{
    qint64 product = 0;
    if (qMulOverflow(perToken.picodollars, qint64{1'000'000}, &product))
        return Format::none();
    return exact(Money{product});
}

QString MoneyText::spoken(Money money)
{
    if (money.picodollars < 0)
        return tr("minus %1").arg(spoken(Money{} - money));
    const quint64 value = magnitude(money);
    if (value == 0)
        return tr("0 dollars");
    if (value < kCent)
        return tr("%1 cents").arg(number(shortened(value), kDecimals - 2, 0));
    const quint64 cents = roundedTo(value, kCent) / kCent;
    const int whole = static_cast<int>(cents / 100);
    const int rest = static_cast<int>(cents % 100);
    const QString dollars = whole == 1 ? tr("1 dollar") : tr("%Ln dollars", nullptr, whole);
    const QString change = rest == 1 ? tr("1 cent") : tr("%Ln cents", nullptr, rest);
    if (whole == 0)
        return change;
    return rest == 0 ? dollars : tr("%1 %2", "dollars and cents").arg(dollars, change);
}

QString MoneyText::plain(Money money)
{
    QLocale locale;
    QString text = money.toDecimal();
    const qsizetype point = text.indexOf(u'.');
    const qsizetype decimals = point < 0 ? 0 : text.size() - point - 1;
    if (point < 0)
        text += u'.';
    if (decimals < 2)
        text += QString(2 - decimals, u'0');
    return text.replace(u'.', locale.decimalPoint());
}

std::optional<Money> MoneyText::parsed(const QString &text)
{
    const QLocale locale;
    const QString point = locale.decimalPoint();
    const QString group = locale.groupSeparator();
    QString plain;
    for (const QChar character : text) {
        const int digit = character.digitValue();
        if (character.isDigit() && digit >= 0)
            plain += QString::number(digit); // Arabic and Indian digits too
        else if (!character.isSpace() && character.unicode() != 0x200E && character.unicode() != 0x200F)
            plain += character;
    }
    // A sign of the currency may stand on either side.
    for (const QString &sign : {QStringLiteral("US$"), QStringLiteral("$"), QStringLiteral("USD")}) {
        if (plain.startsWith(sign))
            plain.remove(0, sign.size());
        else if (plain.endsWith(sign))
            plain.chop(sign.size());
        else
            continue;
        break;
    }
    // "1.500" is one and a half here and fifteen hundred there: ask again rather than guess.
    if (point != QLatin1String(".") && group == QLatin1String(".") && plain.contains(u'.'))
        return std::nullopt;
    if (point != QLatin1String("."))
        plain.replace(point, QStringLiteral("."));
    return Money::fromDecimal(plain);
}

Money MoneyText::share(Money total, qint64 parts)
{
    if (parts <= 0)
        return {};
    const qint64 half = parts / 2;
    return Money{total.picodollars / parts + (total.picodollars % parts + half) / parts};
}

QString MoneyText::tokens(qint64 count)
{
    if (count < 1'000)
        return Format::count(count);
    const struct {
        qint64 unit;
        QString pattern;
    } units[] = {{1'000, tr("%1 K", "thousands")},
                 {1'000'000, tr("%1 M", "millions")},
                 {1'000'000'000, tr("%1 B", "thousand millions")}};
    // Three digits, whatever the size.
    for (const auto &[unit, pattern] : units) {
        for (const int decimals : {2, 1, 0}) {
            const qint64 step = decimals == 2 ? unit / 100 : decimals == 1 ? unit / 10 : unit;
            const qint64 steps = count / step + (count % step >= step - step / 2 ? 1 : 0);
            if (steps < 1'000 || (unit == 1'000'000'000 && decimals == 0))
                return pattern.arg(number(static_cast<quint64>(steps), decimals, 0));
        }
    }
    return Format::count(count);
}

} // namespace lectern::presentation
