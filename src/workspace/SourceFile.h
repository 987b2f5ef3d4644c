// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "domain/Document.h"
#include "store/Library.h"

#include <QString>

namespace lectern::workspace {

/// What kind of document a file is, judged by its name and its first kilobyte. A damaged PDF may have lost
/// its header and a text file may carry a PDF's name, so either sign makes it a PDF and the helper has the
/// last word.
[[nodiscard]] base::Result<domain::DocumentKind> kindOfFile(const QString &path);

/// Reads the file once for its SHA-256. Errors: FileMissing, FileUnreadable, FileChanged (it grew or shrank
/// meanwhile), Cancelled.
[[nodiscard]] base::Result<store::Fetched> fetchFile(const QString &path, const base::CancelToken &cancel);

/// Size and time of change as the library keeps them. Errors: FileMissing, FileUnreadable.
struct FileStamp {
    qint64 bytes = 0;
    qint64 modifiedAt = 0;
};
[[nodiscard]] base::Result<FileStamp> stampOf(const QString &path);

} // namespace lectern::workspace
