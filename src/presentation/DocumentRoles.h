// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Document.h"
#include "presentation/StateText.h"

#include <QString>
#include <QVariant>

namespace lectern::presentation {

/// The roles of Roles.h that every list of documents answers alike. Pure.
class DocumentRoles {
public:
    /// An invalid value for a role that is not about a document.
    [[nodiscard]] static QVariant value(const domain::Document &document, const StateContext &context,
                                        int role);
    /// "41/86", or "—" before the number of pages is known.
    [[nodiscard]] static QString progressText(const domain::Document &document);
};

} // namespace lectern::presentation
