// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Clock.h"
#include "base/Result.h"
#include "workspace/Workspace.h"

#include <QStringList>

namespace lectern::workspace {

/// Puts files and folders into the library: a row and an extract job each, in batches, before anything is
/// read.
class AddSources {
public:
    /// Each call of add() makes a run for this analyser.
    AddSources(store::Writer &writer, QString analyzer);
    /// What is added belongs to this run.
    AddSources(store::Writer &writer, domain::RunId run);

    /// Waits for the disk. Cancelling keeps what was added so far.
    [[nodiscard]] base::Result<AddReport> add(const QStringList &paths, domain::Goal goal,
                                              const base::CancelToken &cancel);

private:
    struct Candidate {
        store::NewSource source;
        bool supported = false;
    };
    [[nodiscard]] base::Result<domain::RunId> runFor(domain::Goal goal) const;
    [[nodiscard]] base::Status addBatch(const QVector<Candidate> &batch, AddReport &report);

    store::Writer &m_writer;
    QString m_analyzer;
    domain::RunId m_run;
};

} // namespace lectern::workspace
