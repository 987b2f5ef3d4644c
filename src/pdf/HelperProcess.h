// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "pdf/FrameChannel.h"
#include "pdf/HelperSettings.h"

#include <QStringList>

#include <memory>

namespace lectern::pdf {

/// One running lectern-pdf. Owned by one thread at a time; ended and reaped when destroyed.
/// With FrameChannel.cpp the only client code that knows the operating system.
class HelperProcess {
public:
    /// Starts the program and waits for its first words. The kernel kills the helper when the calling
    /// *thread* ends, so this is called from a thread that lives as long as the helper. Errors:
    /// HelperUnavailable, HelperProtocol.
    [[nodiscard]] static base::Result<std::unique_ptr<HelperProcess>> start(const HelperSettings &settings);
    ~HelperProcess();
    HelperProcess(const HelperProcess &) = delete;
    HelperProcess &operator=(const HelperProcess &) = delete;

    [[nodiscard]] FrameChannel &channel() { return m_channel; }

    /// Still there, as far as can be told without talking to it.
    [[nodiscard]] bool isAlive() const;

    /// Physical memory in use, in bytes; 0 when it cannot be told.
    [[nodiscard]] qint64 residentBytes() const;

    /// Which parts of its confinement this system could not provide, in words for people.
    [[nodiscard]] const QStringList &missingProtection() const { return m_missing; }

    /// Kills the process and reaps it.
    void kill();

    /// Why the helper closed the connection: PageOutOfMemory, PageTimedOut (processor time), PageCrashed or,
    /// when it is still running, HelperProtocol. The process is gone afterwards.
    [[nodiscard]] base::Error explainEnd();

private:
    HelperProcess(qint64 pid, FrameChannel channel);
    [[nodiscard]] bool reap(int options, int &status);

    qint64 m_pid;
    FrameChannel m_channel;
    QStringList m_missing;
};

} // namespace lectern::pdf
