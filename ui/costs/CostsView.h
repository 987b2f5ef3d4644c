// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/CostSummary.h"

#include <QWidget>

class QPushButton;
class QStackedWidget;

namespace lectern::presentation {
class CostTableModel;
}

namespace lectern::ui {

class BudgetBar;
class CostChart;
class ElidedLabel;
class NoteBox;
class Placeholder;
class RowView;
class SectionLabel;
class SegmentedControl;

/// What was spent: today and this month against their budgets, a chart of the days, and a table that holds
/// every number of it. GUI thread. objectName "costsView".
class CostsView final : public QWidget {
    Q_OBJECT

public:
    explicit CostsView(QWidget *parent = nullptr);
    void setSummary(const presentation::CostSummary &summary);
    [[nodiscard]] presentation::CostGrouping grouping() const;
    void focusTable();

Q_SIGNALS:
    /// Set a summary with this grouping.
    void groupingRequested(lectern::presentation::CostGrouping grouping);
    void exportRequested();
    void budgetsRequested();
    /// A row was opened: a document, run, model or day, by its key.
    void rowOpened(lectern::presentation::CostGrouping grouping, const QString &key);
    void copyRequested(const QString &text);
    /// The button of the empty view.
    void modelsRequested();

private:
    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makeBar();
    void setUpTable();
    void connectParts();

    presentation::CostTableModel *m_model;
    presentation::CostGrouping m_shown = presentation::CostGrouping::Model;
    BudgetBar *m_today;
    BudgetBar *m_month;
    BudgetBar *m_workspace;
    QWidget *m_workspaceCard = nullptr;
    SectionLabel *m_committed;
    SectionLabel *m_saved;
    CostChart *m_chart;
    SegmentedControl *m_grouping;
    ElidedLabel *m_pricesOf;
    QPushButton *m_budgets;
    QPushButton *m_export;
    NoteBox *m_unknown;
    RowView *m_table;
    QStackedWidget *m_stack;
    Placeholder *m_empty;
};

} // namespace lectern::ui
