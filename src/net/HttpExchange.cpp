// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/HttpExchange.h"

#include "net/Origin.h"
#include "net/Redaction.h"

#include <QNetworkAccessManager>
#include <QSslError>

#include <algorithm>
#include <utility>

namespace lectern::net {

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace {

/// How long the end of a connection is waited for after the end of the message.
constexpr int kClosingMs = 1000;
constexpr int kMostRedirects = 5;
constexpr int kMostResent = 3;

bool isSendable(const QByteArray &value)
{
    return std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

QNetworkRequest prepared(const HttpRequest &request)
{
    QNetworkRequest prepared(request.url);
    for (const HttpHeader &header : request.headers)
        prepared.setRawHeader(header.name, header.value);
    prepared.setRawHeader("User-Agent", "Lectern/" LECTERN_VERSION);
    if (!request.key.isEmpty())
        prepared.setRawHeader("Authorization", "Bearer " + request.key);
    // Over TLS both sides agree on HTTP/2 while they greet each other. In the clear it needs an upgrade that
    // some servers stumble over.
    prepared.setAttribute(QNetworkRequest::Http2AllowedAttribute, request.url.scheme() == "https"_L1);
    prepared.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    prepared.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    prepared.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    prepared.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    prepared.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // A redirected POST would turn into a GET or be sent, and paid, twice: the caller sees the redirection.
    prepared.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                          request.method == "GET" ? QNetworkRequest::UserVerifiedRedirectPolicy
                                                  : QNetworkRequest::ManualRedirectPolicy);
    prepared.setMaximumRedirectsAllowed(kMostRedirects);
    return prepared;
}

/// Hands the body out once. When a connection closes without an answer, Qt sends the request again by itself,
/// be it a POST or not; a body that cannot be read twice keeps it from that, and us from paying twice.
class BodyOnce final : public QIODevice {
public:
    explicit BodyOnce(const QByteArray &body, QObject *parent) : QIODevice(parent), m_body(body)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    [[nodiscard]] bool isSequential() const override { return true; }
    bool seek(qint64) override { return false; }
    bool reset() override { return false; }
    [[nodiscard]] bool atEnd() const override { return m_at == m_body.size(); }
    [[nodiscard]] qint64 bytesAvailable() const override
    {
        return m_body.size() - m_at + QIODevice::bytesAvailable();
    }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 size = std::min<qint64>(most, m_body.size() - m_at);
        std::copy_n(m_body.constData() + m_at, size, data);
        m_at += size;
        return size;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_body; ///< shared with the request
    qsizetype m_at = 0;
};

QNetworkReply *sentBy(QNetworkAccessManager &manager, const HttpRequest &request, QObject *owner)
{
    QNetworkRequest head = prepared(request);
    if (request.method == "GET")
        return manager.get(head);
    head.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    head.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
    auto *body = new BodyOnce(request.body, owner);
    return request.method == "POST" ? manager.post(head, body)
                                    : manager.sendCustomRequest(head, request.method, body);
}

} // namespace

HttpExchange::HttpExchange(HttpRequest request, base::CancelToken cancel,
                           std::function<void(HttpResult)> done)
    : m_request(std::move(request)), m_cancel(std::move(cancel)), m_done(std::move(done))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &HttpExchange::onTimeout);
    m_elapsed.start();
}

void HttpExchange::start(QNetworkAccessManager &manager)
{
    const QUrl &url = m_request.url;
    if (m_cancel.isCancelled())
        return finishWith(tl::unexpected(failure({ErrorCode::Cancelled, {}})));
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "https"_L1 && url.scheme() != "http"_L1))
        return finishWith(tl::unexpected(failure({ErrorCode::InvalidArgument, u"not a web address"_s})));
    if (isPlainHttpRefused(url, m_request.plainHttpAllowed))
        return finishWith(tl::unexpected(failure({ErrorCode::PlainHttpRefused, placeOf(url)})));
    if (!isSendable(m_request.key))
        return finishWith(tl::unexpected(
            failure({ErrorCode::KeyRefused, u"the key holds characters that cannot be sent"_s})));

    m_manager = &manager;
    send();
}

void HttpExchange::send()
{
    m_reply = sentBy(*m_manager, m_request, this);
    m_reply->setParent(this);
    enter(Stage::Connecting, m_request.connectMs);
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this, [this] { m_connecting = true; });
    connect(m_reply, &QNetworkReply::encrypted, this,
            [this] { enter(Stage::Waiting, m_request.firstByteMs); });
    connect(m_reply, &QNetworkReply::requestSent, this, &HttpExchange::markSent);
    connect(m_reply, &QNetworkReply::uploadProgress, this, &HttpExchange::onUploadProgress);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpExchange::onHeaders);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpExchange::onReadyRead);
    connect(m_reply, &QNetworkReply::redirected, this, &HttpExchange::onRedirected);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        m_tlsError = errors.isEmpty() ? QString() : errors.first().errorString();
    });
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::onFinished);
}

void HttpExchange::stopIfCancelled()
{
    if (m_cancel.isCancelled())
        cancel();
}

void HttpExchange::cancel()
{
    stop(ErrorCode::Cancelled, {});
}

void HttpExchange::enter(Stage stage, int patienceMs)
{
    m_stage = stage;
    m_timer.start(patienceMs);
}

void HttpExchange::markSent()
{
    m_sent = true;
    if (m_stage < Stage::Reading)
        enter(Stage::Waiting, m_request.firstByteMs);
}

void HttpExchange::onUploadProgress(qint64 sent)
{
    m_answer.bytesSent = std::max(m_answer.bytesSent, sent);
    if (sent > 0)
        markSent();
}

void HttpExchange::onHeaders()
{
    m_sent = true;
    if (m_answer.firstByteMs == 0)
        m_answer.firstByteMs = std::max<qint64>(1, m_elapsed.elapsed());
    enter(Stage::Reading, m_request.idleMs);
    const qint64 length = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (length > m_request.maxAnswerBytes)
        stop(ErrorCode::EndpointNonsense, u"an answer of %1 bytes"_s.arg(length));
}

void HttpExchange::onReadyRead()
{
    if (m_stage != Stage::Complete)
        enter(Stage::Reading, m_request.idleMs);
    takeBody();
}

void HttpExchange::onRedirected(const QUrl &target)
{
    const QUrl &url = m_request.url;
    const bool lessSafe = url.scheme() == "https"_L1 && target.scheme() != "https"_L1;
    const bool leaks = !m_request.key.isEmpty() && !isSameOrigin(url, target);
    if (lessSafe || leaks || isPlainHttpRefused(target, m_request.plainHttpAllowed)) {
        stop(ErrorCode::RequestRejected,
             u"%1 redirects to %2, which is not followed"_s.arg(placeOf(url), placeOf(target)));
        return;
    }
    Q_EMIT m_reply->redirectAllowed();
}

void HttpExchange::onTimeout()
{
    const QString place = placeOf(m_request.url);
    switch (m_stage) {
    case Stage::Complete:
        stop(ErrorCode::None, {}); // everything is here, only the connection stays open
        return;
    case Stage::Connecting:
        // Without a new connection the request went into one that was open already, and may have arrived.
        m_sent = m_sent || !m_connecting;
        stop(ErrorCode::EndpointUnreachable,
             u"%1: no connection within %2 s"_s.arg(place).arg(m_request.connectMs / 1000));
        return;
    case Stage::Waiting:
        stop(ErrorCode::EndpointStalled,
             u"%1: no answer within %2 s"_s.arg(place).arg(m_request.firstByteMs / 1000));
        return;
    case Stage::Reading:
        stop(ErrorCode::EndpointStalled,
             u"%1: silent for %2 s in the middle of its answer"_s.arg(place).arg(m_request.idleMs / 1000));
        return;
    }
}

void HttpExchange::stop(ErrorCode code, const QString &detail)
{
    if (m_stopped || !m_reply)
        return;
    m_stopped = base::Error{code, detail};
    m_reply->abort(); // comes back as finished()
}

void HttpExchange::readHeaders()
{
    m_answer.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_answer.headers.clear();
    for (const QNetworkReply::RawHeaderPair &pair : m_reply->rawHeaderPairs())
        m_answer.headers.append({pair.first, pair.second});
}

void HttpExchange::takeBody()
{
    if (!m_reply->isOpen())
        return; // aborted
    const QByteArray chunk = m_reply->readAll();
    if (chunk.isEmpty() || m_stopped)
        return;
    m_answer.body.append(chunk);
    if (m_answer.body.size() > m_request.maxAnswerBytes) {
        stop(ErrorCode::EndpointNonsense, u"an answer of more than %1 bytes"_s.arg(m_request.maxAnswerBytes));
        return;
    }
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_request.sink && status >= 200 && status < 300 && m_request.sink(chunk))
        enter(Stage::Complete, kClosingMs);
}

void HttpExchange::onFinished()
{
    m_timer.stop();
    takeBody();
    readHeaders();
    if (isWorthSendingAgain()) {
        ++m_resent;
        m_reply->disconnect(this);
        m_reply->deleteLater();
        send();
        return;
    }
    m_answer.totalMs = m_elapsed.elapsed();
    finishWith(result());
}

/// A kept connection that its server closed just when it was to be used: not a byte of ours has left.
bool HttpExchange::isWorthSendingAgain() const
{
    const QNetworkReply::NetworkError error = m_reply->error();
    return !m_stopped && !m_sent && m_answer.status == 0 && m_resent < kMostResent &&
           (error == QNetworkReply::ContentReSendError || error == QNetworkReply::RemoteHostClosedError);
}

HttpResult HttpExchange::result()
{
    if (m_stopped && m_stopped->code != ErrorCode::None)
        return tl::unexpected(failure(*m_stopped));
    const int code = m_reply->error();
    // Qt counts statuses from 400 on as errors, from ContentAccessDenied (201) to UnknownServerError (499).
    const bool statusAlone =
        code > QNetworkReply::UnknownProxyError && code != QNetworkReply::ProtocolFailure;
    if (m_stopped || code == QNetworkReply::NoError || (m_answer.status > 0 && statusAlone))
        return m_answer;
    return tl::unexpected(failure(networkError()));
}

base::Error HttpExchange::networkError() const
{
    const QString place = placeOf(m_request.url);
    const auto with = [&](ErrorCode code, const QString &text) {
        return base::Error{code, withoutKeys(place + u": "_s + text, m_request.key).left(300)};
    };
    switch (m_reply->error()) {
    case QNetworkReply::SslHandshakeFailedError:
        return with(ErrorCode::TlsFailed, m_tlsError.isEmpty() ? m_reply->errorString() : m_tlsError);
    case QNetworkReply::RemoteHostClosedError:
        return m_answer.status > 0
                   ? with(ErrorCode::EndpointNonsense, u"the connection closed in the middle of the answer"_s)
                   : with(ErrorCode::EndpointUnreachable, u"the connection closed without an answer"_s);
    case QNetworkReply::ContentReSendError:
        return with(ErrorCode::EndpointUnreachable, u"the connection closed without an answer"_s);
    case QNetworkReply::TooManyRedirectsError:
    case QNetworkReply::InsecureRedirectError:
        return with(ErrorCode::RequestRejected, u"redirects that are not followed"_s);
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolFailure:
        return with(ErrorCode::EndpointNonsense, u"does not answer in HTTP"_s);
    default:
        return with(m_answer.status > 0 ? ErrorCode::EndpointNonsense : ErrorCode::EndpointUnreachable,
                    m_reply->errorString());
    }
}

HttpFailure HttpExchange::failure(base::Error error) const
{
    // A handshake that failed, a name or a port that does not exist: nothing of the request has left.
    const bool neverLeft = error.code == ErrorCode::TlsFailed || !m_sent;
    return {std::move(error), !neverLeft, m_answer};
}

void HttpExchange::finishWith(HttpResult result)
{
    if (const auto done = std::exchange(m_done, nullptr)) {
        done(std::move(result));
        Q_EMIT ended();
    }
}

} // namespace lectern::net
