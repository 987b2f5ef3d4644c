// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lectern::pdf {

/// What is known of a PDF once it is open. Texts are as the file states them, at most a few thousand
/// characters.
struct DocumentInfo {
    int pageCount = 0; ///< as the file claims; a page may still turn out to be missing
    QString title;
    QString author;
    QString subject;
    QString creator;
    QString pdfVersion; ///< "1.7"
    bool encrypted = false;
    bool copyAllowed = true; ///< false: the author asks that text is not copied out

    friend bool operator==(const DocumentInfo &, const DocumentInfo &) = default;
};

} // namespace lectern::pdf
