// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/CommandTable.h"

#include <QFrame>
#include <QPointer>

class QListView;

namespace lectern::presentation {
class LibraryFeed;
}

namespace lectern::ui {

class FilterField;
class PaletteModel;

/// One field that finds every command and every document: plain words search both, ">" only commands. Enter
/// runs, Esc closes. Lies over the window that owns it. GUI thread. objectName "commandPalette".
class CommandPalette final : public QFrame {
    Q_OBJECT

public:
    CommandPalette(const presentation::CommandTable &table, presentation::LibraryFeed &feed, QWidget &window);
    void open(const presentation::CommandState &state, const QString &typed = {});
    void close();

Q_SIGNALS:
    void commandChosen(const QString &command);
    void documentChosen(qint64 document);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    void search(const QString &typed);
    void findDocuments(const QString &words);
    void choose(int row);
    void move(int step);

    presentation::LibraryFeed &m_feed;
    PaletteModel *m_model;
    FilterField *m_field;
    QListView *m_list;
    QPointer<QWidget> m_before; ///< who had the keyboard
    QString m_words;
    bool m_moved = false; ///< by the arrow keys, since the words changed
};

} // namespace lectern::ui
