// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/JsonForms.h"
#include "domain/Endpoint.h"
#include "models/Estimator.h"
#include "models/ModelInfo.h"
#include "store/Budgets.h"
#include "store/Trials.h"
#include "store/UsageReport.h"
#include "workspace/ModelDefault.h"
#include "workspace/ResumeCheck.h"

#include <QDate>
#include <QJsonObject>
#include <QStringList>

namespace lectern::cli {

/// How endpoints, models and money are printed. Fields of JSON are a promise as in JsonForms; amounts are
/// decimal strings of US dollars, exact.
class ModelForms {
public:
    /// US dollars to the last digit, at least two decimals, in the same form everywhere: "1.00", "0.0375".
    [[nodiscard]] static QString amount(domain::Money money);
    [[nodiscard]] static QJsonObject endpoint(const domain::Endpoint &endpoint);
    [[nodiscard]] static QJsonObject model(const models::ModelInfo &model, QDate today,
                                           const QVector<workspace::ModelDefault> &defaults);
    [[nodiscard]] static QStringList modelCells(const models::ModelInfo &model, QDate today,
                                                const QVector<workspace::ModelDefault> &defaults);
    [[nodiscard]] static QJsonObject estimate(const domain::ModelRef &model,
                                              const models::Estimate &estimate);
    [[nodiscard]] static QStringList estimateLines(const domain::ModelRef &model,
                                                   const models::Estimate &estimate);
    [[nodiscard]] static QJsonObject trial(const store::Trials::State &trial);
    [[nodiscard]] static QString trialLine(const store::Trials::State &trial);
    /// As an event.
    [[nodiscard]] static QJsonObject question(const workspace::OpenRun &run, bool accepted);
    [[nodiscard]] static QJsonObject usage(const store::UsageReport::Row &row);
    [[nodiscard]] static QString usageLine(const store::UsageReport::Row &row);
    [[nodiscard]] static QJsonObject line(const store::UsageReport::Line &line, store::UsageReport::By by);
    [[nodiscard]] static QString nameOf(const store::UsageReport::Line &line, store::UsageReport::By by);
    [[nodiscard]] static QJsonObject totals(const store::UsageTotals &totals);
    /// Of a limit: "day 2026-11-22", "run 7".
    [[nodiscard]] static QString scopeName(const QString &scope);
    [[nodiscard]] static QJsonObject account(const store::Budgets::Account &account);
};

} // namespace lectern::cli
