// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/Details.h"

#include <QFrame>

class QPushButton;

namespace lectern::ui {

class FactList;

/// What stands behind "Prices of …": whose prices they are and of when. GUI thread. objectName "pricesPopup".
class PricesPopup final : public QFrame {
    Q_OBJECT

public:
    explicit PricesPopup(QWidget *parent = nullptr);
    void setFacts(const QVector<presentation::Fact> &facts);
    /// Below a widget, or above it where there is no room.
    void openAt(const QWidget &anchor);

Q_SIGNALS:
    /// Ask the endpoints for their lists again.
    void updateRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    FactList *m_facts;
    QPushButton *m_update;
};

} // namespace lectern::ui
