// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "domain/Ids.h"
#include "presentation/WorkspaceClient.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QStackedWidget;
class QTreeView;

namespace lectern::presentation {
class SearchModel;
}

namespace lectern::ui {

class FilterField;
class Placeholder;
class SectionLabel;
class SegmentedControl;

/// The Search view: one field, what narrows it down, and the pages found, grouped by document. Searches while
/// one types and again while the library grows. GUI thread. objectName "searchView".
class SearchView final : public QWidget {
    Q_OBJECT

public:
    SearchView(presentation::WorkspaceClient &client, const base::Clock &clock, QWidget *parent = nullptr);

    void focusField();
    /// What was typed last is answered.
    [[nodiscard]] bool isSettled() const { return !m_typing.isActive() && m_asked == m_answered; }
    /// As if typed.
    void search(const QString &words);
    [[nodiscard]] QString words() const;
    /// The hit the keyboard is on; nothing when it is on a document, or on none.
    [[nodiscard]] std::optional<workspace::FoundPage> current() const;
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

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    /// What the button of the empty list does.
    enum class Offer { None, Everywhere, Words, Both };

    void build();
    [[nodiscard]] QWidget *buildFilters();
    void connectParts();
    [[nodiscard]] workspace::SearchRequest request() const;
    void ask(bool isAgain);
    void take(const base::Result<workspace::SearchReport> &result, bool isAgain);
    void updateSummary(const workspace::SearchReport &report);
    void showState();
    void takeOffer();
    void openCurrent();
    void takeChange();
    void takeSnapshot(const presentation::LibrarySnapshot &snapshot);

    presentation::WorkspaceClient &m_client;
    const base::Clock &m_clock;
    presentation::SearchModel *m_model;
    FilterField *m_field;
    SegmentedControl *m_mode;
    QComboBox *m_text = nullptr;
    QComboBox *m_added = nullptr;
    SectionLabel *m_summary;
    QLabel *m_coverage;
    QTreeView *m_list;
    QStackedWidget *m_stack;
    Placeholder *m_empty;
    QTimer m_typing;  ///< until one stops typing for a moment
    QTimer m_growing; ///< until the library is asked again
    int m_asked = 0;  ///< questions, and the last of them that was answered
    int m_answered = 0;
    base::Error m_error;
    bool m_isStale = false; ///< the library changed while the view was hidden
    bool m_hasAnswer = false;
    Offer m_offer = Offer::None;
};

} // namespace lectern::ui
