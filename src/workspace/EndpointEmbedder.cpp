// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/EndpointEmbedder.h"

#include "store/Connection.h"
#include "store/Embeddings.h"
#include "store/Transaction.h"
#include "store/Writer.h"
#include "vectors/VectorCode.h"

#include <QCryptographicHash>

#include <utility>

namespace lectern::workspace {

using base::ErrorCode;
using domain::ModelRef;

namespace {

/// What the frame of a text costs beside it, and more.
constexpr qint64 kFrameTokens = 8;
constexpr int kFirstByteMs = 120'000;
constexpr int kColdModelMs = 600'000; ///< a server on this machine may have to load the model first
constexpr int kQuestionMs = 20'000;   ///< somebody waits for what a search finds
const QString kTrialText = QStringLiteral("Lectern");

// Each token takes a byte at least.
qint64 mostTokens(const QStringList &texts)
{
    qint64 most = 0;
    for (const QString &text : texts)
        most += text.toUtf8().size() + kFrameTokens;
    return most;
}

EndpointEmbedder::Vector numbersOf(const vectors::VectorCode &code)
{
    EndpointEmbedder::Vector numbers;
    numbers.reserve(code.numbers.size());
    for (const qint16 number : code.numbers)
        numbers.push_back(code.step * static_cast<float>(number));
    return numbers;
}

} // namespace

EndpointEmbedder::EndpointEmbedder(store::Database &database, ModelDirectory &directory,
                                   net::HttpClient &http, const base::Clock &clock)
    : m_database(database), m_directory(directory), m_clock(clock), m_client(http, clock)
{
}

base::Result<EndpointEmbedder::Model> EndpointEmbedder::model(const ModelRef &ref)
{
    const auto endpoint = m_directory.endpoint(ref.endpoint);
    const auto info = endpoint ? m_directory.info(ref) : base::fail(endpoint.error());
    if (!info) {
        const bool isGone = info.error().code == ErrorCode::NotFound;
        return base::fail(isGone ? base::Error{ErrorCode::ModelNotFound, ref.text()} : info.error());
    }
    const auto key = m_directory.key(ref.endpoint);
    if (!key)
        return base::fail(key.error());
    return Model{*endpoint, *info, key->reveal(),
                 domain::isLocalKind(endpoint->kind) ? kColdModelMs : kFirstByteMs};
}

EndpointEmbedder::Answer EndpointEmbedder::ask(const Model &model, const QStringList &texts, PageBooks &books,
                                               const base::CancelToken &cancel) const
{
    const ai::PlannedRequest planned{ai::RequestPurpose::Vectors, mostTokens(texts), 0, 0};
    const auto ticket = books.beforeSending(planned);
    if (!ticket) {
        ai::ChatFailure failure;
        failure.error = ticket.error();
        return {tl::unexpected(std::move(failure)), {}};
    }
    ai::EmbeddingRequest request;
    request.endpoint = model.endpoint;
    request.key = model.key;
    request.model = model.info.ref.model;
    request.texts = texts;
    request.firstByteMs = model.firstByteMs;
    auto reply = m_client.ask(request, cancel);
    if (!reply)
        return {tl::unexpected(reply.error()), ai::settlementOf(*ticket, planned, reply.error())};
    return {std::move(reply->vectors), ai::settlementOf(*ticket, planned, reply->facts)};
}

base::Result<EndpointEmbedder::Vector> EndpointEmbedder::question(store::Connection &reader,
                                                                  const domain::EmbeddingSpace &space,
                                                                  const QString &text,
                                                                  const base::CancelToken &cancel)
{
    const auto ref = ModelRef::fromText(space.model);
    if (!ref)
        return base::fail(ErrorCode::ModelNotFound, space.model);
    const QByteArray key = keyOf(space.model, text);
    const auto paid = store::Embeddings::findPaid(reader, key);
    if (!paid)
        return base::fail(paid.error());
    if (*paid)
        return vectors::decodeVector(**paid).map(numbersOf);
    auto asked = model(*ref);
    if (!asked)
        return base::fail(asked.error());
    asked->firstByteMs = kQuestionMs;
    auto vector = askOnce(reader, *asked, text, space.run, false, cancel);
    if (!vector)
        return vector;
    if (const base::Status fits = checkSize(space, *vector); !fits)
        return base::fail(fits.error());
    return vector;
}

base::Status EndpointEmbedder::checkSize(const domain::EmbeddingSpace &space, const Vector &vector)
{
    if (static_cast<int>(vector.size()) == space.dimensions)
        return {};
    return base::fail(ErrorCode::EndpointNonsense,
                      QStringLiteral("%1 numbers in place of %2").arg(vector.size()).arg(space.dimensions));
}

base::Result<int> EndpointEmbedder::dimensions(const ModelRef &ref, bool unpricedAllowed,
                                               const base::CancelToken &cancel)
{
    const auto reader = m_database.openReader();
    const auto asked = reader ? model(ref) : base::fail(reader.error());
    if (!asked)
        return base::fail(asked.error());
    return askOnce(**reader, *asked, kTrialText, {}, unpricedAllowed, cancel).map([](const Vector &vector) {
        return static_cast<int>(vector.size());
    });
}

base::Result<EndpointEmbedder::Vector> EndpointEmbedder::askOnce(store::Connection &reader,
                                                                 const Model &model, const QString &text,
                                                                 domain::RunId run, bool unpricedAllowed,
                                                                 const base::CancelToken &cancel)
{
    domain::Job none;
    none.run = run;
    const engine::JobContext context{none, cancel, {}, reader, m_database.writer(), {}};
    PageBooks::Page page;
    page.model = model.info;
    page.isUnpricedAllowed = unpricedAllowed;
    page.characters = text.size();
    PageBooks books(context, m_clock, page);
    const Answer answer = ask(model, {text}, books, cancel);

    QVector<store::NewVector> made;
    base::Status coded;
    if (answer.vectors) {
        const auto code = vectors::encodeVector(answer.vectors->front());
        if (code)
            made.append({{}, *code, keyOf(model.info.ref.text(), text)});
        else
            coded = base::fail(code.error());
    }
    if (answer.last) {
        const base::Status booked = m_database.writer().run([&](store::Transaction &transaction) {
            return books.settle(transaction, *answer.last).and_then([&] {
                return store::Embeddings::keep(transaction, made);
            });
        });
        Q_UNUSED(booked) // it then stays booked at its reservation, as after a crash
    }
    if (!answer.vectors)
        return base::fail(answer.vectors.error().error);
    if (!coded)
        return base::fail(coded.error());
    return answer.vectors->front();
}

QByteArray EndpointEmbedder::keyOf(const QString &model, const QString &text)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(model.toUtf8());
    hash.addData(QByteArray(1, '\0'));
    hash.addData(text.toUtf8());
    return hash.result();
}

} // namespace lectern::workspace
