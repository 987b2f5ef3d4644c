// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace lectern::domain {

// The numbers are stored: never renumber.
enum class EndpointKind {
    OpenAi = 1,
    OpenRouter = 2,
    Ollama = 3,
    LmStudio = 4,
    LlamaCpp = 5,
    Other = 6, ///< any other server that speaks OpenAI's protocol
};

/// A server that answers for models.
struct Endpoint {
    QString id; ///< short and unique, [a-z0-9-]: part of a model's written name, a lane and a row's key
    QString name;
    EndpointKind kind = EndpointKind::Other;
    QString
        address; ///< base of the paths of OpenAI's protocol: "https://api.openai.com/v1", no slash at its end
    int concurrency = 4;           ///< requests at once, in all programs together
    int requestsPerMinute = 0;     ///< 0: no limit known
    qint64 tokensPerMinute = 0;    ///< 0: no limit known
    bool plainHttpAllowed = false; ///< beyond this machine; the user agreed to send pages unencrypted
    bool enabled = true;

    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

/// A model as people write it: "openrouter/openai/gpt-6-luna" is the model openai/gpt-6-luna of the endpoint
/// openrouter.
struct ModelRef {
    QString endpoint;
    QString model;

    [[nodiscard]] bool isValid() const { return !endpoint.isEmpty() && !model.isEmpty(); }
    [[nodiscard]] QString text() const;
    /// Nothing for a text without a slash or with nothing on one side of the first.
    [[nodiscard]] static std::optional<ModelRef> fromText(const QString &text);
    friend bool operator==(const ModelRef &, const ModelRef &) = default;
};

[[nodiscard]] QString endpointKindName(EndpointKind kind);
[[nodiscard]] std::optional<EndpointKind> endpointKindFromName(const QString &name);
/// Asks no money of its own: Ollama, LM Studio, llama.cpp.
[[nodiscard]] bool isLocalKind(EndpointKind kind);
/// How many requests at once to begin with: a server on the user's own machine has one model in its memory.
[[nodiscard]] int usualConcurrency(EndpointKind kind);

/// The lane of the queue in which the work for an endpoint waits.
[[nodiscard]] QString endpointLane(const QString &endpointId);
/// The endpoint of such a lane; nothing for another lane.
[[nodiscard]] std::optional<QString> endpointOfLane(const QString &lane);

} // namespace lectern::domain
