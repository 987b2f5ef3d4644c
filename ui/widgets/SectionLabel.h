// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Theme.h"

#include <QLabel>
#include <QPointer>

namespace lectern::ui {

/// A label in one of the text sizes of the window; follows a change of the system font and theme. Plain text
/// only.
class SectionLabel final : public QLabel {
    Q_OBJECT

public:
    enum class Level {
        Title,     ///< 1.15, half bold
        Heading,   ///< 1.0, half bold
        Body,      ///< 1.0
        Secondary, ///< 0.9, quiet
    };

    explicit SectionLabel(const QString &text, Level level = Level::Heading, QWidget *parent = nullptr);
    void setTone(Tone tone);

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// Qt tells windows alone when the system font changes, so the label listens to its window.
    void watchWindow();
    void applyLook();

    Level m_level;
    Tone m_tone;
    bool m_applying = false;
    QPointer<QWidget> m_window;
};

} // namespace lectern::ui
