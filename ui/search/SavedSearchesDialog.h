// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/SearchDesk.h"

#include <QDialog>

class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace lectern::ui {

class SectionLabel;

/// The saved searches, to be renamed in their rows and deleted. GUI thread. objectName "savedSearchesDialog".
class SavedSearchesDialog final : public QDialog {
    Q_OBJECT

public:
    explicit SavedSearchesDialog(presentation::SearchDesk &desk, QWidget *parent = nullptr);

private:
    void fill();
    void rename(const QListWidgetItem &item);
    void remove();
    void showState();

    presentation::SearchDesk &m_desk;
    QListWidget *m_list;
    SectionLabel *m_note;
    QPushButton *m_rename;
    QPushButton *m_delete;
};

} // namespace lectern::ui
