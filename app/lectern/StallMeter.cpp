// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lectern/StallMeter.h"

#include <QCoreApplication>
#include <QEvent>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <chrono>

namespace lectern::app {

namespace {

using Moment = std::chrono::steady_clock::time_point;

QEvent::Type beatType()
{
    static const auto type = static_cast<QEvent::Type>(QEvent::registerEventType());
    return type;
}

class Beat final : public QEvent {
public:
    Beat() : QEvent(beatType()) {}
    const Moment sent = std::chrono::steady_clock::now();
};

double toMs(qint64 nanoseconds)
{
    return static_cast<double>(nanoseconds) / 1e6;
}

} // namespace

StallMeter::StallMeter(QObject *parent) : QObject(parent), m_thread([this] { beat(); }) {}

StallMeter::~StallMeter()
{
    stop();
}

void StallMeter::stop()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void StallMeter::beat()
{
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, std::chrono::milliseconds(kEveryMs), [this] { return m_ending; }))
        QCoreApplication::postEvent(this, new Beat, Qt::HighEventPriority);
}

bool StallMeter::event(QEvent *event)
{
    if (event->type() != beatType())
        return QObject::event(event);
    const auto waited = std::chrono::steady_clock::now() - static_cast<const Beat &>(*event).sent;
    m_waits.append(std::chrono::duration_cast<std::chrono::nanoseconds>(waited).count());
    return true;
}

QByteArray StallMeter::toJson() const
{
    QVector<qint64> waits = m_waits;
    std::sort(waits.begin(), waits.end());
    const auto quantile = [&waits](double share) {
        if (waits.isEmpty())
            return 0.0;
        const auto at = static_cast<qsizetype>(share * static_cast<double>(waits.size() - 1));
        return toMs(waits.at(at));
    };
    const QJsonObject object{{QStringLiteral("p50_ms"), quantile(0.5)},
                             {QStringLiteral("p99_ms"), quantile(0.99)},
                             {QStringLiteral("max_ms"), quantile(1.0)},
                             {QStringLiteral("samples"), waits.size()}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace lectern::app
