// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Document.h"
#include "store/Connection.h"
#include "store/Database.h"
#include "store/JobQueue.h"
#include "store/Library.h"
#include "store/Transaction.h"
#include "support/Expect.h"
#include "support/ManualClock.h"
#include "support/TemporaryWorkspace.h"

#include <QStringList>

#include <memory>
#include <optional>

namespace lectern::store {

/// A workspace with its database open, and the few steps most tests are made of. Each step is one closure.
class Fixture {
public:
    Fixture();
    ~Fixture();

    template <class Work> auto write(Work work) { return database->writer().run(std::move(work)); }

    /// What the workspace claims of itself must hold at any time; asked of the plain `sqlite3` program.
    /// Empty: all is well.
    [[nodiscard]] QString broken() const;

    void close() { reader.reset(), database.reset(); }
    void open();

    domain::RunId createRun(domain::Goal goal = domain::Goal::Analysis);
    AddedSource add(const QString &path, domain::RunId run, domain::Goal goal = domain::Goal::Analysis,
                    qint64 modifiedAt = 1);
    std::optional<domain::Job> claimOne(const QString &worker = QStringLiteral("w1"));
    QVector<domain::Job> claim(int limit, const QString &worker = QStringLiteral("w1"),
                               bool oldestFirst = false);
    domain::Document document(domain::DocumentId id);
    domain::Job job(domain::JobId id);

    /// Claims the document's extract job and takes it to the point where its pages can be stored.
    domain::Job startExtraction(domain::DocumentId id, int pages,
                                const QString &worker = QStringLiteral("w1"));
    base::Status storePages(const domain::Job &job, const QVector<int> &numbers,
                            const QVector<QByteArray> &keys = {});
    /// Adds a document and extracts all its pages.
    domain::DocumentId addExtracted(const QString &path, int pages,
                                    domain::Goal goal = domain::Goal::Analysis);
    /// Claims and analyses until nothing is ready; returns how many pages that were.
    int analyseAll(const QString &worker = QStringLiteral("w1"));

    [[nodiscard]] static QByteArray hashOf(const QString &text);
    [[nodiscard]] static QByteArray answerKey(domain::DocumentId document, int page);
    [[nodiscard]] static ExtractedPage extractedPage(domain::DocumentId document, int number);
    [[nodiscard]] static domain::PageAnalysis analysis(const QString &title,
                                                       const QString &language = QStringLiteral("en"));

    support::TemporaryWorkspace workspace;
    support::ManualClock clock;
    std::unique_ptr<Database> database;
    std::unique_ptr<Connection> reader;
};

/// The same question to any database file.
[[nodiscard]] QString brokenInvariants(const QString &databaseFile);
/// And without starting a program, for tests that ask a thousand times.
[[nodiscard]] QString brokenInvariantsHere(const QString &databaseFile);

} // namespace lectern::store
