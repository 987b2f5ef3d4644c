// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "net/HttpMessage.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

class QNetworkAccessManager;

namespace lectern::net {

class HttpExchange;

/// What lives on the network thread: the connections and the exchanges under way.
class NetworkWorker final : public QObject {
    Q_OBJECT

public:
    NetworkWorker();
    ~NetworkWorker() override;

    /// On the network thread. `done` is called once.
    void begin(HttpRequest request, const base::CancelToken &cancel, std::function<void(HttpResult)> done);

    /// On the network thread: ends everything as cancelled; nothing begins any more.
    void close();

private:
    /// Qt opens at most six connections to a server for one manager, so further ones join as they are needed.
    struct Manager {
        std::unique_ptr<QNetworkAccessManager> manager;
        int underWay = 0;
    };

    [[nodiscard]] std::size_t freeManager();
    void checkCancelled();
    void remove(HttpExchange *exchange, std::size_t manager);

    std::vector<Manager> m_managers;
    std::vector<HttpExchange *> m_exchanges; ///< children of this
    QTimer m_cancelTimer;
    bool m_closed = false;
};

} // namespace lectern::net
