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
    AddSources(store::Writer &writer, QString analyzer);

    /// Waits for the disk. Cancelling keeps what was added so far.
    [[nodiscard]] base::Result<AddReport> add(const QStringList &paths, domain::Goal goal,
                                              const base::CancelToken &cancel);

private:
    struct Candidate {
        store::NewSource source;
        bool supported = false;
    };
    [[nodiscard]] base::Status addBatch(const QVector<Candidate> &batch, AddReport &report);

    store::Writer &m_writer;
    QString m_analyzer;
};

} // namespace lectern::workspace
