// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Money.h"

#include <QtNumeric>

namespace lectern::domain {

namespace {

constexpr int kDecimals = 12;
constexpr qint64 kMostDollars = 9'000'000;
constexpr qint64 kMillion = 1'000'000;
constexpr int kMillionDecimals = 6;

bool isDigits(QStringView text)
{
    for (const QChar character : text) {
        if (character < u'0' || character > u'9')
            return false;
    }
    return true;
}

/// `count` units of 10 to the power of -`decimals`, without needless zeros.
QString decimal(qint64 count, int decimals)
{
    // Taken apart as text, since the smallest number has no positive counterpart.
    QString digits = QString::number(count);
    const bool negative = digits.startsWith(u'-');
    if (negative)
        digits.remove(0, 1);
    digits = digits.rightJustified(decimals + 1, u'0');
    QString fraction = digits.right(decimals);
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    QString text = digits.left(digits.size() - decimals);
    if (!fraction.isEmpty())
        text += u'.' + fraction;
    return negative ? u'-' + text : text;
}

} // namespace

std::optional<Money> Money::fromDecimal(const QString &dollars)
{
    const QString text = dollars.trimmed();
    const qsizetype point = text.indexOf(u'.');
    const QString whole = point < 0 ? text : text.left(point);
    QString fraction = point < 0 ? QString() : text.mid(point + 1);
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    if ((whole.isEmpty() && fraction.isEmpty()) || !isDigits(whole) || !isDigits(fraction) ||
        fraction.size() > kDecimals)
        return std::nullopt;
    bool read = true;
    const qint64 full = whole.isEmpty() ? 0 : whole.toLongLong(&read);
    if (!read || full > kMostDollars)
        return std::nullopt;
    return Money{full * kPicoPerDollar + fraction.leftJustified(kDecimals, u'0').toLongLong()};
}

QString Money::toDecimal() const
{
    return decimal(picodollars, kDecimals);
}

std::optional<Money> Money::fromDecimalPerMillion(const QString &dollars)
{
    const std::optional<Money> million = fromDecimal(dollars);
    if (!million || million->picodollars % kMillion != 0)
        return std::nullopt;
    return Money{million->picodollars / kMillion};
}

QString Money::toDecimalPerMillion() const
{
    return decimal(picodollars, kDecimals - kMillionDecimals);
}

std::optional<Money> Money::sum(Money a, Money b)
{
    Money total;
    return qAddOverflow(a.picodollars, b.picodollars, &total.picodollars) ? std::nullopt
                                                                          : std::optional(total);
}

std::optional<Money> Money::product(Money each, qint64 count)
{
    Money total;
    return qMulOverflow(each.picodollars, count, &total.picodollars) ? std::nullopt : std::optional(total);
}

} // namespace lectern::domain
