// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/SearchDesk.h"

#include "presentation/Format.h"
#include "store/Collections.h"
#include "store/Connection.h"
#include "store/PageSearch.h"
#include "store/SavedSearches.h"
#include "store/Writer.h"

#include <algorithm>
#include <utility>

namespace lectern::presentation {

using store::SearchCoverage;
using workspace::Workspace;

namespace {

constexpr int kPauseMs = 2'000;
constexpr int kMostEntities = 12;
constexpr int kMostMissing = 1'000;

using Answer = std::function<void()>;

/// Asks with a connection of its own; what can't be read is as good as empty, and said elsewhere.
template <class Read, class Take> WorkspaceClient::ModelCall reading(Read read, Take take)
{
    return [read = std::move(read), take = std::move(take)](Workspace &workspace,
                                                            const base::CancelToken &cancel) -> Answer {
        const auto reader = workspace.database().openReader();
        if (!reader || cancel.isCancelled())
            return {};
        auto found = read(**reader);
        if (!found)
            return {};
        return [take, found = std::move(*found)] { take(found); };
    };
}

base::Result<SearchChoices> choicesOf(store::Connection &reader)
{
    const auto languages = store::PageSearch::languages(reader);
    if (!languages)
        return base::fail(languages.error());
    const auto collections = store::Collections::all(reader);
    if (!collections)
        return base::fail(collections.error());
    const auto saved = store::SavedSearches::all(reader);
    if (!saved)
        return base::fail(saved.error());
    SearchChoices choices{{}, *collections, *saved};
    for (const QString &language : *languages) {
        if (!Format::language(language).isEmpty())
            choices.languages.append(language);
    }
    std::sort(choices.languages.begin(), choices.languages.end(),
              [](const QString &one, const QString &other) {
                  return Format::language(one).localeAwareCompare(Format::language(other)) < 0;
              });
    return choices;
}

} // namespace

SearchDesk::SearchDesk(WorkspaceClient &client, QObject *parent) : QObject(parent), m_client(client)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (std::exchange(m_isStale, false)) {
            refresh();
            m_again.start(kPauseMs);
        }
    });
    const auto note = [this] {
        m_isStale = true;
        if (!m_again.isActive())
            m_again.start(0);
    };
    connect(&m_client, &WorkspaceClient::opened, this, note);
    connect(&m_client.feed(), &LibraryFeed::changed, this, note);
    connect(&m_client.feed(), &LibraryFeed::snapshotChanged, this, note);
}

void SearchDesk::start()
{
    m_isStarted = true;
    if (m_isCoverageStale)
        readCoverage();
}

void SearchDesk::stop()
{
    m_isStarted = false;
}

void SearchDesk::setMode(domain::SearchMode mode)
{
    if (std::exchange(m_mode, mode) != mode)
        readCoverage();
}

void SearchDesk::refresh()
{
    readChoices();
    if (m_isStarted)
        readCoverage();
    else
        m_isCoverageStale = true;
}

void SearchDesk::readChoices()
{
    m_client.askNewest(QStringLiteral("search choices"), this,
                       reading(choicesOf, [this](const SearchChoices &choices) {
                           if (choices == m_choices)
                               return;
                           m_choices = choices;
                           Q_EMIT choicesChanged();
                       }));
}

void SearchDesk::readCoverage()
{
    m_isCoverageStale = false;
    m_client.askNewest(
        QStringLiteral("search coverage"), this,
        reading([mode = m_mode](store::Connection &reader) { return SearchCoverage::count(reader, mode); },
                [this](const SearchCoverage::Count &count) {
                    if (count == m_coverage)
                        return;
                    m_coverage = count;
                    Q_EMIT coverageChanged();
                }));
}

void SearchDesk::findEntities(const QString &typed, QObject *context,
                              std::function<void(const QVector<domain::Entity> &)> then)
{
    m_client.askNewest(QStringLiteral("search entities"), context,
                       reading(
                           [typed](store::Connection &reader) {
                               return store::PageSearch::entities(reader, typed, kMostEntities);
                           },
                           std::move(then)));
}

void SearchDesk::findMissing(QObject *context,
                             std::function<void(const QVector<SearchCoverage::Missing> &)> then)
{
    m_client.askNewest(QStringLiteral("search gaps"), context,
                       reading(
                           [mode = m_mode](store::Connection &reader) {
                               return SearchCoverage::missing(reader, mode, kMostMissing);
                           },
                           std::move(then)));
}

void SearchDesk::findHolding(const QVector<domain::DocumentId> &documents, QObject *context,
                             std::function<void(const QVector<domain::CollectionId> &)> then)
{
    m_client.askNewest(
        QStringLiteral("collections holding"), context,
        reading(
            [documents](store::Connection &reader) { return store::Collections::holding(reader, documents); },
            std::move(then)));
}

void SearchDesk::write(Write what)
{
    m_client.askModels(
        this, [this, what = std::move(what)](Workspace &workspace, const base::CancelToken &) -> Answer {
            const base::Status written = workspace.database().writer().run(
                [&](store::Transaction &transaction) { return what(transaction); });
            if (written)
                return [this] { readChoices(); };
            return [this, error = written.error()] { Q_EMIT failed(error); };
        });
}

void SearchDesk::save(const domain::SavedSearch &search)
{
    write([search](store::Transaction &transaction) -> base::Status {
        const auto saved = store::SavedSearches::save(transaction, search);
        return saved ? base::Status() : base::fail(saved.error());
    });
}

void SearchDesk::rename(domain::SavedSearchId id, const QString &name)
{
    write([id, name](store::Transaction &transaction) {
        return store::SavedSearches::rename(transaction, id, name);
    });
}

void SearchDesk::remove(domain::SavedSearchId id)
{
    write([id](store::Transaction &transaction) { return store::SavedSearches::remove(transaction, id); });
}

void SearchDesk::collect(const QString &name, const QVector<domain::DocumentId> &documents)
{
    write([name, documents](store::Transaction &transaction) -> base::Status {
        const auto id = store::Collections::make(transaction, name);
        return id ? store::Collections::put(transaction, *id, documents) : base::fail(id.error());
    });
}

void SearchDesk::put(domain::CollectionId id, const QVector<domain::DocumentId> &documents, bool isIn)
{
    write([id, documents, isIn](store::Transaction &transaction) {
        return isIn ? store::Collections::put(transaction, id, documents)
                    : store::Collections::take(transaction, id, documents);
    });
}

void SearchDesk::rename(domain::CollectionId id, const QString &name)
{
    write([id, name](store::Transaction &transaction) {
        return store::Collections::rename(transaction, id, name);
    });
}

void SearchDesk::remove(domain::CollectionId id)
{
    write([id](store::Transaction &transaction) { return store::Collections::remove(transaction, id); });
}

} // namespace lectern::presentation
