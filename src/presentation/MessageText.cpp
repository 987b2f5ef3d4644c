// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/MessageText.h"

#include "presentation/ErrorText.h"
#include "presentation/Format.h"
#include "presentation/MoneyText.h"

#include <QLocale>
#include <QRegularExpression>
#include <QUrl>

namespace lectern::presentation {

using base::ErrorCode;
using domain::EndpointKind;

namespace {

/// Names of this machine. An address that is not literally one of them is somewhere else: "127.example.org"
/// is.
bool isThisComputer(const QString &host)
{
    static const QRegularExpression loopback(QStringLiteral(R"(^127(\.\d{1,3}){3}$)"));
    return host == QLatin1String("localhost") || host == QLatin1String("::1") ||
           loopback.match(host).hasMatch();
}

} // namespace

QString Message::paragraph() const
{
    if (next.isEmpty())
        return text;
    const bool ended =
        text.endsWith(u'.') || text.endsWith(u'!') || text.endsWith(u'?') || text.endsWith(u'…');
    return text + QLatin1String(ended ? " " : ". ") + next;
}

Message MessageText::state(const EndpointView &view)
{
    switch (view.state) {
    case EndpointView::State::Unknown:
        return {tr("Not asked yet"), {}, QStringLiteral("queued"), StateTone::Neutral};
    case EndpointView::State::Loading:
        return {tr("Still loading…"), {}, QStringLiteral("waiting"), StateTone::Waiting};
    case EndpointView::State::Ready:
        return {view.models == 1 ? tr("1 model") : tr("%Ln models", nullptr, view.models),
                {},
                QStringLiteral("done"),
                StateTone::Done};
    case EndpointView::State::Failed:
        return problem(view.problem, view.endpoint);
    case EndpointView::State::Off:
        return {tr("Switched off"), {}, QStringLiteral("pause"), StateTone::Neutral};
    }
    return {};
}

Message MessageText::problem(const base::Error &error, const domain::Endpoint &endpoint)
{
    const ErrorWords words = ErrorText::of(error.code);
    Message message{words.title, words.next, QStringLiteral("error"), StateTone::Failed};
    const QString name = endpoint.name.isEmpty() ? kindName(endpoint.kind) : endpoint.name;
    switch (error.code) {
    case ErrorCode::EndpointUnreachable:
        message.text = tr("%1 can't be reached").arg(name);
        message.next = domain::isLocalKind(endpoint.kind)
                           ? tr("Start %1 on this computer, or correct the address, and test again.")
                                 .arg(kindName(endpoint.kind))
                           : tr("Check the network, the address and the proxy, and test again.");
        break;
    case ErrorCode::KeyMissing:
        message.text = tr("A key is needed");
        message.next = tr("Paste the key that %1 gave you, and test again.").arg(name);
        break;
    case ErrorCode::KeyRefused:
        message.text = tr("%1 does not accept the key").arg(name);
        message.next = tr("Check that all of it was copied, that it is not expired, and that it is meant "
                          "for this address.");
        break;
    case ErrorCode::EndpointNonsense:
        message.text = tr("What answers there is not a model server");
        message.next = tr("The address usually ends in “/v1”. A proxy or a login page may also stand in "
                          "between.");
        break;
    case ErrorCode::RequestRejected:
        message.text = tr("There are no models at this address");
        message.next = tr("The address usually ends in “/v1”. Check it, and test again.");
        break;
    case ErrorCode::EndpointFailed:
        message.next = domain::isLocalKind(endpoint.kind)
                           ? tr("It may still be loading a model: wait a moment and test again.")
                           : tr("Wait a moment and test again. If it lasts, ask whoever runs it.");
        break;
    case ErrorCode::TlsFailed:
        message.text = tr("The connection to %1 can't be trusted").arg(name);
        message.next = tr("Nothing was sent. Check the address, whether it takes https at all, and this "
                          "computer's clock; or ask whoever runs the server.");
        break;
    case ErrorCode::EndpointStalled:
        message.text = tr("%1 does not answer").arg(name);
        message.next = tr("Check the address, and whether a proxy or a firewall stands in between.");
        if (domain::isLocalKind(endpoint.kind))
            message.next = tr("It may still be loading a model: wait a moment and test again.");
        break;
    case ErrorCode::PlainHttpRefused:
        message.next = tr("Use an https address, or allow plain http below if you trust everything on the "
                          "way there.");
        break;
    default:
        break;
    }
    return message;
}

Message MessageText::test(const EndpointTest &test, const domain::Endpoint &endpoint)
{
    if (test.running && test.slow)
        return {tr("%1 has not answered yet.").arg(endpoint.name),
                domain::isLocalKind(endpoint.kind)
                    ? tr("It is still loading a model, perhaps: that can take a minute.")
                    : tr("It may be busy, or something stands in between. Lectern waits a little longer."),
                QStringLiteral("waiting"), StateTone::Waiting};
    if (test.running)
        return {tr("Asking %1…").arg(endpoint.name), {}, QStringLiteral("waiting"), StateTone::Waiting};
    if (test.problem) {
        Message message = problem(*test.problem, endpoint);
        message.text = tr("%1.", "a sentence").arg(message.text);
        return message;
    }
    const QString models = test.models == 1 ? tr("1 model") : tr("%Ln models", nullptr, test.models);
    const QString seconds =
        tr("%1 s").arg(QLocale().toString(static_cast<double>(test.milliseconds) / 1'000, 'f', 1));
    Message message{{}, {}, QStringLiteral("done"), StateTone::Done};
    if (test.creditLeft)
        message.text = tr("Works: %1, %2 left, answered in %3.")
                           .arg(models, MoneyText::amount(*test.creditLeft), seconds);
    else
        message.text = tr("Works: %1, answered in %2.").arg(models, seconds);
    if (test.models == 0) {
        message = {tr("It answers, but has no models."),
                   domain::isLocalKind(endpoint.kind)
                       ? tr("Load a model in %1, and test again.").arg(kindName(endpoint.kind))
                       : tr("Check that this key may use models."),
                   QStringLiteral("warning"), StateTone::Waiting};
    }
    return message;
}

QString MessageText::kindName(EndpointKind kind)
{
    switch (kind) {
    case EndpointKind::OpenAi:
        return QStringLiteral("OpenAI");
    case EndpointKind::OpenRouter:
        return QStringLiteral("OpenRouter");
    case EndpointKind::Ollama:
        return QStringLiteral("Ollama");
    case EndpointKind::LmStudio:
        return QStringLiteral("LM Studio");
    case EndpointKind::LlamaCpp:
        return QStringLiteral("llama.cpp");
    case EndpointKind::Other:
        return tr("Other server");
    }
    return {};
}

QString MessageText::kindHint(EndpointKind kind)
{
    switch (kind) {
    case EndpointKind::OpenAi:
        return tr("Pages are sent to OpenAI and billed there.");
    case EndpointKind::OpenRouter:
        return tr("One account for the models of many providers. Pages are sent to them and billed there.");
    case EndpointKind::Ollama:
    case EndpointKind::LmStudio:
    case EndpointKind::LlamaCpp:
        return tr("Runs on your own computer: pages go nowhere else, and it costs nothing.");
    case EndpointKind::Other:
        return tr("Any server that speaks OpenAI's protocol.");
    }
    return {};
}

QString MessageText::usualAddress(EndpointKind kind)
{
    switch (kind) {
    case EndpointKind::OpenAi:
        return QStringLiteral("https://api.openai.com/v1");
    case EndpointKind::OpenRouter:
        return QStringLiteral("https://openrouter.ai/api/v1");
    case EndpointKind::Ollama:
        return QStringLiteral("http://127.0.0.1:11434/v1");
    case EndpointKind::LmStudio:
        return QStringLiteral("http://127.0.0.1:1234/v1");
    case EndpointKind::LlamaCpp:
        return QStringLiteral("http://127.0.0.1:8080/v1");
    case EndpointKind::Other:
        return {};
    }
    return {};
}

bool MessageText::needsKey(EndpointKind kind)
{
    return kind == EndpointKind::OpenAi || kind == EndpointKind::OpenRouter;
}

bool MessageText::isPlainHttp(const QString &address)
{
    const QUrl url(address.trimmed(), QUrl::StrictMode);
    return url.scheme() == QLatin1String("http") && !isThisComputer(url.host());
}

QString MessageText::addressObstacle(const QString &address, bool plainHttpAllowed)
{
    const QString text = address.trimmed();
    if (text.isEmpty())
        return tr("Enter the address of the server, as “https://example.org/v1”.");
    const QUrl url(text, QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (!url.isValid() || !web || url.host().isEmpty())
        return tr("This is not a web address. It starts with “https://”.");
    if (!url.userInfo().isEmpty())
        return tr("Leave the name and password out of the address: the key has its own field.");
    if (url.hasQuery() || url.hasFragment())
        return tr("Leave out everything from “?” or “#” on.");
    if (isPlainHttp(text) && !plainHttpAllowed)
        return tr("Pages would travel to this address unencrypted. Use https, or allow plain http below.");
    return {};
}

QString MessageText::placeName(KeyPlace place)
{
    switch (place) {
    case KeyPlace::None:
        return tr("Nowhere");
    case KeyPlace::System:
        return tr("In the system's key store");
    case KeyPlace::Memory:
        return tr("In memory, until Lectern closes");
    case KeyPlace::File:
        return tr("In a file, unencrypted");
    case KeyPlace::Environment:
        return tr("In an environment variable");
    }
    return {};
}

QString MessageText::keyPlace(KeyPlace place, const QString &tail)
{
    switch (place) {
    case KeyPlace::None:
        return tr("No key yet.");
    case KeyPlace::System:
        return tr("Key ending in %1, kept in the system's key store.").arg(tail);
    case KeyPlace::Memory:
        return tr("Key ending in %1, kept in memory until Lectern closes.").arg(tail);
    case KeyPlace::File:
        return tr("Key ending in %1, kept unencrypted in a file that only you may read.").arg(tail);
    case KeyPlace::Environment:
        return tr("Key ending in %1, from an environment variable. Lectern does not store it.").arg(tail);
    }
    return {};
}

QString MessageText::fileWarning()
{
    return tr("The key would lie unencrypted in a file in your home folder. Other users of this computer "
              "can't read it, but every program you start can, and so can whoever gets hold of the disk or "
              "a backup.");
}

QString MessageText::found(const FoundServer &server)
{
    if (server.models <= 0)
        return tr("%1 runs on this computer.").arg(kindName(server.kind));
    return server.models == 1 ? tr("%1 runs on this computer, with 1 model.").arg(kindName(server.kind))
                              : tr("%1 runs on this computer, with %Ln models.", nullptr, server.models)
                                    .arg(kindName(server.kind));
}

} // namespace lectern::presentation
