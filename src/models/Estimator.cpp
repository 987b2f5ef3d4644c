// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/Estimator.h"

#include <algorithm>
#include <cmath>

namespace lectern::models {

namespace {

using domain::ModelPrice;
using domain::Money;
using domain::TokenUsage;

/// Before a workspace has answers of its own: a structured summary of one page. Counts as this many answers,
/// so that the first few real ones shift it instead of replacing it.
constexpr qint64 kPriorOutput = 350;
constexpr qint64 kPriorSpread = 150;
constexpr qint64 kPriorWeight = 4;
constexpr qint64 kPriorLatencyMs = 4'000;

/// What another tokenizer may make of a text, in percent of o200k_base's count.
constexpr Range<qint64> kOtherTokenizer{85, 100, 130};
/// The same for reservations, which must hold.
constexpr qint64 kReservedPercent = 150;
/// Roles, separators and whatever else a server wraps around the messages.
constexpr qint64 kFramingTokens = 64;

/// The ends lie two standard deviations from the middle.
constexpr double kDeviations = 2;

qint64 percent(qint64 count, qint64 percentage)
{
    return (count * percentage + 99) / 100;
}

/// Tokens of an answer, of one page and of all of them.
struct Output {
    double mean = 0;
    double spread = 0;
    double weight = 0; ///< answers that stand behind it
};

Output expectedOutput(const PastAnswers &past, qint64 maxOutputTokens)
{
    const auto answers = static_cast<double>(past.answers);
    const auto weight = answers + kPriorWeight;
    const auto mixed = [&](qint64 learned, qint64 prior) {
        return (answers * static_cast<double>(learned) + double(kPriorWeight) * static_cast<double>(prior)) /
               weight;
    };
    Output output{mixed(past.meanOutputTokens, kPriorOutput), mixed(past.outputSpread, kPriorSpread), weight};
    if (maxOutputTokens > 0)
        output.mean = std::min(output.mean, static_cast<double>(maxOutputTokens));
    return output;
}

/// Answers of `pages` pages differ from each other, and their true mean from the one known so far.
Range<qint64> outputOf(const Output &output, qint64 pages, qint64 maxOutputTokens)
{
    const auto count = static_cast<double>(pages);
    const double middle = output.mean * count;
    const double deviation = kDeviations * output.spread * std::sqrt(count + count * count / output.weight);
    const double most =
        maxOutputTokens > 0 ? static_cast<double>(maxOutputTokens) * count : middle + deviation;
    return {static_cast<qint64>(std::floor(std::max(0.0, middle - deviation))),
            static_cast<qint64>(std::ceil(middle)),
            static_cast<qint64>(std::ceil(std::max(middle, std::min(most, middle + deviation))))};
}

/// A group as it is sent to this model.
struct Sent {
    qint64 pages = 0;
    qint64 pictures = 0;
    Range<qint64> text;
    Range<qint64> image;
    qint64 largestInput = 0; ///< of one page, high end
    qint64 reservedInput = 0;
};

ImageRule ruleOf(const RunPlan &plan)
{
    const ImageRule rule = plan.model.pictureRule();
    return plan.past.imagePerThousand > 0 ? rule.measured(plan.past.imagePerThousand) : rule;
}

Sent sent(const PageSet::Group &group, const RunPlan &plan, bool withPicture)
{
    const bool exact = plan.model.countsExactly();
    const auto textOf = [&](qint64 pageTokens, qint64 percentage) {
        return percent(pageTokens + plan.promptTokens * group.pages, exact ? 100 : percentage);
    };
    Sent result;
    result.pages = group.pages;
    result.text = {textOf(group.textTokens.low, kOtherTokenizer.low),
                   textOf(group.textTokens.expected, kOtherTokenizer.expected),
                   textOf(group.textTokens.high, kOtherTokenizer.high)};
    QSize pixels;
    ImageTokens picture;
    if (withPicture) {
        const ImageRule rule = ruleOf(plan);
        result.pictures = group.pages;
        pixels = drawnSize(group.points, bestScale(rule, group.points));
        picture = imageTokens(rule, pixels);
        result.image = {picture.expected * group.pages, picture.expected * group.pages,
                        picture.most * group.pages};
    }
    result.largestInput = picture.most + percent(group.largestTextTokens + plan.promptTokens,
                                                 exact ? 100 : kOtherTokenizer.high);
    result.reservedInput = mostInputTokens(
        plan.model, {group.largestTextTokens + plan.promptTokens, pixels, plan.maxOutputTokens});
    return result;
}

std::optional<Money> costOf(const ModelPrice &price, const Sent &group, qint64 input, qint64 output)
{
    // Pages of a group are alike but for their text, and large ones stand alone: where the largest pays the
    // surcharge, the others are taken to pay it too.
    return price.costOfMany({.input = input, .output = output}, group.pages, price.isLong(group.largestInput),
                            group.pictures);
}

bool addTo(Range<Money> &total, const std::optional<Money> &low, const std::optional<Money> &expected,
           const std::optional<Money> &high)
{
    if (!low || !expected || !high)
        return false;
    const auto sumLow = Money::sum(total.low, *low);
    const auto sumExpected = Money::sum(total.expected, *expected);
    const auto sumHigh = Money::sum(total.high, *high);
    if (!sumLow || !sumExpected || !sumHigh)
        return false;
    total = {*sumLow, *sumExpected, *sumHigh};
    return true;
}

/// Answers of all pages are shared out among the groups by their pages, the last one taking the remainder.
class Shares {
public:
    Shares(qint64 total, qint64 pages) : m_total(total), m_pages(pages) {}
    qint64 take(qint64 pages)
    {
        const qint64 share = m_pages <= pages
                                 ? m_total
                                 : static_cast<qint64>(double(m_total) / double(m_pages) * double(pages));
        m_total -= share;
        m_pages -= pages;
        return share;
    }

private:
    qint64 m_total;
    qint64 m_pages;
};

void estimateDuration(Estimate &estimate, const RunPlan &plan)
{
    const qint64 pages = estimate.pagesToDo;
    estimate.isDurationLearned = plan.past.answers > 0 && plan.past.meanLatencyMs > 0;
    const qint64 latency = estimate.isDurationLearned ? plan.past.meanLatencyMs : kPriorLatencyMs;
    const qint64 atOnce = std::max(1, plan.concurrency);
    const qint64 byServer = (pages * latency + atOnce - 1) / atOnce;
    const qint64 byRequests = plan.requestsPerMinute > 0 ? pages * 60'000 / plan.requestsPerMinute : 0;
    const qint64 tokens = estimate.inputTokens.expected + estimate.outputTokens.expected;
    const qint64 byTokens = plan.tokensPerMinute > 0 ? tokens * 60'000 / plan.tokensPerMinute : 0;
    const qint64 byLimits = std::max(byRequests, byTokens);
    const auto within = [&](qint64 percentage) { return std::max(byLimits, percent(byServer, percentage)); };
    estimate.durationMs = estimate.isDurationLearned ? Range<qint64>{within(75), within(100), within(150)}
                                                     : Range<qint64>{within(40), within(100), within(300)};
}

} // namespace

Estimate estimate(const PageSet &pages, const RunPlan &plan)
{
    Estimate result;
    result.pagesToDo = pages.pagesToDo();
    result.pagesAnswered = pages.pagesAnswered();
    result.pagesSkipped = pages.pagesSkipped();
    result.learnedFrom = plan.past.answers;
    result.isOutputLearned = plan.past.answers > 0;
    result.isTextExact = pages.isCounted() && plan.model.countsExactly();
    result.priceState = plan.model.priceState();

    const bool sees = plan.model.vision.valueOr(false);
    const std::optional<ModelPrice> price = plan.model.price();
    const Output output = expectedOutput(plan.past, plan.maxOutputTokens);
    result.outputTokens = outputOf(output, result.pagesToDo, plan.maxOutputTokens);
    Shares low(result.outputTokens.low, result.pagesToDo);
    Shares expected(result.outputTokens.expected, result.pagesToDo);
    Shares high(result.outputTokens.high, result.pagesToDo);

    bool isPriced = price.has_value();
    qint64 reservedInput = 0;
    Range<Money> cost;
    for (const PageSet::Group &group : pages.groups()) {
        const bool withPicture = sees && !group.points.isEmpty();
        if (withPicture)
            result.pagesWithPicture += group.pages;
        else if (group.isUselessWithoutPicture)
            result.pagesNeedingVision += group.pages;
        const Sent part = sent(group, plan, withPicture);
        const auto input = [&](qint64 Range<qint64>::*end) { return part.text.*end + part.image.*end; };
        const auto add = [&](qint64 Range<qint64>::*end) {
            result.textTokens.*end += part.text.*end;
            result.imageTokens.*end += part.image.*end;
            result.inputTokens.*end += input(end);
        };
        add(&Range<qint64>::low);
        add(&Range<qint64>::expected);
        add(&Range<qint64>::high);
        result.largestInputTokens = std::max(result.largestInputTokens, part.largestInput);
        reservedInput = std::max(reservedInput, part.reservedInput);
        isPriced = isPriced &&
                   addTo(cost, costOf(*price, part, input(&Range<qint64>::low), low.take(group.pages)),
                         costOf(*price, part, input(&Range<qint64>::expected), expected.take(group.pages)),
                         costOf(*price, part, input(&Range<qint64>::high), high.take(group.pages)));
    }
    result.isImageExact = result.pagesWithPicture == 0 || plan.model.pictureRule().exact;
    if (isPriced)
        result.cost = cost;
    if (price && result.pagesToDo > 0)
        result.worstRequest =
            price->mostFor(reservedInput, plan.maxOutputTokens, result.pagesWithPicture > 0 ? 1 : 0);
    estimateDuration(result, plan);
    return result;
}

qint64 mostInputTokens(const ModelInfo &model, const RequestSize &request)
{
    const qint64 text = percent(request.textTokens, model.countsExactly() ? 100 : kReservedPercent);
    const qint64 image = imageTokens(model.pictureRule(), request.picture).most;
    return text + image + kFramingTokens;
}

std::optional<Money> worstCase(const ModelInfo &model, const RequestSize &request)
{
    const std::optional<ModelPrice> price = model.price();
    if (!price)
        return std::nullopt;
    return price->mostFor(mostInputTokens(model, request), request.maxOutputTokens,
                          request.picture.isEmpty() ? 0 : 1);
}

} // namespace lectern::models
