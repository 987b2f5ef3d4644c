// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/ModelChoice.h"

#include "presentation/Format.h"
#include "presentation/MoneyText.h"

#include <QLocale>

namespace lectern::presentation {

QStringList ModelText::badges(const ModelChoice &choice)
{
    QStringList badges;
    if (choice.vision)
        badges << tr("Vision", "a model that sees pictures");
    if (choice.structuredOutput)
        badges << tr("JSON", "a model that keeps to a form");
    if (choice.local || choice.builtIn)
        badges << tr("Local", "a model on this computer");
    if (choice.isFree())
        badges << tr("Free", "a model that costs nothing");
    return badges;
}

QString ModelText::obstacle(const ModelChoice &choice)
{
    const int pages = static_cast<int>(choice.unfitPages);
    switch (choice.unfit) {
    case ModelChoice::Unfit::None:
        return {};
    case ModelChoice::Unfit::NeedsVision:
        return pages == 1 ? tr("1 page has no text: a model with Vision is needed")
                          : tr("%Ln pages have no text: a model with Vision is needed", nullptr, pages);
    case ModelChoice::Unfit::ContextTooSmall:
        return pages == 1 ? tr("1 page is longer than it can read")
                          : tr("%Ln pages are longer than it can read", nullptr, pages);
    case ModelChoice::Unfit::VectorsOnly:
        return tr("Only compares texts: it can't answer");
    case ModelChoice::Unfit::ShutDown:
        return choice.shutdownDate.isValid()
                   ? tr("Was shut down on %1")
                         .arg(QLocale().toString(choice.shutdownDate, QStringLiteral("d MMM yyyy")))
                   : tr("Was shut down");
    case ModelChoice::Unfit::KeyMissing:
        return tr("%1 needs a key first").arg(choice.provider);
    case ModelChoice::Unfit::EndpointOff:
        return tr("%1 is switched off").arg(choice.provider);
    }
    return {};
}

QString ModelText::warning(const ModelChoice &choice, const QDate &today)
{
    QStringList warnings;
    if (choice.unfit == ModelChoice::Unfit::None && choice.shutdownDate.isValid() && today.isValid() &&
        today.daysTo(choice.shutdownDate) <= kRetiringDays)
        warnings << tr("Shuts down on %1")
                        .arg(QLocale().toString(choice.shutdownDate, QStringLiteral("d MMM yyyy")));
    if (!choice.isPriceKnown())
        warnings << tr("Price unknown: a run needs your price or your consent");
    return warnings.join(QStringLiteral(" · "));
}

QString ModelText::inputPrice(const ModelChoice &choice)
{
    if (choice.isFree())
        return tr("free");
    return choice.price ? MoneyText::perMillion(choice.price->input) : tr("unknown", "price");
}

QString ModelText::outputPrice(const ModelChoice &choice)
{
    if (choice.isFree())
        return tr("free");
    return choice.price ? MoneyText::perMillion(choice.price->output) : tr("unknown", "price");
}

QString ModelText::context(const ModelChoice &choice)
{
    return choice.contextTokens > 0 ? MoneyText::tokens(choice.contextTokens) : Format::none();
}

QString ModelText::estimate(const ModelChoice &choice)
{
    if (choice.unfit != ModelChoice::Unfit::None)
        return Format::none();
    if (choice.isFree())
        return tr("free");
    if (!choice.isPriceKnown())
        return tr("price unknown");
    if (choice.estimate)
        return MoneyText::approximately(*choice.estimate);
    return choice.estimating ? QStringLiteral("…") : QString();
}

QString ModelText::spoken(const ModelChoice &choice, const QDate &today)
{
    QStringList parts{choice.name, choice.provider};
    if (choice.favourite)
        parts << tr("favourite");
    parts << badges(choice);
    if (choice.unfit != ModelChoice::Unfit::None) {
        parts << tr("can't be chosen: %1").arg(obstacle(choice));
    } else if (!choice.isFree()) {
        if (choice.price)
            parts << tr("input %1 and output %2 for a million tokens")
                         .arg(inputPrice(choice), outputPrice(choice));
        if (choice.estimate)
            parts << tr("about %1 for this run").arg(MoneyText::spoken(*choice.estimate));
    }
    const QString known = warning(choice, today);
    if (!known.isEmpty())
        parts << known;
    return parts.join(QStringLiteral(", "));
}

QString ModelText::button(const ModelChoice &choice)
{
    if (choice.id.isEmpty())
        return tr("Choose a model");
    return choice.name.isEmpty() ? choice.id : choice.name;
}

QString ModelText::spokenButton(const ModelChoice &choice)
{
    QStringList parts{tr("Model: %1").arg(button(choice))};
    if (choice.vision)
        parts << tr("vision");
    if (choice.isFree())
        parts << tr("free");
    else if (!choice.id.isEmpty() && !choice.isPriceKnown())
        parts << tr("price unknown");
    else if (choice.estimate)
        parts << tr("about %1 for this run").arg(MoneyText::spoken(*choice.estimate));
    return parts.join(QStringLiteral(", "));
}

} // namespace lectern::presentation
