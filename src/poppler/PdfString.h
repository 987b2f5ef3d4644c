// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

namespace lectern::poppler {

/// A text string of a PDF (UTF-16 or UTF-8 with a byte order mark, PDFDocEncoding otherwise) as one line:
/// control characters become spaces, white space is collapsed, and at most 2,000 characters are kept.
[[nodiscard]] QString fromPdfString(const std::string &bytes);

} // namespace lectern::poppler
