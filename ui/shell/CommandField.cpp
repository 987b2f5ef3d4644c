// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/CommandField.h"

#include "ui/style/IconSet.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>

namespace lectern::ui {

CommandField::CommandField(const QString &keys, QWidget *parent) : QLineEdit(parent)
{
    setReadOnly(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::ArrowCursor);
    setPlaceholderText(keys.isEmpty() ? tr("Search or command…") : tr("Search or command (%1)").arg(keys));
    setAccessibleName(tr("Search or command"));
    addAction(IconSet::icon(Glyph::Search, Tone::Quiet), LeadingPosition);
}

void CommandField::mousePressEvent(QMouseEvent *event)
{
    event->accept();
    if (event->button() == Qt::LeftButton)
        Q_EMIT paletteRequested(QString());
}

void CommandField::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool letter = !event->text().isEmpty() && event->text().at(0).isPrint() &&
                        !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (enter || letter) {
        Q_EMIT paletteRequested(letter ? event->text().trimmed() : QString());
        return;
    }
    event->ignore();
}

void CommandField::contextMenuEvent(QContextMenuEvent *event)
{
    event->accept(); // there is nothing to cut, copy or paste here
}

} // namespace lectern::ui
