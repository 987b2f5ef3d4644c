// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/TokenUsage.h"

#include <QJsonObject>

namespace lectern::ai {

/// The `usage` object of an answer. `reported` only when it counts both what went in and what came out in
/// believable numbers; otherwise everything is zero.
[[nodiscard]] domain::TokenUsage usageFromJson(const QJsonObject &usage);

/// The same for an answer in which nothing is generated, such as vectors: what went in is enough.
[[nodiscard]] domain::TokenUsage inputFromJson(const QJsonObject &usage);

} // namespace lectern::ai
