// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/BatchNotifier.h"

#include "presentation/Format.h"

namespace lectern::ui {

using presentation::Format;

BatchNotifier::BatchNotifier(std::function<bool()> isWatched, QObject *parent)
    : QObject(parent), m_isWatched(std::move(isWatched))
{
}

void BatchNotifier::setSnapshot(const presentation::LibrarySnapshot &snapshot)
{
    const domain::Totals &now = snapshot.totals;
    const bool works = snapshot.hasWork() && !snapshot.paused;
    if (m_first) {
        m_first = false;
        m_start = now;
    } else if (!m_running && works) {
        m_start = m_last;
    }
    const bool ended = m_running && !snapshot.hasWork();
    const bool locked = now.documentsNeedPassword > m_last.documentsNeedPassword && m_running;
    m_running = works;
    m_last = now;
    if (m_isWatched())
        return;
    if (ended)
        Q_EMIT notify(tr("Indexing finished"), summary(now));
    else if (locked && now.documentsNeedPassword == 1)
        Q_EMIT notify(tr("Password needed"), tr("A document is locked with a password. The others go on."));
}

QString BatchNotifier::summary(const domain::Totals &now) const
{
    const int done = qMax(0, now.documentsDone - m_start.documentsDone);
    const int failed = qMax(0, now.documentsWithFailures + now.documentsSetAside -
                                   m_start.documentsWithFailures - m_start.documentsSetAside);
    const int locked = qMax(0, now.documentsNeedPassword - m_start.documentsNeedPassword);
    QString text = tr("%1 done.").arg(Format::documents(done));
    if (failed > 0)
        text += QLatin1Char(' ') + tr("%1 with failures.").arg(Format::documents(failed));
    if (locked > 0)
        text += QLatin1Char(' ') + tr("%1 locked with a password.").arg(Format::documents(locked));
    return text;
}

} // namespace lectern::ui
