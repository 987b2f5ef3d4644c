// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/RunCost.h"

#include <QVector>
#include <QWidget>

class QHBoxLayout;
class QPushButton;

namespace lectern::ui {

class Card;
class CostPanel;

/// The runs that go on, side by side: the two newest, and how many more there are. Hidden while there are
/// none. GUI thread. objectName "runCards".
class RunCards final : public QWidget {
    Q_OBJECT

public:
    static constexpr int kMost = 2;

    explicit RunCards(QWidget *parent = nullptr);
    void setRuns(const QVector<presentation::RunCost> &runs, qint64 nowMs);

Q_SIGNALS:
    void capRequested(qint64 run);
    void cheaperModelRequested(qint64 run);
    /// Show the others.
    void jobsRequested();

private:
    struct Place {
        Card *card = nullptr;
        CostPanel *panel = nullptr;
    };

    QVector<Place> m_places;
    QPushButton *m_more;
};

} // namespace lectern::ui
