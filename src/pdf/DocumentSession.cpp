// SPDX-License-Identifier: GPL-3.0-or-later
#include "pdf/DocumentSession.h"

#include "pdf/HelperProcess.h"
#include "pdf/HelperRoster.h"
#include "pdf/Messages.h"

#include <algorithm>

namespace lectern::pdf {

using base::ErrorCode;

namespace {

// Small texts around the pixels of a picture.
constexpr qsizetype kEnvelopeBytes = 64 * 1024;

base::Error nonsense(const QString &what)
{
    return {ErrorCode::HelperProtocol, what};
}

QString seconds(qint64 milliseconds)
{
    return QString::number(static_cast<double>(milliseconds) / 1000);
}

// The helper is gone, or had to go: a page's fault when it was a page that was being read.
bool isHelperLoss(ErrorCode code)
{
    return code == ErrorCode::PageCrashed || code == ErrorCode::PageTimedOut ||
           code == ErrorCode::PageOutOfMemory || code == ErrorCode::HelperProtocol;
}

QString openingLoss(ErrorCode code)
{
    switch (code) {
    case ErrorCode::PageTimedOut:
        return QStringLiteral("opening it never came to an end");
    case ErrorCode::PageOutOfMemory:
        return QStringLiteral("opening it takes more memory than is allowed");
    default:
        return QStringLiteral("opening it ended the reading program");
    }
}

} // namespace

DocumentSession::DocumentSession(std::shared_ptr<HelperRoster> roster, FileDescriptor file,
                                 QByteArray password)
    : m_roster(std::move(roster)), m_owner(m_roster->newOwner()), m_file(std::move(file)),
      m_password(std::move(password))
{
}

DocumentSession::~DocumentSession()
{
    m_roster->release(m_owner);
}

base::Status DocumentSession::open(const base::CancelToken &token)
{
    const base::Status ready = acquire(token);
    if (ready)
        giveBack();
    return ready;
}

// Takes a helper that has the document open; opens it there when need be.
base::Status DocumentSession::acquire(const base::CancelToken &token)
{
    const auto lease = m_roster->take(m_owner, token);
    if (!lease)
        return base::fail(lease.error());
    m_helper = lease->helper;
    return lease->holdsDocument ? base::Status{} : openInHelper(token);
}

base::Status DocumentSession::openInHelper(const base::CancelToken &token)
{
    const base::Status asked = ask(Request{0, OpenDocument{m_password}}, token, m_file.get());
    const auto answer = asked ? hear(kMaxRequestBytes, m_roster->settings().openDeadlineMs, token)
                              : base::Result<Answer>(base::fail(asked.error()));
    if (!answer) {
        const base::Error &error = answer.error();
        if (isHelperLoss(error.code) && error.code != ErrorCode::HelperProtocol)
            return base::fail(ErrorCode::Corrupt,
                              QStringLiteral("%1 (%2)").arg(openingLoss(error.code), error.detail));
        return base::fail(error);
    }
    if (const auto *opened = std::get_if<Opened>(&answer->body)) {
        m_info = opened->info;
        return {};
    }
    if (const auto *failed = std::get_if<Failed>(&answer->body)) {
        const base::Error error = failed->error;
        giveBack();
        return base::fail(error);
    }
    drop();
    return base::fail(nonsense(QStringLiteral("answer to open")));
}

// Sends a request. On failure the helper is given up.
base::Status DocumentSession::ask(Request request, const base::CancelToken &token, int descriptor)
{
    request.id = ++m_lastId;
    const auto sent =
        m_helper->channel().send(encode(request), descriptor, {m_roster->settings().openDeadlineMs, token});
    if (sent)
        return {};
    base::Error error;
    switch (sent.error()) {
    case FrameChannel::Trouble::Cancelled:
        error = {ErrorCode::Cancelled, {}};
        break;
    case FrameChannel::Trouble::Closed:
        error = m_helper->explainEnd();
        break;
    default:
        error = nonsense(QStringLiteral("takes no requests"));
    }
    drop();
    return base::fail(error);
}

// Waits for the next answer. On failure the helper is given up.
base::Result<Answer> DocumentSession::hear(qsizetype maxBytes, qint64 deadlineMs,
                                           const base::CancelToken &token)
{
    const auto frame = m_helper->channel().receive(maxBytes, {deadlineMs, token});
    if (frame) {
        auto answer = decodeAnswer(*frame);
        if (answer && answer->id == m_lastId)
            return answer;
        drop();
        return base::fail(answer ? nonsense(QStringLiteral("answer to another request")) : answer.error());
    }
    base::Error error;
    switch (frame.error()) {
    case FrameChannel::Trouble::Cancelled:
        error = {ErrorCode::Cancelled, {}};
        break;
    case FrameChannel::Trouble::TimedOut:
        error = {ErrorCode::PageTimedOut, QStringLiteral("no answer within %1 s").arg(seconds(deadlineMs))};
        break;
    case FrameChannel::Trouble::TooLarge:
        error = nonsense(QStringLiteral("answer too large"));
        break;
    case FrameChannel::Trouble::Closed:
        error = m_helper->explainEnd();
        break;
    }
    drop();
    return base::fail(error);
}

void DocumentSession::giveBack()
{
    m_roster->giveBack(std::exchange(m_helper, nullptr));
}

void DocumentSession::drop()
{
    m_roster->discard(std::exchange(m_helper, nullptr));
}

base::Result<domain::PageContent> DocumentSession::page(const PageRequest &request,
                                                        const base::CancelToken &token)
{
    base::Result<domain::PageContent> result = base::fail(ErrorCode::Internal);
    const auto keep = [&](int /*number*/, base::Result<domain::PageContent> content) {
        result = std::move(content);
        return true;
    };
    const base::Status status = pages(request.number, request.number, request.pictureWhenNoText, keep, token);
    if (!status)
        return base::fail(status.error());
    return result;
}

base::Status DocumentSession::pages(int first, int last, bool pictureWhenNoText, const PageHandler &handler,
                                    const base::CancelToken &token)
{
    if (first < 1 || last > m_info.pageCount)
        return base::fail(ErrorCode::InvalidArgument, QStringLiteral("pages %1 to %2").arg(first).arg(last));
    int next = first;
    while (next <= last) {
        if (const base::Status ready = acquire(token); !ready)
            return ready;
        base::Status lost = ask(Request{0, ReadPages{next, last, pictureWhenNoText}}, token);
        while (lost && next <= last) {
            auto answer = hear(kMaxPageBytes, m_roster->settings().pageDeadlineMs, token);
            if (!answer) {
                lost = base::fail(answer.error());
                break;
            }
            auto *read = std::get_if<PageRead>(&answer->body);
            if (read == nullptr || read->number != next) {
                drop();
                lost = base::fail(nonsense(QStringLiteral("answer to page %1").arg(next)));
                break;
            }
            const int number = next++;
            if (!handler(number, std::move(read->content)) && next <= last) {
                drop(); // it works ahead, and cannot be called back
                return {};
            }
        }
        if (lost) {
            giveBack();
        } else if (isHelperLoss(lost.error().code)) {
            const int number = next++;
            if (!handler(number, base::fail(lost.error())))
                return {};
        } else {
            return lost;
        }
    }
    return {};
}

base::Result<Answer> DocumentSession::inquire(Request request, qsizetype maxBytes, qint64 deadlineMs,
                                              const base::CancelToken &token)
{
    if (const base::Status ready = acquire(token); !ready)
        return base::fail(ready.error());
    if (const base::Status asked = ask(std::move(request), token); !asked)
        return base::fail(asked.error());
    auto answer = hear(maxBytes, deadlineMs, token);
    if (!answer)
        return answer;
    if (const auto *failed = std::get_if<Failed>(&answer->body)) {
        const base::Error error = failed->error;
        giveBack();
        return base::fail(error);
    }
    return answer;
}

base::Result<domain::PageImage> DocumentSession::render(const RenderRequest &request,
                                                        const base::CancelToken &token)
{
    if (request.number < 1 || request.number > m_info.pageCount)
        return base::fail(ErrorCode::InvalidArgument, QStringLiteral("page %1").arg(request.number));
    const qsizetype pixels = std::clamp(request.maxPixels, 1, RenderRequest::kMaxPixels);
    auto answer = inquire(Request{0, DrawPage{request}}, pixels * 4 + kEnvelopeBytes,
                          m_roster->settings().renderDeadlineMs, token);
    if (!answer)
        return base::fail(answer.error());
    auto *drawn = std::get_if<PageDrawn>(&answer->body);
    const QSize size = drawn != nullptr ? QSize(drawn->image.width, drawn->image.height) : QSize();
    if (drawn == nullptr || (!request.part.isEmpty() && size != request.part.size())) {
        drop();
        return base::fail(nonsense(QStringLiteral("answer to render")));
    }
    giveBack();
    return std::move(drawn->image);
}

base::Result<QVector<domain::OutlineItem>> DocumentSession::outline(const base::CancelToken &token)
{
    auto answer =
        inquire(Request{0, ReadOutline{}}, kMaxListBytes, m_roster->settings().openDeadlineMs, token);
    if (!answer)
        return base::fail(answer.error());
    auto *read = std::get_if<OutlineRead>(&answer->body);
    if (read == nullptr) {
        drop();
        return base::fail(nonsense(QStringLiteral("answer to outline")));
    }
    giveBack();
    for (domain::OutlineItem &item : read->items)
        item.page = item.page <= m_info.pageCount ? item.page : 0;
    return std::move(read->items);
}

base::Result<QVector<domain::PageLink>> DocumentSession::links(int page, const base::CancelToken &token)
{
    if (page < 1 || page > m_info.pageCount)
        return base::fail(ErrorCode::InvalidArgument, QStringLiteral("page %1").arg(page));
    auto answer =
        inquire(Request{0, ReadLinks{page}}, kMaxListBytes, m_roster->settings().pageDeadlineMs, token);
    if (!answer)
        return base::fail(answer.error());
    auto *read = std::get_if<LinksRead>(&answer->body);
    if (read == nullptr || read->number != page) {
        drop();
        return base::fail(nonsense(QStringLiteral("answer to links")));
    }
    giveBack();
    read->links.removeIf([this](const domain::PageLink &link) { return link.page > m_info.pageCount; });
    return std::move(read->links);
}

} // namespace lectern::pdf
