// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/PageAnalysis.h"
#include "text/PageLayout.h"

#include <QVector>

namespace lectern::text {

/// What the page names: people, organisations, dates, amounts of money, percentages, e-mail and web
/// addresses, DOIs. Each thing once, in order of first appearance; at most kMostEntitiesOfAKind of a kind.
/// What is doubtful is left out. Thread-safe, deterministic.
[[nodiscard]] QVector<domain::Entity> findEntities(const PageLayout &layout);

inline constexpr int kMostEntitiesOfAKind = 40;

} // namespace lectern::text
