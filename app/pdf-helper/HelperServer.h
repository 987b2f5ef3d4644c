// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pdf-helper/Confinement.h"

#include "pdf/FrameChannel.h"
#include "pdf/Messages.h"
#include "poppler/PdfDocument.h"

#include <memory>

namespace lectern::helper {

/// Answers requests over a socket until the other end closes it.
class HelperServer {
public:
    HelperServer(pdf::FileDescriptor socket, const Limits &limits);

    /// Says hello and serves. Returns when the parent is gone.
    void run(const Confinement &confinement);

private:
    void serve(const pdf::Request &request);
    void answer(quint32 id, const pdf::OpenDocument &body);
    void answer(quint32 id, const pdf::ReadPages &body);
    void answer(quint32 id, const pdf::DrawPage &body);
    void answer(quint32 id, const pdf::ReadOutline &body);
    void answer(quint32 id, const pdf::ReadLinks &body);
    void answer(quint32 id, const pdf::CloseDocument &body);
    void send(quint32 id, pdf::AnswerBody body);
    void send(const QByteArray &frame);
    void closeDocument();

    pdf::FrameChannel m_channel;
    const Limits m_limits;
    std::unique_ptr<poppler::PdfDocument> m_document;
    bool m_parentIsGone = false;
};

} // namespace lectern::helper
