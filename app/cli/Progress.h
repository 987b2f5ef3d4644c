// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace lectern::cli {

/// How far the documents that a command waits for have come, at one moment.
struct Progress {
    qint64 documents = 0;
    qint64 documentsFinished = 0;
    qint64 documentsUncounted = 0; ///< their number of pages is not known yet
    qint64 pages = 0;
    qint64 pagesExtracted = 0;
    qint64 pagesDone = 0;
    qint64 pagesFailed = 0;
    double pagesPerSecond = 0;
    std::optional<qint64> millisecondsLeft; ///< nothing while it cannot be told
    QString current;                        ///< the document that moved last

    /// One line of at most `width` columns: a bar of two fills (text read, page done), counts, pace and time
    /// left.
    [[nodiscard]] QString line(int width) const;
    /// The same without the bar, for a log.
    [[nodiscard]] QString plainLine() const;
    [[nodiscard]] QJsonObject toJson() const;

    /// `▓` for pages done, `▒` for pages whose text is stored, `░` for the rest.
    [[nodiscard]] static QString bar(qint64 done, qint64 extracted, qint64 total, int cells);
};

} // namespace lectern::cli
