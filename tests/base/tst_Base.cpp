// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/CancelToken.h"
#include "base/Clock.h"
#include "base/CrashPoint.h"
#include "base/Error.h"
#include "base/Result.h"
#include "base/TimeLog.h"
#include "support/Expect.h"
#include "support/ManualClock.h"
#include "support/Strict.h"

#include <QLoggingCategory>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace lectern;
using namespace lectern::base;

namespace {

QByteArray g_reached;
QStringList g_logged;

} // namespace

class tst_Base : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }
    void everyErrorHasANameOfItsOwn();
    void unknownNamesAreInternal();
    void temporaryErrors();
    void resultsHoldValuesOrErrors();
    void copiesOfATokenShareTheRequest();
    void clocks();
    void crashPointsCallTheHandler();
    void stepsAreLoggedForWhoAsks();
};

void tst_Base::everyErrorHasANameOfItsOwn()
{
    // The enum has no gaps and ends with Internal.
    QSet<QString> names;
    for (int number = 0; number <= static_cast<int>(ErrorCode::Internal); ++number) {
        const auto code = static_cast<ErrorCode>(number);
        const QString name = errorName(code);
        static const QRegularExpression snakeCase(QStringLiteral("^[a-z]+(_[a-z]+)*$"));
        QVERIFY2(snakeCase.match(name).hasMatch(), qPrintable(name));
        QVERIFY2(!names.contains(name), qPrintable(name));
        names.insert(name);
        QCOMPARE(static_cast<int>(errorFromName(name)), number);
    }
    // Names that are stored in workspaces and printed: a change here breaks both.
    QCOMPARE(errorName(ErrorCode::PageTimedOut), QStringLiteral("page_timed_out"));
    QCOMPARE(errorName(ErrorCode::SetAsideAfterCrash), QStringLiteral("set_aside_after_crash"));
    QCOMPARE(errorName(ErrorCode::None), QStringLiteral("none"));
}

void tst_Base::unknownNamesAreInternal()
{
    QVERIFY(errorFromName(QStringLiteral("from_a_later_version")) == ErrorCode::Internal);
    QVERIFY(errorFromName(QString()) == ErrorCode::Internal);
    QCOMPARE(errorName(static_cast<ErrorCode>(9999)), QStringLiteral("internal"));
    QVERIFY(!isTemporary(static_cast<ErrorCode>(9999)));
}

void tst_Base::temporaryErrors()
{
    QVERIFY(isTemporary(ErrorCode::DiskFull));
    QVERIFY(isTemporary(ErrorCode::PageCrashed));
    QVERIFY(isTemporary(ErrorCode::WorkspaceLocked));
    QVERIFY(!isTemporary(ErrorCode::Corrupt));
    QVERIFY(!isTemporary(ErrorCode::PasswordNeeded));
    QVERIFY(!isTemporary(ErrorCode::None));
}

void tst_Base::resultsHoldValuesOrErrors()
{
    const Result<int> value = 7;
    EXPECT_OK(value);
    const Result<int> failed = fail(ErrorCode::NotFound, QStringLiteral("page 3"));
    EXPECT_ERROR(failed, ErrorCode::NotFound);
    QCOMPARE(failed.error().detail, QStringLiteral("page 3"));
    const Status passedOn = fail(failed.error());
    QVERIFY(passedOn.error() == (Error{ErrorCode::NotFound, QStringLiteral("page 3")}));
}

void tst_Base::copiesOfATokenShareTheRequest()
{
    CancelToken token;
    const CancelToken copy = token;
    QVERIFY(!copy.isCancelled());
    token.cancel();
    QVERIFY(copy.isCancelled());
    QVERIFY(!CancelToken().isCancelled());
}

void tst_Base::clocks()
{
    const SystemClock clock;
    QVERIFY(clock.nowMs() > support::ManualClock::kStart - 366LL * 86'400'000);
    const qint64 before = clock.monotonicMs();
    QVERIFY(clock.monotonicMs() >= before);

    support::ManualClock manual;
    manual.advance(5);
    QCOMPARE(manual.nowMs(), support::ManualClock::kStart + 5);
    manual.set(1000);
    QCOMPARE(manual.nowMs(), 1000);
    QCOMPARE(manual.monotonicMs(), 5);
}

void tst_Base::crashPointsCallTheHandler()
{
    crashPoint("nobody listens");
    setCrashPointHandler([](const char *name) { g_reached = name; });
    crashPoint("here");
    setCrashPointHandler(nullptr);
    QCOMPARE(g_reached, QByteArray("here"));
    crashPoint("there");
    QCOMPARE(g_reached, QByteArray("here"));
}

void tst_Base::stepsAreLoggedForWhoAsks()
{
    const auto logTwoSteps = [] {
        g_logged.clear();
        const TimeLog outer("job");
        const TimeLog inner("reserve");
    };
    const QtMessageHandler before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &line) { g_logged.append(line); });
    logTwoSteps();
    const QStringList unasked = g_logged;
    QLoggingCategory::setFilterRules(QStringLiteral("lectern.time.debug=true"));
    logTwoSteps();
    QLoggingCategory::setFilterRules({});
    qInstallMessageHandler(before);
    QCOMPARE(unasked, QStringList());
    QCOMPARE(g_logged.size(), 2);
    static const QRegularExpression line(QStringLiteral("^(job|reserve) [0-9]+$"));
    QCOMPARE(line.match(g_logged.first()).captured(1), QStringLiteral("reserve"));
    QCOMPARE(line.match(g_logged.last()).captured(1), QStringLiteral("job"));
}

QTEST_GUILESS_MAIN(tst_Base)
#include "tst_Base.moc"
