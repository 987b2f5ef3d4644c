// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace lectern::presentation {

/// Numbers, sizes, times and lists as people write them, by QLocale's default. Pure.
class Format {
    Q_DECLARE_TR_FUNCTIONS(Format)

public:
    [[nodiscard]] static QString count(qint64 number);
    /// "1.4 MB"; units of 1,000 as file managers use them.
    [[nodiscard]] static QString bytes(qint64 bytes);
    /// Rounded so that it does not flicker: "under 5 s", "40 s", "3 min", "1 h 20 min", "2 days".
    [[nodiscard]] static QString duration(qint64 milliseconds);
    /// The same in full words for a screen reader: "3 minutes".
    [[nodiscard]] static QString spokenDuration(qint64 milliseconds);
    /// Counting down: exact below a minute ("38 s"), then as duration().
    [[nodiscard]] static QString countdown(qint64 milliseconds);
    /// "14:02" today, "yesterday 14:02", else the short date. Local time.
    [[nodiscard]] static QString moment(qint64 epochMs, qint64 nowMs);
    /// Date and time in full. Local time.
    [[nodiscard]] static QString fullMoment(qint64 epochMs);
    /// "2026-08-20 14:02:10", for logs. Local time.
    [[nodiscard]] static QString logMoment(qint64 epochMs);
    /// "41 %" in the locale's digits; 100 only when all is done, 0 only when nothing is.
    [[nodiscard]] static QString percent(qint64 part, qint64 whole);
    /// "86 pages", "12 documents", "3 files".
    [[nodiscard]] static QString pages(qint64 number);
    [[nodiscard]] static QString documents(qint64 number);
    [[nodiscard]] static QString files(qint64 number);
    /// "English" for "en"; the code itself when it has no name; empty for "" and "und".
    [[nodiscard]] static QString language(const QString &bcp47);
    /// What stands where nothing can be said: "—".
    [[nodiscard]] static QString none();
};

} // namespace lectern::presentation
