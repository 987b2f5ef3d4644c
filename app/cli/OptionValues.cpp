// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/OptionValues.h"

#include "app/cli/Console.h"

using namespace Qt::StringLiterals;

namespace lectern::cli {

namespace {

constexpr int kMostRows = 1'000'000;

} // namespace

using domain::ModelRef;
using domain::Money;

Outcome<std::optional<Money>> moneyOf(const CommandLine &line, const QString &option)
{
    const QString text = line.value(option);
    if (text.isEmpty() || text == u"none"_s)
        return std::optional<Money>();
    const auto money = Money::fromDecimal(text);
    if (!money)
        return failed(Failure::usage(
            u"--%1 takes an amount in US dollars such as 2.50, or “none”, not “%2”."_s.arg(option, text)));
    return std::optional<Money>(*money);
}

Outcome<qint64> numberOf(const CommandLine &line, const QString &option, qint64 otherwise)
{
    const QString text = line.value(option);
    if (text.isEmpty())
        return otherwise;
    bool read = false;
    const qint64 number = text.toLongLong(&read);
    if (!read || number < 0)
        return failed(Failure::usage(u"--%1 takes a number, not “%2”."_s.arg(option, text)));
    return number;
}

Outcome<ModelRef> modelOf(const QString &text)
{
    const auto model = ModelRef::fromText(text);
    if (!model)
        return failed(
            Failure::usage(u"a model is written ENDPOINT/MODEL, such as openai/gpt-6-luna, not “%1”"_s.arg(
                Console::harmless(text))));
    return *model;
}

Outcome<workspace::RunRequest> runRequestOf(const CommandLine &line)
{
    workspace::RunRequest request;
    const auto cap = moneyOf(line, u"cap"_s);
    if (!cap)
        return failed(cap.error());
    request.plan.cap = *cap;
    request.plan.unpricedAllowed = line.has(u"allow-unknown-price"_s);
    const QString name = line.value(u"model"_s);
    if (name.isEmpty() || name == u"built-in"_s) {
        if (*cap)
            return failed(Failure::usage(u"--cap goes with --model"_s));
        return request;
    }
    const auto model = modelOf(name);
    if (!model)
        return failed(model.error());
    request.model = *model;
    return request;
}

Outcome<int> limitOf(const CommandLine &line, int otherwise)
{
    const QString text = line.value(u"limit"_s);
    if (text.isEmpty())
        return otherwise;
    bool ok = false;
    const int limit = text.toInt(&ok);
    if (!ok || limit < 1 || limit > kMostRows)
        return failed(
            Failure::usage(u"--limit takes a number from 1 to %1, not “%2”."_s.arg(kMostRows).arg(text)));
    return limit;
}

} // namespace lectern::cli
