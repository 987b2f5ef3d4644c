// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/guide/Markup.h"

#include <QByteArray>
#include <QImage>

namespace lectern::guide {

constexpr int kScanResolution = 150;

/// A PDF that holds nothing but a picture of `page`, turned a little and with a scanner's dust and grey: a
/// document without a text layer. `page` has kScanResolution dots per inch.
[[nodiscard]] QByteArray scanPdf(const QImage &page, const Text &text);

} // namespace lectern::guide
