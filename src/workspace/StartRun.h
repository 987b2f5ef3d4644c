// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "store/Database.h"
#include "workspace/ModelDirectory.h"
#include "workspace/ResumeCheck.h"
#include "workspace/RunEstimate.h"
#include "workspace/Workspace.h"

namespace lectern::workspace {

/// Starts what the user decided: a run over pages, or a trial of a few of them. Any thread but the GUI's.
class StartRun {
public:
    /// The references outlive this. `builtIn` is the id of the analyser that asks nobody.
    StartRun(store::Database &database, ModelDirectory &directory, const RunEstimate &estimate,
             ResumeCheck &approvals, QString builtIn);

    /// A run without pages.
    [[nodiscard]] base::Result<domain::RunId> create(const RunRequest &request) const;
    /// Gives pages to a run that create() made.
    [[nodiscard]] base::Result<RunReport> assign(domain::RunId run, const RunPages &pages,
                                                 const RunRequest &request) const;
    /// Both, or the trial that the request asks for.
    [[nodiscard]] base::Result<RunReport> start(const RunPages &pages, const RunRequest &request) const;

private:
    [[nodiscard]] QString analyzerOf(const RunRequest &request) const;
    [[nodiscard]] base::Result<RunReport> startTrial(const RunPages &pages, const RunRequest &request) const;

    store::Database &m_database;
    ModelDirectory &m_directory;
    const RunEstimate &m_estimate;
    ResumeCheck &m_approvals;
    QString m_builtIn;
};

} // namespace lectern::workspace
