// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/PageLayout.h"

#include <QString>
#include <QStringList>

namespace lectern::text {

/// Up to eight phrases that say what the page is about, best first, written as the page writes them.
/// Words are grouped by stem; languages without spaces by repeated runs of characters. People, who are listed
/// as such, are left out: `people` holds their names as written. Thread-safe, deterministic.
[[nodiscard]] QStringList keyPhrases(const PageLayout &layout, const QStringList &people);

} // namespace lectern::text
