// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace lectern::ui {

/// Looks like a field for searching, but only leads to the command palette: a click, Return, or the first
/// letter typed.
class CommandField final : public QLineEdit {
    Q_OBJECT

public:
    explicit CommandField(const QString &keys, QWidget *parent = nullptr);

Q_SIGNALS:
    /// `typed` is what was typed into it; usually empty.
    void paletteRequested(const QString &typed);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
};

} // namespace lectern::ui
