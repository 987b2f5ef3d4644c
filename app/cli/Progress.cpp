// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Progress.h"

#include "app/cli/Console.h"
#include "app/cli/Table.h"
#include "presentation/Format.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace lectern::cli {

using presentation::Format;

namespace {

constexpr int kBarCells = 24;
constexpr int kNarrowTerminal = 60;
constexpr int kGap = 2;
constexpr double kSlowestShownPace = 0.05;

QStringList facts(const Progress &progress)
{
    QStringList parts;
    const QString more = progress.documentsUncounted > 0 ? u"+"_s : QString();
    parts.append(u"%1/%2%3 pages"_s.arg(Format::count(progress.pagesDone + progress.pagesFailed),
                                        Format::count(progress.pages), more));
    parts.append(u"%1/%2 documents"_s.arg(Format::count(progress.documentsFinished),
                                          Format::count(progress.documents)));
    if (progress.pagesPerSecond >= kSlowestShownPace)
        parts.append(
            u"%1 pages/s"_s.arg(progress.pagesPerSecond, 0, 'f', progress.pagesPerSecond < 10 ? 1 : 0));
    if (progress.millisecondsLeft)
        parts.append(u"%1 left"_s.arg(Format::duration(*progress.millisecondsLeft)));
    return parts;
}

} // namespace

QString Progress::bar(qint64 done, qint64 extracted, qint64 total, int cells)
{
    const auto cellsOf = [&](qint64 part) {
        if (total <= 0)
            return 0;
        const double share = std::clamp(static_cast<double>(part) / static_cast<double>(total), 0.0, 1.0);
        return static_cast<int>(std::floor(share * cells)); // full only when everything is
    };
    const int strong = cellsOf(done);
    const int light = std::max(cellsOf(std::max(extracted, done)) - strong, 0);
    return QString(strong, QChar(0x2593)) + QString(light, QChar(0x2592)) +
           QString(cells - strong - light, QChar(0x2591));
}

QString Progress::line(int width) const
{
    QString text = facts(*this).join(u" · "_s);
    if (width >= kNarrowTerminal)
        text = bar(pagesDone + pagesFailed, pagesExtracted + pagesFailed, pages, kBarCells) + u' ' + text;
    const int room = width - Table::columnsOf(text) - kGap - 1;
    if (!current.isEmpty() && room > kBarCells / 2)
        text += u"  "_s + Table::shortened(Console::harmless(current), room);
    return Table::shortened(text, width - 1);
}

QString Progress::plainLine() const
{
    return facts(*this).join(u" · "_s);
}

QJsonObject Progress::toJson() const
{
    return {{u"event"_s, u"progress"_s},
            {u"documents_total"_s, documents},
            {u"documents_finished"_s, documentsFinished},
            {u"pages_total"_s, pages},
            {u"pages_extracted"_s, pagesExtracted},
            {u"pages_done"_s, pagesDone},
            {u"pages_failed"_s, pagesFailed},
            {u"pages_per_second"_s, std::round(pagesPerSecond * 10) / 10},
            {u"seconds_left"_s,
             millisecondsLeft ? QJsonValue(static_cast<double>(*millisecondsLeft) / 1000) : QJsonValue()}};
}

} // namespace lectern::cli
