// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/PageAnalysis.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace lectern::ai {

/// The JSON Schema of a page's analysis, in the subset that all servers understand: flat, everything
/// required, null instead of optional, nothing additional, no bounds.
[[nodiscard]] QJsonObject pageAnswerSchema();
/// Its name for the protocol. Changes with the schema, since it is part of what answers are stored under.
[[nodiscard]] QString pageAnswerSchemaName();

/// The kind of a name in an answer, in any case; nothing for a kind we do not keep.
[[nodiscard]] std::optional<domain::EntityKind> entityKindFromAnswer(const QString &name);

} // namespace lectern::ai
