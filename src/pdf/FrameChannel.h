// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "pdf/FileDescriptor.h"

#include <QByteArray>

#include <tl/expected.hpp>

#include <optional>

namespace lectern::pdf {

/// How long to wait.
struct Patience {
    qint64 milliseconds = -1;               ///< -1: no limit
    std::optional<base::CancelToken> token; ///< looked at every 50 ms
};

/// Frames over a local stream socket: four bytes of length, then as many bytes. A frame may bring a file
/// descriptor. One thread at a time. A peer that is gone never raises SIGPIPE.
class FrameChannel {
public:
    explicit FrameChannel(FileDescriptor socket);

    enum class Trouble {
        Closed, ///< the peer closed its end or died
        TimedOut,
        Cancelled,
        TooLarge, ///< the peer announced a frame above the limit
    };

    [[nodiscard]] tl::expected<void, Trouble> send(const QByteArray &frame, int passedDescriptor = -1,
                                                   const Patience &patience = {});

    /// Waits for a whole frame of at most `maxBytes`.
    [[nodiscard]] tl::expected<QByteArray, Trouble> receive(qsizetype maxBytes,
                                                            const Patience &patience = {});

    /// The descriptor that came with what was received last, if any.
    [[nodiscard]] FileDescriptor takeDescriptor() { return std::move(m_received); }

    /// Whether the peer is gone; bytes that it left behind do not count.
    [[nodiscard]] bool isClosed() const;

private:
    class Deadline;
    [[nodiscard]] tl::expected<void, Trouble> wait(short events, const Deadline &deadline) const;
    [[nodiscard]] tl::expected<void, Trouble> fill(qsizetype bytes, const Deadline &deadline);

    FileDescriptor m_socket;
    FileDescriptor m_received;
    QByteArray m_buffer; ///< received and not yet handed out: [0, m_filled)
    qsizetype m_filled = 0;
};

} // namespace lectern::pdf
