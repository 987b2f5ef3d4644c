// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/Notices.h"
#include "workspace/ResumeCheck.h"

#include <QCoreApplication>
#include <QString>

namespace lectern::presentation {

/// Words for runs that wait for an answer since a start. Pure.
class ResumeText {
    Q_DECLARE_TR_FUNCTIONS(ResumeText)

public:
    // What the banner's buttons ask for; a colon and the run follow.
    static QString acceptCommand() { return QStringLiteral("run.accept"); }
    static QString reviewCommand() { return QStringLiteral("run.review"); }
    static QString otherModelCommand() { return QStringLiteral("run.otherModel"); }
    static QString noticeId(domain::RunId run);

    /// "412 pages wait for your answer: gpt-4 costs 30 % more than …".
    [[nodiscard]] static QString sentence(const workspace::OpenRun &run);
    /// Cannot be closed: nothing of the run goes on before it is answered.
    [[nodiscard]] static Notice notice(const workspace::OpenRun &run);
};

} // namespace lectern::presentation
