// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolBar>

class QToolButton;

namespace lectern::ui {

class CommandActions;

/// Five things, no more: Add, Pause or Resume, Retry failed, the command field, the detail pane. objectName
/// "toolBar".
class MainToolBar final : public QToolBar {
    Q_OBJECT

public:
    explicit MainToolBar(const CommandActions &actions, QWidget *parent = nullptr);
    /// Pause turns into Resume; Retry is only there while something failed.
    void updateButtons();

Q_SIGNALS:
    void paletteRequested(const QString &typed);

private:
    [[nodiscard]] QToolButton *addButton(const QString &name);

    const CommandActions &m_actions;
    QToolButton *m_pause;
    QToolButton *m_retry;
    QAction *m_retryPlace;
};

} // namespace lectern::ui
