// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/EmbeddingDesk.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace lectern::presentation {
class ModelDesk;
class WorkspaceClient;
} // namespace lectern::presentation

namespace lectern::ui {

class EmbeddingDialog;
class ModelPicker;
class SearchPage;

/// Brings the embedding models to the settings: the page that shows them, the picker, and the dialog before
/// another one is chosen. GUI thread.
class EmbeddingController final : public QObject {
    Q_OBJECT

public:
    /// All of it outlives this.
    EmbeddingController(presentation::WorkspaceClient &client, presentation::ModelDesk &models,
                        const base::Clock &clock, QWidget &window);

    void setPage(SearchPage &page);

Q_SIGNALS:
    void said(const QString &text);
    /// Nobody looks at the page that would say it.
    void failed(const lectern::base::Error &error, const QString &what);
    /// The settings of this endpoint; empty: of all.
    void endpointsRequested(const QString &endpointId);

private:
    void showStanding();
    void showProblem(const base::Error &error, const QString &what);
    void showModels();
    void openDialog(const presentation::ModelChoice &model);
    void ask(const presentation::ModelChoice &model);
    void pick();
    /// What to begin with: another one than that which serves.
    [[nodiscard]] presentation::ModelChoice proposal() const;
    /// One that may be chosen; nothing: none of this id.
    [[nodiscard]] const presentation::ModelChoice *find(const QString &id) const;
    /// Those of the endpoints, and the built-in one where it is there.
    [[nodiscard]] QVector<presentation::ModelChoice> choices() const;

    QWidget &m_window;
    presentation::ModelDesk &m_models;
    presentation::EmbeddingDesk m_desk;
    ModelPicker *m_picker;
    QPointer<SearchPage> m_page;
    QPointer<EmbeddingDialog> m_dialog;
};

} // namespace lectern::ui
