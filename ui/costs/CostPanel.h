// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/CostSummary.h"

#include <QFrame>

class QPushButton;

namespace lectern::ui {

class ElidedLabel;
class NoteBox;
class SectionLabel;
class TwoFillProgressBar;

/// What a run costs while it runs: spent against estimate and cap, live. GUI thread. objectName "costPanel".
class CostPanel final : public QFrame {
    Q_OBJECT

public:
    explicit CostPanel(QWidget *parent = nullptr);
    void setRun(const presentation::RunCost &run, qint64 nowMs);

Q_SIGNALS:
    void capRequested(qint64 run);
    void cheaperModelRequested(qint64 run);
    /// Show the Costs view.
    void costsRequested();

private:
    qint64 m_run = 0;
    ElidedLabel *m_name;
    SectionLabel *m_money;
    TwoFillProgressBar *m_bar;
    SectionLabel *m_cap;
    SectionLabel *m_facts;
    NoteBox *m_held;
    QPushButton *m_raise;
    QPushButton *m_cheaper;
    QPushButton *m_more;
};

} // namespace lectern::ui
