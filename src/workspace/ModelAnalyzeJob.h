// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/ChatClient.h"
#include "ai/PageAnalyst.h"
#include "base/Clock.h"
#include "engine/JobHandler.h"
#include "workspace/MessageTokens.h"
#include "workspace/ModelDirectory.h"
#include "workspace/PageRenderer.h"

#include <functional>

namespace lectern::workspace {

/// Analyzing and Storing by a model: look for a stored answer, ask within limits and caps, book, store.
class ModelAnalyzeJob final : public engine::JobHandler {
public:
    /// `random` is called from many threads. `silenceMs`: how long a model may say nothing; 0: as usual.
    ModelAnalyzeJob(ModelDirectory &directory, net::HttpClient &http, PageRenderer &renderer,
                    const base::Clock &clock, const models::Tokenizer &tokenizer,
                    std::function<double()> random, qint64 silenceMs = 0);

    [[nodiscard]] engine::JobResult run(const engine::JobContext &context) override;

    /// The longest answer that is asked for at first, in tokens.
    [[nodiscard]] static qint64 outputLimit(const models::ModelInfo &model);

private:
    ModelDirectory &m_directory;
    PageRenderer &m_renderer;
    const base::Clock &m_clock;
    std::function<double()> m_random;
    ai::ChatClient m_client;
    ai::PageAnalyst m_analyst;
    MessageTokens m_tokens;
    qint64 m_silenceMs;
};

} // namespace lectern::workspace
