// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Questions.h"

#include "store/Failure.h"
#include "store/JobQueue.h"
#include "store/JobRows.h"
#include "store/Scope.h"
#include "store/Statement.h"
#include "store/Transaction.h"

#include <algorithm>
#include <array>

namespace lectern::store {

using base::ErrorCode;
using domain::DocumentId;
using domain::Money;
using domain::RunId;

namespace {

struct Name {
    Question question;
    QLatin1String name;
};

constexpr std::array kNames{Name{Question::PriceRose, QLatin1String("price_rose")},
                            Name{Question::BudgetShort, QLatin1String("budget_short")},
                            Name{Question::ModelGone, QLatin1String("model_gone")},
                            Name{Question::FileChanged, QLatin1String("file_changed")},
                            Name{Question::Crashed, QLatin1String("crashed")}};

constexpr const char *kOpenRuns = R"(
SELECT run.id, run.analyzer, run.question, count(*), sum(max(document.pages_total, 0)),
       sum(max(document.pages_total, 0) - document.pages_done - document.pages_failed)
  FROM document JOIN run ON run.id = document.run_id
 WHERE document.state < 10 AND document.removed_at = 0 AND run.goal = 1
 GROUP BY run.id ORDER BY run.id)";

constexpr const char *kAnswered =
    "SELECT coalesce(sum(requests), 0) FROM cost_total WHERE run_id = ? AND kind = 0";

constexpr const char *kGoesOn = R"(
SELECT 1 FROM document JOIN job ON job.document_id = document.id
 WHERE document.run_id = ? AND document.state < 10 AND document.removed_at = 0
   AND job.state < 10 AND job.error_code <> 'budget_reached' LIMIT 1)";

constexpr const char *kDocuments =
    "SELECT id FROM document WHERE run_id = ? AND state < 10 AND removed_at = 0 ORDER BY id";
constexpr const char *kPlaces = R"(
SELECT source.id, document_id, path, source.bytes, modified_at, missing
  FROM document JOIN source ON source.document_id = document.id
 WHERE run_id = ? AND state < 10 AND removed_at = 0 ORDER BY document_id, source.id)";

constexpr const char *kAsking = R"(
SELECT id FROM run
 WHERE question <> ''
   AND EXISTS (SELECT 1 FROM document WHERE run_id = run.id AND state < 10 AND removed_at = 0))";
constexpr const char *kAsk = "UPDATE run SET question = ? WHERE id = ?";
constexpr const char *kAnswer = "UPDATE run SET question = '' WHERE id = ? AND question <> ''";

} // namespace

QString questionName(Question question)
{
    const auto found =
        std::find_if(kNames.begin(), kNames.end(), [=](const Name &row) { return row.question == question; });
    return found == kNames.end() ? QString() : QString(found->name);
}

Question questionFromName(const QString &name)
{
    const auto found =
        std::find_if(kNames.begin(), kNames.end(), [&](const Name &row) { return row.name == name; });
    return found == kNames.end() ? Question::None : found->question;
}

base::Result<QVector<Questions::OpenRun>> Questions::openRuns(Connection &connection)
{
    return attempt([&] {
        QVector<OpenRun> runs;
        {
            Statement statement(connection, kOpenRuns);
            statement.run();
            while (statement.next()) {
                const auto model = modelOfAnalyzer(statement.text(1));
                if (!model)
                    continue;
                OpenRun open;
                open.run = statement.id<RunId>(0);
                open.model = *model;
                open.question = questionFromName(statement.text(2));
                open.documents = statement.number(3);
                open.pages = statement.integer(4);
                open.pagesLeft = statement.integer(5);
                runs.append(open);
            }
        }
        for (OpenRun &open : runs) {
            open.plan = orThrow(Budgets::runPlan(connection, open.run));
            open.spent = orThrow(Budgets::ofRun(connection, open.run)).spent;
            open.answered = readInteger(connection, kAnswered, open.run).value_or(0);
            open.isAtLimit = !exists(connection, kGoesOn, open.run);
        }
        return runs;
    });
}

base::Result<QSet<RunId>> Questions::asking(Connection &connection)
{
    return attempt([&] {
        const auto runs =
            readRows(connection, kAsking, [](const Statement &row) { return row.id<RunId>(0); });
        return QSet<RunId>(runs.cbegin(), runs.cend());
    });
}

base::Result<QVector<DocumentId>> Questions::documents(Connection &connection, RunId run)
{
    return attempt([&] {
        return readRows(
            connection, kDocuments, [](const Statement &row) { return row.id<DocumentId>(0); }, run);
    });
}

base::Result<QVector<Place>> Questions::places(Connection &connection, RunId run)
{
    return attempt([&] {
        return readRows(
            connection, kPlaces,
            [](const Statement &row) {
                return Place{row.id<domain::SourceId>(0),
                             row.id<DocumentId>(1),
                             row.text(2),
                             row.integer(3),
                             row.integer(4),
                             row.flag(5)};
            },
            run);
    });
}

base::Status Questions::ask(Transaction &transaction, RunId run, Question question)
{
    return attempt([&] {
        if (execute(transaction, kAsk, questionName(question), run) == 0)
            throw Failure{{ErrorCode::NotFound, QStringLiteral("run %1").arg(run.value)}};
        orThrow(JobQueue::setRunPaused(transaction, run, true));
        transaction.touchWorkspace();
    });
}

base::Status Questions::answer(Transaction &transaction, RunId run)
{
    return attempt([&] {
        if (execute(transaction, kAnswer, run) > 0)
            orThrow(JobQueue::setRunPaused(transaction, run, false));
    });
}

} // namespace lectern::store
