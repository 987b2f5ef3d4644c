// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/CommandLine.h"
#include "domain/Endpoint.h"
#include "domain/Money.h"
#include "workspace/Workspace.h"

#include <optional>

namespace lectern::cli {

// Values of options as what they mean. Errors are usage errors.

/// Nothing when the option is missing or says “none”.
[[nodiscard]] Outcome<std::optional<domain::Money>> moneyOf(const CommandLine &line, const QString &option);
[[nodiscard]] Outcome<qint64> numberOf(const CommandLine &line, const QString &option, qint64 otherwise);
/// What --limit says.
[[nodiscard]] Outcome<int> limitOf(const CommandLine &line, int otherwise);
[[nodiscard]] Outcome<domain::ModelRef> modelOf(const QString &text);

/// What --model, --cap and --allow-unknown-price say; without a model nothing but the built-in analyser.
[[nodiscard]] Outcome<workspace::RunRequest> runRequestOf(const CommandLine &line);

} // namespace lectern::cli
