// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"

#include <QVector>

namespace lectern::workspace {

/// Which pages a run, or the price of one, is about.
struct RunPages {
    enum class Which {
        All,     ///< every page of the documents
        Waiting, ///< those that still wait for an analysis; what is done or has failed stays as it is
    };
    QVector<domain::DocumentId> documents;
    Which which = Which::All;

    friend bool operator==(const RunPages &, const RunPages &) = default;
};

} // namespace lectern::workspace
