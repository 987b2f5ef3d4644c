// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <QString>

namespace lectern::cli {

/// An error on one line of a terminal. The words themselves are presentation's; what to do next
/// is worded for the window and left out here.
class ErrorLine {
public:
    /// "Password needed"
    [[nodiscard]] static QString title(const base::Error &error);
    /// The title and what it is about: "Page too slow (30 s, page 7)".
    [[nodiscard]] static QString text(const base::Error &error);
};

} // namespace lectern::cli
