// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Run.h"
#include "store/JobQueue.h"
#include "store/Waiting.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>

namespace lectern::store {
class Connection;
}

namespace lectern::cli {

/// How a whole workspace stands: documents, pages and jobs by state.
struct StatusReport {
    bool paused = false; ///< everything is
    domain::Totals totals;
    QMap<QString, qint64> documents; ///< by the state's name, "paused" included; those in the trash left out
    qint64 pagesWaitingForAnalysis = 0;
    store::JobCounts jobs;
    QVector<store::WaitingJobs> waiting;

    [[nodiscard]] static base::Result<StatusReport> read(store::Connection &reader);
    [[nodiscard]] QJsonObject toJson(const QString &folder) const;
    [[nodiscard]] QStringList lines(const QString &folder) const;

private:
    [[nodiscard]] QMap<QString, qint64> pagesByState() const;
    [[nodiscard]] QJsonArray waitingArray() const;
};

} // namespace lectern::cli
