// SPDX-License-Identifier: GPL-3.0-or-later
#include "pdf/HelperRoster.h"

#include "pdf/Messages.h"

#include <algorithm>
#include <chrono>

namespace lectern::pdf {

using base::ErrorCode;

namespace {

constexpr std::chrono::milliseconds kLookAgain{50};

size_t helperLimit(const HelperSettings &settings)
{
    if (settings.maxHelpers > 0)
        return static_cast<size_t>(settings.maxHelpers);
    return std::max(1U, std::thread::hardware_concurrency());
}

} // namespace

HelperRoster::HelperRoster(HelperSettings settings)
    : m_settings(std::move(settings)), m_maxHelpers(helperLimit(m_settings)), m_starter(m_settings)
{
}

HelperRoster::~HelperRoster() = default;

quint64 HelperRoster::newOwner()
{
    const std::lock_guard lock(m_mutex);
    return ++m_owners;
}

base::Result<HelperRoster::Lease> HelperRoster::take(quint64 owner, const base::CancelToken &token)
{
    std::unique_lock lock(m_mutex);
    while (true) {
        if (m_closed)
            return base::fail(ErrorCode::HelperUnavailable, QStringLiteral("shutting down"));
        if (token.isCancelled())
            return base::fail(ErrorCode::Cancelled);
        Slot *slot = findIdle(owner);
        if (slot != nullptr && slot->owner != owner && isWornOut(*slot)) {
            std::unique_ptr<Slot> worn = remove(slot);
            lock.unlock();
            worn.reset();
            lock.lock();
            continue;
        }
        const bool mayStart = m_slots.size() < m_maxHelpers;
        // A helper of its own is better than taking one from a session that will want it back.
        if (slot != nullptr && (slot->owner == owner || slot->owner == 0 || !mayStart)) {
            const Lease lease{slot->helper.get(), slot->owner == owner};
            slot->busy = true;
            slot->documents += lease.holdsDocument ? 0 : 1;
            slot->owner = owner;
            return lease;
        }
        if (mayStart)
            return startFor(owner, lock);
        m_changed.wait_for(lock, kLookAgain);
    }
}

// The owner's own helper, else one without a document, else the one unused for longest. Dead ones are cleared
// away.
HelperRoster::Slot *HelperRoster::findIdle(quint64 owner)
{
    const auto isDead = [](const std::unique_ptr<Slot> &slot) {
        return !slot->busy && slot->helper && !slot->helper->isAlive();
    };
    m_slots.erase(std::remove_if(m_slots.begin(), m_slots.end(), isDead), m_slots.end());

    Slot *best = nullptr;
    const auto rank = [owner](const Slot &slot) { return slot.owner == owner ? 0 : slot.owner == 0 ? 1 : 2; };
    for (const auto &slot : m_slots) {
        if (slot->busy)
            continue;
        const bool better = best == nullptr || rank(*slot) < rank(*best) ||
                            (rank(*slot) == rank(*best) && slot->lastUse < best->lastUse);
        if (better)
            best = slot.get();
    }
    return best;
}

bool HelperRoster::isWornOut(const Slot &slot) const
{
    return slot.documents >= m_settings.documentsPerHelper ||
           (slot.owner == 0 && slot.helper->residentBytes() > m_settings.idleResidentLimitBytes);
}

base::Result<HelperRoster::Lease> HelperRoster::startFor(quint64 owner, std::unique_lock<std::mutex> &lock)
{
    m_slots.push_back(std::make_unique<Slot>());
    Slot *slot = m_slots.back().get();
    slot->busy = true;
    slot->owner = owner;
    slot->documents = 1;
    lock.unlock();
    auto started = m_starter.start();
    lock.lock();
    if (!started || m_closed) {
        const std::unique_ptr<Slot> unused = remove(slot);
        m_changed.notify_one();
        if (!started)
            return base::fail(started.error());
        return base::fail(ErrorCode::HelperUnavailable, QStringLiteral("shutting down"));
    }
    slot->helper = std::move(*started);
    m_missingProtection = slot->helper->missingProtection();
    return Lease{slot->helper.get(), false};
}

HelperRoster::Slot *HelperRoster::slotOf(const HelperProcess *helper)
{
    const auto found = std::find_if(m_slots.begin(), m_slots.end(),
                                    [&](const auto &slot) { return slot->helper.get() == helper; });
    return found == m_slots.end() ? nullptr : found->get();
}

// Takes a slot out; whoever calls lets it end the helper without holding the lock, since that takes a while.
std::unique_ptr<HelperRoster::Slot> HelperRoster::remove(const Slot *slot)
{
    const auto found = std::find_if(m_slots.begin(), m_slots.end(),
                                    [&](const auto &candidate) { return candidate.get() == slot; });
    if (found == m_slots.end())
        return nullptr;
    std::unique_ptr<Slot> removed = std::move(*found);
    m_slots.erase(found);
    return removed;
}

void HelperRoster::giveBack(const HelperProcess *helper)
{
    std::unique_ptr<Slot> ended;
    const std::lock_guard lock(m_mutex);
    Slot *slot = slotOf(helper);
    if (m_closed) {
        ended = remove(slot);
    } else {
        slot->busy = false;
        slot->lastUse = ++m_uses;
    }
    m_changed.notify_one();
}

void HelperRoster::discard(const HelperProcess *helper)
{
    std::unique_ptr<Slot> ended;
    const std::lock_guard lock(m_mutex);
    ended = remove(slotOf(helper));
    m_changed.notify_one();
}

void HelperRoster::release(quint64 owner)
{
    const std::lock_guard lock(m_mutex);
    for (const auto &slot : m_slots) {
        if (slot->owner != owner || slot->busy)
            continue;
        // One small frame into an empty socket: this does not block.
        if (!slot->helper->channel().send(encode(Request{0, CloseDocument{}}), -1, {0, std::nullopt}))
            slot->helper->kill();
        slot->owner = 0;
        break;
    }
    m_changed.notify_one();
}

void HelperRoster::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_slots.erase(
        std::remove_if(m_slots.begin(), m_slots.end(), [](const auto &slot) { return !slot->busy; }),
        m_slots.end());
    m_changed.notify_all();
}

QStringList HelperRoster::missingProtection() const
{
    const std::lock_guard lock(m_mutex);
    return m_missingProtection;
}

int HelperRoster::count() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_slots.size());
}

} // namespace lectern::pdf
