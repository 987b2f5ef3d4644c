// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Collection.h"
#include "domain/Ids.h"
#include "presentation/SearchDesk.h"

#include <QObject>
#include <QVector>

class QMenu;

namespace lectern::ui {

class Desktop;
class LibraryView;

/// What is done with collections: shown in the Library, named, deleted, and filled with documents by a menu.
/// GUI thread.
class CollectionController final : public QObject {
    Q_OBJECT

public:
    CollectionController(presentation::SearchDesk &desk, Desktop &desktop, LibraryView &library,
                         QWidget &window);
    /// Adds "Collections" to the menu of these documents: each checked when it holds all of them.
    void addMenu(QMenu &menu, const QVector<domain::DocumentId> &documents);

private:
    void askName(const domain::Collection &collection, const QVector<domain::DocumentId> &documents);
    void remove(const domain::Collection &collection);

    presentation::SearchDesk &m_desk;
    Desktop &m_desktop;
    QWidget &m_window;
};

} // namespace lectern::ui
