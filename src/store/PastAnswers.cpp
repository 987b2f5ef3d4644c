// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/PastAnswers.h"

#include "store/Failure.h"
#include "store/Statement.h"

namespace lectern::store {

namespace {

constexpr const char *kPastAnswers = R"(
SELECT count(*), coalesce(avg(output), 0), coalesce(avg(output * output), 0), coalesce(avg(settled_at - sent_at), 0)
  FROM (SELECT * FROM usage ORDER BY id DESC LIMIT 5000)
 WHERE state = 1 AND purpose = 1 AND outcome = 'none' AND reported = 1
   AND model_id = (SELECT id FROM model WHERE endpoint = ? AND name = ?))";

} // namespace

base::Result<PastAnswers> pastAnswers(Connection &connection, const domain::ModelRef &model)
{
    return attempt([&] {
        return readRow(
                   connection, kPastAnswers,
                   [](const Statement &row) {
                       return PastAnswers{row.integer(0), row.real(1), row.real(2), row.real(3)};
                   },
                   model.endpoint, model.model)
            .value_or(PastAnswers());
    });
}

} // namespace lectern::store
