// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "pdf/HelperProcess.h"
#include "pdf/HelperSettings.h"
#include "pdf/HelperStarter.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace lectern::pdf {

/// Who has which helper. Thread-safe; shared by a pool and its sessions.
class HelperRoster {
public:
    explicit HelperRoster(HelperSettings settings);
    ~HelperRoster();
    HelperRoster(const HelperRoster &) = delete;
    HelperRoster &operator=(const HelperRoster &) = delete;

    /// A helper in the hands of one session for one request.
    struct Lease {
        HelperProcess *helper = nullptr;
        bool holdsDocument = false; ///< the session's document is still open in it
    };

    [[nodiscard]] const HelperSettings &settings() const { return m_settings; }

    /// A number that stands for one session.
    [[nodiscard]] quint64 newOwner();

    /// Waits for a helper. Errors: HelperUnavailable, Cancelled.
    [[nodiscard]] base::Result<Lease> take(quint64 owner, const base::CancelToken &token);

    /// After a request: the helper keeps the owner's document open until somebody else needs the helper.
    void giveBack(const HelperProcess *helper);

    /// After a request that the helper did not survive, or must not.
    void discard(const HelperProcess *helper);

    /// The owner's session ends.
    void release(quint64 owner);

    /// The pool ends: kills every helper that is not at work, and the others when they come back.
    void close();

    [[nodiscard]] int count() const;
    [[nodiscard]] QStringList missingProtection() const;

private:
    struct Slot {
        std::unique_ptr<HelperProcess> helper; ///< null while it is being started
        quint64 owner = 0;                     ///< 0: no document open
        bool busy = false;
        int documents = 0;
        quint64 lastUse = 0;
    };
    using Slots = std::vector<std::unique_ptr<Slot>>;

    [[nodiscard]] Slot *findIdle(quint64 owner);
    [[nodiscard]] bool isWornOut(const Slot &slot) const;
    [[nodiscard]] std::unique_ptr<Slot> remove(const Slot *slot);
    [[nodiscard]] base::Result<Lease> startFor(quint64 owner, std::unique_lock<std::mutex> &lock);
    [[nodiscard]] Slot *slotOf(const HelperProcess *helper);

    const HelperSettings m_settings;
    const size_t m_maxHelpers;
    HelperStarter m_starter; ///< before m_slots: helpers end before the thread that started them
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    Slots m_slots;
    quint64 m_owners = 0;
    quint64 m_uses = 0;
    bool m_closed = false;
    QStringList m_missingProtection; ///< of the helper started last
};

} // namespace lectern::pdf
