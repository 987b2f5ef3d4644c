// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/FilterField.h"

#include "ui/style/IconSet.h"

#include <QAction>
#include <QKeyEvent>

namespace lectern::ui {

FilterField::FilterField(const QString &placeholder, QWidget *parent) : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setClearButtonEnabled(true);
    // An action without a receiver: only its picture is wanted, so it is no stop for the keyboard.
    addAction(IconSet::icon(Glyph::Search, Tone::Quiet), QLineEdit::LeadingPosition);
}

bool FilterField::event(QEvent *event)
{
    // Keeps Esc for itself only while it has something to clear, before a shortcut of the window takes it.
    if (event->type() == QEvent::ShortcutOverride && !text().isEmpty()) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape) {
            key->accept();
            return true;
        }
    }
    return QLineEdit::event(event);
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        Q_EMIT textEdited(QString());
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_Down && event->modifiers() == Qt::NoModifier) {
        Q_EMIT leaveDownwards();
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace lectern::ui
