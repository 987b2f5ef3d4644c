// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/NetworkWorker.h"

#include "net/HttpExchange.h"
#include "net/Origin.h"

#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>
#include <QNetworkProxyQuery>

#include <algorithm>
#include <chrono>
#include <utility>

namespace lectern::net {

namespace {

constexpr int kPerManager = 6;
constexpr std::size_t kMostManagers = 32;
constexpr std::chrono::milliseconds kCancelEvery{20};

/// The system's proxies, except to this machine: a proxy could not reach it, and must not see it.
class SystemProxies final : public QNetworkProxyFactory {
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        if (isLoopback(query.url()))
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        return systemProxyForQuery(query);
    }
};

} // namespace

NetworkWorker::NetworkWorker() : m_cancelTimer(this) // a child, so that it moves along to the network thread
{
    m_cancelTimer.setInterval(kCancelEvery);
    connect(&m_cancelTimer, &QTimer::timeout, this, &NetworkWorker::checkCancelled);
}

NetworkWorker::~NetworkWorker()
{
    // Replies go before the managers that made them.
    for (HttpExchange *exchange : m_exchanges)
        delete exchange;
}

void NetworkWorker::begin(HttpRequest request, const base::CancelToken &cancel,
                          std::function<void(HttpResult)> done)
{
    if (m_closed) {
        done(tl::unexpected(HttpFailure{{base::ErrorCode::Cancelled, {}}, false, {}}));
        return;
    }
    const std::size_t manager = freeManager();
    ++m_managers[manager].underWay;
    auto *exchange = new HttpExchange(std::move(request), cancel, std::move(done));
    m_exchanges.push_back(exchange);
    connect(exchange, &HttpExchange::ended, this, [this, exchange, manager] { remove(exchange, manager); });
    m_cancelTimer.start();
    exchange->start(*m_managers[manager].manager);
}

void NetworkWorker::close()
{
    m_closed = true;
    const std::vector<HttpExchange *> exchanges = m_exchanges; // ending one takes it out of the list
    for (HttpExchange *exchange : exchanges)
        exchange->cancel();
}

std::size_t NetworkWorker::freeManager()
{
    for (std::size_t i = 0; i < m_managers.size(); ++i) {
        if (m_managers[i].underWay < kPerManager)
            return i;
    }
    if (m_managers.size() < kMostManagers) {
        auto manager = std::make_unique<QNetworkAccessManager>();
        manager->setProxyFactory(new SystemProxies); // the manager owns it
        m_managers.push_back({std::move(manager), 0});
        return m_managers.size() - 1;
    }
    const auto least =
        std::min_element(m_managers.begin(), m_managers.end(),
                         [](const Manager &a, const Manager &b) { return a.underWay < b.underWay; });
    return static_cast<std::size_t>(least - m_managers.begin());
}

void NetworkWorker::checkCancelled()
{
    const std::vector<HttpExchange *> exchanges = m_exchanges;
    for (HttpExchange *exchange : exchanges)
        exchange->stopIfCancelled();
}

void NetworkWorker::remove(HttpExchange *exchange, std::size_t manager)
{
    --m_managers[manager].underWay;
    m_exchanges.erase(std::remove(m_exchanges.begin(), m_exchanges.end(), exchange), m_exchanges.end());
    exchange->deleteLater();
    if (m_exchanges.empty())
        m_cancelTimer.stop();
}

} // namespace lectern::net
