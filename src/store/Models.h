// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Endpoint.h"

#include <QByteArray>
#include <QVector>

namespace lectern::store {

class Connection;
class Transaction;

/// What is remembered of models: which the user likes, which were used, and what they were found to refuse.
/// Models of endpoints that are gone are left out of every list.
class Models {
public:
    [[nodiscard]] static base::Status setFavourite(Transaction &, const domain::ModelRef &, bool favourite);
    [[nodiscard]] static base::Result<QVector<domain::ModelRef>> favourites(Connection &); ///< by name

    [[nodiscard]] static base::Status noteUse(Transaction &, const domain::ModelRef &);
    /// The last used first.
    [[nodiscard]] static base::Result<QVector<domain::ModelRef>> recent(Connection &, int limit);

    /// All that ever were: of no other can an answer be stored.
    [[nodiscard]] static base::Result<QVector<domain::ModelRef>> asked(Connection &);

    /// What the model was found to refuse or to need, as JSON; empty when nothing is known.
    [[nodiscard]] static base::Status setQuirks(Transaction &, const domain::ModelRef &,
                                                const QByteArray &json);
    [[nodiscard]] static base::Result<QByteArray> quirks(Connection &, const domain::ModelRef &);
};

} // namespace lectern::store
