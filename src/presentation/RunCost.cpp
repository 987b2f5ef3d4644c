// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/RunCost.h"

#include "presentation/MoneyText.h"

#include <algorithm>

namespace lectern::presentation {

using domain::Money;

namespace {

/// Before that many answers, the estimate says more than the answers do.
constexpr qint64 kFewestAnswers = 3;

} // namespace

qint64 RunCost::pagesLeft() const
{
    return live ? std::max<qint64>(0, pages - pagesDone - pagesFailed) : 0;
}

Money RunCost::expectedPerPage() const
{
    const qint64 left = pagesLeft();
    if (free || left == 0)
        return {};
    if (answeredRequests >= kFewestAnswers)
        return MoneyText::share(money.spent, answeredRequests);
    const Money middle{estimateLow.picodollars + (estimateHigh.picodollars - estimateLow.picodollars) / 2};
    return MoneyText::share(std::max(Money{}, middle - money.spent), left);
}

Money RunCost::expected() const
{
    const Money most = Money::product(expectedPerPage(), pagesLeft()).value_or(Money{});
    if (!money.limit)
        return most;
    return std::clamp(*money.limit - money.spent, Money{}, most);
}

Money RunCosts::committed() const
{
    Money sum;
    for (const RunCost &run : live)
        sum = Money::sum(sum, run.expected()).value_or(sum);
    return sum;
}

std::optional<RunCost> RunCosts::find(qint64 run) const
{
    const auto found =
        std::find_if(live.cbegin(), live.cend(), [run](const RunCost &each) { return each.id == run; });
    if (found != live.cend())
        return *found;
    return watched && watched->id == run ? watched : std::nullopt;
}

} // namespace lectern::presentation
