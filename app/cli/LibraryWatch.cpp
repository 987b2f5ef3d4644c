// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/LibraryWatch.h"

#include "store/Connection.h"
#include "store/Library.h"

#include <QDir>

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace lectern::cli {

using domain::Document;
using domain::DocumentId;
using store::Library;

namespace {

constexpr int kBatch = 500;

} // namespace

base::Status LibraryWatch::add(const QVector<DocumentId> &documents)
{
    for (const DocumentId id : documents) {
        if (m_watched.contains(id))
            continue;
        m_watched.insert(id);
        m_unread.append(id);
    }
    return {};
}

base::Status LibraryWatch::addUnfinished()
{
    m_everything = true;
    Library::DocumentQuery query;
    query.states = {domain::DocumentState::Queued, domain::DocumentState::Indexing};
    const auto ids = Library::find(m_reader, query);
    if (!ids)
        return base::fail(ids.error());
    return add(*ids);
}

base::Status LibraryWatch::addPlacesUnder(const QStringList &paths)
{
    QStringList files;
    QStringList folders;
    for (const QString &path : paths) {
        const QString clean = QDir::cleanPath(QDir::current().absoluteFilePath(path));
        files.append(clean);
        folders.append(clean.endsWith(u'/') ? clean : clean + u'/');
    }
    for (qint64 after = 0;;) {
        const auto places = Library::allPlaces(m_reader, after, kBatch);
        if (!places)
            return base::fail(places.error());
        QVector<DocumentId> ids;
        for (const store::Place &place : *places) {
            after = place.id.value;
            const bool inside = std::any_of(folders.cbegin(), folders.cend(), [&](const QString &folder) {
                return place.path.startsWith(folder);
            });
            if (inside || files.contains(place.path))
                ids.append(place.document);
        }
        if (const auto added = add(ids); !added)
            return added;
        if (places->isEmpty())
            return {};
    }
}

base::Result<QVector<LibraryWatch::Change>> LibraryWatch::update()
{
    QVector<Change> changes;
    const auto pauses = PauseView::read(m_reader);
    if (!pauses)
        return base::fail(pauses.error());
    const PauseView before = std::exchange(m_pauses, *pauses);

    const auto newest = Library::changeSeq(m_reader);
    if (!newest)
        return base::fail(newest.error());
    QVector<DocumentId> ids = std::exchange(m_unread, {});
    if (m_seenChange >= 0 && *newest != m_seenChange) {
        const auto changed = Library::changedSince(m_reader, m_seenChange, std::numeric_limits<int>::max());
        if (!changed)
            return base::fail(changed.error());
        for (const DocumentId id : *changed) {
            if (m_everything || m_watched.contains(id))
                ids.append(id);
        }
    }
    m_seenChange = *newest;
    ids += nextUnfinished();
    if (const auto done = read(ids, changes); !done)
        return base::fail(done.error());

    if (before.everything != m_pauses.everything) {
        const auto known = m_documents.values();
        for (const Document &document : known)
            note(document, changes);
    }
    return changes;
}

// A document that turned out to be a known one, or was deleted, leaves no change to be found: its row is
// simply gone. So the unfinished ones are looked at in turn, a batch a time.
QVector<DocumentId> LibraryWatch::nextUnfinished()
{
    if (m_turn.isEmpty()) {
        for (const Document &document : std::as_const(m_documents)) {
            if (!domain::isSettled(document.state))
                m_turn.append(document.id);
        }
    }
    const QVector<DocumentId> next = m_turn.first(std::min<qsizetype>(kBatch, m_turn.size()));
    m_turn.remove(0, next.size());
    return next;
}

bool LibraryWatch::takeVanished()
{
    return std::exchange(m_vanished, false);
}

bool LibraryWatch::isAtRest() const
{
    return m_unread.isEmpty() &&
           std::all_of(m_documents.cbegin(), m_documents.cend(), [&](const Document &document) {
               return domain::isSettled(document.state) || document.isInTrash() ||
                      m_pauses.isPaused(document);
           });
}

bool LibraryWatch::hasPaused() const
{
    return std::any_of(m_documents.cbegin(), m_documents.cend(), [&](const Document &document) {
        return !document.isInTrash() && m_pauses.isPaused(document);
    });
}

base::Status LibraryWatch::read(const QVector<DocumentId> &ids, QVector<Change> &changes)
{
    for (qsizetype start = 0; start < ids.size(); start += kBatch) {
        const QVector<DocumentId> batch = ids.mid(start, kBatch);
        const auto documents = Library::documents(m_reader, batch);
        if (!documents)
            return base::fail(documents.error());
        QSet<DocumentId> missing(batch.begin(), batch.end());
        for (const Document &document : *documents) {
            missing.remove(document.id);
            note(document, changes);
        }
        for (const DocumentId id : std::as_const(missing)) {
            m_vanished = m_vanished || m_watched.contains(id);
            m_watched.remove(id);
            m_documents.remove(id);
            m_stateNames.remove(id);
        }
    }
    return {};
}

void LibraryWatch::note(const Document &document, QVector<Change> &changes)
{
    // With everything watched, a settled document that was never seen unfinished is none of this command's
    // work.
    if (!m_watched.contains(document.id)) {
        if (domain::isSettled(document.state) || document.isInTrash())
            return;
        m_watched.insert(document.id);
    }
    m_documents.insert(document.id, document);
    if (document.state == domain::DocumentState::Indexing)
        m_current = document.name;
    const QString state = document.isInTrash() ? u"removed"_s : m_pauses.stateName(document);
    QString &known = m_stateNames[document.id];
    if (known == state)
        return;
    known = state;
    changes.append({document, state, domain::isSettled(document.state), m_pauses.isPaused(document)});
}

} // namespace lectern::cli
