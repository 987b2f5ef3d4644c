// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/Analyzer.h"

namespace lectern::ai {

/// The analyser that needs no account, no network and no money: rules and counting on this machine. Equal
/// pages give equal results everywhere. A page without text gives an empty analysis in language "und". Its
/// only error is Cancelled.
class BuiltInAnalyzer final : public Analyzer {
public:
    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString displayName() const override;
    [[nodiscard]] base::Result<domain::PageAnalysis> analyse(const domain::PageContent &page,
                                                             const base::CancelToken &cancel) const override;
};

} // namespace lectern::ai
