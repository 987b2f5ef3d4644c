// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/NameKey.h"

#include "store/Failure.h"

namespace lectern::store {

QString nameKeyOf(const QString &name)
{
    return name.simplified().normalized(QString::NormalizationForm_KC).toCaseFolded();
}

QString requireName(const QString &name)
{
    const QString clean = name.simplified();
    if (clean.isEmpty())
        throw Failure{{base::ErrorCode::InvalidArgument, QStringLiteral("a name without letters")}};
    return clean;
}

} // namespace lectern::store
