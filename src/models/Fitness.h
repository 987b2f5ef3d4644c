// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ModelInfo.h"

#include <QDate>
#include <QString>

namespace lectern::models {

/// Why a model cannot do a piece of work; the words for it are made in presentation.
enum class Fitness {
    Fit,
    ShutDown,        ///< its provider has switched it off
    EmbeddingOnly,   ///< it only turns text into vectors
    NotAnEmbedder,   ///< vectors are asked for, and it makes none
    NeedsVision,     ///< pages need their picture, and nobody says that it sees
    ContextTooSmall, ///< the largest request does not fit
    PriceUnknown,    ///< and nobody agreed to that
};

/// Stable names ("needs-vision").
[[nodiscard]] QString fitnessName(Fitness fitness);

/// What a piece of work asks of a model.
struct Needs {
    Role role = Role::Analysis;
    bool vision = false;
    qint64 inputTokens = 0;  ///< of the largest request; 0: not known yet
    qint64 outputTokens = 0; ///< room left for the answer
    bool unknownPriceAccepted = false;
    QDate today = {};
};

/// Fit, or the first reason against it. An ability that nobody states is not counted on; a context window
/// that nobody states is taken to be large enough, since a server says so when it is not.
[[nodiscard]] Fitness fitness(const ModelInfo &model, const Needs &needs);

} // namespace lectern::models
