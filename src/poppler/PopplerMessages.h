// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace lectern::poppler {

/// Poppler's complaints about the file at hand, which would otherwise go to standard error without end. Only
/// the last serious one is kept; it becomes the detail of an error.
class PopplerMessages {
public:
    /// Takes over Poppler's messages for the whole process.
    static void capture();

    /// Forgets what was said so far.
    static void clear();

    /// The last error said since clear(), at most 200 characters, or `otherwise`.
    [[nodiscard]] static QString lastError(const QString &otherwise);
};

} // namespace lectern::poppler
