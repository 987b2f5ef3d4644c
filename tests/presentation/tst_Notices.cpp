// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/CommandTable.h"
#include "presentation/Notices.h"
#include "support/Strict.h"

#include <QLocale>
#include <QTest>

using namespace lectern;
using presentation::Notice;
using presentation::Notices;
using presentation::NoticeState;

namespace {

NoticeState working()
{
    NoticeState state;
    state.snapshot.totals.documents = 10;
    state.snapshot.totals.documentsQueued = 2;
    state.snapshot.totals.documentsIndexing = 1;
    return state;
}

workspace::LaunchReport resumedReport()
{
    workspace::LaunchReport report;
    report.totals.documentsQueued = 2;
    report.totals.documentsIndexing = 1;
    report.totals.pages = 1'031;
    report.totals.pagesDone = 600;
    report.totals.pagesFailed = 19;
    return report;
}

QStringList idsOf(const NoticeState &state)
{
    QStringList ids;
    for (const Notice &notice : Notices::of(state))
        ids << notice.id;
    return ids;
}

} // namespace

class NoticesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init() { support::failOnWarnings(); }

    void quietWhenThereIsNothingToSay()
    {
        QVERIFY(Notices::of({}).isEmpty());
        NoticeState state;
        state.launch = workspace::LaunchReport();
        state.snapshot.totals.documents = 10;
        QVERIFY(Notices::of(state).isEmpty());
    }

    void resumedSaysWhatAndHowMuch()
    {
        NoticeState state = working();
        state.launch = resumedReport();
        const QVector<Notice> notices = Notices::of(state);
        QCOMPARE(notices.size(), 1);
        QCOMPARE(notices.first().text, QStringLiteral("3 documents resumed: 412 of 1,031 pages left."));
        QCOMPARE(notices.first().actions.size(), 2);
        QCOMPARE(notices.first().actions.at(0).command, presentation::command::kPauseAll);
        QCOMPARE(notices.first().actions.at(1).command, presentation::command::kViewJobs);
        state.launch->costLeft = domain::Money::fromDecimal(QStringLiteral("1.12"));
        QVERIFY2(Notices::of(state).first().text.startsWith(
                     QStringLiteral("3 documents resumed: 412 of 1,031 pages left, ≈ ")),
                 qPrintable(Notices::of(state).first().text));
        // What waits for an answer did not resume.
        state.launch->costLeft.reset();
        state.launch->documentsAsking = 1;
        state.launch->pagesAsking = 31;
        state.launch->pagesLeftAsking = 12;
        QCOMPARE(Notices::of(state).first().text,
                 QStringLiteral("2 documents resumed: 400 of 1,000 pages left."));
        // When all is done, it is no news any more.
        state.snapshot.totals.documentsQueued = 0;
        state.snapshot.totals.documentsIndexing = 0;
        QVERIFY(Notices::of(state).isEmpty());
    }

    void pausedTakesThePlaceOfResumed()
    {
        NoticeState state = working();
        state.launch = resumedReport();
        state.snapshot.paused = true;
        QCOMPARE(idsOf(state), QStringList{Notices::pausedId()});
        QCOMPARE(Notices::of(state).first().text, QStringLiteral("Paused by you: 3 documents wait."));
    }

    void errorsComeFirst()
    {
        NoticeState state = working();
        state.launch = resumedReport();
        state.launch->jobsSetAside = 1;
        state.problem = base::Error{base::ErrorCode::DiskFull, {}};
        state.snapshot.totals.documentsNeedPassword = 2;
        QCOMPARE(idsOf(state), (QStringList{Notices::problemId(), Notices::crashedId(), Notices::resumedId(),
                                            Notices::lockedId()}));
        const Notice problem = Notices::of(state).first();
        QCOMPARE(problem.kind, Notice::Kind::Error);
        QCOMPARE(problem.actions.first().command, presentation::command::kPauseAll);
    }

    void aClosedLibraryIsTheOnlyNews()
    {
        NoticeState state = working();
        state.problem = base::Error{base::ErrorCode::DiskFull, {}};
        state.openProblem = base::Error{base::ErrorCode::WorkspaceNewer, {}};
        QCOMPARE(idsOf(state), QStringList{Notices::openId()});
        QVERIFY(!Notices::of(state).first().closable);
    }

    void refusedKindsAreOneBanner()
    {
        NoticeState state;
        state.added = workspace::AddReport();
        for (int id = 1; id <= 12; ++id)
            state.added->documents << domain::DocumentId{id};
        state.added->unsupported = 3;
        state.added->missing = {QStringLiteral("/a/gone.pdf"), QStringLiteral("/a/lost.pdf")};
        QCOMPARE(idsOf(state), (QStringList{Notices::missingId(), Notices::unsupportedId()}));
        QCOMPARE(Notices::of(state).at(1).text,
                 QStringLiteral("3 of 12 files can't be read yet: this version reads PDF files."));
        QCOMPARE(Notices::of(state).at(0).text,
                 QStringLiteral("“gone.pdf” and 1 more were not found and could not be added."));
    }

    void closedBannersStayClosed()
    {
        NoticeState state = working();
        state.launch = resumedReport();
        state.dismissed = {Notices::resumedId()};
        // And the weaker one about the same work does not slip in instead.
        QVERIFY(Notices::of(state).isEmpty());
        state.launch.reset();
        QCOMPARE(idsOf(state), QStringList{Notices::indexingId()});
    }

    void actionsAreCommands()
    {
        const presentation::CommandTable table;
        NoticeState state = working();
        state.launch = resumedReport();
        state.launch->jobsSetAside = 2;
        state.problem = base::Error{base::ErrorCode::ReadOnly, {}};
        state.added = workspace::AddReport();
        state.added->documents << domain::DocumentId{1};
        state.added->unsupported = 1;
        state.snapshot.totals.documentsNeedPassword = 1;
        for (const bool paused : {false, true}) {
            state.snapshot.paused = paused;
            for (const Notice &notice : Notices::of(state)) {
                QVERIFY(notice.actions.size() <= 2);
                QVERIFY(!notice.text.isEmpty());
                for (const Notice::Action &action : notice.actions) {
                    QVERIFY2(table.find(action.command) != nullptr, qPrintable(action.command));
                    QVERIFY(!action.text.isEmpty());
                }
            }
        }
    }

    void shortSentences()
    {
        QCOMPARE(Notices::removed(1), QStringLiteral("Removed 1 document."));
        QCOMPARE(Notices::removed(3), QStringLiteral("Removed 3 documents."));
        QCOMPARE(Notices::deletedForGood(2), QStringLiteral("Deleted 2 documents for good."));
        QCOMPARE(Notices::dropText(12), QStringLiteral("Add 12 files"));
        workspace::AddReport report;
        report.added = 12;
        QCOMPARE(Notices::addedSummary(report), QStringLiteral("12 files added."));
        report.known = 3;
        QCOMPARE(Notices::addedSummary(report), QStringLiteral("12 files added, 3 were here already."));
    }
};

QTEST_GUILESS_MAIN(NoticesTest)
#include "tst_Notices.moc"
