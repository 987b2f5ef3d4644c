// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/ChatReply.h"
#include "ai/EmbeddingClient.h"
#include "ai/RequestLedger.h"
#include "base/CancelToken.h"
#include "base/Clock.h"
#include "base/Result.h"
#include "domain/EmbeddingSpace.h"
#include "engine/JobHandler.h"
#include "store/Database.h"
#include "workspace/ModelDirectory.h"
#include "workspace/PageBooks.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace lectern::workspace {

/// Vectors by models of endpoints, within limits and caps, every request in the books. Any thread but the
/// GUI's; thread-safe.
class EndpointEmbedder {
public:
    /// All of them outlive this.
    EndpointEmbedder(store::Database &database, ModelDirectory &directory, net::HttpClient &http,
                     const base::Clock &clock);

    using Vector = std::vector<float>;

    /// A model with all that is needed to ask it.
    struct Model {
        domain::Endpoint endpoint;
        models::ModelInfo info;
        QByteArray key;
        int firstByteMs = 0; ///< how long it may be silent
    };
    /// Errors: ModelNotFound, and what the key store reports.
    [[nodiscard]] base::Result<Model> model(const domain::ModelRef &ref);

    /// What came of one request. `last` is to be booked with PageBooks::settle() by who stores the vectors.
    struct Answer {
        tl::expected<std::vector<Vector>, ai::ChatFailure> vectors;
        std::optional<ai::RequestSettlement> last; ///< none: nothing was sent
    };
    /// One request for all of the texts.
    [[nodiscard]] Answer ask(const Model &model, const QStringList &texts, PageBooks &books,
                             const base::CancelToken &cancel) const;

    /// The vector of a question, from what was paid for before or asked for now.
    [[nodiscard]] base::Result<Vector> question(store::Connection &reader,
                                                const domain::EmbeddingSpace &space, const QString &text,
                                                const base::CancelToken &cancel);
    /// Asks the model for a vector and counts its numbers.
    [[nodiscard]] base::Result<int> dimensions(const domain::ModelRef &ref, bool unpricedAllowed,
                                               const base::CancelToken &cancel);

    /// EndpointNonsense unless it has the dimensions of the space.
    [[nodiscard]] static base::Status checkSize(const domain::EmbeddingSpace &space, const Vector &vector);
    /// What a vector of this text by this model is kept and looked up by: SHA-256 of both.
    [[nodiscard]] static QByteArray keyOf(const QString &model, const QString &text);

private:
    /// For no job. The vector, made and booked.
    [[nodiscard]] base::Result<Vector> askOnce(store::Connection &reader, const Model &model,
                                               const QString &text, domain::RunId run, bool unpricedAllowed,
                                               const base::CancelToken &cancel);

    store::Database &m_database;
    ModelDirectory &m_directory;
    const base::Clock &m_clock;
    ai::EmbeddingClient m_client;
};

} // namespace lectern::workspace
