// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/ModelDesk.h"
#include "presentation/Settings.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QVector>

#include <functional>

class QWidget;

namespace lectern::ui {

class EmbeddingController;
class EstimateDialog;
class ModelButton;
class ModelPicker;
class SettingsWindow;

/// Brings models to the window: the picker, the estimate before a run, the settings. Shows what ModelDesk
/// knows and passes on what is asked; what is spent is CostController's. GUI thread.
class ModelController final : public QObject {
    Q_OBJECT

public:
    ModelController(presentation::WorkspaceClient &client, const base::Clock &clock, QWidget &window);

    /// The parts of the window that show something of it.
    void setModelButton(ModelButton &button);

    /// What the pages would cost, and then the run, if the person wants it.
    void analyse(const workspace::RunPages &pages);
    /// Which pages a run would be about now: what the amounts of the picker are for.
    void setPages(std::function<workspace::RunPages()> pages) { m_pagesNow = std::move(pages); }
    void pickModel();
    /// Other pages are meant now: their price comes in a moment.
    void notePages() { m_priceTimer.start(); }
    /// A limit is reached: another model for what waits there; or, of a run, a higher cap.
    void useCheaperModel(const QString &account);
    void raise(const QString &account);
    /// A run asks since the start: yes, its estimate first, or another model.
    void acceptRun(domain::RunId run) { m_desk.acceptRun(run); }
    void reviewRun(domain::RunId run);
    void useOtherModel(domain::RunId run);
    /// The trial that the dialog no longer shows: back to its estimate, or an end to it.
    void reviewTrial();
    void stopTrial();
    void showSettings();
    void showBudgets();
    void setAppearance(presentation::Settings::Theme theme, bool reduceMotion);
    [[nodiscard]] presentation::ModelDesk &desk() { return m_desk; }

Q_SIGNALS:
    void said(const QString &text);
    void failed(const lectern::base::Error &error, const QString &what);
    void holdsChanged(const QVector<lectern::presentation::BudgetHold> &holds);
    void questionsChanged(const QVector<lectern::workspace::OpenRun> &runs);
    /// A trial that no dialog shows has something to say; nothing: no longer.
    void trialNoticed(const std::optional<lectern::presentation::Notice> &notice);
    void themeChosen(lectern::presentation::Settings::Theme theme);
    void reduceMotionChosen(bool reduce);

private:
    enum class Picking { Workspace, Run };
    void showSnapshot();
    void showPrices();
    void pricePages();
    void showMoney();
    void pickAt(QWidget &anchor, Picking what);
    void pickFor(const workspace::RunPages &pages, const QString &modelId);
    void picked(const QString &id);
    SettingsWindow &settingsWindow();
    void connectEmbeddings();
    void connectSettings(SettingsWindow &settings);
    EstimateDialog &estimateDialog();
    /// This model for m_pages: its estimate first, unless it is free and asks nobody.
    void chooseFor(const presentation::ModelChoice &choice);
    void openEstimate(const presentation::ModelChoice &choice);
    [[nodiscard]] std::optional<presentation::ModelChoice> choiceOf(const QString &modelId) const;
    void showEstimate(const presentation::EstimateView &view);
    void showTrial(const presentation::TrialView &trial);
    void noticeTrial();
    [[nodiscard]] bool isTrialOf(const QString &modelId) const;
    void start(const presentation::EstimateDecision &decision);
    void tryPages(const presentation::EstimateDecision &decision);
    void askEstimate(const QString &modelId);

    QWidget &m_window;
    presentation::ModelDesk m_desk;
    const base::Clock &m_clock;
    ModelButton *m_button = nullptr;
    ModelPicker *m_picker;
    EmbeddingController *m_embeddings;
    Picking m_picking = Picking::Workspace;
    QString m_runModel; ///< of the run that another model is picked for
    SettingsWindow *m_settings = nullptr;
    QPointer<EstimateDialog> m_estimate;
    workspace::RunPages m_pages;                    ///< of the estimate that is open, or was last
    std::optional<presentation::TrialView> m_trial; ///< under way, or the last one
    workspace::RunPages m_trialPages;               ///< of which it takes some
    presentation::EstimateView m_estimated;         ///< the last one of these pages
    std::function<workspace::RunPages()> m_pagesNow;
    QTimer m_priceTimer; ///< so that who walks through a list is not charged for every row
    presentation::Settings::Theme m_theme = presentation::Settings::Theme::System;
    bool m_reduceMotion = false;
};

} // namespace lectern::ui
