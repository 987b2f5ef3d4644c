// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Document.h"
#include "presentation/StateText.h"

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace lectern::presentation {

/// What stands in place of a document's pages while there are none: why, and a way on. Pure.
class DocumentObstacle {
    Q_DECLARE_TR_FUNCTIONS(DocumentObstacle)

public:
    struct Words {
        QString iconName; ///< file of the icon family
        QString title;
        QString hint;
        QString actionText; ///< empty: there is nothing to do but wait
        QString actionCommand;
    };
    /// Nothing when the document has pages to show. `state` is what StateText says of it.
    [[nodiscard]] static std::optional<Words> of(const domain::Document &document, const StateWords &state);
};

} // namespace lectern::presentation
