// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pdf-helper/HelperServer.h"

#include "app/pdf-helper/MemoryWatch.h"

namespace lectern::helper {

using base::ErrorCode;

namespace {

base::Error noDocument()
{
    return {ErrorCode::InvalidArgument, QStringLiteral("no document is open")};
}

base::Error tooMuchText()
{
    return {ErrorCode::PageUnreadable, QStringLiteral("more text than a page can hold")};
}

} // namespace

HelperServer::HelperServer(pdf::FileDescriptor socket, const Limits &limits)
    : m_channel(std::move(socket)), m_limits(limits)
{
}

void HelperServer::run(const Confinement &confinement)
{
    send(0, pdf::Hello{pdf::kProtocolVersion, confinement.inForce, confinement.missing});
    while (!m_parentIsGone) {
        const auto frame = m_channel.receive(pdf::kMaxRequestBytes);
        if (!frame)
            return;
        const auto request = pdf::decodeRequest(*frame);
        if (!request)
            return; // not the program that started this one: nothing sensible can follow
        serve(*request);
    }
}

void HelperServer::serve(const pdf::Request &request)
{
    startRequest();
    allowProcessorTime(m_limits.cpuSecondsPerRequest);
    std::visit([&](const auto &body) { answer(request.id, body); }, request.body);
}

void HelperServer::answer(quint32 id, const pdf::OpenDocument &body)
{
    pdf::FileDescriptor file = m_channel.takeDescriptor();
    closeDocument();
    if (!file.isOpen()) {
        send(id, pdf::Failed{
                     {ErrorCode::InvalidArgument, QStringLiteral("no descriptor came with the request")}});
        return;
    }
    auto opened = poppler::PdfDocument::open(file.release(), body.password);
    if (!opened) {
        send(id, pdf::Failed{opened.error()});
        return;
    }
    m_document = std::move(*opened);
    send(id, pdf::Opened{m_document->info()});
}

void HelperServer::answer(quint32 id, const pdf::ReadPages &body)
{
    for (qint32 number = body.first; number <= body.last && !m_parentIsGone; ++number) {
        startRequest();
        allowProcessorTime(m_limits.cpuSecondsPerRequest);
        auto content = m_document ? m_document->page({number, body.pictureWhenNoText})
                                  : base::Result<domain::PageContent>(base::fail(noDocument()));
        QByteArray frame = pdf::encode(pdf::Answer{id, pdf::PageRead{number, std::move(content)}});
        if (frame.size() > pdf::kMaxPageBytes)
            frame = pdf::encode(pdf::Answer{id, pdf::PageRead{number, base::fail(tooMuchText())}});
        send(frame);
    }
}

void HelperServer::answer(quint32 id, const pdf::DrawPage &body)
{
    auto image = m_document ? m_document->render(body.request)
                            : base::Result<domain::PageImage>(base::fail(noDocument()));
    if (image)
        send(id, pdf::PageDrawn{std::move(*image)});
    else
        send(id, pdf::Failed{image.error()});
}

void HelperServer::answer(quint32 id, const pdf::ReadOutline & /*body*/)
{
    if (m_document)
        send(id, pdf::OutlineRead{m_document->outline()});
    else
        send(id, pdf::Failed{noDocument()});
}

void HelperServer::answer(quint32 id, const pdf::ReadLinks &body)
{
    auto links = m_document ? m_document->links(body.number)
                            : base::Result<QVector<domain::PageLink>>(base::fail(noDocument()));
    if (links)
        send(id, pdf::LinksRead{body.number, std::move(*links)});
    else
        send(id, pdf::Failed{links.error()});
}

void HelperServer::answer(quint32 /*id*/, const pdf::CloseDocument & /*body*/)
{
    closeDocument();
}

void HelperServer::send(quint32 id, pdf::AnswerBody body)
{
    send(pdf::encode(pdf::Answer{id, std::move(body)}));
}

void HelperServer::send(const QByteArray &frame)
{
    if (!m_channel.send(frame))
        m_parentIsGone = true;
}

void HelperServer::closeDocument()
{
    m_document.reset();
    trimMemory();
}

} // namespace lectern::helper
