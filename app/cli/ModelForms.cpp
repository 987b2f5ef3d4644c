// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ModelForms.h"

#include "app/cli/Console.h"
#include "app/cli/ErrorLine.h"
#include "presentation/Format.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace lectern::cli {

using domain::Money;
using models::PriceState;
using presentation::Format;
using store::UsageReport;

namespace {

template <class T> QJsonValue known(const models::Stated<T> &stated)
{
    return stated.value ? QJsonValue(*stated.value) : QJsonValue();
}

QJsonValue decimal(const models::Stated<Money> &stated)
{
    return stated.value ? QJsonValue(stated.value->toDecimal()) : QJsonValue();
}

QJsonValue decimal(const std::optional<Money> &money)
{
    return money ? QJsonValue(money->toDecimal()) : QJsonValue();
}

QJsonObject range(const models::Range<qint64> &range)
{
    return {{u"low"_s, range.low}, {u"expected"_s, range.expected}, {u"high"_s, range.high}};
}

/// At least two decimals, so that amounts are recognised as such.
QString padded(QString decimal)
{
    const qsizetype point = decimal.indexOf(u'.');
    if (point < 0)
        return decimal + u".00"_s;
    return decimal.size() - point == 2 ? decimal + u'0' : decimal;
}

QString perMillion(const models::ModelInfo &model, const models::Stated<Money> &price)
{
    switch (model.priceState()) {
    case PriceState::Free:
        return padded(u"0"_s);
    case PriceState::Unknown:
        return u"unknown"_s;
    case PriceState::Priced:
        break;
    }
    return price.value ? padded(price.value->toDecimalPerMillion()) : Format::none();
}

QJsonObject tokens(const domain::TokenUsage &usage)
{
    return {{u"tokens_in"_s, usage.input},
            {u"tokens_cached"_s, usage.cachedInput},
            {u"tokens_cache_write"_s, usage.cacheWrite},
            {u"tokens_out"_s, usage.output},
            {u"tokens_reasoning"_s, usage.reasoning}};
}

} // namespace

QString ModelForms::amount(Money money)
{
    return padded(money.toDecimal());
}

QJsonObject ModelForms::endpoint(const domain::Endpoint &endpoint)
{
    return {{u"id"_s, endpoint.id},
            {u"name"_s, endpoint.name},
            {u"kind"_s, domain::endpointKindName(endpoint.kind)},
            {u"address"_s, endpoint.address},
            {u"concurrency"_s, endpoint.concurrency},
            {u"requests_per_minute"_s, endpoint.requestsPerMinute},
            {u"tokens_per_minute"_s, endpoint.tokensPerMinute},
            {u"enabled"_s, endpoint.enabled}};
}

QJsonObject ModelForms::model(const models::ModelInfo &model, QDate today,
                              const QVector<workspace::ModelDefault> &defaults)
{
    QJsonArray roles;
    for (const workspace::ModelDefault &found : defaults)
        roles.append(models::roleName(found.role));
    const models::Lifecycle life = model.lifecycle(today);
    return {{u"model"_s, model.ref.text()},
            {u"name"_s, model.name},
            {u"default_for"_s, roles},
            {u"price"_s, models::priceStateName(model.priceState())},
            {u"price_origin"_s, models::originName(model.input.origin)},
            {u"price_as_of"_s, model.input.asOf},
            {u"input_per_token"_s, decimal(model.input)},
            {u"cached_input_per_token"_s, decimal(model.cachedInput)},
            {u"cache_write_per_token"_s, decimal(model.cacheWrite)},
            {u"output_per_token"_s, decimal(model.output)},
            {u"per_request"_s, decimal(model.request)},
            {u"per_picture"_s, decimal(model.picture)},
            {u"context_window"_s, known(model.contextWindow)},
            {u"max_output"_s, known(model.maxOutput)},
            {u"vision"_s, known(model.vision)},
            {u"structured_output"_s, known(model.structuredOutput)},
            {u"local"_s, model.isLocal()},
            {u"embedding"_s, model.isEmbedder()},
            {u"shutdown"_s,
             life.shutdown.isValid() ? QJsonValue(life.shutdown.toString(Qt::ISODate)) : QJsonValue()}};
}

QStringList ModelForms::modelCells(const models::ModelInfo &model, QDate today,
                                   const QVector<workspace::ModelDefault> &defaults)
{
    QStringList notes;
    for (const workspace::ModelDefault &found : defaults) {
        const bool isVariable = found.origin == workspace::ModelDefault::Origin::Environment;
        const QString role = models::roleName(found.role);
        notes.append(isVariable ? u"default for %1 (%2)"_s.arg(role, found.variable)
                                : u"default for %1"_s.arg(role));
    }
    if (model.vision.valueOr(false))
        notes.append(u"vision"_s);
    if (model.isLocal())
        notes.append(u"local"_s);
    if (model.isEmbedder())
        notes.append(u"embedding only"_s);
    const auto beside = [&](const models::Stated<Money> &price, const QString &what) {
        if (price.value && !price.value->isZero())
            notes.append(u"+ %1 USD a %2"_s.arg(amount(*price.value), what));
    };
    beside(model.request, u"request"_s);
    beside(model.picture, u"picture"_s);
    const models::Lifecycle life = model.lifecycle(today);
    if (life.state == models::LifeState::Retired)
        notes.append(u"shut down on %1"_s.arg(life.shutdown.toString(Qt::ISODate)));
    else if (life.shutdown.isValid())
        notes.append(u"ends on %1"_s.arg(life.shutdown.toString(Qt::ISODate)));
    return {Console::harmless(model.ref.text()), perMillion(model, model.input),
            perMillion(model, model.output),
            model.contextWindow.value ? Format::count(*model.contextWindow.value) : Format::none(),
            notes.join(u", "_s)};
}

QJsonObject ModelForms::estimate(const domain::ModelRef &model, const models::Estimate &estimate)
{
    QJsonObject json{{u"model"_s, model.text()},
                     {u"pages_to_do"_s, estimate.pagesToDo},
                     {u"pages_answered"_s, estimate.pagesAnswered},
                     {u"pages_skipped"_s, estimate.pagesSkipped},
                     {u"pages_with_picture"_s, estimate.pagesWithPicture},
                     {u"pages_needing_vision"_s, estimate.pagesNeedingVision},
                     {u"text_tokens"_s, range(estimate.textTokens)},
                     {u"image_tokens"_s, range(estimate.imageTokens)},
                     {u"output_tokens"_s, range(estimate.outputTokens)},
                     {u"price"_s, models::priceStateName(estimate.priceState)},
                     {u"worst_request_usd"_s, decimal(estimate.worstRequest)},
                     {u"seconds"_s, estimate.durationMs.expected / 1'000},
                     {u"text_exact"_s, estimate.isTextExact},
                     {u"output_learned"_s, estimate.isOutputLearned}};
    if (estimate.cost) {
        json.insert(u"cost_usd"_s, QJsonObject{{u"low"_s, estimate.cost->low.toDecimal()},
                                               {u"expected"_s, estimate.cost->expected.toDecimal()},
                                               {u"high"_s, estimate.cost->high.toDecimal()}});
    } else {
        json.insert(u"cost_usd"_s, QJsonValue());
    }
    return json;
}

QStringList ModelForms::estimateLines(const domain::ModelRef &model, const models::Estimate &estimate)
{
    QStringList lines{u"%1 to do with %2, %3 answered already and free, %4 skipped."_s.arg(
        Format::pages(estimate.pagesToDo), Console::harmless(model.text()),
        Format::count(estimate.pagesAnswered), Format::count(estimate.pagesSkipped))};
    lines.append(u"Tokens: %1 of text%2, %3 of pictures, about %4 of answers%5."_s.arg(
        Format::count(estimate.textTokens.expected), estimate.isTextExact ? QString() : u" (estimated)"_s,
        Format::count(estimate.imageTokens.expected), Format::count(estimate.outputTokens.expected),
        estimate.isOutputLearned ? u" (learned from earlier answers)"_s : QString()));
    if (estimate.pagesNeedingVision > 0)
        lines.append(u"%1 have no readable text and need a model that sees."_s.arg(
            Format::pages(estimate.pagesNeedingVision)));
    if (estimate.priceState == PriceState::Free)
        lines.append(u"It costs nothing: the model runs on your own machine."_s);
    else if (estimate.cost)
        lines.append(u"Cost: %1 USD, between %2 and %3."_s.arg(
            amount(estimate.cost->expected), amount(estimate.cost->low), amount(estimate.cost->high)));
    else
        lines.append(u"Cost: nobody knows what this model costs. Set its price in models.json."_s);
    return lines;
}

QJsonObject ModelForms::trial(const store::Trials::State &trial)
{
    return {{u"pages"_s, trial.pages},
            {u"answered"_s, trial.answered},
            {u"failed"_s, trial.failed},
            {u"error"_s, JsonForms::error(trial.problem)}};
}

QString ModelForms::trialLine(const store::Trials::State &trial)
{
    const QString tried =
        u"Tried: %1 of %2."_s.arg(Format::count(trial.answered), Format::pages(trial.pages));
    return trial.problem.code == base::ErrorCode::None ? tried
                                                       : tried + u' ' + ErrorLine::text(trial.problem);
}

QJsonObject ModelForms::question(const workspace::OpenRun &run, bool accepted)
{
    return {{u"event"_s, u"question"_s},
            {u"run"_s, run.run.value},
            {u"cause"_s, store::questionName(run.question)},
            {u"model"_s, run.model.text()},
            {u"documents"_s, run.documents},
            {u"pages_left"_s, run.pagesLeft},
            {u"cost_left_usd"_s, decimal(run.costLeft)},
            {u"cost_as_approved_usd"_s, decimal(run.costThen)},
            {u"file"_s, run.file.isEmpty() ? QJsonValue() : QJsonValue(run.file)},
            {u"accepted"_s, accepted}};
}

QJsonObject ModelForms::usage(const UsageReport::Row &row)
{
    QJsonObject json{{u"id"_s, row.id.value},
                     {u"state"_s, store::usageStateName(row.state)},
                     {u"purpose"_s, store::purposeName(row.purpose)},
                     {u"repeated"_s, row.again},
                     {u"model"_s, row.model.text()},
                     {u"run"_s, row.run.value},
                     {u"document"_s, row.document.value},
                     {u"page"_s, row.page},
                     {u"reserved_usd"_s, row.reserved.toDecimal()},
                     {u"spent_usd"_s, row.spent.toDecimal()},
                     {u"cost_source"_s, store::costSourceName(row.source)},
                     {u"characters_sent"_s, row.characters},
                     {u"picture_bytes_sent"_s, row.pictureBytes},
                     {u"http_status"_s, row.httpStatus},
                     {u"outcome"_s, base::errorName(row.outcome)},
                     {u"request_id"_s, row.requestId},
                     {u"sent_at"_s, JsonForms::time(row.sentAt)},
                     {u"settled_at"_s, JsonForms::time(row.settledAt)}};
    const QJsonObject used = tokens(row.tokens);
    for (auto field = used.constBegin(); field != used.constEnd(); ++field)
        json.insert(field.key(), field.value());
    return json;
}

QString ModelForms::usageLine(const UsageReport::Row &row)
{
    return u"%1  %2  %3  in %4  out %5  %6 USD  %7"_s.arg(
        JsonForms::time(row.sentAt).toString(), store::usageStateName(row.state),
        Console::harmless(row.model.text()), Format::count(row.tokens.input),
        Format::count(row.tokens.output), amount(row.spent),
        row.outcome == base::ErrorCode::None ? QString() : base::errorName(row.outcome));
}

QString ModelForms::nameOf(const UsageReport::Line &line, UsageReport::By by)
{
    switch (by) {
    case UsageReport::By::Model:
        return Console::harmless(line.model.text());
    case UsageReport::By::Endpoint:
        return Console::harmless(line.model.endpoint);
    case UsageReport::By::Purpose:
        return store::purposeName(line.purpose);
    case UsageReport::By::Document:
        return line.name.isEmpty() ? u"(gone)"_s : Console::harmless(line.name);
    case UsageReport::By::Run:
        return u"run %1"_s.arg(line.run.value);
    case UsageReport::By::Day:
        return line.day.toString(Qt::ISODate);
    case UsageReport::By::DayAndModel:
        return line.day.toString(Qt::ISODate) + u' ' + Console::harmless(line.model.text());
    }
    return {};
}

QJsonObject ModelForms::line(const UsageReport::Line &line, UsageReport::By by)
{
    QJsonObject json = totals(line.totals);
    json.insert(u"name"_s, nameOf(line, by));
    if (by == UsageReport::By::Document)
        json.insert(u"document"_s, line.document.value);
    if (by == UsageReport::By::Run)
        json.insert(u"run"_s, line.run.value);
    return json;
}

QJsonObject ModelForms::totals(const store::UsageTotals &totals)
{
    const auto part = [](const store::UsageTotals::Part &of) {
        return QJsonObject{{u"requests"_s, of.requests}, {u"spent_usd"_s, of.spent.toDecimal()}};
    };
    QJsonObject json = tokens(totals.tokens);
    json.insert(u"requests"_s, totals.requests);
    json.insert(u"spent_usd"_s, totals.spent.toDecimal());
    json.insert(u"without_price"_s, totals.unpriced);
    json.insert(u"failed"_s, part(totals.failed));
    json.insert(u"repeated"_s, part(totals.again));
    json.insert(u"unknown"_s, part(totals.unknown));
    json.insert(u"saved_pages"_s, totals.savedPages);
    json.insert(u"saved_usd"_s, totals.saved.toDecimal());
    return json;
}

QString ModelForms::scopeName(const QString &scope)
{
    return QString(scope).replace(u':', u' ');
}

QJsonObject ModelForms::account(const store::Budgets::Account &account)
{
    return {{u"spent_usd"_s, account.spent.toDecimal()},
            {u"reserved_usd"_s, account.reserved.toDecimal()},
            {u"limit_usd"_s, decimal(account.limit)}};
}

} // namespace lectern::cli
