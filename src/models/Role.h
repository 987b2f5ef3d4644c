// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace lectern::models {

/// What a model is used for.
enum class Role { Analysis, Embedding, Chat };

/// Stable names, in files and on the command line ("analysis").
[[nodiscard]] QString roleName(Role role);
[[nodiscard]] std::optional<Role> roleFromName(const QString &name);

} // namespace lectern::models
