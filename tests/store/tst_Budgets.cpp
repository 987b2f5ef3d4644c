// SPDX-License-Identifier: GPL-3.0-or-later
#include "Spending.h"
#include "store/Models.h"
#include "store/Scope.h"
#include "store/Waiting.h"
#include "support/Strict.h"

#include <QTest>

using namespace lectern;
using namespace lectern::store;
using base::ErrorCode;
using domain::Job;
using domain::JobState;
using domain::Money;
using domain::RunId;
using Period = Budgets::Period;

namespace {

const QString kCloud = QStringLiteral("endpoint:cloud");
const QString kLocal = QStringLiteral("endpoint:local");

} // namespace

class tst_Budgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void limitsAreKept();
    void plansAreKept();
    void aRunAtItsCapWaits();
    void theWorkspaceAtItsLimitWaitsButWhatIsFreeGoesOn();
    void whatIsInFlightMayLeaveRoom();
    void waitingUsesNoAttempt();
    void whatComesBackSoonWaitsForNobody();
    void raisingLetsGo_data();
    void raisingLetsGo();
    void loweringLetsNothingGo();
    void aNewDayLetsGo();
    void aPausedJobAsksAgainWhenItGoesOn();
    void scopesOpenAgain();
    void endpointsAreKept();
    void endpointIdsAreChecked();
    void anEndpointInUseStays();
    void modelsAreRemembered();

private:
    int hold(const QString &scope, qint64 until = Budgets::kNever)
    {
        return support::must(
            m->write([&](Transaction &t) { return Budgets::holdForBudget(t, scope, until); }));
    }
    QString heldText()
    {
        QStringList lines;
        const auto held = support::must(Budgets::held(*m->reader));
        for (const Budgets::Held &line : held)
            lines.append(QStringLiteral("%1 %2").arg(line.scope).arg(line.jobs));
        return lines.join(u',');
    }
    int ready(const QString &lane)
    {
        return m->workspace
            .sqlite3(QStringLiteral("SELECT count(*) FROM job WHERE state = 0 AND lane = '%1'").arg(lane))
            .toInt();
    }

    std::unique_ptr<Spending> m;
};

void tst_Budgets::init()
{
    support::failOnWarnings();
    m = std::make_unique<Spending>();
}

void tst_Budgets::cleanup()
{
    QCOMPARE(m->broken(), QString());
    m.reset();
}

void tst_Budgets::limitsAreKept()
{
    QVERIFY(!support::must(Budgets::limit(*m->reader, Period::Day)));
    m->setLimit(Period::Day, 5);
    m->setLimit(Period::Day, 7);
    QCOMPARE(*support::must(Budgets::limit(*m->reader, Period::Day)), Money{7});
    QVERIFY(!support::must(Budgets::limit(*m->reader, Period::Month)));
    m->setLimit(Period::Day, {});
    QVERIFY(!support::must(Budgets::limit(*m->reader, Period::Day)));
    EXPECT_ERROR(m->write([](Transaction &t) { return Budgets::setLimit(t, Period::Day, Money{-1}); }),
                 ErrorCode::InvalidArgument);
}

void tst_Budgets::plansAreKept()
{
    const RunId run = m->createRunOf(QStringLiteral("cloud/m"));
    QCOMPARE(support::must(Budgets::runPlan(*m->reader, run)), RunPlan{});
    const RunPlan plan{Money{1}, Money{2}, Money{3}, true, Money{2}, 7, Money{5}, true};
    EXPECT_OK(m->write([&](Transaction &t) { return Budgets::setRunPlan(t, run, plan); }));
    QCOMPARE(support::must(Budgets::runPlan(*m->reader, run)), plan);
    EXPECT_OK(m->write([&](Transaction &t) { return Budgets::setRunCap(t, run, {}); }));
    QVERIFY(!support::must(Budgets::runPlan(*m->reader, run)).cap);
    QCOMPARE(*support::must(Budgets::runPlan(*m->reader, run)).estimateHigh, Money{2});
    EXPECT_ERROR(Budgets::runPlan(*m->reader, RunId{99}), ErrorCode::NotFound);
    EXPECT_ERROR(m->write([&](Transaction &t) { return Budgets::setRunCap(t, run, Money{-1}); }),
                 ErrorCode::InvalidArgument);
}

void tst_Budgets::aRunAtItsCapWaits()
{
    const RunId capped = m->createRunOf(QStringLiteral("cloud/m"), 0);
    const RunId other = m->createRunOf(QStringLiteral("cloud/m"));
    m->addWaiting(QStringLiteral("/a.pdf"), 3, capped);
    m->addWaiting(QStringLiteral("/b.pdf"), 2, other);
    QCOMPARE(hold(runScope(capped)), 3);
    QCOMPARE(hold(runScope(capped)), 0);
    QCOMPARE(heldText(), QStringLiteral("run:%1 3").arg(capped.value));
    const QVector<Job> jobs = m->claimLane(kCloud, 10);
    QCOMPARE(jobs.size(), 2);
    QCOMPARE(jobs.first().run, other);
    const auto held = support::must(JobQueue::list(*m->reader, {JobState::Scheduled, {}, false, 10, 0}));
    QCOMPARE(held.size(), 3);
    QCOMPARE(held.first().error, (base::Error{ErrorCode::BudgetReached, runScope(capped)}));
}

void tst_Budgets::theWorkspaceAtItsLimitWaitsButWhatIsFreeGoesOn()
{
    m->addWaiting(QStringLiteral("/a.pdf"), 3, m->createRunOf(QStringLiteral("cloud/m")));
    m->addWaiting(QStringLiteral("/b.pdf"), 2, m->createRunOf(QStringLiteral("local/m")));
    m->addWaiting(QStringLiteral("/c.pdf"), 1, m->createRunOf(QStringLiteral("built-in/1")));
    QCOMPARE(hold(workspaceScope()), 3);
    QCOMPARE(ready(kCloud), 0);
    QCOMPARE(ready(kLocal), 2);
    QCOMPARE(ready(QStringLiteral("analyze")), 1);
}

void tst_Budgets::whatIsInFlightMayLeaveRoom()
{
    const RunId run = m->createRunOf(QStringLiteral("cloud/m"), 10);
    const auto mayFit = [&](const QString &scope, qint64 amount) {
        return support::must(Budgets::mayFit(*m->reader, scope, Money{amount}));
    };
    const UsageId id = m->reserved(run, 8);
    EXPECT_ERROR(m->reserve(m->request(run, 5)), ErrorCode::BudgetReached);
    QVERIFY(mayFit(runScope(run), 5));
    m->settle(id, 6);
    QVERIFY(!mayFit(runScope(run), 5));
    QVERIFY(mayFit(runScope(run), 4));
    QVERIFY(mayFit(dayScope(m->today), 1000)); // no limit
    for (const Period period : {Period::Day, Period::Month, Period::Workspace})
        m->setLimit(period, 7);
    for (const QString &scope : {dayScope(m->today), monthScope(m->today), workspaceScope()}) {
        QVERIFY(mayFit(scope, 1));
        QVERIFY(!mayFit(scope, 2));
    }
}

void tst_Budgets::waitingUsesNoAttempt()
{
    const RunId run = m->createRunOf(QStringLiteral("cloud/m"), 0);
    m->addWaiting(QStringLiteral("/a.pdf"), 2, run);
    const Job job = m->claimLane(kCloud, 1).first();
    EXPECT_ERROR(m->reserve(m->request(run, 1)), ErrorCode::BudgetReached);
    EXPECT_OK(m->write([&](Transaction &t) {
        return JobQueue::finish(
            t, job.leaseToken(),
            domain::JobOutcome::snooze({ErrorCode::BudgetReached, runScope(run)}, Budgets::kNever));
    }));
    QCOMPARE(hold(runScope(run)), 1);
    QCOMPARE(heldText(), QStringLiteral("run:%1 2").arg(run.value)); // the one that asked, and the other
    EXPECT_OK(m->write([&](Transaction &t) { return Budgets::setRunCap(t, run, Money{10}); }));
    const QVector<Job> jobs = m->claimLane(kCloud, 10);
    QCOMPARE(jobs.size(), 2);
    for (const Job &again : jobs)
        QCOMPARE(again.attempt, 1);
}

void tst_Budgets::whatComesBackSoonWaitsForNobody()
{
    const RunId run = m->createRunOf(QStringLiteral("cloud/m"), 0);
    m->addWaiting(QStringLiteral("/a.pdf"), 2, run);
    const auto waits = [&] { return support::must(waitsForSomebody(*m->reader, m->clock.nowMs())); };
    const auto snooze = [&](const Job &job, qint64 until) {
        EXPECT_OK(m->write([&](Transaction &t) {
            return JobQueue::finish(
                t, job.leaseToken(),
                domain::JobOutcome::snooze({ErrorCode::BudgetReached, runScope(run)}, until));
        }));
    };
    QVERIFY(!waits()); // both are ready
    const QVector<Job> jobs = m->claimLane(kCloud, 2);
    QVERIFY(!waits()); // and running
    snooze(jobs.at(0), Budgets::kNever);
    // The room that others gave back may do for this one.
    snooze(jobs.at(1), m->clock.nowMs() + 300);
    QVERIFY(!waits());
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::promoteScheduled(t, t.nowMs() + 300); }));
    snooze(m->claimLane(kCloud, 1).first(), m->clock.nowMs() + 3'600'000); // tomorrow's budget
    QCOMPARE(waits()->code, ErrorCode::BudgetReached);
    QCOMPARE(waits()->detail, runScope(run));

    const auto reasons = support::must(waitingJobs(*m->reader));
    QCOMPARE(reasons.size(), 1);
    QCOMPARE(reasons.first().why, (base::Error{ErrorCode::BudgetReached, runScope(run)}));
    QCOMPARE(reasons.first().jobs, 2);
    QCOMPARE(reasons.first().until, m->clock.nowMs() + 3'600'000);
    m->clock.advance(3'600'000);
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::promoteScheduled(t, t.nowMs()); }));
    snooze(m->claimLane(kCloud, 1).first(), Budgets::kNever);
    QCOMPARE(support::must(waitingJobs(*m->reader)).first().until, 0); // nobody knows
}

void tst_Budgets::raisingLetsGo_data()
{
    QTest::addColumn<int>("period"); // 0: the run
    QTest::addColumn<bool>("removed");
    for (int period = 0; period <= 3; ++period) {
        QTest::addRow("raised %d", period) << period << false;
        QTest::addRow("removed %d", period) << period << true;
    }
}

void tst_Budgets::raisingLetsGo()
{
    QFETCH(int, period);
    QFETCH(bool, removed);
    const RunId run = m->createRunOf(QStringLiteral("cloud/m"), 10);
    for (const Period each : {Period::Day, Period::Month, Period::Workspace})
        m->setLimit(each, 10);
    m->addWaiting(QStringLiteral("/a.pdf"), 3, run);
    const QStringList scopes{runScope(run), dayScope(m->today), monthScope(m->today), workspaceScope()};
    hold(scopes.at(period), Budgets::opensAgainAt(scopes.at(period)));
    QCOMPARE(ready(kCloud), 0);
    const auto limit = removed ? std::nullopt : std::optional(Money{11});
    // Another limit is not the one they wait at.
    m->setLimit(period == 2 ? Period::Day : Period::Month, 20);
    QCOMPARE(ready(kCloud), 0);
    EXPECT_OK(m->write([&](Transaction &t) {
        return period == 0 ? Budgets::setRunCap(t, run, limit)
                           : Budgets::setLimit(t, static_cast<Period>(period), limit);
    }));
    QCOMPARE(ready(kCloud), 3);
    QCOMPARE(heldText(), QString());
    QCOMPARE(m->workspace.sqlite3(QStringLiteral("SELECT count(*) FROM job WHERE error_code <> 'none'")),
             QStringLiteral("0"));
}

void tst_Budgets::loweringLetsNothingGo()
{
    const RunId run = m->createRunOf(QStringLiteral("cloud/m"), 10);
    m->addWaiting(QStringLiteral("/a.pdf"), 3, run);
    hold(runScope(run));
    EXPECT_OK(m->write([&](Transaction &t) { return Budgets::setRunCap(t, run, Money{9}); }));
    QCOMPARE(ready(kCloud), 0);
    QCOMPARE(support::must(
                 m->write([&](Transaction &t) { return Budgets::releaseForBudget(t, runScope(RunId{99})); })),
             0);
    QCOMPARE(
        support::must(m->write([&](Transaction &t) { return Budgets::releaseForBudget(t, runScope(run)); })),
        3);
}

void tst_Budgets::aNewDayLetsGo()
{
    m->addWaiting(QStringLiteral("/a.pdf"), 3, m->createRunOf(QStringLiteral("cloud/m")));
    const qint64 midnight = m->clock.nowMs() + 1000;
    hold(dayScope(m->today), midnight);
    QCOMPARE(*support::must(JobQueue::nextScheduledAt(*m->reader)), midnight);
    QCOMPARE(support::must(Budgets::held(*m->reader)).first().until, midnight);
    m->clock.advance(1000);
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::promoteScheduled(t, m->clock.nowMs()); }));
    QCOMPARE(ready(kCloud), 3);
    QCOMPARE(heldText(), QString());
}

void tst_Budgets::aPausedJobAsksAgainWhenItGoesOn()
{
    const RunId run = m->createRunOf(QStringLiteral("cloud/m"), 10);
    const auto document = m->addWaiting(QStringLiteral("/a.pdf"), 3, run);
    const auto pause = [&](bool paused) {
        EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::setDocumentPaused(t, document, paused); }));
    };
    hold(runScope(run));
    pause(true);
    QCOMPARE(heldText(), QString()); // it waits for the user now
    EXPECT_OK(m->write([&](Transaction &t) { return Budgets::setRunCap(t, run, {}); }));
    QCOMPARE(ready(kCloud), 0);
    pause(false);
    QCOMPARE(ready(kCloud), 3);
    QCOMPARE(m->workspace.sqlite3(
                 QStringLiteral("SELECT count(*) FROM job WHERE run_at > %1").arg(m->clock.nowMs())),
             QStringLiteral("0"));
}

void tst_Budgets::scopesOpenAgain()
{
    const auto at = [](int year, int month, int day) {
        return QDate(year, month, day).startOfDay().toMSecsSinceEpoch();
    };
    QCOMPARE(Budgets::opensAgainAt(dayScope(QDate(2026, 12, 31))), at(2027, 1, 1));
    QCOMPARE(Budgets::opensAgainAt(monthScope(QDate(2026, 12, 31))), at(2027, 1, 1));
    QCOMPARE(Budgets::opensAgainAt(monthScope(QDate(2026, 2, 3))), at(2026, 3, 1));
    QCOMPARE(Budgets::opensAgainAt(workspaceScope()), Budgets::kNever);
    QCOMPARE(Budgets::opensAgainAt(runScope(RunId{7})), Budgets::kNever);
}

void tst_Budgets::endpointsAreKept()
{
    domain::Endpoint endpoint = Spending::endpoint(QStringLiteral("a-1"));
    endpoint.requestsPerMinute = 60;
    endpoint.tokensPerMinute = 5'000'000'000;
    endpoint.plainHttpAllowed = true;
    endpoint.enabled = false;
    m->save(endpoint);
    QCOMPARE(*support::must(Endpoints::find(*m->reader, endpoint.id)), endpoint);
    endpoint.name = QStringLiteral("Another name");
    endpoint.kind = domain::EndpointKind::LmStudio;
    m->save(endpoint);
    QCOMPARE(*support::must(Endpoints::find(*m->reader, endpoint.id)), endpoint);
    QCOMPARE(support::must(Endpoints::all(*m->reader)).size(), 3);
    QVERIFY(!support::must(Endpoints::find(*m->reader, QStringLiteral("none"))));

    QVERIFY(!support::must(Endpoints::catalogue(*m->reader, endpoint.id)));
    EXPECT_OK(m->write([&](Transaction &t) { return Endpoints::setCatalogue(t, endpoint.id, "[1]"); }));
    EXPECT_OK(m->write([&](Transaction &t) { return Endpoints::setCatalogue(t, endpoint.id, "[2]"); }));
    const auto catalogue = support::must(Endpoints::catalogue(*m->reader, endpoint.id));
    QCOMPARE(catalogue->list, QByteArray("[2]"));
    QCOMPARE(catalogue->fetchedAt, m->clock.nowMs());
    EXPECT_ERROR(
        m->write([](Transaction &t) { return Endpoints::setCatalogue(t, QStringLiteral("none"), "[]"); }),
        ErrorCode::NotFound);
    EXPECT_OK(m->write([&](Transaction &t) { return Endpoints::remove(t, endpoint.id); }));
    QVERIFY(!support::must(Endpoints::find(*m->reader, endpoint.id)));
    QVERIFY(!support::must(Endpoints::catalogue(*m->reader, endpoint.id)));
}

void tst_Budgets::endpointIdsAreChecked()
{
    for (const QString &id : {QString(), QStringLiteral("A"), QStringLiteral("a/b"), QStringLiteral("a b"),
                              QStringLiteral("built-in"), QStringLiteral("ä")}) {
        EXPECT_ERROR(m->write([&](Transaction &t) { return Endpoints::save(t, Spending::endpoint(id)); }),
                     ErrorCode::InvalidArgument);
    }
    domain::Endpoint endpoint = Spending::endpoint(QStringLiteral("a"));
    endpoint.concurrency = 0;
    EXPECT_ERROR(m->write([&](Transaction &t) { return Endpoints::save(t, endpoint); }),
                 ErrorCode::InvalidArgument);
}

void tst_Budgets::anEndpointInUseStays()
{
    const auto remove = [&](const QString &id) {
        return m->write([&](Transaction &t) { return Endpoints::remove(t, id); });
    };
    const RunId run = m->createRunOf(QStringLiteral("cloud/m"));
    const auto extracting = m->add(QStringLiteral("/new.pdf"), run).document;
    const auto refused = remove(QStringLiteral("cloud")); // its pages will want it
    EXPECT_ERROR(refused, ErrorCode::InvalidArgument);
    QCOMPARE(refused.error().detail, QStringLiteral("1"));
    EXPECT_OK(remove(QStringLiteral("local")));
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::cancelDocument(t, extracting); }));
    m->addWaiting(QStringLiteral("/a.pdf"), 1, run);
    const Job job = m->claimLane(kCloud, 1).first();
    EXPECT_OK(m->write([&](Transaction &t) { return JobQueue::cancelDocument(t, job.document); }));
    EXPECT_ERROR(remove(QStringLiteral("cloud")), ErrorCode::InvalidArgument); // still at work
    EXPECT_OK(m->write([&](Transaction &t) {
        return JobQueue::finish(t, job.leaseToken(), domain::JobOutcome::cancelled());
    }));
    EXPECT_OK(remove(QStringLiteral("cloud")));
    EXPECT_OK(remove(QStringLiteral("cloud")));
}

void tst_Budgets::modelsAreRemembered()
{
    const auto model = Spending::model;
    const auto use = [&](const domain::ModelRef &used) {
        m->clock.advance(1);
        EXPECT_OK(m->write([&](Transaction &t) { return Models::noteUse(t, used); }));
    };
    for (const QString &name : {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")})
        use(model(name));
    use(model(QStringLiteral("a")));
    QCOMPARE(support::must(Models::recent(*m->reader, 2)),
             (QVector<domain::ModelRef>{model(QStringLiteral("a")), model(QStringLiteral("c"))}));
    for (const QString &name : {QStringLiteral("z"), QStringLiteral("b")})
        EXPECT_OK(m->write([&](Transaction &t) { return Models::setFavourite(t, model(name), true); }));
    QCOMPARE(support::must(Models::favourites(*m->reader)),
             (QVector<domain::ModelRef>{model(QStringLiteral("b")), model(QStringLiteral("z"))}));
    EXPECT_OK(
        m->write([&](Transaction &t) { return Models::setFavourite(t, model(QStringLiteral("z")), false); }));
    QCOMPARE(support::must(Models::favourites(*m->reader)).size(), 1);
    QCOMPARE(support::must(Models::quirks(*m->reader, model(QStringLiteral("a")))), QByteArray());
    EXPECT_OK(m->write([&](Transaction &t) {
        return Models::setQuirks(t, model(QStringLiteral("a")), "{\"temperature\":false}");
    }));
    QCOMPARE(support::must(Models::quirks(*m->reader, model(QStringLiteral("a")))),
             QByteArray("{\"temperature\":false}"));
    EXPECT_OK(m->write([](Transaction &t) { return Endpoints::remove(t, QStringLiteral("cloud")); }));
    QVERIFY(support::must(Models::recent(*m->reader, 9)).isEmpty());
    m->save(Spending::endpoint(QStringLiteral("cloud"))); // perhaps another server
    QVERIFY(support::must(Models::favourites(*m->reader)).isEmpty());
    QCOMPARE(support::must(Models::quirks(*m->reader, model(QStringLiteral("a")))), QByteArray());
}

QTEST_GUILESS_MAIN(tst_Budgets)
#include "tst_Budgets.moc"
