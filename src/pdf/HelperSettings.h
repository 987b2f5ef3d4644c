// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lectern::pdf {

/// Limits of the helper processes. Honest pages take up to 15 s of a slow computer's processor. What hangs is
/// ended by the limit of processor time; the deadlines leave room for a computer that is busy with other
/// things.
struct HelperSettings {
    QString program; ///< path of lectern-pdf, see helperProgramPath()
    qint64 openDeadlineMs = 60'000;
    qint64 pageDeadlineMs = 60'000;
    qint64 renderDeadlineMs = 60'000;
    qint64 memoryLimitBytes = 2'147'483'648;     ///< address space of one helper
    int cpuSecondsPerRequest = 30;               ///< processor time of one page, or of opening
    int maxHelpers = 0;                          ///< working at the same time; 0: one for each core
    int documentsPerHelper = 500;                ///< a helper is replaced after so many, against slow leaks
    qint64 idleResidentLimitBytes = 160'000'000; ///< a helper that stays larger than this is replaced
};

} // namespace lectern::pdf
