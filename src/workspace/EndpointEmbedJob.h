// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "engine/JobHandler.h"
#include "workspace/EndpointEmbedder.h"

#include <functional>

namespace lectern::workspace {

/// Embedding by a model of an endpoint: the vectors of a document's chunks, one request a batch. Each batch
/// is on disk with its bill before the next begins, so no vector is ever paid for twice.
class EndpointEmbedJob final : public engine::JobHandler {
public:
    /// `random` is called from many threads.
    EndpointEmbedJob(EndpointEmbedder &embedder, const base::Clock &clock, std::function<double()> random);

    [[nodiscard]] engine::JobResult run(const engine::JobContext &context) override;

private:
    EndpointEmbedder &m_embedder;
    const base::Clock &m_clock;
    std::function<double()> m_random;
};

} // namespace lectern::workspace
