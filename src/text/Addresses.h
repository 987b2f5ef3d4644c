// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/PageAnalysis.h"

#include <QString>
#include <QVector>

namespace lectern::text {

/// E-mail and web addresses and DOIs in the text of a page, in order, repeats included. An address that goes
/// on in the next line is put together; its `length` then spans the line end.
[[nodiscard]] QVector<domain::Entity> findAddresses(const QString &text);

} // namespace lectern::text
