// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QString>
#include <QTimer>

class QPushButton;

namespace lectern::ui {

class ElidedLabel;

/// "Removed 3 documents. [Undo]" for ten seconds, one at a time; waits while the pointer or the focus is on
/// it. Hidden while there is nothing to undo. objectName "undoBar".
class UndoBar final : public QFrame {
    Q_OBJECT

public:
    static constexpr int kDefaultMilliseconds = 10'000;

    explicit UndoBar(QWidget *parent = nullptr);
    /// Shows an offer; one that is still shown expires first. `token` comes back with the signals.
    void offer(const QString &text, qint64 token);
    /// Hides without any signal, for instance since Ctrl+Z already undid it.
    void withdraw();
    [[nodiscard]] bool isOffering() const { return m_offering; }
    [[nodiscard]] QString text() const;
    /// How long an offer stands. Takes effect with the next one.
    void setDuration(int milliseconds) { m_duration = milliseconds; }
    /// Milliseconds left of the offer, also while it waits; 0 without an offer.
    [[nodiscard]] int remaining() const;
    [[nodiscard]] bool isWaiting() const { return m_offering && !m_timer.isActive(); }

Q_SIGNALS:
    void undoRequested(qint64 token);
    /// Time is over, another offer came, or it was closed: what was done now stands.
    void expired(qint64 token);

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void hold();
    void goOn();
    void finish();

    ElidedLabel *m_label;
    QPushButton *m_undo;
    QTimer m_timer;
    qint64 m_token = 0;
    int m_duration = kDefaultMilliseconds;
    int m_left = 0;
    bool m_offering = false;
    bool m_hovered = false;
    bool m_focused = false;
};

} // namespace lectern::ui
