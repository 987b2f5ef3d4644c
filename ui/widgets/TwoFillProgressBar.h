// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/TwoFillProgressPainter.h"

#include <QElapsedTimer>
#include <QWidget>

namespace lectern::ui {

/// The bar as a widget, for the status bar and detail panes. To assistive programs it is a progress bar from
/// 0 to 100 whose value is announced at most every 5 s.
class TwoFillProgressBar final : public QWidget {
    Q_OBJECT

public:
    static constexpr int kAnnounceMilliseconds = 5'000;

    explicit TwoFillProgressBar(QWidget *parent = nullptr);
    [[nodiscard]] const TwoFillProgressPainter::State &state() const { return m_state; }
    void setState(const TwoFillProgressPainter::State &state);
    /// Per cent stored, 0 to 100; 100 only when every page is.
    [[nodiscard]] int value() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    TwoFillProgressPainter::State m_state;
    QElapsedTimer m_announced;
};

} // namespace lectern::ui
