// SPDX-License-Identifier: GPL-3.0-or-later
#include "Spending.h"
#include "support/Strict.h"

#include <QProcess>
#include <QTest>
#include <QTextStream>

#include <atomic>
#include <map>
#include <random>
#include <thread>

using namespace lectern;
using namespace lectern::store;
using base::ErrorCode;
using domain::Money;
using domain::RunId;
using Period = Budgets::Period;

namespace {

constexpr int kSteps = 300;
constexpr int kThreads = 32; // in each of two programs: 64 requests in flight

/// What the books promise, written down a second time: a list, and loops over it.
class BooksModel {
public:
    struct Request {
        int run = 0;
        QDate day;
        int worker = 0;
        qint64 reserved = 0;
        qint64 spent = 0;
        UsageState state = UsageState::AboutToSend;
    };

    std::map<qint64, Request> requests;
    std::map<int, std::optional<qint64>> caps;
    std::map<Period, std::optional<qint64>> limits;

    template <class Counts> std::pair<qint64, qint64> sums(Counts counts) const
    {
        qint64 spent = 0;
        qint64 reserved = 0;
        for (const auto &[id, request] : requests) {
            if (!counts(request))
                continue;
            spent += request.spent;
            reserved += request.state == UsageState::AboutToSend ? request.reserved : 0;
        }
        return {spent, reserved};
    }
    std::pair<qint64, qint64> ofRun(int run) const
    {
        return sums([&](const Request &request) { return request.run == run; });
    }
    std::pair<qint64, qint64> ofPeriod(Period period, QDate day) const
    {
        return sums([&](const Request &request) {
            return period == Period::Workspace ||
                   (request.day.month() == day.month() && (period == Period::Month || request.day == day));
        });
    }

    bool fits(int run, QDate day, qint64 worst) const
    {
        const auto hasRoom = [&](std::pair<qint64, qint64> account, std::optional<qint64> most) {
            return !most || account.first + account.second + worst <= *most;
        };
        bool fits = hasRoom(ofRun(run), caps.at(run));
        for (const auto &[period, most] : limits)
            fits = fits && hasRoom(ofPeriod(period, day), most);
        return fits || worst == 0;
    }
};

/// Plays the same random game on the books, through two connections, and on the model.
class Game {
public:
    Game(Spending &fixture, unsigned seed) : f(fixture), m_random(seed)
    {
        Database::Options options;
        options.folder = f.workspace.folder();
        m_other = support::must(Database::open(options, f.clock));
        for (int run = 0; run < 3; ++run) {
            m_runs.push_back(f.createRunOf(QStringLiteral("cloud/m")));
            m_model.caps[run] = std::nullopt;
        }
        for (const Period period : {Period::Day, Period::Month, Period::Workspace})
            m_model.limits[period] = std::nullopt;
        for (int worker = 0; worker < 3; ++worker)
            registerWorker(worker);
    }

    /// What differs after the step; empty when all is well.
    QString step()
    {
        const int what = pick(20);
        if (what < 9)
            reserve();
        else if (what < 14)
            settle();
        else if (what < 15)
            release();
        else if (what < 16)
            crash();
        else if (what < 19)
            setLimit();
        else
            f.today = f.today.addDays(pick(20));
        return lastStep.isEmpty() ? difference() : lastStep;
    }

    QString lastStep;

private:
    int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(m_random); }
    template <class Work> auto write(Work work)
    {
        return (pick(2) == 0 ? *f.database : *m_other).writer().run(std::move(work));
    }
    static QString workerName(int worker) { return QStringLiteral("p%1").arg(worker); }
    void registerWorker(int worker)
    {
        support::must(write([&](Transaction &t) {
            return JobQueue::registerWorker(t, workerName(worker), QStringLiteral("test"), 1);
        }));
    }

    void reserve()
    {
        const int run = pick(3);
        const int worker = pick(3);
        const qint64 worst = pick(8) == 0 ? 0 : 1 + pick(40);
        Reservation request = f.request(m_runs[static_cast<size_t>(run)], worst);
        request.worker = workerName(worker);
        const bool fits = m_model.fits(run, f.today, worst);
        const auto id = write([&](Transaction &t) { return Ledger::reserve(t, request); });
        lastStep.clear();
        if (id.has_value() != fits)
            lastStep = QStringLiteral("reserving %1 was %2").arg(worst).arg(support::describe(id));
        else if (!id && id.error().code != ErrorCode::BudgetReached)
            lastStep = support::describe(id);
        else if (id)
            m_model.requests[id->value] = {run, f.today, worker, worst, 0, UsageState::AboutToSend};
    }

    BooksModel::Request *anyRequest(qint64 &id)
    {
        if (m_model.requests.empty())
            return nullptr;
        auto found = m_model.requests.begin();
        // Mostly recent ones: those are in flight.
        const int count = static_cast<int>(m_model.requests.size());
        std::advance(found, pick(4) == 0 ? pick(count) : count - 1 - pick(std::min(count, 10)));
        id = found->first;
        return &found->second;
    }

    void settle()
    {
        qint64 id = 0;
        BooksModel::Request *request = anyRequest(id);
        if (request == nullptr)
            return;
        const qint64 cost =
            pick(10) == 0 ? request->reserved + pick(20) : pick(static_cast<int>(request->reserved) + 1);
        const bool first = request->state != UsageState::Settled;
        const bool counted = support::must(write([&](Transaction &t) {
            return Ledger::settle(
                t, UsageId{id},
                Spending::settlement(cost, pick(3) == 0 ? ErrorCode::AnswerInvalid : ErrorCode::None));
        }));
        if (first) {
            request->state = UsageState::Settled;
            request->spent = cost;
        }
        lastStep = counted == first ? QString() : QStringLiteral("settling %1 counted wrongly").arg(id);
    }

    void release()
    {
        qint64 id = 0;
        BooksModel::Request *request = anyRequest(id);
        if (request == nullptr)
            return;
        support::must(
            write([&](Transaction &t) { return Ledger::release(t, UsageId{id}, ErrorCode::Cancelled); }));
        if (request->state != UsageState::Settled) {
            request->state = UsageState::NotBilled;
            request->spent = 0;
        }
    }

    void crash()
    {
        const int worker = pick(3);
        support::must(
            write([&](Transaction &t) { return JobQueue::rescue(t, workerName(worker), pick(2) == 0); }));
        registerWorker(worker);
        for (auto &[id, request] : m_model.requests) {
            if (request.worker == worker && request.state == UsageState::AboutToSend) {
                request.state = UsageState::Unknown;
                request.spent = request.reserved;
            }
        }
    }

    void setLimit()
    {
        const auto amount = pick(4) == 0 ? std::nullopt : std::optional<qint64>(pick(600));
        const auto money = amount ? std::optional(Money{*amount}) : std::nullopt;
        if (pick(2) == 0) {
            const int run = pick(3);
            m_model.caps[run] = amount;
            support::must(write([&](Transaction &t) {
                return Budgets::setRunCap(t, m_runs[static_cast<size_t>(run)], money);
            }));
        } else {
            const auto period = static_cast<Period>(1 + pick(3));
            m_model.limits[period] = amount;
            support::must(write([&](Transaction &t) { return Budgets::setLimit(t, period, money); }));
        }
    }

    QString compare(const QString &name, const Budgets::Account &account, std::pair<qint64, qint64> expected)
    {
        if (account.spent.picodollars == expected.first && account.reserved.picodollars == expected.second)
            return {};
        return QStringLiteral("%1: %2 and %3, expected %4 and %5")
            .arg(name)
            .arg(account.spent.picodollars)
            .arg(account.reserved.picodollars)
            .arg(expected.first)
            .arg(expected.second);
    }

    QString difference()
    {
        QString found;
        for (int run = 0; run < 3; ++run)
            found += compare(QStringLiteral("run"), f.account(m_runs[static_cast<size_t>(run)]),
                             m_model.ofRun(run));
        for (const Period period : {Period::Day, Period::Month, Period::Workspace})
            found += compare(QStringLiteral("period"), f.account(period), m_model.ofPeriod(period, f.today));
        return found + brokenInvariantsHere(f.workspace.databaseFile());
    }

    Spending &f;
    std::mt19937 m_random;
    BooksModel m_model;
    std::vector<RunId> m_runs;
    std::unique_ptr<Database> m_other;
};

struct Spent {
    qint64 total = 0;
    int requests = 0;
};

/// Asks and pays until a limit is reached, with many requests in flight.
Spent spendUntilFull(Database &database, RunId run, const QString &worker, unsigned seed)
{
    std::atomic<qint64> total = 0;
    std::atomic<int> requests = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
        threads.emplace_back([&, thread] {
            std::mt19937 random(seed * 1000 + static_cast<unsigned>(thread));
            const auto pick = [&](int below) {
                return std::uniform_int_distribution<int>(0, below - 1)(random);
            };
            for (;;) {
                Reservation request;
                request.model = Spending::model();
                request.worst = Money{1 + pick(1000)};
                request.day = QDate(2026, 11, 22);
                request.worker = worker;
                request.run = run;
                const auto id =
                    database.writer().run([&](Transaction &t) { return Ledger::reserve(t, request); });
                if (!id)
                    return;
                const qint64 cost = pick(static_cast<int>(request.worst->picodollars) + 1);
                support::must(database.writer().run(
                    [&](Transaction &t) { return Ledger::settle(t, *id, Spending::settlement(cost)); }));
                total += cost;
                ++requests;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    return {total, requests};
}

// tst_store_LedgerProperties --spend FOLDER RUN NAME SEED: another program that spends, and prints how much.
int spendAsChild(const QStringList &arguments)
{
    const base::SystemClock clock;
    Database::Options options;
    options.folder = arguments.at(2);
    const auto database = Database::open(options, clock);
    if (!database)
        return 1;
    const QString worker = arguments.at(4);
    support::must((*database)->writer().run(
        [&](Transaction &t) { return JobQueue::registerWorker(t, worker, QStringLiteral("test"), 1); }));
    QTextStream(stdout) << "begins\n" << Qt::flush;
    const Spent spent =
        spendUntilFull(**database, RunId{arguments.at(3).toLongLong()}, worker, arguments.at(5).toUInt());
    QTextStream(stdout) << spent.total << '\n';
    return 0;
}

} // namespace

class tst_LedgerProperties : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void theBooksAgreeWithTheModel_data();
    void theBooksAgreeWithTheModel();
    void sixtyFourInFlightNeverPassTheCap();
    void twoProgramsAndAKillNeverPassTheCap();
};

void tst_LedgerProperties::theBooksAgreeWithTheModel_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 6; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void tst_LedgerProperties::theBooksAgreeWithTheModel()
{
    QFETCH(unsigned, seed);
    Spending fixture;
    Game game(fixture, seed);
    for (int step = 0; step < kSteps; ++step) {
        const QString difference = game.step();
        QVERIFY2(difference.isEmpty(), qPrintable(QStringLiteral("step %1: %2").arg(step).arg(difference)));
    }
    QCOMPARE(fixture.broken(), QString());
}

void tst_LedgerProperties::sixtyFourInFlightNeverPassTheCap()
{
    constexpr qint64 kCap = 200'000;
    Spending f;
    const RunId run = f.createRunOf(QStringLiteral("cloud/m"), kCap);
    f.setLimit(Period::Day, kCap + 50'000);
    Database::Options options;
    options.folder = f.workspace.folder();
    const auto other = support::must(Database::open(options, f.clock));
    std::atomic<bool> stop = false;
    std::atomic<qint64> most = 0;
    std::thread looker([&] {
        const auto reader = support::must(f.database->openReader());
        while (!stop) {
            const auto account = support::must(Budgets::ofRun(*reader, run));
            most = std::max(most.load(), (account.spent + account.reserved).picodollars);
        }
    });
    const auto spendBoth = [&](unsigned seed) {
        Spent theirs;
        std::thread second([&] { theirs = spendUntilFull(*other, run, QStringLiteral("w2"), seed); });
        const Spent mine = spendUntilFull(*f.database, run, QStringLiteral("w1"), seed + 1);
        second.join();
        return Spent{mine.total + theirs.total, mine.requests + theirs.requests};
    };
    const Spent first = spendBoth(1);
    QCOMPARE(f.account(run).spent, Money{first.total});
    QCOMPARE(f.account(run).reserved, Money{});
    QVERIFY(first.total <= kCap);
    QVERIFY2(first.total > kCap * 9 / 10, "it is used, too");

    // Raised beyond what the day allows: it goes on up to that.
    EXPECT_OK(f.write([&](Transaction &t) { return Budgets::setRunCap(t, run, Money{10 * kCap}); }));
    const Spent second = spendBoth(7);
    stop = true;
    looker.join();
    QVERIFY(second.requests > 0);
    QVERIFY(first.total + second.total <= kCap + 50'000);
    QVERIFY(most <= kCap + 50'000);
    qInfo("%d requests; at most %lld spent and reserved", first.requests + second.requests,
          static_cast<long long>(most.load()));
    QCOMPARE(f.broken(), QString());
}

void tst_LedgerProperties::twoProgramsAndAKillNeverPassTheCap()
{
    constexpr qint64 kCap = 200'000;
    Spending f;
    const RunId run = f.createRunOf(QStringLiteral("cloud/m"), kCap);
    const auto start = [&](const QString &name, int seed) {
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process->start(QCoreApplication::applicationFilePath(),
                       {QStringLiteral("--spend"), f.workspace.folder(), QString::number(run.value), name,
                        QString::number(seed)});
        return process;
    };
    const auto survivor = start(QStringLiteral("survivor"), 3);
    const auto victim = start(QStringLiteral("victim"), 4);
    QVERIFY(victim->waitForReadyRead());
    QTRY_VERIFY_WITH_TIMEOUT(f.account(run).spent > Money{kCap / 10}, 60'000);
    victim->kill();
    QVERIFY(victim->waitForFinished());
    EXPECT_OK(f.write([](Transaction &t) { return JobQueue::rescue(t, QStringLiteral("victim"), true); }));
    QVERIFY(survivor->waitForFinished(100'000));
    QCOMPARE(survivor->exitCode(), 0);
    const Budgets::Account account = f.account(run);
    QVERIFY(account.spent + account.reserved <= Money{kCap});
    QCOMPARE(account.reserved, Money{});
    const QString unknown = f.workspace.sqlite3(QStringLiteral(
        "SELECT count(*), count(*) FILTER (WHERE spent <> reserved) FROM usage WHERE state = 2"));
    qInfo("unknown requests and those not booked at their reservation: %s", qPrintable(unknown));
    QVERIFY(unknown.endsWith(QStringLiteral("|0")));
    QCOMPARE(f.broken(), QString());
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == QStringLiteral("--spend"))
        return spendAsChild(application.arguments());
    tst_LedgerProperties test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_LedgerProperties.moc"
