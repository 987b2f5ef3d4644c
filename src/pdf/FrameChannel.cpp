// SPDX-License-Identifier: GPL-3.0-or-later
#include "pdf/FrameChannel.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

namespace lectern::pdf {

namespace {

constexpr qsizetype kHeaderBytes = 4;
constexpr qsizetype kChunkBytes = 128 * 1024;
constexpr int kLookAgainMs = 50;

} // namespace

class FrameChannel::Deadline {
public:
    explicit Deadline(const Patience &patience) : m_patience(patience), m_start(Clock::now()) {}

    [[nodiscard]] bool isCancelled() const { return m_patience.token && m_patience.token->isCancelled(); }

    [[nodiscard]] qint64 leftMs() const
    {
        if (m_patience.milliseconds < 0)
            return kLookAgainMs;
        const auto passed =
            std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - m_start).count();
        return m_patience.milliseconds - passed;
    }

    [[nodiscard]] bool isEndless() const { return m_patience.milliseconds < 0 && !m_patience.token; }

private:
    using Clock = std::chrono::steady_clock;
    const Patience &m_patience;
    Clock::time_point m_start;
};

FrameChannel::FrameChannel(FileDescriptor socket) : m_socket(std::move(socket)) {}

tl::expected<void, FrameChannel::Trouble> FrameChannel::wait(short events, const Deadline &deadline) const
{
    while (true) {
        if (deadline.isCancelled())
            return tl::unexpected(Trouble::Cancelled);
        const qint64 left = deadline.leftMs();
        pollfd entry{m_socket.get(), events, 0};
        // Looks at the socket even when time is up: a program that was suspended must not blame its helper.
        const int timeout =
            deadline.isEndless() ? -1 : static_cast<int>(std::clamp<qint64>(left, 0, kLookAgainMs));
        const int ready = poll(&entry, 1, timeout);
        if (ready > 0)
            return {};
        if (ready < 0 && errno != EINTR)
            return tl::unexpected(Trouble::Closed);
        if (left <= 0)
            return tl::unexpected(Trouble::TimedOut);
    }
}

tl::expected<void, FrameChannel::Trouble> FrameChannel::send(const QByteArray &frame, int passedDescriptor,
                                                             const Patience &patience)
{
    const Deadline deadline(patience);
    const auto length = static_cast<quint32>(frame.size());
    std::array<char, kHeaderBytes> header{};
    std::memcpy(header.data(), &length, sizeof length);

    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    qsizetype sent = 0;
    const qsizetype total = kHeaderBytes + frame.size();
    while (sent < total) {
        std::array<iovec, 2> parts{};
        const qsizetype headerSent = std::min(sent, kHeaderBytes);
        parts[0] = {header.data() + headerSent, static_cast<size_t>(kHeaderBytes - headerSent)};
        const qsizetype bodySent = sent - headerSent;
        parts[1] = {const_cast<char *>(frame.constData()) + bodySent,
                    static_cast<size_t>(frame.size() - bodySent)};
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
        if (passedDescriptor >= 0 && sent == 0) {
            message.msg_control = control.data();
            message.msg_controllen = control.size();
            cmsghdr *entry = CMSG_FIRSTHDR(&message);
            entry->cmsg_level = SOL_SOCKET;
            entry->cmsg_type = SCM_RIGHTS;
            entry->cmsg_len = CMSG_LEN(sizeof(int));
            std::memcpy(CMSG_DATA(entry), &passedDescriptor, sizeof(int));
        }
        const ssize_t count = sendmsg(m_socket.get(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count >= 0) {
            sent += count;
            continue;
        }
        if (errno == EINTR)
            continue;
        if (errno != EAGAIN && errno != EWOULDBLOCK)
            return tl::unexpected(Trouble::Closed);
        if (const auto ready = wait(POLLOUT, deadline); !ready)
            return ready;
    }
    return {};
}

// Receives until `bytes` stand in the buffer.
tl::expected<void, FrameChannel::Trouble> FrameChannel::fill(qsizetype bytes, const Deadline &deadline)
{
    while (m_filled < bytes) {
        // Grows with what came, not with what was announced.
        const qsizetype wanted = m_filled + std::max(kChunkBytes, std::min(bytes - m_filled, m_filled));
        if (m_buffer.size() < wanted)
            m_buffer.resize(wanted);
        iovec part{m_buffer.data() + m_filled, static_cast<size_t>(m_buffer.size() - m_filled)};
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        const ssize_t count = recvmsg(m_socket.get(), &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
        if (count == 0)
            return tl::unexpected(Trouble::Closed);
        if (count < 0) {
            if (errno == EINTR)
                continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK)
                return tl::unexpected(Trouble::Closed);
            if (const auto ready = wait(POLLIN, deadline); !ready)
                return ready;
            continue;
        }
        m_filled += count;
        const cmsghdr *entry = CMSG_FIRSTHDR(&message);
        if (entry != nullptr && entry->cmsg_level == SOL_SOCKET && entry->cmsg_type == SCM_RIGHTS &&
            entry->cmsg_len == CMSG_LEN(sizeof(int))) {
            int descriptor = -1;
            std::memcpy(&descriptor, CMSG_DATA(entry), sizeof descriptor);
            m_received.reset(descriptor);
        }
    }
    return {};
}

tl::expected<QByteArray, FrameChannel::Trouble> FrameChannel::receive(qsizetype maxBytes,
                                                                      const Patience &patience)
{
    const Deadline deadline(patience);
    if (const auto header = fill(kHeaderBytes, deadline); !header)
        return tl::unexpected(header.error());
    quint32 length = 0;
    std::memcpy(&length, m_buffer.constData(), sizeof length);
    if (length > maxBytes)
        return tl::unexpected(Trouble::TooLarge);
    const qsizetype end = kHeaderBytes + static_cast<qsizetype>(length);
    if (const auto body = fill(end, deadline); !body)
        return tl::unexpected(body.error());

    QByteArray frame(m_buffer.constData() + kHeaderBytes, static_cast<qsizetype>(length));
    std::memmove(m_buffer.data(), m_buffer.constData() + end, static_cast<size_t>(m_filled - end));
    m_filled -= end;
    if (m_filled == 0 && m_buffer.size() > 8 * kChunkBytes)
        m_buffer = QByteArray(); // a picture's worth of memory is not kept for the next page of text
    return frame;
}

bool FrameChannel::isClosed() const
{
    pollfd entry{m_socket.get(), POLLIN, 0};
    return poll(&entry, 1, 0) > 0 && (entry.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

} // namespace lectern::pdf
