// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class QMimeData;
class QWidget;

namespace lectern::ui {

class DropOverlay;

/// Makes a whole window a place to drop files and folders on. GUI thread.
class DropArea final : public QObject {
    Q_OBJECT

public:
    /// `overlay` is a child of `window` and shown while files are over it.
    DropArea(QWidget &window, DropOverlay &overlay);
    /// Only while there is a library to add to.
    void setReady(bool ready) { m_ready = ready; }
    /// The local files and folders among what is dragged.
    [[nodiscard]] static QStringList pathsOf(const QMimeData &data);

Q_SIGNALS:
    void dropped(const QStringList &paths);
    /// Something was dropped that is no file of this computer.
    void refused();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    DropOverlay &m_overlay;
    bool m_ready = false;
};

} // namespace lectern::ui
