// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QVector>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace lectern::app {

/// Measures how late the event loop is: a thread sends an event every few milliseconds, and the loop notes
/// how long each waited. Lives on the GUI thread, with one thread of its own.
class StallMeter final : public QObject {
    Q_OBJECT

public:
    static constexpr int kEveryMs = 4;

    explicit StallMeter(QObject *parent = nullptr);
    ~StallMeter() override;
    void stop();
    /// {"p50_ms", "p99_ms", "max_ms", "samples"}
    [[nodiscard]] QByteArray toJson() const;

protected:
    bool event(QEvent *event) override;

private:
    void beat();

    QVector<qint64> m_waits; ///< nanoseconds
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace lectern::app
