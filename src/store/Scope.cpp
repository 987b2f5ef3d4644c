// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Scope.h"

namespace lectern::store {

QString runScope(domain::RunId run)
{
    return QStringLiteral("run:%1").arg(run.value);
}

QString dayScope(QDate day)
{
    return QStringLiteral("day:") + day.toString(Qt::ISODate);
}

QString monthScope(QDate day)
{
    return QStringLiteral("month:") + day.toString(QStringLiteral("yyyy-MM"));
}

QString workspaceScope()
{
    return QStringLiteral("workspace");
}

} // namespace lectern::store
