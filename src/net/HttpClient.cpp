// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/HttpClient.h"

#include "net/NetworkWorker.h"

#include <memory>
#include <utility>

namespace lectern::net {

HttpClient::HttpClient() : m_worker(new NetworkWorker)
{
    m_thread.setObjectName(QStringLiteral("network"));
    m_worker->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

HttpClient::~HttpClient()
{
    // In one event: a thread that quits at once would never hear of the first.
    QMetaObject::invokeMethod(m_worker, [this] {
        m_worker->close();
        m_thread.quit();
    });
    m_thread.wait();
}

HttpResult HttpClient::send(HttpRequest request, const base::CancelToken &cancel)
{
    Q_ASSERT(QThread::currentThread() != &m_thread);
    return post(std::move(request), cancel).get();
}

std::future<HttpResult> HttpClient::post(HttpRequest request, const base::CancelToken &cancel)
{
    // Shared, since what crosses to the thread has to be copyable.
    const auto promise = std::make_shared<std::promise<HttpResult>>();
    std::future<HttpResult> future = promise->get_future();
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, request = std::move(request), cancel, promise]() mutable {
            worker->begin(std::move(request), cancel,
                          [promise](HttpResult result) { promise->set_value(std::move(result)); });
        });
    return future;
}

} // namespace lectern::net
