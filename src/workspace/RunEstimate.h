// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "domain/Endpoint.h"
#include "domain/Ids.h"
#include "models/Estimator.h"
#include "models/Tokenizer.h"
#include "workspace/ModelDirectory.h"

#include <QVector>

namespace lectern::store {
class Connection;
}

namespace lectern::workspace {

/// What it would cost to analyse documents with a model: counts what would be sent, page by page. Any thread
/// but the GUI's.
class RunEstimate {
public:
    /// Both outlive this.
    RunEstimate(ModelDirectory &directory, const models::Tokenizer &tokenizer);

    /// Errors: NotFound (no such endpoint or document), Cancelled.
    [[nodiscard]] base::Result<models::Estimate> of(store::Connection &reader,
                                                    const QVector<domain::DocumentId> &documents,
                                                    const domain::ModelRef &model,
                                                    const base::CancelToken &cancel) const;

private:
    [[nodiscard]] base::Result<models::PageSet> pagesOf(store::Connection &reader,
                                                        const QVector<domain::DocumentId> &documents,
                                                        const ModelDirectory::Inquiry &inquiry,
                                                        const base::CancelToken &cancel) const;

    ModelDirectory &m_directory;
    const models::Tokenizer &m_tokenizer;
};

} // namespace lectern::workspace
