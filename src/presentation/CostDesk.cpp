// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/CostDesk.h"

#include "presentation/CostReader.h"
#include "presentation/WorkspaceClient.h"

#include <utility>

namespace lectern::presentation {

using base::CancelToken;
using workspace::Workspace;

namespace {

constexpr int kIntervalMs = 1'000;

} // namespace

CostDesk::CostDesk(WorkspaceClient &client, const base::Clock &clock, QObject *parent)
    : QObject(parent), m_client(client), m_clock(clock)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kIntervalMs);
    connect(&m_timer, &QTimer::timeout, this, &CostDesk::refresh);
    connect(&client, &WorkspaceClient::opened, this, [this] {
        m_reading = false; // what a workspace was asked before is never answered
        refresh();
    });
    connect(&client.feed(), &LibraryFeed::snapshotChanged, this, [this] {
        if (!m_timer.isActive())
            m_timer.start();
    });
}

void CostDesk::watchRun(qint64 run)
{
    if (std::exchange(m_watchedRun, run) != run && run != 0 && !m_runs.find(run))
        refresh();
}

void CostDesk::refresh()
{
    if (std::exchange(m_reading, true))
        return m_timer.start();
    m_client.askCosts(this,
                      [this, watched = m_watchedRun,
                       &clock = m_clock](Workspace &workspace, const CancelToken &) -> std::function<void()> {
                          const auto runs = CostReader(workspace, clock).runs(watched);
                          return [this, runs] {
                              m_reading = false;
                              if (!runs || *runs == m_runs)
                                  return;
                              m_runs = *runs;
                              Q_EMIT runsChanged();
                          };
                      });
}

void CostDesk::askCosts(const CostQuery &query)
{
    m_client.askCosts(
        this,
        [this, query, &clock = m_clock](Workspace &workspace, const CancelToken &) -> std::function<void()> {
            const auto summary = CostReader(workspace, clock).costs(query);
            return [this, summary] {
                if (summary)
                    Q_EMIT costsRead(*summary);
                else
                    Q_EMIT costsFailed(summary.error());
            };
        });
}

void CostDesk::askPrices()
{
    m_client.askCosts(
        this, [this, &clock = m_clock](Workspace &workspace, const CancelToken &) -> std::function<void()> {
            const auto facts = CostReader(workspace, clock).prices();
            return [this, facts] {
                if (facts)
                    Q_EMIT pricesRead(*facts);
                else
                    Q_EMIT failed(facts.error(), tr("Reading the prices"));
            };
        });
}

void CostDesk::exportCosts(const QString &path)
{
    // Not in line with what is read every second: a million rows take their time.
    m_client.askModels(
        this,
        [this, path, &clock = m_clock](Workspace &workspace, const CancelToken &) -> std::function<void()> {
            const base::Status done = CostReader(workspace, clock).exportTo(path);
            return [this, path, done] {
                if (done)
                    Q_EMIT exported(path);
                else
                    Q_EMIT failed(done.error(), tr("Exporting the costs"));
            };
        });
}

} // namespace lectern::presentation
