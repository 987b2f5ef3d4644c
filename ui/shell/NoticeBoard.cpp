// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/NoticeBoard.h"

#include "presentation/CommandId.h"
#include "presentation/ResumeText.h"
#include "presentation/TrialView.h"
#include "ui/widgets/BannerStack.h"

#include <algorithm>

namespace lectern::ui {

using presentation::Notice;
using presentation::Notices;

namespace {

BannerMessage toMessage(const Notice &notice)
{
    BannerMessage message;
    message.id = notice.id;
    message.kind = notice.kind == Notice::Kind::Error     ? BannerMessage::Kind::Error
                   : notice.kind == Notice::Kind::Warning ? BannerMessage::Kind::Warning
                                                          : BannerMessage::Kind::Info;
    message.text = notice.text;
    for (const Notice::Action &action : notice.actions)
        message.actions.append({action.command, action.text});
    message.closable = notice.closable;
    return message;
}

} // namespace

NoticeBoard::NoticeBoard(BannerStack &stack, QObject *parent) : QObject(parent), m_stack(stack)
{
    connect(&m_stack, &BannerStack::closed, this, &NoticeBoard::dismiss);
    connect(&m_stack, &BannerStack::actionTriggered, this,
            [this](const QString &banner, const QString &action) {
                if (!asksMore(banner, action))
                    dismiss(banner); // what was read and acted upon has done its work
                Q_EMIT commandRequested(action);
            });
    connect(&m_stack, &BannerStack::moreRequested, this,
            [this] { Q_EMIT commandRequested(presentation::command::kViewJobs); });
}

void NoticeBoard::setLaunch(const workspace::LaunchReport &report)
{
    m_state.launch = report;
    m_state.openProblem.reset();
    update();
}

void NoticeBoard::setSnapshot(const presentation::LibrarySnapshot &snapshot)
{
    // A cause that went away may come back: then it is news again.
    if (!snapshot.paused)
        m_state.dismissed.remove(Notices::pausedId());
    if (!snapshot.hasWork())
        m_state.dismissed.remove(Notices::indexingId());
    if (snapshot.totals.documentsNeedPassword > m_state.snapshot.totals.documentsNeedPassword)
        m_state.dismissed.remove(Notices::lockedId());
    m_state.snapshot = snapshot;
    update();
}

void NoticeBoard::setAdded(const workspace::AddReport &report)
{
    m_state.added = report;
    m_state.dismissed.remove(Notices::unsupportedId());
    m_state.dismissed.remove(Notices::missingId());
    update();
}

void NoticeBoard::setSourcesChanged(int places)
{
    m_state.sourcesChanged = places;
    m_state.dismissed.remove(Notices::sourcesId());
    update();
}

void NoticeBoard::setHolds(const QVector<presentation::BudgetHold> &holds, qint64 nowMs)
{
    const QVector<Notice> before = m_state.limits;
    m_state.limits.clear();
    for (const presentation::BudgetHold &hold : holds)
        m_state.limits.append(presentation::BudgetText::reached(hold, nowMs));
    for (const Notice &old : before) {
        const auto same = [&old](const Notice &notice) { return notice.id == old.id; };
        if (std::none_of(m_state.limits.cbegin(), m_state.limits.cend(), same))
            m_state.dismissed.remove(old.id); // reached again it is news
    }
    update();
}

void NoticeBoard::setQuestions(const QVector<workspace::OpenRun> &runs)
{
    m_state.questions.clear();
    for (const workspace::OpenRun &run : runs)
        m_state.questions.append(presentation::ResumeText::notice(run));
    update();
}

// A button whose words end with an ellipsis opens something, and that may be cancelled.
bool NoticeBoard::asksMore(const QString &banner, const QString &command) const
{
    for (const Notice &notice : m_shown) {
        for (const Notice::Action &action : notice.actions) {
            if (notice.id == banner && action.command == command)
                return action.text.endsWith(QChar(0x2026)) || !notice.closable;
        }
    }
    return false;
}

void NoticeBoard::setTrial(const std::optional<presentation::Notice> &notice)
{
    if (!notice)
        m_state.dismissed -= {presentation::TrialText::runningId(), presentation::TrialText::overId()};
    m_state.trial = notice;
    update();
}

void NoticeBoard::setProblem(const base::Error &error)
{
    m_state.problem = error;
    m_state.dismissed.remove(Notices::problemId());
    update();
}

void NoticeBoard::clearProblem()
{
    m_state.problem.reset();
    update();
}

void NoticeBoard::setOpenProblem(const base::Error &error)
{
    m_state.openProblem = error;
    update();
}

void NoticeBoard::dismiss(const QString &id)
{
    m_state.dismissed.insert(id);
    if (id == Notices::problemId())
        m_state.problem.reset();
    update();
}

void NoticeBoard::update()
{
    const QVector<Notice> notices = Notices::of(m_state);
    if (notices == m_shown)
        return;
    for (const Notice &old : std::as_const(m_shown)) {
        const auto same = [&old](const Notice &notice) { return notice.id == old.id; };
        if (std::none_of(notices.cbegin(), notices.cend(), same))
            m_stack.dismiss(old.id);
    }
    // The stack puts the newest first: the most important is told last.
    for (auto notice = notices.crbegin(); notice != notices.crend(); ++notice) {
        if (!m_shown.contains(*notice))
            m_stack.post(toMessage(*notice));
    }
    m_shown = notices;
}

} // namespace lectern::ui
