// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/EmbeddingView.h"

#include "presentation/ErrorText.h"
#include "presentation/Format.h"
#include "presentation/MoneyText.h"

#include <QStringList>

namespace lectern::presentation {

namespace {

const QString kDot = QStringLiteral(" · ");

} // namespace

QString EmbeddingText::title(const ModelChoice &model)
{
    if (model.builtIn)
        return tr("Built into Lectern");
    const QString name = ModelText::button(model);
    return model.provider.isEmpty() ? name : tr("%1 at %2", "model, provider").arg(name, model.provider);
}

QString EmbeddingText::shortName(const ModelChoice &model)
{
    return model.builtIn ? tr("the built-in model") : ModelText::button(model);
}

QString EmbeddingText::facts(const EmbeddingModelView &view)
{
    QStringList parts;
    if (!view.language.isEmpty())
        parts << Format::language(view.language);
    if (view.model.builtIn)
        return (parts << tr("on this computer") << tr("free")).join(kDot);
    if (view.dimensions > 0)
        parts << tr("%1 dimensions").arg(Format::count(view.dimensions));
    const bool paid = view.money.limit || view.money.spent.picodollars > 0;
    if (view.model.isFree() && !paid)
        parts << tr("free");
    else
        parts << tr("spent %1", "amount, or amount of cap").arg(BudgetText::use(view.money));
    return parts.join(kDot);
}

QString EmbeddingText::coverage(const EmbeddingModelView &view)
{
    if (view.passages == 0)
        return view.otherLanguage > 0 ? tr("No passage is in a language that it knows.")
                                      : tr("No passages yet: they come with the first documents.");
    const QString all = Format::count(view.passages);
    if (view.missing() == 0)
        return view.passages == 1 ? tr("The only passage has its vector.")
                                  : tr("All %1 passages have vectors.").arg(all);
    return tr("%1 of %2 passages have vectors.").arg(Format::count(view.vectors), all);
}

QString EmbeddingText::gaps(const EmbeddingModelView &view)
{
    QStringList sentences;
    if (const auto missing = static_cast<int>(view.missing()); missing > 0)
        sentences << (missing == 1
                          ? tr("1 passage is still to do: until then it is found by its words only.")
                          : tr("%Ln passages are still to do: until then they are found by their words only.",
                               nullptr, missing));
    if (const auto other = static_cast<int>(view.otherLanguage); other > 0)
        sentences << (other == 1
                          ? tr("1 more passage is in a language that it does not know, and stays so.")
                          : tr("%Ln more passages are in languages that it does not know, and stay so.",
                               nullptr, other));
    return sentences.join(QLatin1Char(' '));
}

QString EmbeddingText::nothingServes(bool hasBuiltIn)
{
    return hasBuiltIn
               ? tr("No model serves yet: pages are found by their words.")
               : tr("The built-in model is missing from this installation: pages are found by their words "
                    "only. A model of an endpoint can be used instead.");
}

QString EmbeddingText::preparing(const EmbeddingModelView &filling)
{
    return tr("Preparing %1", "model at provider").arg(title(filling.model));
}

QString EmbeddingText::meanwhile(const EmbeddingStanding &standing)
{
    if (!standing.serving)
        return tr("Until it is complete, pages are found by their words.");
    const ModelChoice &model = standing.serving->model;
    return model.builtIn ? tr("The built-in model serves until it is complete.")
                         : tr("%1 serves until it is complete.").arg(shortName(model));
}

QString EmbeddingText::capReached(const EmbeddingModelView &filling)
{
    if (!filling.money.isReached())
        return {};
    return tr("Its cap of %1 is reached: it waits there, and nothing is lost. With a higher cap it goes on.")
        .arg(MoneyText::exact(*filling.money.limit));
}

QString EmbeddingText::goBack(const EmbeddingModelView &previous)
{
    return tr("Go back to %1", "model").arg(shortName(previous.model));
}

QString EmbeddingText::goBackNote(const EmbeddingModelView &previous)
{
    if (previous.missing() == 0)
        return tr("Its vectors are kept: it serves again at once.");
    const auto missing = static_cast<int>(previous.missing());
    QStringList sentences{
        missing == 1 ? tr("Its vectors are kept. 1 passage has come since, and is embedded first.")
                     : tr("Its vectors are kept. %Ln passages have come since, and are embedded first.",
                          nullptr, missing)};
    if (!previous.model.isFree())
        sentences << (previous.money.limit
                          ? tr("It stays under its cap of %1.").arg(MoneyText::exact(*previous.money.limit))
                          : tr("It has no cap."));
    return sentences.join(QLatin1Char(' '));
}

QString EmbeddingText::work(const EmbeddingOffer &offer)
{
    if (offer.model.builtIn)
        return tr("Every passage in %1 gets its vector on this computer.")
            .arg(Format::language(offer.language));
    if (offer.state == EmbeddingOffer::State::Calculating || offer.state == EmbeddingOffer::State::Failed)
        return {};
    QStringList parts;
    const auto toDo = static_cast<int>(offer.passages);
    parts << (toDo == 1 ? tr("1 passage to embed") : tr("%Ln passages to embed", nullptr, toDo));
    if (const auto done = static_cast<int>(offer.passagesDone); done > 0)
        parts << (done == 1 ? tr("1 has its vector already, free")
                            : tr("%Ln have their vector already, free", nullptr, done));
    return parts.join(kDot);
}

QString EmbeddingText::price(const EmbeddingOffer &offer)
{
    if (offer.model.isFree())
        return tr("free");
    switch (offer.state) {
    case EmbeddingOffer::State::Calculating:
        return tr("calculating…");
    case EmbeddingOffer::State::PriceUnknown:
        return tr("price unknown");
    case EmbeddingOffer::State::Failed:
        return Format::none();
    case EmbeddingOffer::State::Ready:
        return MoneyText::approximateRange(offer.low, offer.high);
    }
    return {};
}

QString EmbeddingText::exactness(const EmbeddingOffer &offer)
{
    if (offer.model.builtIn)
        return tr("Made by Lectern itself: it costs nothing.");
    switch (offer.state) {
    case EmbeddingOffer::State::Calculating:
        return tr("Counting what there is to embed…");
    case EmbeddingOffer::State::Failed:
        return {};
    case EmbeddingOffer::State::PriceUnknown:
        return tr("The tokens are counted, but nobody knows what this model asks for them.");
    case EmbeddingOffer::State::Ready:
        break;
    }
    if (offer.hasNothingToDo())
        return tr("Every passage has its vector already: nothing is paid now. Passages that come later are "
                  "embedded under the same cap.");
    if (offer.model.isFree())
        return tr("Runs on your own server: it costs time, not money.");
    const QString tokens = MoneyText::tokens(offer.tokens);
    return offer.areTokensExact
               ? tr("%1 tokens, counted as the model counts them.").arg(tokens)
               : tr("About %1 tokens, counted in a sample of the passages: the price is what this comes to.")
                     .arg(tokens);
}

QString EmbeddingText::leaves(const EmbeddingOffer &offer)
{
    if (offer.model.id.isEmpty())
        return {};
    if (offer.model.builtIn)
        return tr("Nothing leaves this computer.");
    if (offer.host.isEmpty())
        return {}; // not known yet
    if (offer.model.local)
        return tr("The text of every passage goes to your own server, %1, and later each question that you "
                  "search for by meaning.")
            .arg(offer.host);
    return tr("The text of every passage goes to %1 (%2), and later each question that you search for by "
              "meaning. Files, pictures and file names stay here.",
              "provider, host")
        .arg(offer.model.provider, offer.host);
}

QString EmbeddingText::startButton(const EmbeddingOffer &offer)
{
    if (offer.model.builtIn)
        return tr("Use the built-in model");
    if (offer.state == EmbeddingOffer::State::Calculating)
        return tr("Calculating…");
    if (offer.hasNothingToDo())
        return tr("Use it, nothing to pay");
    if (offer.model.isFree())
        return tr("Embed for free");
    switch (offer.state) {
    case EmbeddingOffer::State::PriceUnknown:
        return tr("Embed at an unknown price");
    case EmbeddingOffer::State::Ready:
        return tr("Embed for %1").arg(MoneyText::approximately(offer.likely));
    default:
        return tr("Embed");
    }
}

QString EmbeddingText::obstacle(const EmbeddingOffer &offer)
{
    if (offer.model.id.isEmpty())
        return tr("Choose a model first.");
    if (offer.model.unfit != ModelChoice::Unfit::None)
        return ModelText::obstacle(offer.model);
    if (offer.state == EmbeddingOffer::State::Failed)
        return ErrorText::sentence(offer.problem);
    if (offer.state == EmbeddingOffer::State::Calculating)
        return tr("The price is still being calculated.");
    return offer.serves && (offer.model.builtIn || offer.hasNothingToDo()) ? tr("It serves already.")
                                                                           : QString();
}

} // namespace lectern::presentation
