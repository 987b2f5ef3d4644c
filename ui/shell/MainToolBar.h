// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolBar>

class QToolButton;

namespace lectern::ui {

class CommandActions;
class ModelButton;

/// Six things, no more: Add, Analyze, Pause or Resume, the model, the command field, the detail pane; and
/// Retry while something failed. objectName "toolBar".
class MainToolBar final : public QToolBar {
    Q_OBJECT

public:
    explicit MainToolBar(const CommandActions &actions, QWidget *parent = nullptr);
    /// Pause turns into Resume; Retry is only there while something failed.
    void updateButtons();
    [[nodiscard]] ModelButton &modelButton() { return *m_model; }

Q_SIGNALS:
    void paletteRequested(const QString &typed);

private:
    [[nodiscard]] QToolButton *addButton(const QString &name);

    const CommandActions &m_actions;
    ModelButton *m_model;
    QToolButton *m_pause;
    QToolButton *m_retry;
    QAction *m_retryPlace;
};

} // namespace lectern::ui
