// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace lectern::presentation {
class LibraryFeed;
class LogModel;
} // namespace lectern::presentation

namespace lectern::ui {

/// What happened to a document, newest first, with a button that copies all of it. objectName "logPanel".
class LogPanel final : public QWidget {
    Q_OBJECT

public:
    explicit LogPanel(presentation::LibraryFeed &feed, QWidget *parent = nullptr);
    /// An invalid id empties it.
    void setDocument(domain::DocumentId id);

Q_SIGNALS:
    void copyRequested(const QString &text);

private:
    void updateContent();

    presentation::LogModel *m_model;
    QTreeView *m_view;
    QStackedWidget *m_stack;
    QLabel *m_count;
    QPushButton *m_copy;
};

} // namespace lectern::ui
