// SPDX-License-Identifier: GPL-3.0-or-later
#include "Spending.h"
#include "store/RateLimits.h"
#include "support/Strict.h"

#include <QTest>

#include <random>

using namespace lectern;
using namespace lectern::store;
using base::ErrorCode;
using Wait = RateLimits::Wait;

namespace {

constexpr qint64 kMinuteMs = 60'000;
constexpr qint64 kSpareMs = 1'000; // for what networks delay

struct Sent {
    qint64 at = 0;
    qint64 tokens = 0;
};

/// The most requests and tokens that any minute and a second hold, both ends included.
std::pair<qint64, qint64> fullestMinute(const std::vector<Sent> &sent)
{
    qint64 mostRequests = 0;
    qint64 mostTokens = 0;
    qint64 tokens = 0;
    size_t first = 0;
    for (size_t last = 0; last < sent.size(); ++last) {
        tokens += sent[last].tokens;
        while (sent[last].at - sent[first].at > kMinuteMs + kSpareMs)
            tokens -= sent[first++].tokens;
        mostRequests = std::max(mostRequests, static_cast<qint64>(last - first + 1));
        mostTokens = std::max(mostTokens, tokens);
    }
    return {mostRequests, mostTokens};
}

} // namespace

class tst_RateLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void withoutLimitsEverythingGoes();
    void requestsAMinute();
    void tokensAMinute();
    void whatIsCorrectedCountsAsCorrected();
    void moreThanAMinuteAllowsIsRefused();
    void eachModelHasItsOwn();
    void aHoldStopsEverybody();
    void concurrencyIsCountedOverAllPrograms();
    void overloadHalvesAndAnswersBringBack();
    void aClockSetBackCostsAMinuteAtMost();
    void noMinuteHoldsMore_data();
    void noMinuteHoldsMore();
    void theLimitIsUsed_data();
    void theLimitIsUsed();

private:
    RateLimits::Admission take(qint64 tokens = 0, const domain::ModelRef &model = Spending::model())
    {
        return support::must(m->write([&](Transaction &t) { return RateLimits::take(t, model, tokens); }));
    }
    void limit(int requests, qint64 tokens, int concurrency = 64)
    {
        domain::Endpoint endpoint = Spending::endpoint(QStringLiteral("cloud"));
        endpoint.requestsPerMinute = requests;
        endpoint.tokensPerMinute = tokens;
        endpoint.concurrency = concurrency;
        m->save(endpoint);
    }
    RateLimits::Pace pace()
    {
        return support::must(RateLimits::pace(*m->reader, QStringLiteral("cloud"), m->clock.nowMs()));
    }

    std::unique_ptr<Spending> m;
};

void tst_RateLimits::init()
{
    support::failOnWarnings();
    m = std::make_unique<Spending>();
}

void tst_RateLimits::cleanup()
{
    QCOMPARE(m->broken(), QString());
    m.reset();
}

void tst_RateLimits::withoutLimitsEverythingGoes()
{
    for (int i = 0; i < 50; ++i)
        QVERIFY(take(1'000'000).granted);
    QCOMPARE(m->workspace.sqlite3(QStringLiteral("SELECT count(*) FROM rate_slot")), QStringLiteral("0"));
    EXPECT_ERROR(m->write([](Transaction &t) {
        return RateLimits::take(t, {QStringLiteral("nowhere"), QStringLiteral("m")}, 1);
    }),
                 ErrorCode::NotFound);
}

void tst_RateLimits::requestsAMinute()
{
    limit(3, 0);
    QVERIFY(take().granted);
    RateLimits::Admission refused = take();
    QVERIFY(!refused.granted); // not all at once
    QCOMPARE(refused.why, Wait::Requests);
    QCOMPARE(refused.msUntil, 500);
    for (int i = 0; i < 2; ++i) {
        m->clock.advance(500);
        QVERIFY(take().granted);
    }
    m->clock.advance(500);
    refused = take();
    QCOMPARE(refused.why, Wait::Requests);
    QCOMPARE(refused.msUntil, 61'500 - 1'500);
    m->clock.advance(refused.msUntil - 1);
    QVERIFY(!take().granted);
    m->clock.advance(1);
    QVERIFY(take().granted);
}

void tst_RateLimits::tokensAMinute()
{
    limit(0, 1000);
    QVERIFY(take(600).granted);
    m->clock.advance(500);
    QVERIFY(take(400).granted);
    m->clock.advance(500);
    const RateLimits::Admission refused = take(1);
    QCOMPARE(refused.why, Wait::Tokens);
    QCOMPARE(refused.msUntil, 61'500 - 1'000);
    QCOMPARE(take(700).msUntil, 62'000 - 1'000); // needs the second one to be over as well
}

void tst_RateLimits::whatIsCorrectedCountsAsCorrected()
{
    limit(0, 1000);
    const auto first = take(900);
    m->clock.advance(1000);
    QVERIFY(!take(200).granted);
    EXPECT_OK(m->write([&](Transaction &t) { return RateLimits::correct(t, first.ticket, 300); }));
    const auto second = take(700);
    QVERIFY(second.granted);
    m->clock.advance(1000);
    QVERIFY(!take(1).granted);
    EXPECT_OK(m->write([&](Transaction &t) { return RateLimits::giveBack(t, second.ticket); }));
    QVERIFY(take(700).granted);
    EXPECT_OK(m->write([&](Transaction &t) { return RateLimits::correct(t, first.ticket, 5000); }));
    m->clock.advance(1000);
    QVERIFY(!take(1).granted); // more than was thought
    m->clock.advance(70'000);
    QVERIFY(take(1).granted);
    EXPECT_OK(m->write([&](Transaction &t) { return RateLimits::correct(t, first.ticket, 1); })); // long over
}

void tst_RateLimits::moreThanAMinuteAllowsIsRefused()
{
    limit(0, 1000);
    EXPECT_ERROR(m->write([](Transaction &t) { return RateLimits::take(t, Spending::model(), 1001); }),
                 ErrorCode::RequestRejected);
    QVERIFY(take(1000).granted);
}

void tst_RateLimits::eachModelHasItsOwn()
{
    limit(1, 0);
    QVERIFY(take().granted);
    QVERIFY(!take().granted);
    QVERIFY(take(0, Spending::model(QStringLiteral("other"))).granted);
}

void tst_RateLimits::aHoldStopsEverybody()
{
    const qint64 now = m->clock.nowMs();
    const auto hold = [&](qint64 until) {
        EXPECT_OK(m->write([&](Transaction &t) {
            return RateLimits::hold(t, QStringLiteral("cloud"), until, ErrorCode::RateLimited);
        }));
    };
    hold(now + 5000);
    hold(now + 2000); // shortens nothing
    QCOMPARE(take().why, Wait::Held);
    QCOMPARE(take(0, Spending::model(QStringLiteral("other"))).msUntil, 5000);
    QCOMPARE(pace().heldUntil, now + 5000);
    QCOMPARE(pace().heldFor, ErrorCode::RateLimited);
    m->clock.advance(5000);
    QVERIFY(take().granted);
    QCOMPARE(pace().heldUntil, 0);
    hold(now + 50'000);
    EXPECT_OK(m->write([](Transaction &t) { return RateLimits::endHold(t, QStringLiteral("cloud")); }));
    QVERIFY(take().granted);
}

void tst_RateLimits::concurrencyIsCountedOverAllPrograms()
{
    limit(0, 0, 2);
    const domain::RunId run = m->createRunOf(QStringLiteral("cloud/m"));
    const UsageId first = m->reserved(run, 1);
    Reservation other = m->request(run, 1);
    other.worker = QStringLiteral("another program");
    other.model = Spending::model(QStringLiteral("other"));
    const UsageId second = support::must(m->reserve(other));
    QCOMPARE(take().why, Wait::Concurrency);
    QCOMPARE(pace().inFlight, 2);
    m->settle(first, 1);
    QVERIFY(take().granted);
    m->reserved(run, 1);
    QVERIFY(!take().granted);
    EXPECT_OK(m->write(
        [](Transaction &t) { return JobQueue::rescue(t, QStringLiteral("another program"), true); }));
    QVERIFY(take().granted);
    Q_UNUSED(second)
}

void tst_RateLimits::overloadHalvesAndAnswersBringBack()
{
    limit(0, 0, 8);
    const auto overload = [&](qint64 sentAt) {
        EXPECT_OK(m->write(
            [&](Transaction &t) { return RateLimits::noteOverload(t, QStringLiteral("cloud"), sentAt); }));
    };
    const auto answers = [&](int count) {
        for (int i = 0; i < count; ++i) {
            EXPECT_OK(
                m->write([](Transaction &t) { return RateLimits::noteAnswer(t, QStringLiteral("cloud")); }));
        }
    };
    answers(20);
    QCOMPARE(pace().allowed, 8);
    const qint64 sentAt = m->clock.nowMs();
    m->clock.advance(100);
    for (int i = 0; i < 8; ++i)
        overload(sentAt); // eight in flight together: one overload
    QCOMPARE(pace().allowed, 4);
    m->clock.advance(100);
    overload(m->clock.nowMs() - 1);
    QCOMPARE(pace().allowed, 2);
    for (int i = 0; i < 5; ++i) {
        m->clock.advance(100);
        overload(m->clock.nowMs() - 1);
    }
    QCOMPARE(pace().allowed, 1);
    answers(1);
    QCOMPARE(pace().allowed, 2);
    answers(1);
    QCOMPARE(pace().allowed, 2);
    answers(1 + 3 + 4 + 5 + 6);
    QCOMPARE(pace().allowed, 7);
    answers(7);
    QCOMPARE(pace().allowed, 8);
    limit(0, 0, 3);
    QCOMPARE(pace().allowed, 3);
}

void tst_RateLimits::aClockSetBackCostsAMinuteAtMost()
{
    limit(2, 0);
    QVERIFY(take().granted);
    m->clock.advance(1000);
    QVERIFY(take().granted);
    m->clock.set(m->clock.nowMs() - 24 * 3600 * 1000);
    const auto refused = take();
    QVERIFY(!refused.granted);
    QVERIFY(refused.msUntil <= 62'000);
    m->clock.advance(refused.msUntil);
    QVERIFY(take().granted);
}

void tst_RateLimits::noMinuteHoldsMore_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

// Two programs ask at random moments while the clock is set back now and then; what counts is true time.
void tst_RateLimits::noMinuteHoldsMore()
{
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    const auto pick = [&](int below) { return std::uniform_int_distribution<int>(0, below - 1)(random); };
    const int requests = pick(4) == 0 ? 0 : 1 + pick(seed % 2 == 0 ? 40 : 300);
    const qint64 tokens = requests > 0 && pick(3) == 0 ? 0 : 2000 + pick(100'000);
    limit(requests, tokens);
    Database::Options options;
    options.folder = m->workspace.folder();
    const auto other = support::must(Database::open(options, m->clock));
    std::vector<Sent> sent;
    std::vector<std::pair<size_t, RateLimits::Ticket>> inFlight;
    qint64 now = 0;
    for (int round = 0; round < 600; ++round) {
        const int step = pick(20) == 0 ? pick(40'000) : pick(700);
        now += step;
        m->clock.advance(step);
        if (pick(60) == 0)
            m->clock.set(m->clock.nowMs() - pick(pick(2) == 0 ? 1000 : 7'200'000));
        std::vector<Sent> batch;
        std::vector<RateLimits::Ticket> tickets;
        auto &writer = (pick(2) == 0 ? *other : *m->database).writer();
        support::must(writer.run([&](Transaction &t) -> base::Status {
            for (int i = pick(30); i > 0; --i) {
                const qint64 asked = 1 + pick(1500);
                const auto admission = RateLimits::take(t, Spending::model(), asked);
                if (!admission)
                    return base::fail(admission.error());
                if (!admission->granted)
                    continue;
                batch.push_back({now, asked});
                tickets.push_back(admission->ticket);
            }
            return {};
        }));
        for (size_t i = 0; i < batch.size(); ++i) {
            inFlight.emplace_back(sent.size(), tickets[i]);
            sent.push_back(batch[i]);
        }
        if (!inFlight.empty() && pick(2) == 0) {
            // Less was used than could have been.
            auto [index, ticket] = inFlight.back();
            inFlight.pop_back();
            sent[index].tokens = pick(static_cast<int>(ticket.tokens) + 1);
            support::must(m->write([&, used = sent[index].tokens, given = ticket](Transaction &t) {
                return RateLimits::correct(t, given, used);
            }));
        }
    }
    const auto [mostRequests, mostTokens] = fullestMinute(sent);
    qInfo("%zu sent; at most %lld of %d requests, %lld of %lld tokens a minute", sent.size(),
          static_cast<long long>(mostRequests), requests, static_cast<long long>(mostTokens),
          static_cast<long long>(tokens));
    QVERIFY(requests == 0 || mostRequests <= requests);
    QVERIFY(tokens == 0 || mostTokens <= tokens);
}

void tst_RateLimits::theLimitIsUsed_data()
{
    QTest::addColumn<int>("requests");
    QTest::addColumn<qint64>("tokens");
    QTest::addColumn<int>("each");
    QTest::addColumn<double>("expectedRequests"); // a minute
    QTest::newRow("600 requests") << 600 << qint64{0} << 100 << 600.0;
    QTest::newRow("59 requests") << 59 << qint64{0} << 100 << 59.0;
    QTest::newRow("7 requests") << 7 << qint64{0} << 100 << 7.0;
    QTest::newRow("3000 requests") << 3000 << qint64{0} << 100 << 3000.0;
    QTest::newRow("30,000 tokens by 2,500") << 0 << qint64{30'000} << 2500 << 12.0;
    QTest::newRow("200,000 tokens by 1,000") << 500 << qint64{200'000} << 1000 << 200.0;
}

// Somebody always wants to send, and comes back a little late each time.
void tst_RateLimits::theLimitIsUsed()
{
    QFETCH(int, requests);
    QFETCH(qint64, tokens);
    QFETCH(int, each);
    QFETCH(double, expectedRequests);
    constexpr int kMinutes = 10;
    limit(requests, tokens);
    std::mt19937 random(1);
    std::vector<Sent> sent;
    const qint64 start = m->clock.nowMs();
    while (m->clock.nowMs() < start + kMinutes * kMinuteMs) {
        qint64 wait = 0;
        support::must(m->write([&](Transaction &t) -> base::Status {
            for (;;) {
                const auto admission = RateLimits::take(t, Spending::model(), each);
                if (!admission)
                    return base::fail(admission.error());
                if (!admission->granted) {
                    wait = admission->msUntil;
                    return {};
                }
                sent.push_back({m->clock.nowMs(), each});
            }
        }));
        m->clock.advance(wait + std::uniform_int_distribution<int>(0, 40)(random));
    }
    const auto [mostRequests, mostTokens] = fullestMinute(sent);
    const double rate = static_cast<double>(sent.size()) / kMinutes;
    qInfo("%.1f a minute of %.0f: %.1f %%; fullest minute %lld", rate, expectedRequests,
          100 * rate / expectedRequests, static_cast<long long>(mostRequests));
    QVERIFY(rate >= 0.95 * expectedRequests);
    QVERIFY(requests == 0 || mostRequests <= requests);
    QVERIFY(tokens == 0 || mostTokens <= tokens);
}

QTEST_GUILESS_MAIN(tst_RateLimits)
#include "tst_RateLimits.moc"
