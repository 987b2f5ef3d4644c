// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/EmbeddingModels.h"

#include "store/Connection.h"
#include "store/Embeddings.h"
#include "store/Library.h"
#include "store/Models.h"
#include "store/Transaction.h"
#include "store/Writer.h"
#include "text/Chunks.h"

#include <QSet>

#include <algorithm>
#include <cmath>
#include <utility>

namespace lectern::workspace {

using base::ErrorCode;
using domain::EmbeddingSpace;
using domain::ModelRef;
using models::Range;
using store::EmbeddingSpaces;
using store::Transaction;

namespace {

/// As many passages are counted, spread over the library: their mean is then within a few parts of a hundred.
constexpr qint64 kSample = 2'000;
constexpr double kSpreads = 3; ///< standard errors, for the ends of a range
/// How far another tokenizer's count can be from ours: measured for English at ±10 %, other scripts more.
constexpr double kOtherTokenizerLow = 0.85;
constexpr double kOtherTokenizerHigh = 1.35;

/// Numbers of which the mean and the spread are wanted.
struct Sum {
    qint64 count = 0;
    double sum = 0;
    double squares = 0;

    void add(double value)
    {
        ++count;
        sum += value;
        squares += value * value;
    }
    [[nodiscard]] double mean() const { return count > 0 ? sum / static_cast<double>(count) : 0; }
    [[nodiscard]] double standardError() const
    {
        if (count < 2)
            return 0;
        const double variance = std::max(0.0, squares / static_cast<double>(count) - mean() * mean());
        return std::sqrt(variance / static_cast<double>(count));
    }
};

std::optional<Range<domain::Money>> costOf(const models::ModelInfo &model, const Range<qint64> &tokens)
{
    const auto price = model.price();
    if (!price)
        return std::nullopt;
    const auto of = [&](qint64 input) {
        domain::TokenUsage usage;
        usage.input = input;
        return price->costOf(usage);
    };
    const auto low = of(tokens.low);
    const auto expected = of(tokens.expected);
    const auto high = of(tokens.high);
    return low && expected && high ? std::optional(Range<domain::Money>{*low, *expected, *high})
                                   : std::nullopt;
}

} // namespace

EmbeddingModels::EmbeddingModels(store::Database &database, ModelDirectory &directory,
                                 BuiltInEmbedder &builtIn, EndpointEmbedder &endpoints,
                                 const models::Tokenizer &tokenizer, std::function<void()> wake)
    : m_database(database), m_directory(directory), m_builtIn(builtIn), m_endpoints(endpoints),
      m_tokenizer(tokenizer), m_wake(std::move(wake))
{
}

base::Result<EmbeddingModels::Part> EmbeddingModels::partOf(store::Connection &reader,
                                                            const EmbeddingSpace &space)
{
    const auto coverage = EmbeddingSpaces::coverage(reader, space);
    const auto money = space.run.isValid() ? store::Budgets::ofRun(reader, space.run)
                                           : base::Result<store::Budgets::Account>();
    if (!coverage || !money)
        return base::fail(coverage ? money.error() : coverage.error());
    return Part{space, *coverage, *money};
}

base::Result<EmbeddingModels::Standing> EmbeddingModels::standing()
{
    const auto reader = m_database.openReader();
    if (!reader)
        return base::fail(reader.error());
    Standing standing;
    standing.hasBuiltIn = m_builtIn.embedder().has_value();
    const auto look = [&](const base::Result<std::optional<EmbeddingSpace>> &space,
                          std::optional<Part> &part) -> base::Status {
        if (!space)
            return base::fail(space.error());
        if (!*space)
            return {};
        auto found = partOf(**reader, **space);
        if (!found)
            return base::fail(found.error());
        part = *std::move(found);
        return {};
    };
    base::Status looked = look(EmbeddingSpaces::serving(**reader), standing.serving);
    if (looked)
        looked = look(EmbeddingSpaces::filling(**reader), standing.filling);
    if (looked)
        looked = look(EmbeddingSpaces::previous(**reader), standing.previous);
    return looked ? base::Result<Standing>(std::move(standing)) : base::fail(looked.error());
}

base::Result<EmbeddingModels::Estimate> EmbeddingModels::estimate(const ModelRef &model,
                                                                  const base::CancelToken &cancel)
{
    const auto reader = m_database.openReader();
    const auto info = reader ? m_directory.info(model) : base::fail(reader.error());
    if (!info)
        return base::fail(info.error());
    const auto work = EmbeddingSpaces::work(**reader, model.text());
    if (!work)
        return base::fail(work.error());
    const qint64 step = std::max<qint64>(1, work->chunks / kSample);
    const auto sample = store::Embeddings::sample(**reader, model.text(), step);
    if (!sample)
        return base::fail(sample.error());
    Sum counted;
    for (const store::PendingChunk &chunk : *sample) {
        if (cancel.isCancelled())
            return base::fail(ErrorCode::Cancelled);
        counted.add(static_cast<double>(m_tokenizer.count(text::chunkText(chunk.pageText, chunk.chunk))));
    }
    Estimate estimate;
    estimate.passages = work->chunks;
    estimate.passagesDone = work->done;
    estimate.isExact = step == 1 && info->countsExactly();
    const auto passages = static_cast<double>(work->chunks);
    const double around = step == 1 ? 0 : kSpreads * counted.standardError();
    const double low = info->countsExactly() ? 1 : kOtherTokenizerLow;
    const double high = info->countsExactly() ? 1 : kOtherTokenizerHigh;
    estimate.tokens = {std::llround(passages * std::max(0.0, counted.mean() - around) * low),
                       std::llround(passages * counted.mean()),
                       std::llround(passages * (counted.mean() + around) * high)};
    estimate.priceState = info->priceState();
    estimate.cost = costOf(*info, estimate.tokens);
    return estimate;
}

base::Status EmbeddingModels::choose(const std::optional<ModelRef> &model, const store::RunPlan &plan,
                                     const base::CancelToken &cancel)
{
    EmbeddingSpace space;
    if (!model) {
        const auto embedder = m_builtIn.embedder();
        if (!embedder)
            return base::fail(embedder.error());
        space.model = BuiltInEmbedder::modelName(*embedder);
        space.dimensions = embed::kDimensions;
        space.language = BuiltInEmbedder::language();
        return use(space, nullptr);
    }
    const auto reader = m_database.openReader();
    const auto known = reader ? EmbeddingSpaces::find(**reader, model->text()) : base::fail(reader.error());
    if (!known)
        return base::fail(known.error());
    const auto dimensions = *known ? base::Result<int>((*known)->dimensions)
                                   : m_endpoints.dimensions(*model, plan.unpricedAllowed, cancel);
    if (!dimensions)
        return base::fail(dimensions.error());
    space.model = model->text();
    space.dimensions = *dimensions;
    return use(space, &plan);
}

base::Status EmbeddingModels::use(const EmbeddingSpace &space, const store::RunPlan *plan)
{
    const base::Status chosen = m_database.writer().run([&](Transaction &transaction) -> base::Status {
        EmbeddingSpace wanted = space;
        if (plan != nullptr) {
            const auto run = store::Library::createRun(transaction, domain::Goal::Text, space.model);
            if (!run)
                return base::fail(run.error());
            if (const base::Status planned = store::Budgets::setRunPlan(transaction, *run, *plan); !planned)
                return planned;
            wanted.run = *run;
        }
        const auto used = EmbeddingSpaces::choose(transaction, wanted);
        return used ? base::Status() : base::fail(used.error());
    });
    if (!chosen)
        return chosen;
    const auto documents = enqueueMissing();
    return documents ? base::Status() : base::fail(documents.error());
}

base::Status EmbeddingModels::goBack()
{
    const auto reader = m_database.openReader();
    const auto previous = reader ? EmbeddingSpaces::previous(**reader) : base::fail(reader.error());
    if (!previous)
        return base::fail(previous.error());
    if (!*previous)
        return base::fail(ErrorCode::NotFound, QStringLiteral("no embedding model before this one"));
    return (*previous)->isBuiltIn() ? choose(std::nullopt, {}, {}) : use(**previous, nullptr);
}

base::Status EmbeddingModels::giveUpFilling()
{
    const auto reader = m_database.openReader();
    const auto serving = reader ? EmbeddingSpaces::serving(**reader) : base::fail(reader.error());
    if (!serving)
        return base::fail(serving.error());
    return *serving ? use(**serving, nullptr) : base::Status();
}

base::Status EmbeddingModels::ensureServing()
{
    const auto reader = m_database.openReader();
    const auto serving = reader ? EmbeddingSpaces::serving(**reader) : base::fail(reader.error());
    if (!serving)
        return base::fail(serving.error());
    if (*serving && !(*serving)->isBuiltIn())
        return {};
    const auto embedder = m_builtIn.embedder();
    if (*serving && (!embedder || (*serving)->model == BuiltInEmbedder::modelName(*embedder)))
        return {};
    return choose(std::nullopt, {}, {});
}

base::Result<int> EmbeddingModels::makeMissing()
{
    const base::Status serves = ensureServing();
    return serves ? enqueueMissing() : base::fail(serves.error());
}

// Only what is put in takes the writer's time: looking takes a while in a large library.
base::Result<int> EmbeddingModels::enqueueMissing()
{
    const auto reader = m_database.openReader();
    const auto active = reader ? EmbeddingSpaces::active(**reader) : base::fail(reader.error());
    if (!active)
        return base::fail(active.error());
    QSet<qint64> different;
    for (const EmbeddingSpace &space : *active) {
        const auto documents = EmbeddingSpaces::incomplete(**reader, space.id);
        if (!documents)
            return base::fail(documents.error());
        if (documents->isEmpty())
            continue;
        const base::Status added = m_database.writer().run([&](Transaction &transaction) {
            return store::Embeddings::enqueue(transaction, space, *documents);
        });
        if (!added)
            return base::fail(added.error());
        for (const domain::DocumentId document : *documents)
            different.insert(document.value);
    }
    const base::Status settled = m_database.writer().run(
        [](Transaction &transaction) { return EmbeddingSpaces::promoteWhenComplete(transaction); });
    if (!settled)
        return base::fail(settled.error());
    m_wake();
    return static_cast<int>(different.size());
}

} // namespace lectern::workspace
