// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Failure.h"
#include "domain/Document.h"
#include "domain/Work.h"

#include <QString>
#include <QVector>

namespace lectern::cli {

/// The states that options take by name, as `--json` prints them. Unknown names are usage errors that list
/// the known.
class Names {
public:
    /// The stored states that may show under this name: "paused" is any unfinished one.
    [[nodiscard]] static Outcome<QVector<domain::DocumentState>> documentStates(const QString &name);
    [[nodiscard]] static Outcome<domain::JobState> jobState(const QString &name);

    [[nodiscard]] static const QVector<domain::DocumentState> &allDocumentStates();
    [[nodiscard]] static const QVector<domain::JobState> &allJobStates();
};

} // namespace lectern::cli
