// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace lectern::ui {

/// A line edit with a search icon and a clear button. Esc clears it; a second Esc goes on to the parent.
class FilterField final : public QLineEdit {
    Q_OBJECT

public:
    explicit FilterField(const QString &placeholder, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Down was pressed: the list below may take the focus.
    void leaveDownwards();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace lectern::ui
