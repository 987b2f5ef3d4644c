// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/TrialView.h"

#include "presentation/ErrorText.h"
#include "presentation/Format.h"
#include "presentation/MoneyText.h"

#include <QStringList>

namespace lectern::presentation {

QString TrialText::sentence(const TrialView &view)
{
    QStringList sentences;
    if (!view.isOver()) {
        const QString pages = Format::pages(view.pages);
        sentences << (view.answered == 0 ? tr("Trying %1 with %2.").arg(pages, view.modelName)
                                         : tr("Trying %1 with %2: %3 answered so far.")
                                               .arg(pages, view.modelName, Format::count(view.answered)));
        if (view.problem.code != base::ErrorCode::None)
            sentences << tr("It waits: %1", "why").arg(ErrorText::of(view.problem.code).happened);
        return sentences.join(QLatin1Char(' '));
    }
    if (view.answered > 0)
        sentences << tr("%1 tried with %2 for %3.", "pages, model, money")
                         .arg(Format::pages(view.answered), view.modelName, MoneyText::amount(view.spent));
    if (view.failed > 0)
        sentences << (view.failed == 1
                          ? tr("1 page failed: %1").arg(ErrorText::of(view.problem.code).happened)
                          : tr("%Ln pages failed: %1", nullptr, view.failed)
                                .arg(ErrorText::of(view.problem.code).happened));
    if (sentences.isEmpty())
        sentences << tr("The trial with %1 was stopped.").arg(view.modelName);
    return sentences.join(QLatin1Char(' '));
}

Notice TrialText::notice(const TrialView &view, qint64 pagesLeft, const QString &price)
{
    Notice notice;
    notice.id = view.isOver() ? overId() : runningId();
    notice.text = sentence(view);
    if (!view.isOver()) {
        notice.kind = view.problem.code == base::ErrorCode::None ? Notice::Kind::Info : Notice::Kind::Warning;
        notice.actions = {{stopCommand(), tr("Stop")}};
        return notice;
    }
    notice.kind = view.failed > 0 ? Notice::Kind::Warning : Notice::Kind::Info;
    if (pagesLeft > 0 && !price.isEmpty())
        notice.text +=
            QLatin1Char(' ') +
            (pagesLeft == 1
                 ? tr("The page that is left: %1.").arg(price)
                 : tr("The %1 that are left: %2.", "pages, price").arg(Format::pages(pagesLeft), price));
    notice.actions = {{reviewCommand(), tr("Continue…")}};
    return notice;
}

} // namespace lectern::presentation
