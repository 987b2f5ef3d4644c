// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/Chunk.h"
#include "domain/Collection.h"
#include "domain/Document.h"
#include "domain/Money.h"
#include "domain/Run.h"

#include <QByteArray>
#include <QString>
#include <QVector>

#include <functional>
#include <optional>

namespace lectern::store {

class Connection;
class Transaction;

struct NewSource {
    QString path; ///< absolute and clean
    qint64 bytes = 0;
    qint64 modifiedAt = 0;
    domain::RunId run;
    domain::Goal goal = domain::Goal::Analysis;
};

struct AddedSource {
    domain::DocumentId document;
    bool isNew = false;      ///< a new row in the library (else the path was known and unchanged)
    bool isRestored = false; ///< it was in the trash and came back
};

/// A place of a document.
struct Place {
    domain::SourceId id;
    domain::DocumentId document;
    QString path;
    qint64 bytes = 0;
    qint64 modifiedAt = 0;
    bool missing = false;
};

struct Fetched {
    QByteArray sha256;
    qint64 bytes = 0;
    qint64 modifiedAt = 0;
    domain::DocumentKind kind = domain::DocumentKind::Pdf;
};

struct Probed {
    int pageCount = 0;
    QString title;
    QString author;
    bool copyAllowed = true;
};

/// What the full-text index holds of a page, normalised for searching.
struct SearchColumns {
    QString title; ///< of the document
    QString headings;
    QString body;
    QString stems;
};

/// One extracted page on its way to disk.
struct ExtractedPage {
    domain::PageContent content;
    domain::TextQuality quality;
    QByteArray contentHash;
    QString language; ///< BCP 47
    SearchColumns search;
    QVector<domain::Chunk> chunks;
    int attempts = 1;
};

/// What an analyser answered about a page.
struct NewAnswer {
    QByteArray key;
    QString analyzer;
    domain::PageAnalysis analysis;
    QString raw;        ///< what a model wrote, word for word
    domain::Money cost; ///< what it took to get it, repairs included
};

/// The library: sources, documents, pages, text, answers, and the counts that must always add up. Each write
/// keeps the document's counts, its state and its change number right in the same transaction.
class Library {
public:
    // Adding.
    [[nodiscard]] static base::Result<domain::RunId> createRun(Transaction &, domain::Goal,
                                                               const QString &analyzer);
    [[nodiscard]] static base::Result<domain::Run> run(Connection &, domain::RunId);
    /// The documents belong to the run from now on and are analysed by its analyser. A page whose answer is
    /// stored is answered at once; the others wait again and show their old analysis until the new one
    /// comes; pages that have no text yet follow when they have. `keyOf` makes the key of the answer to a
    /// page's content. One document costs about 10 µs a page: give many in several closures.
    struct Assigned {
        int documents = 0; ///< with work to do
        qint64 pagesWaiting = 0;
        qint64 pagesAnswered = 0; ///< from the store
    };
    using AnswerKeyOf = std::function<QByteArray(const QByteArray &contentHash)>;
    enum class Reassign {
        Everything,
        Waiting, ///< pages that are done or failed stay as they are, and requests under way keep theirs
    };
    [[nodiscard]] static base::Result<Assigned> assignRun(Transaction &, domain::RunId,
                                                          const QVector<domain::DocumentId> &,
                                                          const AnswerKeyOf &keyOf,
                                                          Reassign which = Reassign::Everything);
    /// Makes the row and its extract job. A path that is known with the same size and time is not done again,
    /// unless the new goal asks for more (then its missing analysis jobs are made) or its document failed or
    /// was cancelled. A path whose size or time changed starts a new version; the old document goes to the
    /// trash when no other place holds it.
    [[nodiscard]] static base::Result<AddedSource> addSource(Transaction &, const NewSource &);
    /// A document whose kind can't be read yet: settled as Unsupported at once.
    [[nodiscard]] static base::Result<AddedSource> addUnsupported(Transaction &, const NewSource &,
                                                                  const QString &detail);

    // The extract job, in this order. Each checks the lease.
    /// The content is known now. When another document has this hash, the places move there, this provisional
    /// document disappears, its job ends as Skipped, and the known document is returned (taken out of the
    /// trash; its goal raised if needed).
    [[nodiscard]] static base::Result<std::optional<domain::DocumentId>>
    setFetched(Transaction &, domain::JobLease, domain::DocumentId, const Fetched &);
    [[nodiscard]] static base::Status setProbed(Transaction &, domain::JobLease, domain::DocumentId,
                                                const Probed &);
    /// Page rows, text, search index, chunks, one analyze job each when the goal asks for it and no stored
    /// answer fits, and an embed job for all of them while there is a space to fill. `answerKey` per page may
    /// be empty when the goal is Text.
    [[nodiscard]] static base::Status storePages(Transaction &, domain::JobLease, domain::DocumentId,
                                                 const QVector<ExtractedPage> &,
                                                 const QVector<QByteArray> &answerKeys);
    /// One try at a page failed. After `maxAttempts` tries the page is Failed, before that it stays Queued.
    [[nodiscard]] static base::Status failPage(Transaction &, domain::JobLease, domain::DocumentId,
                                               int number, const base::Error &, int maxAttempts);
    /// The numbers of pages that still have no text and did not fail, ascending; at most `limit`, after
    /// `after`.
    [[nodiscard]] static base::Result<QVector<int>> pagesToExtract(Connection &, domain::DocumentId,
                                                                   int after, int limit);
    /// The extract job is through: finishes it and settles the document if nothing is left.
    [[nodiscard]] static base::Status finishExtraction(Transaction &, domain::JobLease, domain::DocumentId);
    /// The document cannot be had: needs-password, corrupt, unsupported or failed, by the error. Finishes the
    /// job.
    [[nodiscard]] static base::Status failDocument(Transaction &, domain::JobLease, domain::DocumentId,
                                                   const base::Error &);

    // The analyze job.
    [[nodiscard]] static base::Result<std::optional<QByteArray>> findAnswer(Connection &,
                                                                            const QByteArray &key);
    /// Stores an answer for its own sake: it is paid for, whatever became of the job that asked. An answer
    /// that no page has is kept for as long as purgeAnswers() leaves it.
    [[nodiscard]] static base::Status keepAnswer(Transaction &, const NewAnswer &);
    /// The page is answered from the store, without asking; counts as saved money. False, and nothing is
    /// changed, when there is no such answer.
    [[nodiscard]] static base::Result<bool> reuseAnswer(Transaction &, domain::JobLease, domain::DocumentId,
                                                        int page, const QByteArray &key);
    /// Stores the answer (or uses the one that is there), marks the page Done and finishes the job. When the
    /// document was given to another analyser meanwhile, the answer is stored and the job waits again.
    [[nodiscard]] static base::Status storeAnalysis(Transaction &, domain::JobLease, domain::DocumentId,
                                                    int page, const NewAnswer &);
    [[nodiscard]] static base::Status storeAnalysis(Transaction &, domain::JobLease, domain::DocumentId,
                                                    int page, const QByteArray &key, const QString &analyzer,
                                                    const domain::PageAnalysis &);
    /// The analysis failed for good: the page is Failed (its text stays) and the job too. `written`, what a
    /// model wrote that was of no use, is kept with the failure, up to kLongestWritten.
    [[nodiscard]] static base::Status failAnalysis(Transaction &, domain::JobLease, domain::DocumentId,
                                                   int page, const base::Error &,
                                                   const QString &written = {});
    /// Of a model's own words, kept word for word; in UTF-16 units. What is longer ends with "…".
    static constexpr qsizetype kLongestWritten = 64 * 1024;

    // What the user asks for.
    /// To the trash: out of lists and search, live jobs held. Undo is restore().
    [[nodiscard]] static base::Status remove(Transaction &, const QVector<domain::DocumentId> &);
    [[nodiscard]] static base::Status restore(Transaction &, const QVector<domain::DocumentId> &);
    /// Answers that no page has had since then; at most `limit` at a time, so that the writer is not held up.
    /// Returns how many it looked at: less than `limit` means that nothing is left.
    [[nodiscard]] static base::Result<int> purgeAnswers(Transaction &, qint64 releasedBefore, int limit);
    /// For good, with pages, text and jobs. Answers stay: they are paid for.
    [[nodiscard]] static base::Status purge(Transaction &, const QVector<domain::DocumentId> &);
    [[nodiscard]] static base::Result<QVector<domain::DocumentId>> trashedBefore(Connection &,
                                                                                 qint64 removedBefore);
    /// A password was given: the document waits again, and only `worker` (which knows the password) may do
    /// it.
    [[nodiscard]] static base::Status unlock(Transaction &, domain::DocumentId, const QString &worker);
    [[nodiscard]] static base::Status setPlaceMissing(Transaction &, domain::SourceId, bool missing);

    // Looking.
    [[nodiscard]] static base::Result<domain::Document> document(Connection &, domain::DocumentId);
    [[nodiscard]] static base::Result<QVector<domain::Document>>
    documents(Connection &, const QVector<domain::DocumentId> &);
    enum class SortKey { Added, Name, Pages, Text, State, Progress, Bytes, Language, Cost };
    struct DocumentQuery {
        QString filter; ///< words that must all occur in name, path, title or error name; case-insensitive
        std::optional<QVector<domain::DocumentState>> states;
        bool pausedOnly = false;
        std::optional<domain::RunId> run; ///< only documents that belong to it now
        std::optional<domain::CollectionId> collection;
        bool trash = false;
        SortKey sort = SortKey::Added;
        bool descending = false;
    };
    /// The ids in order. With 100,000 documents this is a few milliseconds; rows are then read by
    /// documents().
    [[nodiscard]] static base::Result<QVector<domain::DocumentId>> find(Connection &, const DocumentQuery &);
    [[nodiscard]] static base::Result<qint64> changeSeq(Connection &);
    /// Documents changed after `seq`, those in the trash included, at most `limit`.
    [[nodiscard]] static base::Result<QVector<domain::DocumentId>> changedSince(Connection &, qint64 seq,
                                                                                int limit);
    [[nodiscard]] static base::Result<domain::Totals> totals(Connection &,
                                                             std::optional<domain::RunId> run = {});
    [[nodiscard]] static base::Result<QVector<Place>> places(Connection &, domain::DocumentId);
    [[nodiscard]] static base::Result<QVector<Place>> allPlaces(Connection &, qint64 afterId, int limit);
    [[nodiscard]] static base::Result<std::optional<domain::DocumentId>> findByHash(Connection &,
                                                                                    const QByteArray &sha256);
    [[nodiscard]] static base::Result<std::optional<domain::DocumentId>> findByPath(Connection &,
                                                                                    const QString &path);

    /// One byte per page, the number of its domain::PageState, index 0 = page 1. Empty until probed.
    [[nodiscard]] static base::Result<QByteArray> pageStates(Connection &, domain::DocumentId);
    [[nodiscard]] static base::Result<QVector<domain::Page>> pages(Connection &, domain::DocumentId,
                                                                   int after, int limit);
    [[nodiscard]] static base::Result<QVector<domain::Page>> problemPages(Connection &, domain::DocumentId,
                                                                          int limit);
    [[nodiscard]] static base::Result<domain::PageRecord> page(Connection &, domain::DocumentId, int number);
    [[nodiscard]] static base::Result<qint64> pageCountOf(Connection &, domain::PageState);
    /// When the last `limit` pages of the workspace were done, newest first: the pace, for time left.
    [[nodiscard]] static base::Result<QVector<qint64>> recentDoneTimes(Connection &, int limit);
};

} // namespace lectern::store
