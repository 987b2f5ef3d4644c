// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "domain/Endpoint.h"
#include "models/ListedModel.h"

#include <QByteArray>
#include <QVector>

namespace lectern::net {
class HttpClient;
struct HttpAnswer;
struct HttpRequest;
} // namespace lectern::net

namespace lectern::ai {

/// What a test of an endpoint came to.
struct EndpointReport {
    base::Error error; ///< None: all is well
    int models = 0;
    qint64 answerMs = 0; ///< of the first request
};

/// Asks an endpoint what it has. Nothing here costs money. Calls block; thread-safe.
class EndpointProbe {
public:
    explicit EndpointProbe(net::HttpClient &http);

    /// The models of an endpoint, in its own order. For Ollama and llama.cpp with what further requests tell.
    /// Errors: what HttpClient::send reports, KeyMissing, KeyRefused, OutOfCredit, RateLimited,
    /// EndpointFailed, EndpointNonsense (answers, but is no such server), RequestRejected (the address leads
    /// nowhere).
    [[nodiscard]] base::Result<QVector<models::ListedModel>>
    listModels(const domain::Endpoint &endpoint, const QByteArray &key,
               const base::CancelToken &cancel) const;

    /// Whether the endpoint could be used with this key, and with `model` unless that is empty. Errors: as of
    /// listModels, and ModelNotFound.
    [[nodiscard]] EndpointReport test(const domain::Endpoint &endpoint, const QByteArray &key,
                                      const QString &model, const base::CancelToken &cancel) const;

    /// Which of `candidates` run and are what they are taken for. Does not send any key.
    [[nodiscard]] QVector<domain::Endpoint> findLocal(const QVector<domain::Endpoint> &candidates,
                                                      const base::CancelToken &cancel) const;

    /// Ollama, LM Studio and llama.cpp on the ports they listen on unless told otherwise.
    [[nodiscard]] static QVector<domain::Endpoint> usualLocalEndpoints();

private:
    [[nodiscard]] base::Result<net::HttpAnswer> get(const domain::Endpoint &endpoint, const QByteArray &key,
                                                    const QString &address,
                                                    const base::CancelToken &cancel) const;
    [[nodiscard]] base::Result<net::HttpAnswer>
    send(net::HttpRequest request, const domain::Endpoint &endpoint, const base::CancelToken &cancel) const;
    [[nodiscard]] base::Result<QVector<models::ListedModel>>
    listOllama(const domain::Endpoint &endpoint, const QByteArray &key,
               const base::CancelToken &cancel) const;
    [[nodiscard]] base::Result<QVector<models::ListedModel>>
    listLlamaCpp(const domain::Endpoint &endpoint, const QByteArray &key,
                 const base::CancelToken &cancel) const;
    [[nodiscard]] base::Result<net::HttpAnswer> look(const domain::Endpoint &endpoint, const QString &address,
                                                     const base::CancelToken &cancel) const;
    [[nodiscard]] bool answersAsItsKind(const domain::Endpoint &endpoint,
                                        const base::CancelToken &cancel) const;

    net::HttpClient &m_http;
};

} // namespace lectern::ai
