// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/SearchDesk.h"

#include <QFrame>

class QListWidget;

namespace lectern::ui {

class SectionLabel;

/// What stands behind "Why?": the documents that a search can't find, or not all of, and the reason of each.
/// A click shows the document in the library. GUI thread. objectName "coveragePopup".
class CoveragePopup final : public QFrame {
    Q_OBJECT

public:
    explicit CoveragePopup(QWidget *parent = nullptr);
    void setMissing(const QVector<store::SearchCoverage::Missing> &missing);
    /// Below a widget, or above it where there is no room.
    void openAt(const QWidget &anchor);

Q_SIGNALS:
    void documentChosen(lectern::domain::DocumentId document);
    void jobsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose();

    SectionLabel *m_title;
    QListWidget *m_list;
};

} // namespace lectern::ui
