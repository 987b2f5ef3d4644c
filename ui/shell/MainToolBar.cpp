// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/MainToolBar.h"

#include "presentation/CommandId.h"
#include "ui/models/ModelButton.h"
#include "ui/shell/CommandActions.h"
#include "ui/shell/CommandField.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"

#include <QAction>
#include <QMenu>
#include <QToolButton>

namespace lectern::ui {

namespace command = presentation::command;

MainToolBar::MainToolBar(const CommandActions &actions, QWidget *parent)
    : QToolBar(parent), m_actions(actions), m_model(new ModelButton(this))
{
    setObjectName(QStringLiteral("toolBar"));
    setWindowTitle(tr("Tool bar"));
    setMovable(false);
    setFloatable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIconSize(QSize(metrics::kIcon, metrics::kIcon));

    QToolButton *add = addButton(QStringLiteral("addButton"));
    auto *addMenu = new QMenu(add);
    addMenu->addAction(&actions.action(command::kAddFiles));
    addMenu->addAction(&actions.action(command::kAddFolder));
    add->setDefaultAction(&actions.action(command::kAddFiles));
    add->setMenu(addMenu);
    add->setPopupMode(QToolButton::MenuButtonPopup);
    addWidget(add);
    QToolButton *analyze = addButton(QStringLiteral("analyzeToolButton"));
    analyze->setDefaultAction(&actions.action(command::kAnalyze));
    addWidget(analyze);
    m_pause = addButton(QStringLiteral("pauseButton"));
    addWidget(m_pause);
    m_retry = addButton(QStringLiteral("retryButton"));
    m_retry->setDefaultAction(&actions.action(command::kRetryAllFailed));
    m_retryPlace = addWidget(m_retry);

    auto *space = new QWidget(this);
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    addWidget(space);
    addWidget(m_model);
    QAction &palette = actions.action(command::kPalette);
    auto *field = new CommandField(palette.shortcut().toString(QKeySequence::NativeText), this);
    field->setObjectName(QStringLiteral("commandField"));
    field->setToolTip(palette.toolTip());
    field->setFixedWidth(280);
    connect(field, &CommandField::paletteRequested, this, &MainToolBar::paletteRequested);
    addWidget(field);
    QToolButton *pane = addButton(QStringLiteral("detailButton"));
    pane->setDefaultAction(&actions.action(command::kDetailPane));
    pane->setToolButtonStyle(Qt::ToolButtonIconOnly);
    addWidget(pane);
    updateButtons();
}

QToolButton *MainToolBar::addButton(const QString &name)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
}

void MainToolBar::updateButtons()
{
    QAction &wanted = m_actions.action(m_actions.state().paused ? command::kResumeAll : command::kPauseAll);
    if (m_pause->defaultAction() != &wanted) {
        if (m_pause->defaultAction())
            m_pause->removeAction(m_pause->defaultAction());
        m_pause->setDefaultAction(&wanted);
    }
    m_retryPlace->setVisible(m_actions.state().failed > 0);
}

} // namespace lectern::ui
