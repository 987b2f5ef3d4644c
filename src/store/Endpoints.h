// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Endpoint.h"

#include <QByteArray>
#include <QString>
#include <QVector>

#include <optional>

namespace lectern::store {

class Connection;
class Transaction;

/// The servers that can be asked. Their keys are elsewhere: never in the database.
class Endpoints {
public:
    /// A new one, or new settings for a known one. InvalidArgument: an id that is empty, "built-in" or not
    /// made of [a-z0-9-], no name or address, limits below zero or a concurrency below one.
    [[nodiscard]] static base::Status save(Transaction &, const domain::Endpoint &);

    /// InvalidArgument, with the number of documents as its detail, while documents wait for it: analyse
    /// them with another model first, or cancel them. What was spent there stays in the books.
    [[nodiscard]] static base::Status remove(Transaction &, const QString &id);

    /// In the order in which they were added.
    [[nodiscard]] static base::Result<QVector<domain::Endpoint>> all(Connection &);
    [[nodiscard]] static base::Result<std::optional<domain::Endpoint>> find(Connection &, const QString &id);

    /// The list of models it gave last, as it came.
    struct Catalogue {
        qint64 fetchedAt = 0;
        QByteArray list;
    };
    [[nodiscard]] static base::Status setCatalogue(Transaction &, const QString &id, const QByteArray &list);
    [[nodiscard]] static base::Result<std::optional<Catalogue>> catalogue(Connection &, const QString &id);
};

} // namespace lectern::store
