// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/ModelDesk.h"
#include "presentation/Settings.h"

#include <QObject>
#include <QPointer>
#include <QVector>

#include <functional>

class QWidget;

namespace lectern::ui {

class CostsView;
class CostToday;
class EstimateDialog;
class ModelButton;
class ModelPicker;
class SettingsWindow;

/// Brings models and money to the window: the picker, the estimate before a run, the settings, the costs.
/// Shows what ModelDesk knows and passes on what is asked. GUI thread.
class ModelController final : public QObject {
    Q_OBJECT

public:
    using Documents = QVector<domain::DocumentId>;
    ModelController(presentation::WorkspaceClient &client, const base::Clock &clock, QWidget &window);

    /// The parts of the window that show something of it.
    void setModelButton(ModelButton &button);
    void setCostsView(CostsView &view);
    void setCostToday(CostToday &today);

    /// What the documents would cost, and then the run, if the person wants it.
    void analyse(const Documents &documents);
    void pickModel();
    void showSettings();
    void showBudgets();
    void setAppearance(presentation::Settings::Theme theme, bool reduceMotion);
    void showCosts();
    /// The file that the costs are written to is the person's choice.
    void setFileChooser(std::function<QString()> chooser) { m_chooseFile = std::move(chooser); }
    [[nodiscard]] presentation::ModelDesk &desk() { return m_desk; }

Q_SIGNALS:
    void said(const QString &text);
    void failed(const lectern::base::Error &error, const QString &what);
    void holdsChanged(const QVector<lectern::presentation::BudgetHold> &holds);
    void themeChosen(lectern::presentation::Settings::Theme theme);
    void reduceMotionChosen(bool reduce);

private:
    enum class Picking { Workspace, Run };
    void showSnapshot();
    void showMoney();
    void pickAt(QWidget &anchor, Picking what);
    void picked(const QString &id);
    SettingsWindow &settingsWindow();
    void connectSettings(SettingsWindow &settings);
    EstimateDialog &estimateDialog();
    void showEstimate(const presentation::EstimateView &view);
    void start(const presentation::EstimateDecision &decision);
    void askEstimate(const QString &modelId);

    QWidget &m_window;
    presentation::ModelDesk m_desk;
    const base::Clock &m_clock;
    std::function<QString()> m_chooseFile;
    ModelButton *m_button = nullptr;
    CostsView *m_costs = nullptr;
    CostToday *m_today = nullptr;
    ModelPicker *m_picker;
    Picking m_picking = Picking::Workspace;
    SettingsWindow *m_settings = nullptr;
    QPointer<EstimateDialog> m_estimate;
    Documents m_documents; ///< of the estimate that is open
    presentation::Settings::Theme m_theme = presentation::Settings::Theme::System;
    bool m_reduceMotion = false;
};

} // namespace lectern::ui
