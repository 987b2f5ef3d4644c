// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Collection.h"
#include "domain/SavedSearch.h"
#include "presentation/Then.h"
#include "presentation/WorkspaceClient.h"
#include "store/SearchCoverage.h"

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <QVector>

#include <functional>

namespace lectern::presentation {

/// What a search of this workspace can be narrowed to, and what was kept. A plain value.
struct SearchChoices {
    QStringList languages; ///< BCP 47, of the pages, by their names
    QVector<domain::Collection> collections;
    QVector<domain::SavedSearch> saved;

    friend bool operator==(const SearchChoices &, const SearchChoices &) = default;
};

/// The window's way to what stands around a search: languages, collections, names that analyses found, saved
/// searches, and how much of the library can be found. Lives on the GUI thread and never blocks it; answers
/// come as of WorkspaceClient::askNewest.
class SearchDesk final : public QObject {
    Q_OBJECT

public:
    explicit SearchDesk(WorkspaceClient &client, QObject *parent = nullptr);

    [[nodiscard]] const SearchChoices &choices() const { return m_choices; }
    [[nodiscard]] const store::SearchCoverage::Count &coverage() const { return m_coverage; }
    /// By what the coverage is looked at. While the library changes everything is read again, at most every
    /// two seconds; the coverage, which costs most, only between start() and stop().
    void setMode(domain::SearchMode mode);
    void start();
    void stop();

    /// What analyses found whose name begins like this; only the newest question is answered.
    void findEntities(const QString &typed, QObject *context,
                      std::function<void(const QVector<domain::Entity> &)> then);
    /// The documents that a search in the mode can't find, or not all of.
    void findMissing(QObject *context,
                     std::function<void(const QVector<store::SearchCoverage::Missing> &)> then);

    // Each is followed by choicesChanged(), or by failed().
    void save(const domain::SavedSearch &search);
    void rename(domain::SavedSearchId id, const QString &name);
    void remove(domain::SavedSearchId id);
    /// Makes a collection of this name where there is none, and puts the documents into it.
    void collect(const QString &name, const QVector<domain::DocumentId> &documents);
    void put(domain::CollectionId id, const QVector<domain::DocumentId> &documents, bool isIn);
    void rename(domain::CollectionId id, const QString &name);
    void remove(domain::CollectionId id);
    /// The collections that hold all of these documents.
    void findHolding(const QVector<domain::DocumentId> &documents, QObject *context,
                     std::function<void(const QVector<domain::CollectionId> &)> then);

Q_SIGNALS:
    void choicesChanged();
    void coverageChanged();
    void failed(const lectern::base::Error &error);

private:
    using Write = std::function<base::Status(store::Transaction &)>;
    void write(Write what);
    void refresh();
    void readChoices();
    void readCoverage();

    WorkspaceClient &m_client;
    SearchChoices m_choices;
    store::SearchCoverage::Count m_coverage;
    domain::SearchMode m_mode = domain::SearchMode::Both;
    QTimer m_again; ///< until the library is looked at again
    bool m_isStarted = false;
    bool m_isStale = false;
    bool m_isCoverageStale = true;
};

} // namespace lectern::presentation
