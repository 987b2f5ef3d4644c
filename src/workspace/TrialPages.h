// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"

#include <QVector>

namespace lectern::workspace {

/// A page that a trial may take.
struct TrialCandidate {
    domain::DocumentId document;
    int number = 0;
    bool needsPicture = false; ///< and the model sees
};

/// The pages of a trial: spread, so that they stand for all. The candidates, in their order, are cut into as
/// many parts as pages are wanted, and the middle page of each part is taken. When none of these needs its
/// picture although some candidate does, the picture page that is nearest to one of the chosen takes its
/// place: it is what may cost most. In the order of the candidates; all of them when there are no more. Pure.
[[nodiscard]] QVector<TrialCandidate> trialPages(const QVector<TrialCandidate> &candidates, int wanted);

} // namespace lectern::workspace
