// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/Role.h"

namespace lectern::models {

QString roleName(Role role)
{
    switch (role) {
    case Role::Analysis:
        return QStringLiteral("analysis");
    case Role::Embedding:
        return QStringLiteral("embedding");
    case Role::Chat:
        return QStringLiteral("chat");
    }
    return {};
}

std::optional<Role> roleFromName(const QString &name)
{
    for (const Role role : {Role::Analysis, Role::Embedding, Role::Chat}) {
        if (roleName(role) == name)
            return role;
    }
    return std::nullopt;
}

} // namespace lectern::models
