// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/IconSet.h"

#include <QString>
#include <QVector>
#include <QWidget>

#include <optional>

namespace lectern::ui {

class FlowLayout;

/// Words as small rounded buttons in lines that wrap: key phrases, people, dates, amounts. A click reports
/// the chip.
class EntityChips final : public QWidget {
    Q_OBJECT

public:
    struct Chip {
        QString text;
        QString kind;  ///< in words, for the tool tip and assistive programs: "Organisation"
        int count = 0; ///< shown quietly when above 1
        std::optional<Glyph> glyph;

        friend bool operator==(const Chip &, const Chip &) = default;
    };

    explicit EntityChips(QWidget *parent = nullptr);
    /// Replaces all; more than `kMaximumShown` end in "+n more", which opens the rest.
    void setChips(const QVector<Chip> &chips);
    [[nodiscard]] const QVector<Chip> &chips() const { return m_chips; }
    static constexpr int kMaximumShown = 24;

Q_SIGNALS:
    void chipClicked(int index);

private:
    void rebuild();

    QVector<Chip> m_chips;
    FlowLayout *m_layout;
    bool m_all = false;
};

} // namespace lectern::ui
