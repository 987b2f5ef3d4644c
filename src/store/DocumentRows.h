// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Document.h"
#include "domain/Work.h"

#include <optional>

namespace lectern::store {

class Connection;
class Transaction;

// Steps on rows of documents and pages that JobQueue and Library share. Private to this module; all throw
// Failure.

/// What decides what happens next to a document.
struct DocumentFacts {
    domain::DocumentState state = domain::DocumentState::Queued;
    domain::Goal goal = domain::Goal::Analysis;
    domain::Priority priority = domain::Priority::Normal;
    domain::RunId run;
    int pagesTotal = -1;
    int pagesExtracted = 0;
    QByteArray sha256;
    bool isInTrash = false;
};
[[nodiscard]] std::optional<DocumentFacts> findFacts(Connection &connection, domain::DocumentId document);
/// The same; throws NotFound.
[[nodiscard]] DocumentFacts factsOf(Connection &connection, domain::DocumentId document);

/// Why the document will not get further; it is settled with this once nothing of it is live.
void setDocumentError(Transaction &transaction, domain::DocumentId document, const base::Error &error);

/// A page whose text is stored and that waits for its analysis fails.
void failWaitingPage(Transaction &transaction, domain::DocumentId document, int page,
                     const base::Error &error);

/// Everything of the document that failed, was cancelled or is missing is to be done again. Returns how many
/// jobs wait now.
int restartDocument(Transaction &transaction, domain::DocumentId document);

/// The same for one failed page.
void restartPage(Transaction &transaction, domain::DocumentId document, int page);

/// The document and its live jobs belong to this run from now on; analyses wait in the lane of its analyser.
void moveToRun(Transaction &transaction, domain::DocumentId document, domain::RunId run);

/// From text to analysis: pages that were done with their text wait again, and their jobs are made.
void raiseGoal(Transaction &transaction, domain::DocumentId document);

/// The page count; -1 until probed. Throws NotFound.
[[nodiscard]] int pagesTotalOf(Connection &connection, domain::DocumentId document);

[[nodiscard]] std::optional<domain::DocumentId> findDocument(Connection &connection,
                                                             const QByteArray &sha256);

/// To the trash or out of it. False when it is so already.
bool setInTrash(Transaction &transaction, domain::DocumentId document, bool inTrash);

/// Pages with text and search entries, their analyze jobs and their counts.
void forgetPages(Transaction &transaction, domain::DocumentId document);

/// The document with all that belongs to it. Answers stay.
void forgetDocument(Transaction &transaction, domain::DocumentId document);

/// The form of a name that sorts as people expect: without regard to case, and numbers by their value.
[[nodiscard]] QString sortKey(const QString &name);

/// Writes anew what the filter looks through: name, title and paths.
void updateWords(Transaction &transaction, domain::DocumentId document);

} // namespace lectern::store
