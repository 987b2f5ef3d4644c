// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Endpoints.h"

#include "store/Failure.h"
#include "store/JobRows.h"
#include "store/Statement.h"
#include "store/Transaction.h"

#include <algorithm>

namespace lectern::store {

using base::ErrorCode;
using domain::Endpoint;
using domain::EndpointKind;

namespace {

constexpr const char *kSave = R"(
INSERT INTO endpoint (id, name, kind, address, concurrency, requests_per_minute, tokens_per_minute, plain_http_allowed,
                      enabled, added_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE
   SET name = excluded.name, kind = excluded.kind, address = excluded.address, concurrency = excluded.concurrency,
       requests_per_minute = excluded.requests_per_minute, tokens_per_minute = excluded.tokens_per_minute,
       plain_http_allowed = excluded.plain_http_allowed, enabled = excluded.enabled)";

#define LECTERN_ENDPOINT_COLUMNS                                                                             \
    "SELECT id, name, kind, address, concurrency, requests_per_minute, tokens_per_minute, "                  \
    "plain_http_allowed, enabled FROM endpoint"
constexpr const char *kAll = LECTERN_ENDPOINT_COLUMNS " ORDER BY added_at, id";
constexpr const char *kFind = LECTERN_ENDPOINT_COLUMNS " WHERE id = ?";

// Documents that are not through, and those that are but for a job that is still running.
constexpr const char *kWaiting = R"(
SELECT (SELECT count(*) FROM document JOIN run ON run.id = document.run_id
         WHERE document.state < 10 AND document.goal = 1 AND substr(run.analyzer, 1, length(?)) = ?)
     + (SELECT count(*) FROM job WHERE state = 5 AND worker_id IS NOT NULL AND lane = ?
           AND document_id IN (SELECT id FROM document WHERE state >= 10)))";
constexpr const char *kRemove = "DELETE FROM endpoint WHERE id = ?";
// What was learned of its models may not be true of another server under its name.
constexpr const char *kForgetModels =
    "UPDATE model SET quirks = '', favourite = 0, used_at = 0 WHERE endpoint = ?";

constexpr const char *kSetCatalogue = R"(
INSERT INTO endpoint_catalogue (endpoint, fetched_at, list) SELECT id, ?, ? FROM endpoint WHERE id = ?
    ON CONFLICT (endpoint) DO UPDATE SET fetched_at = excluded.fetched_at, list = excluded.list)";
constexpr const char *kCatalogue = "SELECT fetched_at, list FROM endpoint_catalogue WHERE endpoint = ?";

bool isIdCharacter(QChar character)
{
    return (character >= u'a' && character <= u'z') || (character >= u'0' && character <= u'9') ||
           character == u'-';
}

bool isUsable(const Endpoint &endpoint)
{
    const bool idIsGood = !endpoint.id.isEmpty() &&
                          std::all_of(endpoint.id.cbegin(), endpoint.id.cend(), isIdCharacter) &&
                          endpoint.id != builtInEndpoint();
    return idIsGood && !endpoint.name.isEmpty() && !endpoint.address.isEmpty() && endpoint.concurrency >= 1 &&
           endpoint.requestsPerMinute >= 0 && endpoint.tokensPerMinute >= 0;
}

Endpoint endpointOf(const Statement &row)
{
    Endpoint endpoint;
    endpoint.id = row.text(0);
    endpoint.name = row.text(1);
    endpoint.kind = static_cast<EndpointKind>(row.number(2));
    endpoint.address = row.text(3);
    endpoint.concurrency = row.number(4);
    endpoint.requestsPerMinute = row.number(5);
    endpoint.tokensPerMinute = row.integer(6);
    endpoint.plainHttpAllowed = row.flag(7);
    endpoint.enabled = row.flag(8);
    return endpoint;
}

} // namespace

base::Status Endpoints::save(Transaction &transaction, const Endpoint &endpoint)
{
    return attempt([&] {
        if (!isUsable(endpoint))
            throw Failure{{ErrorCode::InvalidArgument, QStringLiteral("endpoint ") + endpoint.id}};
        execute(transaction, kSave, endpoint.id, endpoint.name, endpoint.kind, endpoint.address,
                endpoint.concurrency, endpoint.requestsPerMinute, endpoint.tokensPerMinute,
                endpoint.plainHttpAllowed, endpoint.enabled, transaction.nowMs());
        transaction.touchWorkspace();
    });
}

base::Status Endpoints::remove(Transaction &transaction, const QString &id)
{
    return attempt([&] {
        const QString prefix = id + u'/';
        const qint64 waiting =
            readInteger(transaction, kWaiting, prefix, prefix, domain::endpointLane(id)).value_or(0);
        if (waiting > 0)
            throw Failure{{ErrorCode::InvalidArgument, QString::number(waiting)}};
        execute(transaction, kRemove, id);
        execute(transaction, kForgetModels, id);
        transaction.touchWorkspace();
    });
}

base::Result<QVector<Endpoint>> Endpoints::all(Connection &connection)
{
    return attempt([&] { return readRows(connection, kAll, endpointOf); });
}

base::Result<std::optional<Endpoint>> Endpoints::find(Connection &connection, const QString &id)
{
    return attempt([&] { return readRow(connection, kFind, endpointOf, id); });
}

base::Status Endpoints::setCatalogue(Transaction &transaction, const QString &id, const QByteArray &list)
{
    return attempt([&] {
        if (execute(transaction, kSetCatalogue, transaction.nowMs(), QString::fromUtf8(list), id) == 0)
            throw Failure{{ErrorCode::NotFound, QStringLiteral("endpoint ") + id}};
    });
}

base::Result<std::optional<Endpoints::Catalogue>> Endpoints::catalogue(Connection &connection,
                                                                       const QString &id)
{
    return attempt([&] {
        return readRow(
            connection, kCatalogue,
            [](const Statement &row) {
                return Catalogue{row.integer(0), row.text(1).toUtf8()};
            },
            id);
    });
}

} // namespace lectern::store
