// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lectern/DoneWatcher.h"

#include "presentation/LibraryFeed.h"
#include "presentation/WorkspaceClient.h"
#include "ui/shell/MainWindow.h"

namespace lectern::app {

namespace {

constexpr int kPatienceMs = 15'000;

} // namespace

DoneWatcher::DoneWatcher(presentation::WorkspaceClient &client, const base::Clock &clock,
                         ui::MainWindow &window)
    : QObject(&window), m_client(client), m_clock(clock), m_window(window), m_quietSince(clock.nowMs())
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, &DoneWatcher::finish);
    connect(&client, &presentation::WorkspaceClient::longTasksChanged, this, [this] {
        m_quietSince = m_clock.nowMs();
        m_client.feed().wake();
        check();
    });
    connect(&client.feed(), &presentation::LibraryFeed::snapshotChanged, this, &DoneWatcher::check);
    connect(&window, &ui::MainWindow::usable, this, &DoneWatcher::check);
    connect(&window, &ui::MainWindow::settled, this, [this] {
        if (m_showing && m_window.isSettled())
            finish();
    });
}

void DoneWatcher::check()
{
    if (m_showing || !m_window.isUsable() || m_client.longTasks() > 0)
        return;
    const presentation::LibrarySnapshot &snapshot = m_client.feed().snapshot();
    if (snapshot.atMs <= m_quietSince)
        return; // read before the last file came
    const domain::Totals &totals = snapshot.totals;
    const bool waits = snapshot.paused || totals.documentsUnfinished() <= totals.documentsPaused;
    if (snapshot.hasWork() && !waits)
        return;
    m_showing = true;
    m_window.chooseFirst();
    m_patience.start();
    if (totals.documents == 0)
        finish();
}

void DoneWatcher::finish()
{
    if (m_finished)
        return;
    m_finished = true;
    m_patience.stop();
    Q_EMIT done();
}

} // namespace lectern::app
