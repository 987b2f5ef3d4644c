// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ErrorLine.h"

#include "app/cli/Console.h"
#include "presentation/ErrorText.h"

using namespace Qt::StringLiterals;

namespace lectern::cli {

QString ErrorLine::title(const base::Error &error)
{
    return presentation::ErrorText::of(error.code).title;
}

QString ErrorLine::text(const base::Error &error)
{
    const QString detail = Console::harmless(error.detail).simplified();
    return detail.isEmpty() ? title(error) : u"%1: %2"_s.arg(title(error), detail);
}

} // namespace lectern::cli
