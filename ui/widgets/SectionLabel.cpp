// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/SectionLabel.h"

#include "ui/style/Metrics.h"

#include <QApplication>
#include <QEvent>

namespace lectern::ui {

SectionLabel::SectionLabel(const QString &text, Level level, QWidget *parent)
    : QLabel(text, parent), m_level(level), m_tone(level == Level::Secondary ? Tone::Quiet : Tone::Normal)
{
    setTextFormat(Qt::PlainText);
    setForegroundRole(QPalette::WindowText); // not the one that fits its parent's ground
    applyLook();
}

void SectionLabel::setTone(Tone tone)
{
    m_tone = tone;
    applyLook();
}

bool SectionLabel::event(QEvent *event)
{
    const bool handled = QLabel::event(event);
    switch (event->type()) {
    case QEvent::ParentChange:
    case QEvent::Show:
    case QEvent::Polish:
        watchWindow();
        applyLook();
        break;
    case QEvent::ApplicationFontChange: // while the label is a window of its own
    case QEvent::PaletteChange:
        applyLook();
        break;
    default:
        break;
    }
    return handled;
}

bool SectionLabel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ApplicationFontChange && watched == m_window)
        applyLook();
    return QLabel::eventFilter(watched, event);
}

void SectionLabel::watchWindow()
{
    QWidget *now = window() == this ? nullptr : window();
    if (now == m_window)
        return;
    if (m_window)
        m_window->removeEventFilter(this);
    m_window = now;
    if (m_window)
        m_window->installEventFilter(this);
}

void SectionLabel::applyLook()
{
    if (m_applying)
        return; // our own change of font or palette
    m_applying = true;
    const QFont system = QApplication::font();
    switch (m_level) {
    case Level::Title:
        setFont(metrics::titleFont(system));
        break;
    case Level::Heading:
        setFont(metrics::headingFont(system));
        break;
    case Level::Body:
        setFont(system);
        break;
    case Level::Secondary:
        setFont(metrics::secondaryFont(system));
        break;
    }
    // This one colour only: with a whole palette of its own, the label would never hear of a change of theme.
    const Theme &theme = Theme::of(QApplication::palette());
    QPalette colors;
    colors.setColor(QPalette::WindowText, theme.tone(m_tone));
    colors.setColor(QPalette::Disabled, QPalette::WindowText, theme.disabled);
    setPalette(colors);
    m_applying = false;
}

} // namespace lectern::ui
