// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "net/HttpMessage.h"

#include <QThread>

#include <future>

namespace lectern::net {

class NetworkWorker;

/// All HTTP of the program: one thread with its event loop owns every connection. Connections are kept and
/// shared, HTTP/2 is spoken where the server offers it, the system's proxies and certificates are honoured.
/// TLS errors are never passed over. Plain http goes to this machine alone unless a request allows more. A
/// request with a key never follows a redirection to another origin, and one that changes something follows
/// none. Thread-safe; needs a QCoreApplication.
class HttpClient {
public:
    HttpClient();
    /// Ends what is under way as Cancelled and waits for the thread.
    ~HttpClient();
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    /// Blocks until the whole answer is here, of whatever status. Setting `cancel` ends it within about 20
    /// ms. Not to be called by a sink. Errors: Cancelled, InvalidArgument, PlainHttpRefused, TlsFailed,
    /// EndpointUnreachable, EndpointStalled, EndpointNonsense, KeyRefused (a key that cannot be sent),
    /// RequestRejected (a redirection that is not followed).
    [[nodiscard]] HttpResult send(HttpRequest request, const base::CancelToken &cancel = {});

    /// The same without waiting.
    [[nodiscard]] std::future<HttpResult> post(HttpRequest request, const base::CancelToken &cancel = {});

private:
    QThread m_thread;
    NetworkWorker *m_worker = nullptr; ///< lives on m_thread
};

} // namespace lectern::net
