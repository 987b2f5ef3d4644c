// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/Budgets.h"
#include "presentation/Notices.h"

#include <QObject>
#include <QVector>

namespace lectern::ui {

class BannerStack;

/// Keeps the banners as the facts are: gathers what they depend on and tells the stack only what changed. GUI
/// thread.
class NoticeBoard final : public QObject {
    Q_OBJECT

public:
    explicit NoticeBoard(BannerStack &stack, QObject *parent = nullptr);
    void setLaunch(const workspace::LaunchReport &report);
    void setSnapshot(const presentation::LibrarySnapshot &snapshot);
    void setAdded(const workspace::AddReport &report);
    void setSourcesChanged(int places);
    void setHolds(const QVector<presentation::BudgetHold> &holds, qint64 nowMs);
    void setQuestions(const QVector<workspace::OpenRun> &runs);
    /// Nothing: no trial has anything to say. A next one is news again.
    void setTrial(const std::optional<presentation::Notice> &notice);
    void setProblem(const base::Error &error);
    void setOpenProblem(const base::Error &error);
    /// What failed before is no longer news: the next failure is told again.
    void clearProblem();

Q_SIGNALS:
    void commandRequested(const QString &command);

private:
    void dismiss(const QString &id);
    [[nodiscard]] bool asksMore(const QString &banner, const QString &command) const;
    void update();

    BannerStack &m_stack;
    presentation::NoticeState m_state;
    QVector<presentation::Notice> m_shown;
};

} // namespace lectern::ui
