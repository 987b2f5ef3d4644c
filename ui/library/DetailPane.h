// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "domain/Document.h"
#include "presentation/Details.h"

#include <QTimer>
#include <QWidget>

class QStackedWidget;

namespace lectern::presentation {
class WorkspaceClient;
struct LibraryDelta;
} // namespace lectern::presentation

namespace lectern::ui {

class ElidedLabel;
class FactList;
class IconLabel;
class LogPanel;
class PagePanel;
class Placeholder;
class SegmentedControl;

/// Everything about the document chosen in the Library: its pages, its facts, its log. Follows it while it is
/// being indexed. GUI thread. objectName "detailPane".
class DetailPane final : public QWidget {
    Q_OBJECT

public:
    DetailPane(presentation::WorkspaceClient &client, const base::Clock &clock, QWidget *parent = nullptr);
    /// An invalid id shows that nothing is chosen; `selected` says how many documents are.
    void setDocument(domain::DocumentId id, int selected = 1);
    [[nodiscard]] domain::DocumentId document() const { return m_id; }
    [[nodiscard]] PagePanel &pages() { return *m_pages; }
    void showFirstFailedPage();
    /// Of the document that was set, as soon as it is read.
    void showPage(int page);
    /// Everything asked for has arrived.
    [[nodiscard]] bool isSettled() const;

Q_SIGNALS:
    void commandRequested(const QString &command);
    void copyRequested(const QString &text);
    void settled();

private:
    void build();
    void load();
    void takeDelta(const presentation::LibraryDelta &delta);
    void showDocument();
    void showTab(int tab);
    void showNothing();
    /// What stands in place of the pages while there are none; false when there are.
    [[nodiscard]] bool showObstacle(const presentation::StateWords &state);

    presentation::WorkspaceClient &m_client;
    const base::Clock &m_clock;
    domain::DocumentId m_id;
    domain::Document m_document;
    QVector<store::Place> m_places;
    QVector<store::UsageReport::Departure> m_departures;
    bool m_loading = false;
    bool m_failedWanted = false;
    int m_pageWanted = 0;
    QString m_obstacleCommand;
    QTimer m_later; ///< running through the list with a held key reads only where it stops

    QStackedWidget *m_stack = nullptr;
    Placeholder *m_nothing = nullptr;
    ElidedLabel *m_title = nullptr;
    ElidedLabel *m_subtitle = nullptr;
    IconLabel *m_stateIcon = nullptr;
    ElidedLabel *m_state = nullptr;
    SegmentedControl *m_tabs = nullptr;
    QStackedWidget *m_content = nullptr;
    QStackedWidget *m_pageStack = nullptr;
    Placeholder *m_obstacle = nullptr;
    PagePanel *m_pages = nullptr;
    FactList *m_facts = nullptr;
    LogPanel *m_log = nullptr;
};

} // namespace lectern::ui
