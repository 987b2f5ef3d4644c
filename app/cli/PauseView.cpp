// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/PauseView.h"

#include "store/Connection.h"
#include "store/JobQueue.h"

namespace lectern::cli {

base::Result<PauseView> PauseView::read(store::Connection &reader)
{
    return store::JobQueue::allPaused(reader).map([](bool everything) { return PauseView{everything}; });
}

bool PauseView::isPaused(const domain::Document &document) const
{
    return !domain::isSettled(document.state) && (everything || document.paused);
}

QString PauseView::stateName(const domain::Document &document) const
{
    return isPaused(document) ? QStringLiteral("paused") : domain::documentStateName(document.state);
}

} // namespace lectern::cli
