// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "net/HttpMessage.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

class QNetworkAccessManager;

namespace lectern::net {

/// One request and its answer. Lives and dies on the network thread.
class HttpExchange final : public QObject {
    Q_OBJECT

public:
    HttpExchange(HttpRequest request, base::CancelToken cancel, std::function<void(HttpResult)> done);

    /// Sends. `done` is called once, and ended() emitted after it, perhaps before this returns.
    void start(QNetworkAccessManager &manager);

    /// Ends the exchange when its token is set.
    void stopIfCancelled();
    /// Ends it as cancelled in any case.
    void cancel();

Q_SIGNALS:
    void ended();

private:
    enum class Stage { Connecting, Waiting, Reading, Complete };

    void send();
    void enter(Stage stage, int patienceMs);
    void markSent();
    void onUploadProgress(qint64 sent);
    void onHeaders();
    void onReadyRead();
    void onRedirected(const QUrl &target);
    void onTimeout();
    void onFinished();
    void stop(base::ErrorCode code, const QString &detail);
    void readHeaders();
    void takeBody();
    [[nodiscard]] bool isWorthSendingAgain() const;
    [[nodiscard]] HttpResult result();
    [[nodiscard]] base::Error networkError() const;
    [[nodiscard]] HttpFailure failure(base::Error error) const;
    void finishWith(HttpResult result);

    HttpRequest m_request;
    base::CancelToken m_cancel;
    std::function<void(HttpResult)> m_done;
    QNetworkAccessManager *m_manager = nullptr;
    QNetworkReply *m_reply = nullptr;
    QTimer m_timer;
    QElapsedTimer m_elapsed;
    Stage m_stage = Stage::Connecting;
    bool m_connecting = false; ///< a new connection is being made, none is reused
    bool m_sent = false;
    int m_resent = 0;
    QString m_tlsError;
    std::optional<base::Error> m_stopped; ///< why we ended it ourselves
    HttpAnswer m_answer;
};

} // namespace lectern::net
