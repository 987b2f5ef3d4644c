// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ModelPrice.h"

#include <QDate>
#include <QString>
#include <QtGlobal>

#include <optional>

namespace lectern::models {

/// One model as an endpoint's own list describes it. What the server does not say stays empty: unknown is
/// never taken for "no" or for "free".
struct ListedModel {
    QString id;                           ///< as it is written in requests
    QString name;                         ///< for people; empty: the id
    std::optional<qint64> contextWindow;  ///< tokens, question and answer together
    std::optional<qint64> maxOutput;      ///< tokens
    std::optional<bool> vision;           ///< takes pictures
    std::optional<bool> structuredOutput; ///< keeps to a JSON schema
    std::optional<bool> embedding;        ///< turns text into vectors, and answers nothing
    /// What the server says it asks, complete: where it names no price for reading or writing its cache, that
    /// of input. Empty where it names none, or one that varies (OpenRouter's "-1").
    std::optional<domain::ModelPrice> price;
    QDate shutdownDate; ///< invalid: none announced

    friend bool operator==(const ListedModel &, const ListedModel &) = default;
};

} // namespace lectern::models
