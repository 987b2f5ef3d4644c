// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/Strict.h"

#include <QRegularExpression>
#include <QTest>

namespace lectern::support {

void failOnWarnings()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

} // namespace lectern::support
