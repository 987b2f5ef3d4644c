// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/AnalysisSettings.h"
#include "presentation/Budgets.h"
#include "presentation/EndpointView.h"
#include "presentation/Settings.h"

#include <QVector>
#include <QWidget>

class QListWidget;
class QStackedWidget;

namespace lectern::ui {

class AnalysisPage;
class AppearancePage;
class BudgetsPage;
class EndpointsPage;
class FilterField;
class Placeholder;
class SearchPage;
class SettingsPage;

/// All settings in one window: pages at the side, search above them. What is changed applies at once. It owns
/// no setting: values come in by setters, changes go out by signals. GUI thread. objectName "settingsWindow".
class SettingsWindow final : public QWidget {
    Q_OBJECT

public:
    enum class Page { Endpoints, Budgets, Analysis, Search, Appearance };

    explicit SettingsWindow(QWidget *parent = nullptr);
    void showPage(Page page);
    /// The page of endpoints with this one chosen and its key field ready.
    void showEndpoint(const QString &endpointId);
    [[nodiscard]] Page currentPage() const;

    void setEndpoints(const QVector<presentation::EndpointView> &endpoints);
    void setFoundServers(const QVector<presentation::FoundServer> &servers);
    void setTest(const QString &endpointId, const presentation::EndpointTest &test);
    void setSystemStoreAvailable(bool available);
    void setBudgets(const presentation::Budgets &budgets);
    void setAnalysis(const presentation::AnalysisSettings &settings, const QString &modelName,
                     const QString &defaultPrompt);
    void setAppearance(presentation::Settings::Theme theme, bool reduceMotion);
    /// What search by meaning uses: values and signals are its own.
    [[nodiscard]] SearchPage &searchPage() { return *m_searchPage; }

Q_SIGNALS:
    void endpointAdded(const lectern::domain::Endpoint &endpoint);
    void endpointEdited(const lectern::domain::Endpoint &endpoint);
    void endpointRemoved(const QString &id);
    /// Ask it with this key; empty: with the one that is kept.
    void testRequested(const lectern::domain::Endpoint &endpoint, const QString &typedKey);
    void keyEntered(const QString &endpointId, const QString &key, lectern::presentation::KeyPlace place);
    void keyForgotten(const QString &endpointId);
    void budgetsChanged(const lectern::presentation::Budgets &budgets);
    void analysisChanged(const lectern::presentation::AnalysisSettings &settings);
    /// Open the model picker at this button.
    void defaultModelRequested(QWidget *anchor);
    void themeChosen(lectern::presentation::Settings::Theme theme);
    void reduceMotionChosen(bool reduce);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    class Delegate;
    void addPage(SettingsPage &page, int glyph);
    void connectPages();
    void search(const QString &words);
    void showRow(int row);

    FilterField *m_search;
    QListWidget *m_list;
    QStackedWidget *m_stack;
    Placeholder *m_nothing;
    EndpointsPage *m_endpoints;
    BudgetsPage *m_budgets;
    AnalysisPage *m_analysis;
    SearchPage *m_searchPage;
    AppearancePage *m_appearance;
    QVector<SettingsPage *> m_pages;
};

} // namespace lectern::ui
