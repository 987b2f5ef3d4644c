// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/CollectionController.h"

#include "presentation/Format.h"
#include "ui/forms/NameDialog.h"
#include "ui/library/LibraryView.h"
#include "ui/shell/Desktop.h"
#include "ui/style/IconSet.h"

#include <QMenu>

#include <algorithm>

namespace lectern::ui {

using presentation::Format;
using presentation::SearchDesk;

CollectionController::CollectionController(SearchDesk &desk, Desktop &desktop, LibraryView &library,
                                           QWidget &window)
    : QObject(&window), m_desk(desk), m_desktop(desktop), m_window(window)
{
    connect(&desk, &SearchDesk::choicesChanged, &library,
            [&desk, &library] { library.setCollections(desk.choices().collections); });
    connect(&library, &LibraryView::renameCollectionRequested, this,
            [this](const domain::Collection &collection) { askName(collection, {}); });
    connect(&library, &LibraryView::deleteCollectionRequested, this, &CollectionController::remove);
}

void CollectionController::addMenu(QMenu &menu, const QVector<domain::DocumentId> &documents)
{
    if (documents.isEmpty())
        return;
    QMenu *part = menu.addMenu(IconSet::icon(Glyph::Folder), tr("Co&llections"));
    part->setObjectName(QStringLiteral("collectionsMenu"));
    QHash<domain::CollectionId, QAction *> actions;
    for (const domain::Collection &collection : m_desk.choices().collections) {
        QAction *action = part->addAction(QString(collection.name).replace(u'&', QLatin1String("&&")));
        action->setCheckable(true);
        connect(action, &QAction::triggered, this,
                [this, id = collection.id, documents](bool isIn) { m_desk.put(id, documents, isIn); });
        actions.insert(collection.id, action);
    }
    if (!actions.isEmpty())
        part->addSeparator();
    connect(part->addAction(IconSet::icon(Glyph::Add), tr("&New collection…")), &QAction::triggered, this,
            [this, documents] { askName({}, documents); });
    m_desk.findHolding(documents, part, [actions](const QVector<domain::CollectionId> &holding) {
        for (const domain::CollectionId id : holding) {
            if (QAction *action = actions.value(id))
                action->setChecked(true);
        }
    });
}

// A new one for documents, or the name of one that is there.
void CollectionController::askName(const domain::Collection &collection,
                                   const QVector<domain::DocumentId> &documents)
{
    const bool isNew = !collection.id.isValid();
    const auto remark = [this, id = collection.id, isNew](const QString &name) {
        const QVector<domain::Collection> &known = m_desk.choices().collections;
        const bool isTaken = std::any_of(known.begin(), known.end(), [&](const domain::Collection &other) {
            return other.id != id && other.name.compare(name, Qt::CaseInsensitive) == 0;
        });
        if (!isTaken)
            return NameDialog::Remark();
        return NameDialog::Remark{isNew ? tr("The documents are added to the collection of this name.")
                                        : tr("Another collection has this name."),
                                  !isNew};
    };
    auto *dialog = new NameDialog({isNew ? tr("New collection") : tr("Rename collection"), tr("&Name"),
                                   isNew ? tr("Create") : tr("Rename"), collection.name},
                                  remark, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NameDialog::nameChosen, this,
            [this, id = collection.id, isNew, documents](const QString &name) {
                isNew ? m_desk.collect(name, documents) : m_desk.rename(id, name);
            });
    dialog->open();
}

void CollectionController::remove(const domain::Collection &collection)
{
    const QString stays =
        collection.documents == 0
            ? tr("It is empty.")
            : tr("%1 stay in the library.", "3 documents").arg(Format::documents(collection.documents));
    if (m_desktop.confirm(m_window, tr("Delete the collection “%1”?").arg(collection.name), stays,
                          tr("Delete collection")))
        m_desk.remove(collection.id);
}

} // namespace lectern::ui
