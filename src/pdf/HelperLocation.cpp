// SPDX-License-Identifier: GPL-3.0-or-later
#include "pdf/HelperLocation.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace lectern::pdf {

QString helperProgramPath()
{
    const QString chosen = qEnvironmentVariable("LECTERN_PDF_HELPER");
    if (!chosen.isEmpty())
        return chosen;
    const QString folder = QCoreApplication::applicationDirPath();
    for (const auto *place : {"/lectern-pdf", "/../libexec/lectern/lectern-pdf"}) {
        const QFileInfo file(folder + QLatin1String(place));
        if (file.isFile() && file.isExecutable())
            return file.canonicalFilePath();
    }
    return {};
}

} // namespace lectern::pdf
