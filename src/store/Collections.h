// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Collection.h"

#include <QString>
#include <QVector>

#include <optional>

namespace lectern::store {

class Connection;
class Transaction;

/// Documents that belong together, as the user says. Names differ in more than case.
class Collections {
public:
    /// By name.
    [[nodiscard]] static base::Result<QVector<domain::Collection>> all(Connection &);
    [[nodiscard]] static base::Result<std::optional<domain::Collection>> find(Connection &,
                                                                              const QString &name);
    /// Those that hold every one of these documents.
    [[nodiscard]] static base::Result<QVector<domain::CollectionId>>
    holding(Connection &, const QVector<domain::DocumentId> &);
    /// The one of this name, made where there is none. InvalidArgument without a name.
    [[nodiscard]] static base::Result<domain::CollectionId> make(Transaction &, const QString &name);
    /// InvalidArgument without a name, or when another collection has it; NotFound.
    [[nodiscard]] static base::Status rename(Transaction &, domain::CollectionId, const QString &name);
    /// The documents stay.
    [[nodiscard]] static base::Status remove(Transaction &, domain::CollectionId);
    /// Documents that are gone are left out; NotFound when the collection is.
    [[nodiscard]] static base::Status put(Transaction &, domain::CollectionId,
                                          const QVector<domain::DocumentId> &);
    [[nodiscard]] static base::Status take(Transaction &, domain::CollectionId,
                                           const QVector<domain::DocumentId> &);
};

} // namespace lectern::store
