// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "domain/Endpoint.h"
#include "models/Estimator.h"
#include "models/Tokenizer.h"
#include "workspace/ModelDirectory.h"
#include "workspace/PageCounter.h"
#include "workspace/TrialPages.h"

#include <QHash>
#include <QVector>

namespace lectern::store {
class Connection;
}

namespace lectern::workspace {

/// What it would cost to analyse pages with models: counts what would be sent, once for all of them, and
/// prices it for each. Any thread but the GUI's.
class RunEstimate {
public:
    /// All of them outlive this.
    RunEstimate(ModelDirectory &directory, const models::Tokenizer &tokenizer, PageCounter &counter);

    /// By domain::ModelRef::text(). A model whose endpoint is gone is left out.
    using Estimates = QHash<QString, models::Estimate>;
    /// Errors: NotFound (no such document), Cancelled.
    [[nodiscard]] base::Result<Estimates> of(store::Connection &reader, const RunPages &pages,
                                             const QVector<domain::ModelRef> &models,
                                             const base::CancelToken &cancel) const;

    /// The pages that the model would be asked about. Errors: also NotFound, no such endpoint.
    [[nodiscard]] base::Result<QVector<TrialCandidate>> candidates(store::Connection &reader,
                                                                   const RunPages &pages,
                                                                   const domain::ModelRef &model,
                                                                   const base::CancelToken &cancel) const;

private:
    [[nodiscard]] qint64 promptTokens(const ModelDirectory::Inquiry &inquiry) const;
    [[nodiscard]] base::Result<models::RunPlan> planOf(store::Connection &reader,
                                                       const ModelDirectory::Inquiry &inquiry) const;

    ModelDirectory &m_directory;
    const models::Tokenizer &m_tokenizer;
    PageCounter &m_counter;
};

} // namespace lectern::workspace
