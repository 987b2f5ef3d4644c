// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"

#include <QString>

namespace lectern::domain {

using CollectionId = Id<struct CollectionTag>;

/// Documents that belong together, as the user says.
struct Collection {
    CollectionId id;
    QString name;
    int documents = 0; ///< those in the trash left out

    friend bool operator==(const Collection &, const Collection &) = default;
};

} // namespace lectern::domain
