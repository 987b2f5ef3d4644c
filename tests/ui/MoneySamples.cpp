// SPDX-License-Identifier: GPL-3.0-or-later
#include "MoneySamples.h"

namespace lectern::ui::samples {

using namespace Qt::StringLiterals;
using domain::EndpointKind;
using domain::Money;
using presentation::CostDay;
using presentation::CostRow;
using presentation::CostSummary;
using presentation::EndpointView;
using presentation::EstimateOption;
using presentation::EstimateView;
using presentation::KeyPlace;
using presentation::ModelChoice;
using presentation::RunCost;

namespace {

ModelChoice model(const QString &endpoint, const QString &name, const QString &provider)
{
    ModelChoice choice;
    choice.id = endpoint + u'/' + name;
    choice.name = name;
    choice.provider = provider;
    return choice;
}

ModelChoice priced(const QString &name, const char *input, const char *output, const char *estimate,
                   qint64 context)
{
    ModelChoice choice = model(u"openai"_s, name, u"OpenAI"_s);
    choice.price = price(input, output);
    choice.estimate = money(estimate);
    choice.contextTokens = context;
    choice.vision = true;
    choice.structuredOutput = true;
    return choice;
}

QVector<ModelChoice> oddModels()
{
    QVector<ModelChoice> choices;
    ModelChoice local = model(u"ollama"_s, u"qwen3-vl:8b-instruct-q4_K_M"_s, u"Ollama"_s);
    local.local = true;
    local.vision = true;
    local.contextTokens = 32'768;
    choices.append(local);
    ModelChoice blind = model(u"openrouter"_s, u"deepseek/deepseek-chat-v4"_s, u"OpenRouter"_s);
    blind.price = price("0.27", "1.1");
    blind.contextTokens = 163'840;
    blind.structuredOutput = true;
    blind.unfit = ModelChoice::Unfit::NeedsVision;
    blind.unfitPages = 14;
    choices.append(blind);
    ModelChoice unpriced = model(u"openrouter"_s, u"acme/experimental-preview"_s, u"OpenRouter"_s);
    unpriced.contextTokens = 200'000;
    unpriced.vision = true;
    choices.append(unpriced);
    ModelChoice foreign = model(u"openrouter"_s, u"通义千问/视觉理解-最大版-超长上下文-2026年11月预览"_s,
                                u"OpenRouter 東京リージョン"_s);
    foreign.price = price("0.0375", "0.15");
    foreign.contextTokens = 1'000'000;
    foreign.vision = true;
    foreign.estimate = money("0.00412");
    choices.append(foreign);
    ModelChoice hebrew = model(u"openrouter"_s, u"מודל/קטן ומהיר"_s, u"OpenRouter"_s);
    hebrew.price = price("0", "0");
    hebrew.contextTokens = 8'192;
    hebrew.unfit = ModelChoice::Unfit::ContextTooSmall;
    hebrew.unfitPages = 1;
    choices.append(hebrew);
    return choices;
}

CostRow costRow(const QString &name, qint64 pages, qint64 requests, const domain::TokenUsage &usage,
                const char *spent)
{
    CostRow row;
    row.key = name;
    row.name = name;
    row.pages = pages;
    row.requests = requests;
    row.usage = usage;
    row.spent = money(spent);
    return row;
}

domain::TokenUsage tokens(qint64 input, qint64 cached, qint64 output)
{
    domain::TokenUsage usage;
    usage.input = input;
    usage.cachedInput = cached;
    usage.output = output;
    return usage;
}

EstimateOption option(const ModelChoice &model, const char *low, const char *likely, const char *high,
                      qint64 minutes, const char *left)
{
    EstimateOption option;
    option.model = model;
    option.state = EstimateOption::State::Ready;
    option.low = money(low);
    option.likely = money(likely);
    option.high = money(high);
    option.milliseconds = minutes * 60'000;
    option.budgetLeft = money(left);
    return option;
}

} // namespace

QDate today()
{
    return {2026, 11, 22};
}

Money money(const char *dollars)
{
    return Money::fromDecimal(QString::fromLatin1(dollars)).value_or(Money{});
}

domain::ModelPrice price(const char *input, const char *output)
{
    domain::ModelPrice price;
    price.input = Money{money(input).picodollars / 1'000'000};
    price.cachedInput = price.input;
    price.cacheWrite = price.input;
    price.output = Money{money(output).picodollars / 1'000'000};
    return price;
}

QVector<ModelChoice> models()
{
    ModelChoice builtIn;
    builtIn.id = u"built-in/1"_s;
    builtIn.name = u"Built-in analyser"_s;
    builtIn.provider = u"Lectern"_s;
    builtIn.builtIn = true;
    ModelChoice terra = priced(u"gpt-6.1-terra"_s, "1", "5", "1.24", 1'050'000);
    terra.favourite = true;
    ModelChoice luna = priced(u"gpt-6-luna"_s, "0.1", "0.5", "0.1234", 1'050'000);
    luna.lastUsedMs = 2'000;
    ModelChoice mini = priced(u"gpt-4o-mini"_s, "0.15", "0.6", "0.19", 128'000);
    mini.lastUsedMs = 1'000;
    mini.shutdownDate = QDate(2027, 1, 14);
    ModelChoice sol = priced(u"gpt-6.2-sol"_s, "2", "10", "2.61", 1'050'000);
    ModelChoice nano = priced(u"gpt-4.1-nano"_s, "0.1", "0.4", "0.11", 1'047'576);
    nano.shutdownDate = QDate(2026, 10, 23);
    nano.unfit = ModelChoice::Unfit::ShutDown;
    nano.estimate.reset();
    QVector<ModelChoice> choices{nano, mini, sol, terra, builtIn, luna};
    choices += oddModels();
    return choices;
}

QVector<EndpointView> endpoints()
{
    EndpointView openai;
    openai.endpoint = {u"openai"_s, u"OpenAI"_s, EndpointKind::OpenAi, u"https://api.openai.com/v1"_s};
    openai.state = EndpointView::State::Ready;
    openai.models = 62;
    openai.keyPlace = KeyPlace::System;
    openai.keyTail = u"9xQ2"_s;
    EndpointView openrouter;
    openrouter.endpoint = {u"openrouter"_s, u"OpenRouter"_s, EndpointKind::OpenRouter,
                           u"https://openrouter.ai/api/v1"_s};
    openrouter.state = EndpointView::State::Failed;
    openrouter.problem = {base::ErrorCode::KeyRefused, u"HTTP 401"_s};
    openrouter.keyPlace = KeyPlace::Memory;
    openrouter.keyTail = u"77ab"_s;
    EndpointView ollama;
    ollama.endpoint = {u"ollama"_s, u"Ollama"_s, EndpointKind::Ollama, u"http://127.0.0.1:11434/v1"_s};
    ollama.state = EndpointView::State::Loading;
    EndpointView office;
    office.endpoint = {u"other"_s, u"Server in the basement of the institute"_s, EndpointKind::Other,
                       u"http://llm.institute.example.org:8000/openai-compatible/v1"_s};
    office.state = EndpointView::State::Off;
    office.endpoint.enabled = false;
    office.endpoint.plainHttpAllowed = true;
    return {openai, openrouter, ollama, office};
}

QVector<presentation::FoundServer> found()
{
    return {{EndpointKind::LmStudio, u"http://127.0.0.1:1234/v1"_s, 3}};
}

EstimateView estimate()
{
    const QVector<ModelChoice> all = models();
    EstimateView view;
    view.documents = 12;
    view.pagesToDo = 412;
    view.pagesAnswered = 36;
    view.pagesSkipped = 3;
    view.pagesWithPicture = 14;
    view.chosen = option(all.at(5), "0.0921", "0.1234", "0.1402", 14, "3.04");
    view.others = {option(all.at(1), "0.15", "0.19", "0.22", 16, "2.97"),
                   option(all.at(3), "0.98", "1.24", "1.51", 22, "1.92"),
                   option(all.at(2), "2.02", "2.61", "3.4", 25, "0")};
    view.exactness = EstimateView::Exactness::Exact;
    view.textTokens = 512'340;
    view.pictureTokens = 41'200;
    view.outputTokens = 96'000;
    view.learnedFrom = 812;
    view.priceDate = QDate(2026, 11, 20);
    view.priceSource = u"openai.com"_s;
    view.cap = money("0.5");
    return view;
}

presentation::TrialView trial(int answered)
{
    presentation::TrialView view;
    view.modelId = u"openai/gpt-6-luna"_s;
    view.modelName = u"gpt-6-luna"_s;
    view.pages = 3;
    view.answered = answered;
    view.spent = money("0.009812");
    return view;
}

QVector<ModelChoice> embedders()
{
    ModelChoice builtIn = model(u"built-in"_s, {}, u"This computer"_s);
    builtIn.id = u"built-in"_s;
    builtIn.name = u"Built into Lectern"_s;
    builtIn.builtIn = true;
    builtIn.local = true;
    ModelChoice small = model(u"openai"_s, u"text-embedding-3-small"_s, u"OpenAI"_s);
    small.price = price("0.02", "0");
    small.contextTokens = 8'192;
    ModelChoice local = model(u"ollama"_s, u"nomic-embed-text:latest"_s, u"Ollama"_s);
    local.local = true;
    local.contextTokens = 2'048;
    const ModelChoice unpriced =
        model(u"openrouter"_s, u"acme/experimental-multilingual-embedding-preview-with-a-rather-long-name"_s,
              u"OpenRouter 東京リージョン"_s);
    return {builtIn, small, local, unpriced};
}

presentation::EmbeddingStanding embeddings()
{
    presentation::EmbeddingModelView view;
    view.model = embedders().at(0);
    view.dimensions = 512;
    view.language = u"en"_s;
    view.passages = 4'130;
    view.vectors = 4'120;
    view.otherLanguage = 1'612;
    presentation::EmbeddingStanding standing;
    standing.serving = view;
    standing.hasBuiltIn = true;
    return standing;
}

presentation::EmbeddingStanding embeddingsBeside()
{
    presentation::EmbeddingStanding standing = embeddings();
    presentation::EmbeddingModelView view;
    view.model = embedders().at(1);
    view.dimensions = 1'536;
    view.passages = 5'742;
    view.vectors = 2'304;
    view.money = {money("1"), money("0.0093"), money("0.0004")};
    standing.filling = view;
    return standing;
}

presentation::EmbeddingOffer embeddingOffer()
{
    presentation::EmbeddingOffer offer;
    offer.model = embedders().at(1);
    offer.state = presentation::EmbeddingOffer::State::Ready;
    offer.host = u"api.openai.com"_s;
    offer.passages = 5'742;
    offer.passagesDone = 120;
    offer.tokens = 1'104'000;
    offer.low = money("0.0201");
    offer.likely = money("0.0221");
    offer.high = money("0.0243");
    offer.cap = money("0.5");
    return offer;
}

CostSummary costs()
{
    CostSummary summary;
    summary.today = {money("5"), money("1.84"), money("0.04")};
    summary.month = {money("60"), money("22.1"), money("0.04")};
    summary.workspace = {{}, money("31.07"), {}};
    CostRow luna = costRow(u"gpt-6-luna"_s, 1'204, 1'231, tokens(2'104'000, 610'000, 310'400), "1.6214");
    CostRow terra = costRow(u"gpt-6.1-terra"_s, 88, 92, tokens(140'300, 0, 22'100), "0.2508");
    CostRow tiny = costRow(u"通义千问/视觉理解-最大版"_s, 4, 4, tokens(9'100, 0, 1'210), "0.000519");
    tiny.counted = true;
    CostRow local = costRow(u"qwen3-vl:8b"_s, 80, 80, tokens(140'000, 0, 22'000), "0");
    local.local = true;
    summary.rows = {luna, terra, tiny, local};
    summary.failed = {31, money("0.0112")};
    summary.again = {19, money("0.0241")};
    summary.unknown = {2, money("0.0086")};
    summary.savedPages = 412;
    summary.saved = money("0.53");
    const QString names[] = {u"gpt-6-luna"_s, u"gpt-6.1-terra"_s, u"通义千问/视觉理解-最大版"_s};
    for (int day = 0; day < 18; ++day) {
        for (int part = 0; part < 3; ++part) {
            const qint64 cents = (day * 7 + part * 13) % 23 * (3 - part);
            if (day % 6 != 4)
                summary.days.append({today().addDays(day - 17), names[part], Money{cents * 20'000'000'000}});
        }
    }
    summary.day = today();
    summary.pricesOf = QDate(2026, 11, 20);
    return summary;
}

RunCost run()
{
    RunCost run;
    run.id = 7;
    run.name = u"Analyze 12 documents"_s;
    run.model = u"gpt-6-luna"_s;
    run.money = {money("0.5"), money("0.0521"), money("0.0041")};
    run.estimateLow = money("0.0921");
    run.estimateHigh = money("0.1402");
    run.live = true;
    run.pagesDone = 165;
    run.pages = 412;
    run.requests = 171;
    run.answeredRequests = 165;
    run.failedRequests = 6;
    run.againRequests = 4;
    run.savedPages = 36;
    run.saved = money("0.011");
    run.usage = tokens(204'000, 61'000, 31'400);
    return run;
}

} // namespace lectern::ui::samples
