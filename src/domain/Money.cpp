// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Money.h"

namespace lectern::domain {

namespace {

constexpr int kDecimals = 12;
constexpr qint64 kMostDollars = 9'000'000;

bool isDigits(QStringView text)
{
    for (const QChar character : text) {
        if (character < u'0' || character > u'9')
            return false;
    }
    return true;
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
    // Taken apart as text, since the smallest number has no positive counterpart.
    QString digits = QString::number(picodollars);
    const bool negative = digits.startsWith(u'-');
    if (negative)
        digits.remove(0, 1);
    digits = digits.rightJustified(kDecimals + 1, u'0');
    QString fraction = digits.right(kDecimals);
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    QString text = digits.left(digits.size() - kDecimals);
    if (!fraction.isEmpty())
        text += u'.' + fraction;
    return negative ? u'-' + text : text;
}

} // namespace lectern::domain
