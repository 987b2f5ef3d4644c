// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/ChatReply.h"
#include "base/CancelToken.h"
#include "base/Clock.h"
#include "domain/Endpoint.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <tl/expected.hpp>

#include <vector>

namespace lectern::net {
class HttpClient;
}

namespace lectern::ai {

/// Texts for one embedding model of one endpoint. Times are milliseconds.
struct EmbeddingRequest {
    domain::Endpoint endpoint;
    QByteArray key; ///< empty for servers without
    QString model;
    QStringList texts; ///< at least one, none empty
    int firstByteMs = 120'000;
    int idleMs = 60'000;
};

/// Vectors of a model. No text of it holds the key.
struct EmbeddingReply {
    ReplyFacts facts; ///< `raw` is empty: the vectors are all there was. Of the usage only `input` is counted
    std::vector<std::vector<float>> vectors; ///< one for each text, in their order, of equal size, each of
                                             ///< length 1
    QString model;                           ///< that answered, by its own name
};

using EmbeddingResult = tl::expected<EmbeddingReply, ChatFailure>;

/// Speaks OpenAI's embeddings protocol. Each call of ask() is exactly one HTTP request, sent at most once:
/// what to do about a failure is the caller's decision, since every request may cost money. Thread-safe.
class EmbeddingClient {
public:
    /// A vector of fewer numbers says nothing, and no model gives more.
    static constexpr qsizetype kFewestDimensions = 2;
    static constexpr qsizetype kMostDimensions = 8192;

    /// Both outlive this.
    EmbeddingClient(net::HttpClient &http, const base::Clock &clock);

    /// Blocks until the answer is whole. Errors: those of ChatClient::ask(). EndpointNonsense is also an
    /// answer in which a vector is missing, is there twice, has another size than the first, holds something
    /// that is no finite number, or has no direction: one such vector makes the whole answer unbelievable.
    [[nodiscard]] EmbeddingResult ask(const EmbeddingRequest &request, const base::CancelToken &cancel) const;

private:
    net::HttpClient &m_http;
    const base::Clock &m_clock;
};

} // namespace lectern::ai
