// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/PageLayout.h"

namespace lectern::text {

/// Joins the lines of a page, whose roles are known, to passages: paragraphs, headings, rows. Furniture is
/// left out.
[[nodiscard]] QVector<Passage> joinPassages(const PageLayout &layout);

/// Whether a hyphen at a line's end belongs to the word ("low-/concentration") or only splits it
/// ("docu-/ment"). `before` ends with the hyphen's word, `after` begins with its rest; `page` is searched for
/// either form.
[[nodiscard]] bool keepsHyphen(QStringView before, QStringView after, const QString &page);

} // namespace lectern::text
