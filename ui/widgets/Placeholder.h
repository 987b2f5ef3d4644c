// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/IconSet.h"

#include <QStringList>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

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
    /// Further ways on, quieter than the action and below it.
    void setOffers(const QStringList &offers);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void actionTriggered();
    void offerTriggered(int index);

private:
    IconLabel *m_icon;
    SectionLabel *m_text;
    SectionLabel *m_hint;
    QPushButton *m_action;
    QVBoxLayout *m_offers;
};

} // namespace lectern::ui
