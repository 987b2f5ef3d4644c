// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

namespace lectern::ui::gallery {

[[nodiscard]] std::unique_ptr<QWidget> makeModelPicker();
/// The estimate in the state of that name: ready, details, calculating, unknown, over, free,
/// nothing, trial, tried or refused.
[[nodiscard]] std::unique_ptr<QWidget> makeEstimate(const QString &state);
/// quiet, runs, week, month, document, reading or failed; empty: with a run.
[[nodiscard]] std::unique_ptr<QWidget> makeCosts(const QString &state);
[[nodiscard]] std::unique_ptr<QWidget> makePrices();
[[nodiscard]] std::unique_ptr<QWidget> makeCostsEmpty();
/// The toolbar's button, the run's panel, the status bar's label and the banner.
[[nodiscard]] std::unique_ptr<QWidget> makeMoneyParts();
[[nodiscard]] std::unique_ptr<QWidget> makeBudgets();
[[nodiscard]] std::unique_ptr<QWidget> makeSettings();
[[nodiscard]] std::unique_ptr<QWidget> makeSettingsKey();
[[nodiscard]] std::unique_ptr<QWidget> makeSettingsBudgets();
[[nodiscard]] std::unique_ptr<QWidget> makeSettingsAnalysis();
[[nodiscard]] std::unique_ptr<QWidget> makeSettingsAppearance();
/// beside, long, waiting, back, none or problem; empty: the built-in model serves.
[[nodiscard]] std::unique_ptr<QWidget> makeSettingsSearch(const QString &state);
/// calculating, unknown, free, built-in, nothing, none or failed; empty: ready.
[[nodiscard]] std::unique_ptr<QWidget> makeEmbedding(const QString &state);
[[nodiscard]] std::unique_ptr<QWidget> makeEmbeddingPicker();

} // namespace lectern::ui::gallery
