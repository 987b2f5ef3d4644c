// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

namespace lectern::ui {

/// A dashed accent outline with a message over the whole of its parent while files are dragged over it.
/// Takes no input: the parent handles the drop. Hidden at first.
class DropOverlay final : public QWidget {
    Q_OBJECT

public:
    explicit DropOverlay(QWidget &parent);
    /// Covers the parent with this message, as "Add 12 files to Library".
    void showMessage(const QString &text);
    [[nodiscard]] QString message() const { return m_message; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QString m_message;
};

} // namespace lectern::ui
