// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/RunCost.h"

#include <QFrame>

class QPushButton;

namespace lectern::ui {

class ElidedLabel;
class NoteBox;
class SectionLabel;
class TwoFillProgressBar;

/// What a run costs while it runs, and after: spent against estimate and cap, tokens, requests that failed,
/// money saved, and why it waits. GUI thread. objectName "costPanel".
class CostPanel final : public QFrame {
    Q_OBJECT

public:
    enum class Form {
        Full,   ///< for a pane of its own
        Compact ///< a few lines among other things; tool tips have the rest
    };

    explicit CostPanel(QWidget *parent = nullptr, Form form = Form::Full);
    void setRun(const presentation::RunCost &run, qint64 nowMs);
    [[nodiscard]] qint64 run() const { return m_run; }

Q_SIGNALS:
    void capRequested(qint64 run);
    void cheaperModelRequested(qint64 run);
    /// Show the Costs view.
    void costsRequested();

private:
    void layOut();
    void showFacts(const presentation::RunCost &run);
    void showHeld(const presentation::RunCost &run, qint64 nowMs);

    const Form m_form;
    qint64 m_run = 0;
    ElidedLabel *m_name;
    SectionLabel *m_money;
    TwoFillProgressBar *m_bar;
    SectionLabel *m_cap;
    ElidedLabel *m_line; ///< all facts in one line
    SectionLabel *m_facts;
    SectionLabel *m_trouble;
    SectionLabel *m_saved;
    NoteBox *m_held;
    QWidget *m_heldRow; ///< the same in one line
    ElidedLabel *m_heldLine;
    QPushButton *m_raise;
    QPushButton *m_cheaper;
    QPushButton *m_more;
};

} // namespace lectern::ui
