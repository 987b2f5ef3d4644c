// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Collection.h"
#include "presentation/DocumentListModel.h"
#include "presentation/Settings.h"

#include <QTimer>
#include <QVector>
#include <QWidget>

#include <optional>

class QComboBox;
class QStackedWidget;

namespace lectern::presentation {
class WorkspaceClient;
}

namespace lectern::ui {

class CollectionList;
class FilterField;
class PasswordBar;
class Placeholder;
class RowView;
class SectionLabel;
class WelcomeCard;

/// The Library: collections at the left, filter and list at the right, and what stands there while the list
/// is empty. Knows what is chosen; what commands do is the window's affair. GUI thread. objectName
/// "libraryView".
class LibraryView final : public QWidget {
    Q_OBJECT

public:
    using StateFilter = presentation::DocumentListModel::StateFilter;

    LibraryView(presentation::WorkspaceClient &client, const base::Clock &clock, QWidget *parent = nullptr);

    [[nodiscard]] presentation::DocumentListModel &model() { return *m_model; }
    [[nodiscard]] QVector<domain::DocumentId> selectedIds() const;
    [[nodiscard]] int selectedCount() const;
    /// The selected documents whose values are known, at most `limit`.
    [[nodiscard]] QVector<domain::Document> selectedDocuments(int limit) const;
    /// The one the keyboard is on; invalid for none.
    [[nodiscard]] domain::DocumentId currentId() const;
    /// Of the whole library.
    void showState(StateFilter filter);
    void setCollections(const QVector<domain::Collection> &collections);
    void focusFilter();
    void focusList();
    void selectAll();
    /// Chooses a document and scrolls to it; clears the filter when it hides it.
    void selectDocument(domain::DocumentId id);
    void selectFirst();
    /// Opens the password field for the document, or for the first locked one when it is not locked or
    /// invalid.
    void askPassword(domain::DocumentId id);
    void restore(const presentation::Settings &settings);
    void store(presentation::Settings &settings);
    /// Instead of the words about opening, for a library that can't be opened.
    void showOpenProblem(const QString &sentence);
    /// Shows the first-run card instead of the plain empty state.
    void setWelcome(bool welcome);
    [[nodiscard]] bool isListed() const;
    /// The first-run card is shown: there is nothing yet to filter or to look at.
    [[nodiscard]] bool isWelcoming() const;

Q_SIGNALS:
    void selectionChanged();
    void stateFilterChanged();
    void welcomingChanged();
    void commandRequested(const QString &command);
    void menuRequested(const QPoint &globalPosition);
    void copyRequested(const QString &text);
    void renameCollectionRequested(const lectern::domain::Collection &collection);
    void deleteCollectionRequested(const lectern::domain::Collection &collection);
    /// Something worth a line in the status bar.
    void said(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *buildList();
    [[nodiscard]] QWidget *buildFilterLine();
    void buildEmptyStates();
    void connectParts();
    void setUpColumns();
    void showPart(StateFilter filter, std::optional<domain::CollectionId> collection);
    void applyFilter();
    void updateState();
    void showPage(int page);
    void updateCount();
    void updateCollections();
    void tryPassword(domain::DocumentId id, const QString &password, bool onOthersToo);
    void tryOnOthers(const QString &password);
    [[nodiscard]] QStringList filesOf(const QModelIndexList &rows) const;

    presentation::WorkspaceClient &m_client;
    presentation::DocumentListModel *m_model;
    CollectionList *m_collections;
    QVector<domain::Collection> m_known; ///< collections
    FilterField *m_filter = nullptr;
    QComboBox *m_state = nullptr;
    SectionLabel *m_count = nullptr;
    PasswordBar *m_password;
    RowView *m_list;
    QStackedWidget *m_stack;
    WelcomeCard *m_welcomeCard = nullptr;
    Placeholder *m_empty = nullptr;
    Placeholder *m_loading = nullptr;
    QTimer m_filterTimer;
    QString m_emptyCommand;
    domain::DocumentId m_wanted; ///< to be chosen as soon as it is listed
    QWidget *m_filterLine = nullptr;
    bool m_welcome = true;
    bool m_welcoming = false;
    bool m_opened = false;
};

} // namespace lectern::ui
