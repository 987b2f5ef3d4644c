// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "domain/Ids.h"
#include "engine/JobHandler.h"
#include "workspace/BuiltInEmbedder.h"

#include <functional>

namespace lectern::workspace {

/// Embedding by the built-in model: the vectors of a document's chunks. Each batch is on disk before the next
/// begins, so what a stop or a crash undoes is a second of work.
class EmbedJob final : public engine::JobHandler {
public:
    /// `random` is called from many threads.
    EmbedJob(BuiltInEmbedder &builtIn, const base::Clock &clock, std::function<double()> random);

    [[nodiscard]] engine::JobResult run(const engine::JobContext &context) override;

private:
    /// Returns the space in which nothing is missing now.
    [[nodiscard]] base::Result<domain::SpaceId> fill(const engine::JobContext &context) const;

    BuiltInEmbedder &m_builtIn;
    const base::Clock &m_clock;
    std::function<double()> m_random;
};

} // namespace lectern::workspace
