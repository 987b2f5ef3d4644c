// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lectern::pdf {

/// Where lectern-pdf is: the LECTERN_PDF_HELPER environment variable, else beside the running program, else
/// in
/// ../libexec/lectern of it. Empty when there is none. Needs a QCoreApplication.
[[nodiscard]] QString helperProgramPath();

} // namespace lectern::pdf
