// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/CommandTable.h"
#include "presentation/JobListModel.h"
#include "presentation/Settings.h"

#include <QWidget>

class QPushButton;
class QStackedWidget;

namespace lectern::presentation {
class WorkspaceClient;
}

namespace lectern::ui {

class Placeholder;
class RowView;
class SegmentedControl;

/// What is being done: a row per document with its phases, and below it the pages with problems. Knows what
/// is chosen; what commands do is the window's affair. GUI thread. objectName "jobsView".
class JobsView final : public QWidget {
    Q_OBJECT

public:
    JobsView(presentation::WorkspaceClient &client, const base::Clock &clock, QWidget *parent = nullptr);

    [[nodiscard]] presentation::JobListModel &model() { return *m_model; }
    [[nodiscard]] QVector<domain::DocumentId> selectedIds() const;
    [[nodiscard]] QVector<domain::Document> selectedDocuments(int limit) const;
    /// The document the keyboard is on; invalid for none.
    [[nodiscard]] domain::DocumentId currentId() const;
    /// The run it belongs to; 0 for none, and while it is not known.
    [[nodiscard]] qint64 currentRun() const;
    /// The page of the chosen problem; 0 on a document's own row.
    [[nodiscard]] int currentPage() const;
    [[nodiscard]] bool isCurrentPageFailed() const;
    /// Which buttons can be used, and what the first one does.
    void setCommandState(const presentation::CommandTable &table, const presentation::CommandState &state);
    void showSegment(presentation::JobListModel::Segment segment);
    void focusList();
    void selectAll();
    void restore(const presentation::Settings &settings);
    void store(presentation::Settings &settings);

Q_SIGNALS:
    void selectionChanged();
    void commandRequested(const QString &command);
    void menuRequested(const QPoint &globalPosition);
    void copyRequested(const QString &text);

private:
    void setUpColumns();
    void connectParts();
    void updateCounts();
    void updateState();

    presentation::WorkspaceClient &m_client;
    presentation::JobListModel *m_model;
    SegmentedControl *m_segments;
    QPushButton *m_pause;
    QPushButton *m_retry;
    RowView *m_list;
    QStackedWidget *m_stack;
    Placeholder *m_empty;
    QString m_pauseCommand;
};

} // namespace lectern::ui
