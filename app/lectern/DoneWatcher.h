// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <QObject>
#include <QTimer>

namespace lectern::presentation {
class WorkspaceClient;
struct LibrarySnapshot;
} // namespace lectern::presentation

namespace lectern::ui {
class MainWindow;
}

namespace lectern::app {

/// Notices when nothing is left to do: everything was added, every page is settled (or everything is paused),
/// and the window shows it. For demonstrations, tests and measurements. GUI thread.
class DoneWatcher final : public QObject {
    Q_OBJECT

public:
    DoneWatcher(presentation::WorkspaceClient &client, const base::Clock &clock, ui::MainWindow &window);

Q_SIGNALS:
    /// Once; the first document is chosen and drawn.
    void done();

private:
    void check();
    void finish();

    presentation::WorkspaceClient &m_client;
    const base::Clock &m_clock;
    ui::MainWindow &m_window;
    qint64 m_quietSince = 0; ///< when the last file was added
    QTimer m_patience;       ///< a page that can't be drawn must not hold everything up
    bool m_showing = false;
    bool m_finished = false;
};

} // namespace lectern::app
