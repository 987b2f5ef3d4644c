// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/Endpoint.h"

#include <array>
#include <utility>

namespace lectern::domain {

namespace {

const QString kLanePrefix = QStringLiteral("endpoint:");

struct KindName {
    EndpointKind kind;
    QLatin1String name;
};

constexpr std::array kKinds{
    KindName{EndpointKind::OpenAi, QLatin1String("openai")},
    KindName{EndpointKind::OpenRouter, QLatin1String("openrouter")},
    KindName{EndpointKind::Ollama, QLatin1String("ollama")},
    KindName{EndpointKind::LmStudio, QLatin1String("lmstudio")},
    KindName{EndpointKind::LlamaCpp, QLatin1String("llamacpp")},
    KindName{EndpointKind::Other, QLatin1String("other")},
};

} // namespace

QString ModelRef::text() const
{
    return endpoint + u'/' + model;
}

std::optional<ModelRef> ModelRef::fromText(const QString &text)
{
    const qsizetype slash = text.indexOf(u'/');
    const ModelRef ref{text.left(slash), slash < 0 ? QString() : text.mid(slash + 1)};
    return slash > 0 && ref.isValid() ? std::optional(ref) : std::nullopt;
}

QString endpointKindName(EndpointKind kind)
{
    for (const KindName &row : kKinds) {
        if (row.kind == kind)
            return row.name;
    }
    return {};
}

std::optional<EndpointKind> endpointKindFromName(const QString &name)
{
    for (const KindName &row : kKinds) {
        if (row.name == name)
            return row.kind;
    }
    return std::nullopt;
}

bool isLocalKind(EndpointKind kind)
{
    return kind == EndpointKind::Ollama || kind == EndpointKind::LmStudio || kind == EndpointKind::LlamaCpp;
}

int usualConcurrency(EndpointKind kind)
{
    return isLocalKind(kind) ? 1 : Endpoint().concurrency;
}

QString endpointLane(const QString &endpointId)
{
    return kLanePrefix + endpointId;
}

std::optional<QString> endpointOfLane(const QString &lane)
{
    return lane.startsWith(kLanePrefix) ? std::optional(lane.mid(kLanePrefix.size())) : std::nullopt;
}

} // namespace lectern::domain
