// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Money.h"
#include "models/ModelInfo.h"
#include "models/PageSet.h"

#include <QSize>

#include <optional>

namespace lectern::models {

/// What a workspace has learned from its own requests to a model, or nothing yet (`answers` = 0).
struct PastAnswers {
    qint64 answers = 0;
    qint64 meanOutputTokens = 0;
    qint64 outputSpread = 0;  ///< standard deviation, tokens
    qint64 meanLatencyMs = 0; ///< from sending to the last byte; 0: not measured
    /// Tokens billed for a thousand patches of pictures; 0: not measured, or the model counts tiles.
    int imagePerThousand = 0;
};

/// How a run would ask.
struct RunPlan {
    ModelInfo model;
    qint64 promptTokens = 0;    ///< of instructions and schema, sent with every page; counted by Tokenizer
    qint64 maxOutputTokens = 0; ///< the limit each request is sent with
    PastAnswers past;
    int concurrency = 1;
    int requestsPerMinute = 0;  ///< 0: no limit known
    qint64 tokensPerMinute = 0; ///< 0: no limit known
};

/// What a run is going to be. Whatever is not marked exact is an estimate.
struct Estimate {
    qint64 pagesToDo = 0;
    qint64 pagesAnswered = 0; ///< free
    qint64 pagesSkipped = 0;
    qint64 pagesWithPicture = 0;
    /// To do, and of no use to this model, which does not see.
    qint64 pagesNeedingVision = 0;

    Range<qint64> textTokens; ///< prompt and text of all pages to do
    Range<qint64> imageTokens;
    Range<qint64> inputTokens; ///< both
    Range<qint64> outputTokens;
    qint64 largestInputTokens = 0; ///< of one request, high end: must fit the context window

    PriceState priceState = PriceState::Unknown;
    std::optional<Range<domain::Money>> cost;  ///< nothing when the price is unknown, or beyond all measure
    std::optional<domain::Money> worstRequest; ///< the most one of these requests can cost: its reservation

    Range<qint64> durationMs;
    bool isTextExact = false;     ///< counted, by the model's own tokenizer
    bool isImageExact = false;    ///< no pictures, or counted by a documented rule
    qint64 learnedFrom = 0;       ///< answers that the output was learned from
    bool isOutputLearned = false; ///< from this workspace's own past answers, not from a general guess
    bool isDurationLearned = false;
};

/// The estimate of a run. Pure: equal input, equal result; never negative, and more pages never cost less.
[[nodiscard]] Estimate estimate(const PageSet &pages, const RunPlan &plan);

/// One request that is about to be sent.
struct RequestSize {
    qint64 textTokens = 0; ///< prompt, schema and page, counted by Tokenizer
    QSize picture;         ///< in pixels; empty: none
    qint64 maxOutputTokens = 0;
};

/// The most input tokens a request can turn out to have by its provider's count.
[[nodiscard]] qint64 mostInputTokens(const ModelInfo &model, const RequestSize &request);

/// What to reserve for a request before it is sent: its worst case. Nothing when the price is unknown.
[[nodiscard]] std::optional<domain::Money> worstCase(const ModelInfo &model, const RequestSize &request);

} // namespace lectern::models
