// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pdf/FrameChannel.h"
#include "pdf/Messages.h"

#include <QByteArray>
#include <QString>

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace lectern::test {

/// A helper program that misbehaves. The test program itself plays it: started through a link whose name says
/// how. Whatever its name, it opens any document and claims three pages.
class FakeHelper {
public:
    explicit FakeHelper(QByteArray manner) : m_manner(std::move(manner)), m_channel(pdf::FileDescriptor(3)) {}

    int run()
    {
        if (m_manner == "mute")
            hang();
        if (m_manner == "quits")
            return 5;
        if (m_manner == "old")
            send(0, pdf::Hello{pdf::kProtocolVersion + 1, {}, {}});
        else if (m_manner == "babbles")
            raw("Hello, I am not a helper at all.");
        else
            send(0, pdf::Hello{pdf::kProtocolVersion, {}, {}});
        while (const auto frame = m_channel.receive(pdf::kMaxRequestBytes)) {
            const auto request = pdf::decodeRequest(*frame);
            if (request)
                std::visit([&](const auto &body) { answer(request->id, body); }, request->body);
        }
        return 0;
    }

private:
    void answer(quint32 id, const pdf::OpenDocument & /*body*/)
    {
        if (m_manner == "hangs-in-open")
            hang();
        if (m_manner == "crashes-in-open")
            raise(SIGSEGV);
        pdf::DocumentInfo info;
        info.pageCount = 3;
        send(id, pdf::Opened{info});
    }

    void answer(quint32 id, const pdf::ReadPages &body)
    {
        for (int number = body.first; number <= body.last; ++number) {
            if (number == 2)
                misbehave(id);
            domain::PageContent page;
            page.number = number;
            page.text.text = QString::number(number);
            send(id, pdf::PageRead{number, page});
        }
    }

    void answer(quint32 id, const pdf::DrawPage & /*body*/)
    {
        domain::PageImage image{1000, 1000, 1, QByteArray(4'000'000, '\0')};
        send(id, pdf::PageDrawn{image});
    }

    // Leads to a page that the document does not have.
    void answer(quint32 id, const pdf::ReadOutline & /*body*/)
    {
        send(id, pdf::OutlineRead{
                     {{QStringLiteral("far"), 0, 99, 0, false}, {QStringLiteral("near"), 1, 3, 7, false}}});
    }

    // Of another page when asked for the second.
    void answer(quint32 id, const pdf::ReadLinks &body)
    {
        const qint32 number = body.number == 2 ? 3 : body.number;
        send(id, pdf::LinksRead{number, {{QRectF(1, 2, 3, 4), 99, 0, {}}, {QRectF(1, 2, 3, 4), 2, 5, {}}}});
    }

    void answer(quint32 /*id*/, const pdf::CloseDocument & /*body*/) {}

    // What the name says happens on page 2.
    void misbehave(quint32 id)
    {
        if (m_manner == "hangs")
            hang();
        else if (m_manner == "crashes")
            raise(SIGSEGV);
        else if (m_manner == "aborts")
            abortQuietly();
        else if (m_manner == "killed")
            raise(SIGKILL);
        else if (m_manner == "uses-cpu")
            raise(SIGXCPU);
        else if (m_manner == "out-of-memory")
            _exit(pdf::kExitOutOfMemory);
        else if (m_manner == "garbage")
            raw(QByteArray(100, '\x5a'));
        else if (m_manner == "huge")
            lengthOnly(0xfffffff0U);
        else if (m_manner == "promises")
            lengthOnly(50'000'000);
        else if (m_manner == "wrong-page")
            send(id, pdf::PageRead{3, base::fail(base::ErrorCode::PageMissing)});
        else if (m_manner == "wrong-id")
            send(id + 7, pdf::PageRead{2, base::fail(base::ErrorCode::PageMissing)});
        else if (m_manner == "hangs-up")
            hangUp();
    }

    void send(quint32 id, pdf::AnswerBody body)
    {
        (void)m_channel.send(pdf::encode(pdf::Answer{id, std::move(body)}));
    }
    void raw(const QByteArray &bytes) { (void)m_channel.send(bytes); }

    static void lengthOnly(quint32 length)
    {
        (void)!write(3, &length, sizeof length);
        hang();
    }

    static void abortQuietly()
    {
        const rlimit none{0, 0};
        setrlimit(RLIMIT_CORE, &none);
        std::abort();
    }

    [[noreturn]] static void hang()
    {
        while (true)
            pause();
    }

    [[noreturn]] static void hangUp()
    {
        close(3);
        hang();
    }

    QByteArray m_manner;
    pdf::FrameChannel m_channel;
};

} // namespace lectern::test
