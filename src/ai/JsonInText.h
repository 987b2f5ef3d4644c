// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace lectern::ai {

/// The JSON object in what a model wrote: the whole text; else without code fences and thoughts aloud
/// (<think>…</think>); else the first balanced {…} that is JSON. Never completes what was cut. Looks
/// behind fifty braces at most.
[[nodiscard]] std::optional<QJsonObject> jsonObjectIn(const QString &text);

} // namespace lectern::ai
