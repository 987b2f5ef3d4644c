// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/ChatUsage.h"

#include <algorithm>
#include <initializer_list>

namespace lectern::ai {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMostTokens = 1'000'000'000;

/// The first of the fields that holds a believable count; -1 when none does.
qint64 count(const QJsonObject &object, std::initializer_list<QLatin1String> fields)
{
    for (const QLatin1String field : fields) {
        const QJsonValue value = object.value(field);
        const qint64 tokens = value.isDouble() ? value.toInteger(-1) : -1;
        if (tokens >= 0 && tokens <= kMostTokens)
            return tokens;
    }
    return -1;
}

qint64 part(const QJsonObject &object, std::initializer_list<QLatin1String> fields, qint64 whole)
{
    return std::clamp<qint64>(count(object, fields), 0, whole);
}

} // namespace

domain::TokenUsage usageFromJson(const QJsonObject &usage)
{
    domain::TokenUsage tokens;
    const qint64 input = count(usage, {"prompt_tokens"_L1, "input_tokens"_L1});
    const qint64 output = count(usage, {"completion_tokens"_L1, "output_tokens"_L1});
    if (input <= 0 || output < 0)
        return tokens; // nobody asks without a single token: such numbers are fillers
    const auto details = [&](QLatin1String current, QLatin1String other) {
        const QJsonObject object = usage.value(current).toObject();
        return object.isEmpty() ? usage.value(other).toObject() : object;
    };
    const QJsonObject in = details("prompt_tokens_details"_L1, "input_tokens_details"_L1);
    const QJsonObject out = details("completion_tokens_details"_L1, "output_tokens_details"_L1);
    tokens.input = input;
    tokens.output = output;
    tokens.cachedInput = part(in, {"cached_tokens"_L1}, input);
    tokens.cacheWrite =
        part(in, {"cache_write_tokens"_L1, "cache_creation_tokens"_L1}, input - tokens.cachedInput);
    tokens.reasoning = part(out, {"reasoning_tokens"_L1}, output);
    tokens.reported = true;
    return tokens;
}

domain::TokenUsage inputFromJson(const QJsonObject &usage)
{
    domain::TokenUsage tokens;
    // Without a single token nothing can be asked: a zero is a filler.
    tokens.input = std::max<qint64>(count(usage, {"prompt_tokens"_L1, "input_tokens"_L1}), 0);
    tokens.reported = tokens.input > 0;
    return tokens;
}

} // namespace lectern::ai
