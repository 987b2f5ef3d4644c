// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/IconSet.h"

#include <QWidget>

class QPushButton;

namespace lectern::ui {

class IconLabel;
class SectionLabel;

/// What an empty view shows: an icon, one line, a hint, one helpful button. Centred in whatever room it has.
class Placeholder final : public QWidget {
    Q_OBJECT

public:
    explicit Placeholder(QWidget *parent = nullptr);
    /// An empty `hint` or `action` is left out.
    void setContent(Glyph glyph, const QString &text, const QString &hint = {}, const QString &action = {});
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void actionTriggered();

private:
    IconLabel *m_icon;
    SectionLabel *m_text;
    SectionLabel *m_hint;
    QPushButton *m_action;
};

} // namespace lectern::ui
