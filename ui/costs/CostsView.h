// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "presentation/CostSummary.h"
#include "presentation/Details.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace lectern::presentation {
class CostSortModel;
class CostTableModel;
} // namespace lectern::presentation

namespace lectern::ui {

class BudgetBar;
class CostChart;
class ElidedLabel;
class NoteBox;
class Placeholder;
class PricesPopup;
class RowView;
class RunCards;
class SectionLabel;
class SegmentedControl;

/// What was spent: today and this month against their budgets, the runs that go on, a chart over time, and a
/// table that holds every number of it. It shows that it is reading until the first summary came. GUI thread.
/// objectName "costsView".
class CostsView final : public QWidget {
    Q_OBJECT

public:
    explicit CostsView(QWidget *parent = nullptr);
    void setSummary(const presentation::CostSummary &summary);
    void setRuns(const presentation::RunCosts &runs, qint64 nowMs);
    /// The costs could not be read. What is shown already stays, with a note.
    void setProblem(const base::Error &error);
    void setPrices(const QVector<presentation::Fact> &facts);
    /// What is to be asked for.
    [[nodiscard]] const presentation::CostQuery &query() const { return m_query; }
    void focusTable();
    /// Less than all of it needs: the chart gives way.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Set a summary of this.
    void queryRequested(const lectern::presentation::CostQuery &query);
    void exportRequested();
    void budgetsRequested();
    /// setPrices() is to follow.
    void pricesRequested();
    /// Ask the endpoints for their prices again.
    void listsRequested();
    /// A document was opened: shows what it is.
    void documentRequested(qint64 id);
    void copyRequested(const QString &text);
    /// The button of the empty view.
    void modelsRequested();
    void jobsRequested();
    void capRequested(qint64 run);
    void cheaperModelRequested(qint64 run);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    enum class State { Reading, Failed, Empty, Shown };
    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makeChart();
    [[nodiscard]] QWidget *makeBar();
    void setUpTable();
    void connectParts();
    void showState(State state, const QString &why = {});
    void ask(const presentation::CostQuery &query);
    void open(const QModelIndex &index);
    void sortAsUsual();
    /// The chart gives way where there is no room for it: the table has the same numbers.
    void fitChart();

    presentation::CostTableModel *m_model;
    presentation::CostSortModel *m_sorted;
    presentation::CostQuery m_query;
    presentation::CostGrouping m_shown = presentation::CostGrouping::Model; ///< of what is in the table
    State m_state = State::Reading;
    bool m_hasChart = false;
    BudgetBar *m_today;
    BudgetBar *m_month;
    BudgetBar *m_workspace;
    QWidget *m_workspaceCard = nullptr;
    QWidget *m_head = nullptr;
    SectionLabel *m_committed;
    SectionLabel *m_saved;
    RunCards *m_runs;
    CostChart *m_chart;
    QWidget *m_chartBox = nullptr;
    SegmentedControl *m_period;
    SegmentedControl *m_grouping;
    ElidedLabel *m_narrowed;
    QPushButton *m_widen;
    QPushButton *m_pricesOf;
    QPushButton *m_budgets;
    QPushButton *m_export;
    NoteBox *m_unknown;
    NoteBox *m_problem;
    RowView *m_table;
    QStackedWidget *m_stack;
    Placeholder *m_empty;
    PricesPopup *m_prices;
};

} // namespace lectern::ui
