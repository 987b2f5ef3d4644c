// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/EstimateView.h"

#include "presentation/Format.h"
#include "presentation/MoneyText.h"

#include <QLocale>
#include <QStringList>

namespace lectern::presentation {

QString EstimateText::title(const EstimateView &view)
{
    return view.documents == 1 ? tr("Analyze 1 document")
                               : tr("Analyze %Ln documents", nullptr, view.documents);
}

QString EstimateText::pages(const EstimateView &view)
{
    QStringList parts;
    const int toDo = static_cast<int>(view.pagesToDo);
    parts << (toDo == 1 ? tr("1 page to do") : tr("%Ln pages to do", nullptr, toDo));
    const int answered = static_cast<int>(view.pagesAnswered);
    if (answered > 0)
        parts << (answered == 1 ? tr("1 already answered, free")
                                : tr("%Ln already answered, free", nullptr, answered));
    const int skipped = static_cast<int>(view.pagesSkipped);
    if (skipped > 0)
        parts << (skipped == 1 ? tr("1 skipped") : tr("%Ln skipped", nullptr, skipped));
    return parts.join(QStringLiteral(" · "));
}

QString EstimateText::price(const EstimateOption &option)
{
    if (option.model.isFree())
        return tr("free");
    switch (option.state) {
    case EstimateOption::State::Calculating:
        return tr("calculating…");
    case EstimateOption::State::PriceUnknown:
        return tr("price unknown");
    case EstimateOption::State::Ready:
        return MoneyText::approximateRange(option.low, option.high);
    }
    return {};
}

QString EstimateText::exactness(const EstimateView &view)
{
    if (view.hasNothingToDo())
        return tr("Every page has its answer already: nothing is sent, and nothing is paid.");
    const EstimateOption &chosen = view.chosen;
    if (chosen.model.isFree())
        return chosen.model.builtIn ? tr("Done by Lectern itself: nothing leaves this computer.")
                                    : tr("Runs on your own server: it costs time, not money.");
    if (chosen.state == EstimateOption::State::Calculating)
        return tr("Counting the tokens of every page…");
    if (chosen.state == EstimateOption::State::PriceUnknown)
        return tr("The tokens are counted, but nobody knows what this model asks for them.");
    switch (view.exactness) {
    case EstimateView::Exactness::Exact:
        return tr("Every page is counted as the model counts it; the length of the answers is learned from "
                  "earlier ones in this library.");
    case EstimateView::Exactness::Counted:
        return tr("Every page is counted as the model counts it; how long its answers will be is a guess.");
    case EstimateView::Exactness::Estimated:
        return tr("Counted as another model counts, since this one's way is not known: it may differ by a "
                  "fifth.");
    case EstimateView::Exactness::Sampled:
        return tr("Some documents are still being read: their pages are extrapolated from the others.");
    }
    return {};
}

QString EstimateText::time(const EstimateOption &option)
{
    return option.milliseconds > 0 ? tr("about %1").arg(Format::duration(option.milliseconds))
                                   : Format::none();
}

QString EstimateText::budgetLeft(const EstimateOption &option)
{
    if (!option.budgetLeft || option.state != EstimateOption::State::Ready || option.model.isFree())
        return {};
    if (option.budgetLeft->picodollars <= 0)
        return tr("more than the budget");
    return tr("leaves %1").arg(MoneyText::amount(*option.budgetLeft));
}

QString EstimateText::shortage(const EstimateView &view)
{
    if (!view.shortage)
        return {};
    const QString left = MoneyText::amount(view.shortage->left);
    switch (view.shortage->scope) {
    case BudgetScope::Run:
        return tr("The cap of %1 may be reached before the end. The run then waits, and nothing is lost.")
            .arg(left);
    case BudgetScope::Day:
        return tr("%1 of today's budget is left. The run waits there, and goes on tomorrow or when you raise "
                  "the budget.")
            .arg(left);
    case BudgetScope::Month:
        return tr("%1 of this month's budget is left. The run waits there, and goes on next month or when "
                  "you raise the budget.")
            .arg(left);
    case BudgetScope::Workspace:
        return tr("%1 of this library's budget is left. The run waits there until you raise the budget.")
            .arg(left);
    }
    return {};
}

QString EstimateText::startButton(const EstimateView &view)
{
    if (view.hasNothingToDo())
        return tr("Nothing to analyze");
    if (view.chosen.model.isFree())
        return tr("Analyze for free");
    switch (view.chosen.state) {
    case EstimateOption::State::Calculating:
        return tr("Calculating…");
    case EstimateOption::State::PriceUnknown:
        return tr("Analyze at an unknown price");
    case EstimateOption::State::Ready:
        return tr("Analyze for %1").arg(MoneyText::approximately(view.chosen.likely));
    }
    return {};
}

QString EstimateText::trialButton(const EstimateView &view)
{
    return tr("Try %Ln pages first", nullptr, view.trialPages);
}

QVector<QPair<QString, QString>> EstimateText::details(const EstimateView &view)
{
    QVector<QPair<QString, QString>> rows;
    const auto tokens = [](qint64 count) { return tr("%1 tokens").arg(Format::count(count)); };
    rows.append({tr("Text sent"), tokens(view.textTokens)});
    rows.append({tr("Pictures sent"),
                 view.pagesWithPicture > 0
                     ? tr("%1, for %2").arg(tokens(view.pictureTokens), Format::pages(view.pagesWithPicture))
                     : tr("none")});
    rows.append({tr("Answers"),
                 view.learnedFrom > 0
                     ? tr("%1, as long as the last %2 answers here on average")
                           .arg(tokens(view.outputTokens), Format::count(view.learnedFrom))
                     : tr("%1, a guess until the first answers are there").arg(tokens(view.outputTokens))});
    const ModelChoice &model = view.chosen.model;
    if (model.isFree()) {
        rows.append({tr("Price"), tr("free")});
    } else if (model.price) {
        rows.append({tr("Price"), tr("%1 in and %2 out for a million tokens")
                                      .arg(ModelText::inputPrice(model), ModelText::outputPrice(model))});
        if (view.priceDate.isValid())
            rows.append(
                {tr("Price of"), tr("%1, from %2", "date, source")
                                     .arg(QLocale().toString(view.priceDate, QStringLiteral("d MMM yyyy")),
                                          view.priceSource)});
    } else {
        rows.append({tr("Price"), tr("unknown", "price")});
    }
    rows.append({tr("Assumed"), tr("No page needs a second try. Nothing is read from the provider's cache. "
                                   "What is really spent is booked from the provider's own count.")});
    return rows;
}

QString EstimateText::spoken(const EstimateOption &option)
{
    QStringList parts{ModelText::button(option.model)};
    if (option.model.isFree())
        parts << tr("free");
    else if (option.state == EstimateOption::State::Ready)
        parts << tr("about %1 to %2").arg(MoneyText::spoken(option.low), MoneyText::spoken(option.high));
    else
        parts << price(option);
    if (option.milliseconds > 0)
        parts << tr("about %1").arg(Format::spokenDuration(option.milliseconds));
    const QString left = budgetLeft(option);
    if (!left.isEmpty())
        parts << left;
    return parts.join(QStringLiteral(", "));
}

} // namespace lectern::presentation
