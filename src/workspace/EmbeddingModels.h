// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Clock.h"
#include "base/Result.h"
#include "domain/EmbeddingSpace.h"
#include "domain/Endpoint.h"
#include "models/Estimator.h"
#include "models/Tokenizer.h"
#include "store/Budgets.h"
#include "store/EmbeddingSpaces.h"
#include "workspace/BuiltInEmbedder.h"
#include "workspace/EndpointEmbedder.h"
#include "workspace/ModelDirectory.h"

#include <functional>
#include <optional>

namespace lectern::workspace {

/// Which embedding model a workspace searches by meaning with, and what another one would cost. Any thread
/// but the GUI's.
class EmbeddingModels {
public:
    /// All references outlive this. `wake`: jobs were put in.
    EmbeddingModels(store::Database &database, ModelDirectory &directory, BuiltInEmbedder &builtIn,
                    EndpointEmbedder &endpoints, const models::Tokenizer &tokenizer,
                    std::function<void()> wake);

    /// A model, and how far its vectors are made.
    struct Part {
        domain::EmbeddingSpace space;
        store::EmbeddingCoverage coverage;
        store::Budgets::Account money; ///< of its run; all zero for one that costs nothing
    };
    struct Standing {
        std::optional<Part> serving;  ///< none: nothing can be searched for by its meaning
        std::optional<Part> filling;  ///< takes over when it is complete
        std::optional<Part> previous; ///< the way back
        bool hasBuiltIn = false;      ///< the built-in embedding is there
    };
    /// Looks at every chunk.
    [[nodiscard]] base::Result<Standing> standing();

    /// What it would take to make the vectors of this library by a model.
    struct Estimate {
        qint64 passages = 0;     ///< to do
        qint64 passagesDone = 0; ///< have their vector from before
        models::Range<qint64> tokens;
        bool isExact = false; ///< counted, all of them, by the model's own tokenizer
        models::PriceState priceState = models::PriceState::Unknown;
        std::optional<models::Range<domain::Money>> cost; ///< none: the price is unknown
    };
    /// Counts a sample of the passages. Errors: NotFound (no such endpoint), Cancelled.
    [[nodiscard]] base::Result<Estimate> estimate(const domain::ModelRef &model,
                                                  const base::CancelToken &cancel);

    /// This model is to serve; none: the built-in one. Asks a model of an endpoint for one vector first,
    /// unless it is known. The model before serves until the new one is complete. `plan`: what may be spent
    /// on it, now and for documents that come later. Errors: EmbeddingMissing (no built-in one), what asking
    /// reports.
    [[nodiscard]] base::Status choose(const std::optional<domain::ModelRef> &model,
                                      const store::RunPlan &plan, const base::CancelToken &cancel);
    /// Back to Standing::previous, under its own cap. NotFound when there is none.
    [[nodiscard]] base::Status goBack();
    /// The model that is being prepared is given up; what it made is kept.
    [[nodiscard]] base::Status giveUpFilling();
    /// Where nobody chose a model, the built-in one serves, in the version that this program has. Errors:
    /// EmbeddingMissing when there is none at all.
    [[nodiscard]] base::Status ensureServing();
    /// Jobs for all that misses vectors; those that failed try again. Returns how many documents.
    [[nodiscard]] base::Result<int> makeMissing();

private:
    [[nodiscard]] base::Result<Part> partOf(store::Connection &reader, const domain::EmbeddingSpace &space);
    [[nodiscard]] base::Status use(const domain::EmbeddingSpace &space, const store::RunPlan *plan);
    [[nodiscard]] base::Result<int> enqueueMissing();

    store::Database &m_database;
    ModelDirectory &m_directory;
    BuiltInEmbedder &m_builtIn;
    EndpointEmbedder &m_endpoints;
    const models::Tokenizer &m_tokenizer;
    std::function<void()> m_wake;
};

} // namespace lectern::workspace
