// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "presentation/LibrarySnapshot.h"
#include "presentation/TimeLeft.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QPushButton;

namespace lectern::ui {

class CostToday;
class ElidedLabel;
class TwoFillProgressBar;

/// The foot of the window: counts, what is being done this moment, and how far everything is. A click on the
/// counts or on the bar asks for the Jobs view. GUI thread. objectName "statusLine".
class StatusLine final : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(const base::Clock &clock, QWidget *parent = nullptr);
    void setSnapshot(const presentation::LibrarySnapshot &snapshot);
    /// A sentence that stands for some seconds where the current document is named.
    void say(const QString &text);
    [[nodiscard]] CostToday &costToday() { return *m_costToday; }
    [[nodiscard]] QString countsText() const;
    [[nodiscard]] QString progressText() const;

Q_SIGNALS:
    void jobsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateCurrent();

    const base::Clock &m_clock;
    presentation::TimeLeft m_pace;
    QPushButton *m_counts;
    ElidedLabel *m_current;
    TwoFillProgressBar *m_bar;
    CostToday *m_costToday;
    ElidedLabel *m_progress;
    QString m_work;
    QString m_said;
    QTimer m_saidTimer;
};

} // namespace lectern::ui
