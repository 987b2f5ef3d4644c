// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Theme.h"

#include <cmath>

namespace lectern::ui {

namespace {

QColor rgb(QRgb value)
{
    return QColor::fromRgb(value);
}

Theme makeLight()
{
    Theme theme;
    theme.window = rgb(0xF3F3F6);
    theme.surface = rgb(0xFFFFFF);
    theme.pane = rgb(0xF8F8FA);
    theme.raised = rgb(0xFFFFFF);
    theme.canvas = rgb(0xE9E9ED);
    theme.border = rgb(0xE0E0E5);
    theme.fieldBorder = rgb(0xC6C6CE);
    theme.mark = rgb(0x85838C);
    theme.control = rgb(0xE6E6EB);
    theme.controlHover = rgb(0xDCDCE2);
    theme.controlPressed = rgb(0xCFCFD7);
    theme.hover = QColor(28, 27, 40, 14);
    theme.pressed = QColor(28, 27, 40, 28);
    theme.selection = rgb(0xDCE8F8);
    theme.selectionIdle = rgb(0xE8E8EC);
    theme.track = rgb(0xE4E4E8);
    theme.tip = rgb(0x2C2B31);
    theme.onTip = rgb(0xF4F4F6);
    theme.text = rgb(0x1C1B20);
    theme.quiet = rgb(0x5E5C64);
    theme.disabled = rgb(0xA3A1A9);
    theme.accent = rgb(0x1A5FB4);
    theme.accentFill = rgb(0x1A5FB4);
    theme.accentHover = rgb(0x16539E);
    theme.accentPressed = rgb(0x124686);
    theme.onAccent = rgb(0xFFFFFF);
    theme.running = rgb(0x1A5FB4);
    theme.onRunning = rgb(0xFFFFFF);
    theme.pausedFill = rgb(0xBDBCC4);
    theme.done = rgb(0x1B7F3B);
    theme.waiting = rgb(0x8A5A00);
    theme.failed = rgb(0xB3261E);
    theme.infoFill = rgb(0xE6EFFB);
    theme.warningFill = rgb(0xFBF0D5);
    theme.errorFill = rgb(0xFBE6E3);
    return theme;
}

Theme makeDark()
{
    Theme theme;
    theme.dark = true;
    theme.window = rgb(0x262629);
    theme.surface = rgb(0x1E1E1E);
    theme.pane = rgb(0x232325);
    theme.raised = rgb(0x2E2E32);
    theme.canvas = rgb(0x161617);
    theme.border = rgb(0x37373C);
    theme.fieldBorder = rgb(0x4D4D54);
    theme.mark = rgb(0x8C8A94);
    theme.control = rgb(0x3A3A3F);
    theme.controlHover = rgb(0x45454B);
    theme.controlPressed = rgb(0x515158);
    theme.hover = QColor(255, 255, 255, 16);
    theme.pressed = QColor(255, 255, 255, 32);
    theme.selection = rgb(0x243B57);
    theme.selectionIdle = rgb(0x333337);
    theme.track = rgb(0x3A3A3E);
    theme.tip = rgb(0x3C3C42);
    theme.onTip = rgb(0xF0F0F3);
    theme.text = rgb(0xECECF0);
    theme.quiet = rgb(0xA8A6AE);
    theme.disabled = rgb(0x6F6D76);
    theme.accent = rgb(0x78AEED);
    theme.accentFill = rgb(0x2F6FC4);
    theme.accentHover = rgb(0x3B7CD2);
    theme.accentPressed = rgb(0x265EA9);
    theme.onAccent = rgb(0xFFFFFF);
    theme.running = rgb(0x78AEED);
    theme.onRunning = rgb(0x0B1A2B);
    theme.pausedFill = rgb(0x5E5D65);
    theme.done = rgb(0x57C27A);
    theme.waiting = rgb(0xE5B04A);
    theme.failed = rgb(0xF28B82);
    theme.infoFill = rgb(0x22344B);
    theme.warningFill = rgb(0x3D3320);
    theme.errorFill = rgb(0x432927);
    return theme;
}

double linear(double channel)
{
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

const Theme &Theme::light()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme &Theme::darkTheme()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme &Theme::of(const QPalette &palette)
{
    return palette.color(QPalette::Active, QPalette::Window).lightness() < 128 ? darkTheme() : light();
}

QColor Theme::tone(Tone tone) const
{
    switch (tone) {
    case Tone::Normal:
        return text;
    case Tone::Quiet:
        return quiet;
    case Tone::Accent:
        return accent;
    case Tone::OnAccent:
        return onAccent;
    case Tone::Running:
        return running;
    case Tone::Done:
        return done;
    case Tone::Waiting:
        return waiting;
    case Tone::Failed:
        return failed;
    }
    return text;
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor &color) {
        palette.setColor(role, color);
    };
    set(QPalette::Window, window);
    set(QPalette::WindowText, text);
    set(QPalette::Base, surface);
    set(QPalette::AlternateBase, pane);
    set(QPalette::Text, text);
    set(QPalette::PlaceholderText, quiet);
    set(QPalette::Button, control);
    set(QPalette::ButtonText, text);
    set(QPalette::BrightText, onAccent);
    set(QPalette::ToolTipBase, tip);
    set(QPalette::ToolTipText, onTip);
    set(QPalette::Highlight, selection);
    set(QPalette::HighlightedText, text);
    set(QPalette::Link, accent);
    set(QPalette::LinkVisited, accent);
    set(QPalette::Light, raised);
    set(QPalette::Midlight, border);
    set(QPalette::Mid, fieldBorder);
    set(QPalette::Dark, mark);
    set(QPalette::Shadow, dark ? QColor(Qt::black) : mark);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, selectionIdle);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::HighlightedText, QPalette::PlaceholderText, QPalette::Link})
        palette.setColor(QPalette::Disabled, role, disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, selectionIdle);
    palette.setColor(QPalette::Disabled, QPalette::Base, pane);
    return palette;
}

double contrastRatio(const QColor &first, const QColor &second)
{
    const double one = luminance(first) + 0.05;
    const double other = luminance(second) + 0.05;
    return one > other ? one / other : other / one;
}

QColor blend(const QColor &ground, const QColor &over, double share)
{
    const auto mix = [share](int from, int to) {
        return static_cast<int>(std::lround(from + (to - from) * share));
    };
    return QColor(mix(ground.red(), over.red()), mix(ground.green(), over.green()),
                  mix(ground.blue(), over.blue()));
}

} // namespace lectern::ui
