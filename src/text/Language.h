// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

namespace lectern::text {

/// The language most of `text` is written in, as a BCP 47 name ("en", "pt", "zh-Hans"), "und" when it cannot
/// be told with confidence. Looks at the first 20,000 UTF-16 units. Thread-safe.
[[nodiscard]] QString detectLanguage(QStringView text);

/// The primary part of a BCP 47 name: "zh" of "zh-Hans".
[[nodiscard]] QString primaryLanguage(const QString &language);

} // namespace lectern::text
