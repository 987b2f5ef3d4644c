// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "domain/Ids.h"
#include "domain/SavedSearch.h"
#include "presentation/WorkspaceClient.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QPushButton;
class QStackedWidget;
class QTreeView;

namespace lectern::presentation {
class SearchDesk;
class SearchModel;
} // namespace lectern::presentation

namespace lectern::ui {

class CoveragePopup;
class FilterField;
class Placeholder;
class SavedSearchButton;
class SearchFilters;
class SectionLabel;
class SegmentedControl;

/// The Search view: one field, what narrows it down, and the pages found, grouped by document. Searches while
/// one types and again while the library grows. GUI thread. objectName "searchView".
class SearchView final : public QWidget {
    Q_OBJECT

public:
    SearchView(presentation::WorkspaceClient &client, presentation::SearchDesk &desk,
               const base::Clock &clock, QWidget *parent = nullptr);

    void focusField();
    /// What was typed last is answered.
    [[nodiscard]] bool isSettled() const { return !m_typing.isActive() && m_asked == m_answered; }
    /// As if typed.
    void search(const QString &words);
    /// Only in these documents from now on.
    void searchIn(const QVector<domain::DocumentId> &documents);
    /// The search as it stands, without a name.
    [[nodiscard]] domain::SavedSearch asSaved() const;
    void run(const domain::SavedSearch &search);
    [[nodiscard]] QString words() const;
    /// The hit the keyboard is on; nothing when it is on a document, or on none.
    [[nodiscard]] std::optional<workspace::FoundPage> current() const;
    /// The document of that hit, or the one the keyboard is on; invalid for none.
    [[nodiscard]] domain::DocumentId currentDocument() const;
    [[nodiscard]] domain::SearchMode mode() const;
    void setMode(domain::SearchMode mode);
    /// The next (+1) or the previous (-1) page found, across documents. False at the end.
    bool goOn(int direction);

Q_SIGNALS:
    /// Another hit is chosen, or none.
    void currentChanged();
    /// Return or a double click on a page found.
    void openRequested();
    /// Space on a page found.
    void previewRequested();
    void commandRequested(const QString &command);
    void copyRequested(const QString &text);
    void menuRequested(const QPoint &globalPosition);
    /// The document is to be shown in the library.
    void documentRequested(lectern::domain::DocumentId document);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    /// What the buttons of the empty list do.
    enum class Offer { ClearFilters, Words, Both, Missing };

    void build();
    void buildList();
    void connectParts();
    void connectList();
    [[nodiscard]] workspace::SearchRequest request() const;
    void ask(bool isAgain);
    void take(const base::Result<workspace::SearchReport> &result, bool isAgain);
    void merge(const workspace::SearchReport &report);
    void updateSummary(const workspace::SearchReport &report);
    void showCoverage();
    void showMissing();
    void nameDocuments();
    void showState();
    void showNothing();
    void takeOffer(Offer offer);
    void openCurrent();
    void takeChange();
    void showMenu(const QPoint &position);

    presentation::WorkspaceClient &m_client;
    presentation::SearchDesk &m_desk;
    const base::Clock &m_clock;
    presentation::SearchModel *m_model;
    FilterField *m_field;
    SegmentedControl *m_mode;
    SavedSearchButton *m_saved;
    SearchFilters *m_filters;
    SectionLabel *m_summary;
    SectionLabel *m_coverage;
    QPushButton *m_why;
    CoveragePopup *m_missing;
    QTreeView *m_list;
    QStackedWidget *m_stack;
    Placeholder *m_empty;
    QTimer m_typing;  ///< until one stops typing for a moment
    QTimer m_growing; ///< until the library is asked again
    int m_asked = 0;  ///< questions, and the last of them that was answered
    int m_answered = 0;
    base::Error m_error;
    bool m_isSame = false;  ///< what was asked last is what is shown, of a library that has grown
    bool m_isStale = false; ///< the library changed while the view was hidden
    bool m_hasAnswer = false;
    bool m_isSetting = false; ///< several conditions are being set for one question
    QVector<Offer> m_offers;  ///< the action first
};

} // namespace lectern::ui
