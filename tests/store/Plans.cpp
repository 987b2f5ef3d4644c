// SPDX-License-Identifier: GPL-3.0-or-later
#include "Plans.h"

#include "store/Failure.h"
#include "store/Statement.h"

#include <QElapsedTimer>

#include <algorithm>
#include <mutex>
#include <vector>

namespace lectern::store {

namespace {

std::mutex g_mutex;
QStringList g_statements;

std::optional<base::Error> record(const QString &sql)
{
    const std::lock_guard lock(g_mutex);
    g_statements.append(sql);
    return std::nullopt;
}

} // namespace

QStringList statementsOf(const std::function<void()> &call)
{
    g_statements.clear();
    setStatementFault(record);
    call();
    setStatementFault(nullptr);
    static const QStringList kFrame{QStringLiteral("BEGIN"), QStringLiteral("COMMIT"),
                                    QStringLiteral("SAVEPOINT"), QStringLiteral("RELEASE"),
                                    QStringLiteral("PRAGMA")};
    QStringList asked;
    for (const QString &sql : std::as_const(g_statements)) {
        if (!kFrame.contains(sql.section(u' ', 0, 0)))
            asked.append(sql);
    }
    return asked;
}

QString planOf(Connection &connection, const QString &sql)
{
    const auto lines = attempt([&] {
        Statement plan(connection, QStringLiteral("EXPLAIN QUERY PLAN ") + sql);
        plan.runList(QVector<QString>(sql.count(u'?'), QStringLiteral("1"))); // the values do not matter
        QStringList found;
        while (plan.next())
            found.append(plan.text(3));
        return found;
    });
    return lines ? lines->join(QStringLiteral("; ")) : support::describe(lines);
}

double medianMs(const std::function<void()> &call)
{
    std::vector<double> times;
    for (int i = 0; i < 9; ++i) {
        QElapsedTimer timer;
        timer.start();
        call();
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    return times[4];
}

void runSql(Fixture &fixture, const QString &sql)
{
    support::must(fixture.write([&](Transaction &t) {
        return attempt([&] {
            Statement statement(t, sql);
            statement.run();
        });
    }));
}

} // namespace lectern::store
