// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/CostSummary.h"
#include "presentation/EmbeddingView.h"
#include "presentation/EndpointView.h"
#include "presentation/EstimateView.h"

#include <QVector>

/// Invented models, estimates and costs, for tests and for the gallery.
namespace lectern::ui::samples {

/// The day that "now" is in all samples.
[[nodiscard]] QDate today();
/// An amount from its decimal number of dollars.
[[nodiscard]] domain::Money money(const char *dollars);
/// A price for a million tokens each.
[[nodiscard]] domain::ModelPrice price(const char *input, const char *output);

/// Every kind of row: built in, favourite, recent, retiring, unpriced, unfit, local, long and foreign names.
[[nodiscard]] QVector<presentation::ModelChoice> models();
/// Ready, still loading, failed and switched off.
[[nodiscard]] QVector<presentation::EndpointView> endpoints();
[[nodiscard]] QVector<presentation::FoundServer> found();

[[nodiscard]] presentation::EstimateView estimate();
/// With gpt-6-luna, so many of three pages answered.
[[nodiscard]] presentation::TrialView trial(int answered);
/// Those that make vectors: built in, priced, local, unpriced with a long name.
[[nodiscard]] QVector<presentation::ModelChoice> embedders();
/// The built-in one serves, with gaps.
[[nodiscard]] presentation::EmbeddingStanding embeddings();
/// The same with another one that is prepared under a cap.
[[nodiscard]] presentation::EmbeddingStanding embeddingsBeside();
/// A priced one, counted.
[[nodiscard]] presentation::EmbeddingOffer embeddingOffer();
[[nodiscard]] presentation::CostSummary costs();
[[nodiscard]] presentation::RunCost run();

} // namespace lectern::ui::samples
