// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/WorkspaceClient.h"
#include "ui/shell/WorkspaceCommands.h"

#include <QObject>

namespace lectern::presentation {
class SearchDesk;
}

namespace lectern::ui {

class ReaderController;
class SearchView;

/// Brings the Search view to the window, and hits to the reader. GUI thread.
class SearchController final : public QObject {
    Q_OBJECT

public:
    SearchController(presentation::WorkspaceClient &client, const base::Clock &clock,
                     ReaderController &reader, QWidget &window);
    [[nodiscard]] SearchView &view() { return *m_view; }
    [[nodiscard]] presentation::SearchDesk &desk() { return *m_desk; }
    /// What commands about documents are about: the page found that is chosen.
    [[nodiscard]] Selection selection() const;
    /// Looks for what was clicked elsewhere.
    void search(const QString &words);
    /// Only in these documents from now on.
    void searchIn(const QVector<domain::DocumentId> &documents);
    /// The page found that is chosen, in the reader, with its marks. False when none is.
    bool openCurrent();

Q_SIGNALS:
    /// The view is to be shown.
    void opened();
    /// Another page found is chosen.
    void currentChanged();
    /// The page found is to be shown beside the list.
    void previewRequested();
    void commandRequested(const QString &command);
    void copyRequested(const QString &text);
    void menuRequested(const QPoint &globalPosition);
    void documentRequested(lectern::domain::DocumentId document);
    void failed(const lectern::base::Error &error);

private:
    ReaderController &m_reader;
    presentation::SearchDesk *m_desk;
    SearchView *m_view;
};

} // namespace lectern::ui
