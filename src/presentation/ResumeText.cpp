// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/ResumeText.h"

#include "presentation/Format.h"
#include "presentation/MoneyText.h"

#include <QFileInfo>

namespace lectern::presentation {

using store::Question;
using workspace::OpenRun;

namespace {

/// Only a class with translation functions can be asked for words.
class Reasons {
    Q_DECLARE_TR_FUNCTIONS(ResumeText)

public:
    static QString of(const OpenRun &run);

private:
    static QString priceRose(const OpenRun &run);
};

QString Reasons::priceRose(const OpenRun &run)
{
    const QString model = run.model.model;
    const QString rise = run.pricePercent > 0 ? tr("%1 costs %2 % more than when you approved the run.")
                                                    .arg(model, Format::count(run.pricePercent))
                                              : tr("%1 cost nothing when you approved the run.").arg(model);
    if (!run.costLeft || !run.costThen)
        return rise;
    return tr("%1 The rest comes to %2 instead of %3.", "sentence, amount now, amount then")
        .arg(rise, MoneyText::approximately(*run.costLeft), MoneyText::approximately(*run.costThen));
}

QString Reasons::of(const OpenRun &run)
{
    const QString model = run.model.model;
    switch (run.question) {
    case Question::PriceRose:
        return priceRose(run);
    case Question::BudgetShort:
        return run.costLeft ? tr("the rest with %1 comes to %2, and your budget has less left.")
                                  .arg(model, MoneyText::approximately(*run.costLeft))
                            : tr("the rest with %1 costs more than your budget has left.").arg(model);
    case Question::ModelGone:
        return tr("%1 can't be had from “%2” any more, or “%2” is switched off.")
            .arg(model, run.model.endpoint);
    case Question::FileChanged:
        return run.file.isEmpty()
                   ? tr("a file has changed since it was read.")
                   : tr("“%1” has changed since it was read.").arg(QFileInfo(run.file).fileName());
    case Question::Crashed:
        return tr("Lectern ended unexpectedly while it was at work. Nothing that was answered is lost.");
    case Question::None:
        break;
    }
    return {};
}

} // namespace

QString ResumeText::noticeId(domain::RunId run)
{
    return QStringLiteral("resume.run:%1").arg(run.value);
}

QString ResumeText::sentence(const OpenRun &run)
{
    const QString reason = Reasons::of(run);
    const int pages = static_cast<int>(run.pagesLeft);
    if (pages > 0)
        return pages == 1 ? tr("1 page waits for your answer: %1").arg(reason)
                          : tr("%Ln pages wait for your answer: %1", nullptr, pages).arg(reason);
    return run.documents == 1
               ? tr("1 document waits for your answer: %1").arg(reason)
               : tr("%Ln documents wait for your answer: %1", nullptr, run.documents).arg(reason);
}

Notice ResumeText::notice(const OpenRun &run)
{
    const auto command = [&](const QString &name) {
        return QStringLiteral("%1:%2").arg(name).arg(run.run.value);
    };
    Notice notice{noticeId(run.run), Notice::Kind::Warning, sentence(run), {}, false};
    if (run.question == Question::ModelGone)
        notice.actions = {{command(otherModelCommand()), tr("Choose another model…")},
                          {command(acceptCommand()), tr("Try it all the same")}};
    else
        notice.actions = {{command(acceptCommand()), tr("Resume")},
                          {command(reviewCommand()), tr("Review…")}};
    return notice;
}

} // namespace lectern::presentation
