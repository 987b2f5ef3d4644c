// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/Format.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace lectern::presentation {

namespace {

constexpr qint64 kSecond = 1'000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

qint64 roundTo(qint64 value, qint64 step)
{
    return (value + step / 2) / step * step;
}

/// A number of whole hours and minutes, coarser the longer it is, so that an estimate does not flicker.
struct Rounded {
    qint64 days = 0;
    qint64 hours = 0;
    qint64 minutes = 0;
    qint64 seconds = 0;
};

Rounded rounded(qint64 milliseconds)
{
    if (milliseconds < kMinute - 5 * kSecond)
        return {0, 0, 0, roundTo(milliseconds / kSecond, 5)};
    if (milliseconds < kHour - kMinute / 2)
        return {0, 0, std::max<qint64>(1, (milliseconds + kMinute / 2) / kMinute), 0};
    if (milliseconds < kDay - 5 * kMinute) {
        const qint64 minutes = roundTo(milliseconds / kMinute, milliseconds < 10 * kHour ? 5 : 60);
        return {0, minutes / 60, minutes % 60, 0};
    }
    return {std::max<qint64>(1, (milliseconds + kDay / 2) / kDay), 0, 0, 0};
}

} // namespace

QString Format::count(qint64 number)
{
    return QLocale().toString(number);
}

QString Format::bytes(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, bytes < 1'000 ? 0 : 1, QLocale::DataSizeSIFormat);
}

QString Format::duration(qint64 milliseconds)
{
    if (milliseconds < 5 * kSecond)
        return tr("under 5 s");
    const Rounded time = rounded(milliseconds);
    if (time.days > 0)
        return time.days == 1 ? tr("1 day") : tr("%Ln days", nullptr, static_cast<int>(time.days));
    if (time.hours > 0 && time.minutes > 0)
        return tr("%1 h %2 min").arg(count(time.hours), count(time.minutes));
    if (time.hours > 0)
        return tr("%1 h").arg(count(time.hours));
    if (time.minutes > 0)
        return tr("%1 min").arg(count(time.minutes));
    return tr("%1 s").arg(count(time.seconds));
}

QString Format::spokenDuration(qint64 milliseconds)
{
    if (milliseconds < 5 * kSecond)
        return tr("less than 5 seconds");
    const Rounded time = rounded(milliseconds);
    const auto hours = [&time] {
        return time.hours == 1 ? tr("1 hour") : tr("%Ln hours", nullptr, static_cast<int>(time.hours));
    };
    const auto minutes = [&time] {
        return time.minutes == 1 ? tr("1 minute")
                                 : tr("%Ln minutes", nullptr, static_cast<int>(time.minutes));
    };
    if (time.days > 0)
        return time.days == 1 ? tr("1 day") : tr("%Ln days", nullptr, static_cast<int>(time.days));
    if (time.hours > 0 && time.minutes > 0)
        return tr("%1 %2", "hours and minutes").arg(hours(), minutes());
    if (time.hours > 0)
        return hours();
    if (time.minutes > 0)
        return minutes();
    return tr("%Ln seconds", nullptr, static_cast<int>(time.seconds));
}

QString Format::countdown(qint64 milliseconds)
{
    if (milliseconds >= kMinute)
        return duration(milliseconds);
    const qint64 seconds = std::max<qint64>(1, (milliseconds + kSecond - 1) / kSecond);
    return tr("%1 s").arg(count(seconds));
}

QString Format::moment(qint64 epochMs, qint64 nowMs)
{
    if (epochMs <= 0)
        return none();
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(epochMs);
    const QDate today = QDateTime::fromMSecsSinceEpoch(nowMs).date();
    const QLocale locale;
    const QString clock = locale.toString(time.time(), QLocale::ShortFormat);
    if (time.date() == today)
        return clock;
    if (time.date() == today.addDays(-1))
        return tr("yesterday %1").arg(clock);
    return locale.toString(time.date(), QLocale::ShortFormat);
}

QString Format::fullMoment(qint64 epochMs)
{
    if (epochMs <= 0)
        return none();
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(epochMs);
    const QLocale locale;
    return tr("%1, %2", "date, time")
        .arg(locale.toString(time.date(), QLocale::LongFormat),
             locale.toString(time.time(), QLocale::ShortFormat));
}

QString Format::logMoment(qint64 epochMs)
{
    return QDateTime::fromMSecsSinceEpoch(epochMs).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString Format::percent(qint64 part, qint64 whole)
{
    qint64 value = 0;
    if (whole > 0) {
        value = part * 100 / whole;
        if (part > 0 && value == 0)
            value = 1;
    }
    return tr("%1 %", "percentage").arg(count(value));
}

QString Format::pages(qint64 number)
{
    return number == 1 ? tr("1 page") : tr("%Ln pages", nullptr, static_cast<int>(number));
}

QString Format::documents(qint64 number)
{
    return number == 1 ? tr("1 document") : tr("%Ln documents", nullptr, static_cast<int>(number));
}

QString Format::files(qint64 number)
{
    return number == 1 ? tr("1 file") : tr("%Ln files", nullptr, static_cast<int>(number));
}

QString Format::language(const QString &bcp47)
{
    if (bcp47.isEmpty() || bcp47 == QLatin1String("und"))
        return {};
    const QLocale locale(bcp47);
    if (locale.language() == QLocale::C || locale.language() == QLocale::AnyLanguage)
        return bcp47;
    return QLocale::languageToString(locale.language());
}

QString Format::none()
{
    return QStringLiteral("—");
}

} // namespace lectern::presentation
