// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/DropArea.h"

#include "presentation/Notices.h"
#include "ui/widgets/DropOverlay.h"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace lectern::ui {

DropArea::DropArea(QWidget &window, DropOverlay &overlay) : QObject(&window), m_overlay(overlay)
{
    window.setAcceptDrops(true);
    window.installEventFilter(this);
}

QStringList DropArea::pathsOf(const QMimeData &data)
{
    QStringList paths;
    for (const QUrl &url : data.urls()) {
        if (url.isLocalFile() && !paths.contains(url.toLocalFile()))
            paths.append(url.toLocalFile());
    }
    return paths;
}

bool DropArea::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove: {
        auto &drag = static_cast<QDropEvent &>(*event);
        // A document dragged out of our own list is no news to the library.
        if (!m_ready || drag.source() || !drag.mimeData()->hasUrls())
            return QObject::eventFilter(watched, event);
        const auto files = static_cast<int>(pathsOf(*drag.mimeData()).size());
        if (event->type() == QEvent::DragEnter)
            m_overlay.showMessage(files > 0 ? tr("%1 to Library").arg(presentation::Notices::dropText(files))
                                            : tr("Only files of this computer can be added"));
        drag.setDropAction(Qt::CopyAction);
        drag.accept();
        return true;
    }
    case QEvent::DragLeave:
        m_overlay.hide();
        return true;
    case QEvent::Drop: {
        auto &drop = static_cast<QDropEvent &>(*event);
        m_overlay.hide();
        const QStringList paths = pathsOf(*drop.mimeData());
        if (!m_ready || drop.source())
            return QObject::eventFilter(watched, event);
        drop.setDropAction(Qt::CopyAction);
        drop.accept();
        if (paths.isEmpty())
            Q_EMIT refused();
        else
            Q_EMIT dropped(paths);
        return true;
    }
    default:
        return QObject::eventFilter(watched, event);
    }
}

} // namespace lectern::ui
