// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace lectern::cli {

/// The whole program, from its arguments to its exit code. Needs a QCoreApplication; main thread, once per
/// process.
class Application {
public:
    [[nodiscard]] static int run(const QStringList &arguments);
};

} // namespace lectern::cli
