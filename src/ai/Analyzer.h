// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "domain/PageAnalysis.h"
#include "domain/PageText.h"

#include <QString>

namespace lectern::ai {

/// Something that reads one page and says what is on it. Implementations are called from several threads at
/// once.
class Analyzer {
public:
    virtual ~Analyzer() = default;

    /// Stable and versioned ("built-in/1"): part of the key under which an answer is stored, so it changes
    /// whenever equal pages may get another answer.
    [[nodiscard]] virtual QString id() const = 0;

    /// The name a person sees.
    [[nodiscard]] virtual QString displayName() const = 0;

    /// Blocks until the page is analysed. Errors: Cancelled when `cancel` was set; others as the
    /// implementation says.
    [[nodiscard]] virtual base::Result<domain::PageAnalysis>
    analyse(const domain::PageContent &page, const base::CancelToken &cancel) const = 0;
};

} // namespace lectern::ai
