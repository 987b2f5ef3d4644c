// SPDX-License-Identifier: GPL-3.0-or-later
#include "pdf/HelperStarter.h"

namespace lectern::pdf {

HelperStarter::HelperStarter(HelperSettings settings)
    : m_settings(std::move(settings)), m_thread([this] { run(); })
{
}

HelperStarter::~HelperStarter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

base::Result<std::unique_ptr<HelperProcess>> HelperStarter::start()
{
    std::promise<Started> order;
    std::future<Started> started = order.get_future();
    {
        const std::lock_guard lock(m_mutex);
        m_orders.push_back(std::move(order));
    }
    m_wake.notify_one();
    return started.get();
}

void HelperStarter::run()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return m_ending || !m_orders.empty(); });
        if (m_orders.empty())
            return;
        std::promise<Started> order = std::move(m_orders.front());
        m_orders.pop_front();
        lock.unlock();
        order.set_value(HelperProcess::start(m_settings));
        lock.lock();
    }
}

} // namespace lectern::pdf
