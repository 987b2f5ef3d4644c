// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"
#include "domain/Money.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace lectern::store {

class Connection;
class Transaction;

// Steps on stored answers that several parts of the Library share. Private to this module; all throw Failure.

struct AnswerRow {
    qint64 id = 0;
    QString analyzer;
    domain::Money cost;
};

/// The stored answer to a question.
[[nodiscard]] std::optional<AnswerRow> findAnswer(Connection &connection, const QByteArray &key);

/// A page of the document is answered with it, without asking: what it cost once is booked as saved.
void useAnswer(Transaction &transaction, const AnswerRow &answer, domain::RunId run,
               domain::DocumentId document);

/// A page that waits for its analysis has it now. False when it did not wait.
bool setPageDone(Transaction &transaction, domain::DocumentId document, int page, qint64 answer);

/// The pages of the document let go of their answers.
void releaseAnswers(Transaction &transaction, domain::DocumentId document);

} // namespace lectern::store
