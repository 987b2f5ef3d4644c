// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/Analyzer.h"
#include "base/Clock.h"
#include "engine/JobHandler.h"

#include <functional>

namespace lectern::workspace {

/// Analyzing and Storing: one page through the analyser, its answer to disk.
class AnalyzeJob final : public engine::JobHandler {
public:
    /// `random` is called from many threads.
    AnalyzeJob(const ai::Analyzer &analyzer, const base::Clock &clock, std::function<double()> random);

    [[nodiscard]] engine::JobResult run(const engine::JobContext &context) override;

private:
    const ai::Analyzer &m_analyzer;
    const base::Clock &m_clock;
    std::function<double()> m_random;
};

} // namespace lectern::workspace
