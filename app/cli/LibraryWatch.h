// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/PauseView.h"
#include "base/Result.h"
#include "domain/Document.h"

#include <QHash>
#include <QSet>
#include <QStringList>
#include <QVector>

namespace lectern::store {
class Connection;
}

namespace lectern::cli {

/// What is known of the documents that a command waits for, kept up to date from the workspace's change
/// number, so that work of other processes shows as well. Main thread.
class LibraryWatch {
public:
    /// A change of a document's state as people see it.
    struct Change {
        domain::Document document;
        QString state;
        bool settled = false;
        bool paused = false;
    };

    explicit LibraryWatch(store::Connection &reader) : m_reader(reader) {}

    /// Watches these; may be called again with more.
    [[nodiscard]] base::Status add(const QVector<domain::DocumentId> &documents);
    /// Watches everything that is unfinished now, or comes or starts again later.
    [[nodiscard]] base::Status addUnfinished();
    /// Watches whatever these paths lead to in the end, also after documents turned out to be the same.
    [[nodiscard]] base::Status addPlacesUnder(const QStringList &paths);

    /// Reads what changed since the last call. Returns the changes of state, first sight included.
    [[nodiscard]] base::Result<QVector<Change>> update();

    [[nodiscard]] const QHash<domain::DocumentId, domain::Document> &documents() const { return m_documents; }
    [[nodiscard]] const PauseView &pauses() const { return m_pauses; }
    [[nodiscard]] bool isWatched(domain::DocumentId id) const { return m_watched.contains(id); }
    /// A watched document disappeared since the last call: merged with another one, or deleted.
    [[nodiscard]] bool takeVanished();
    /// Every watched document is settled, or cannot go on because it is paused.
    [[nodiscard]] bool isAtRest() const;
    [[nodiscard]] bool hasPaused() const;
    /// Name of the document that was at work when last looked; the last one that was when none is.
    [[nodiscard]] QString current() const { return m_current; }

private:
    [[nodiscard]] base::Status read(const QVector<domain::DocumentId> &ids, QVector<Change> &changes);
    void note(const domain::Document &document, QVector<Change> &changes);
    [[nodiscard]] QVector<domain::DocumentId> nextUnfinished();

    store::Connection &m_reader;
    bool m_everything = false;
    bool m_vanished = false;
    qint64 m_seenChange = -1;
    PauseView m_pauses;
    QString m_current;
    QSet<domain::DocumentId> m_watched;
    QVector<domain::DocumentId> m_unread;
    QVector<domain::DocumentId> m_turn; ///< unfinished ones still to be looked at in this round
    QHash<domain::DocumentId, domain::Document> m_documents;
    QHash<domain::DocumentId, QString> m_stateNames;
};

} // namespace lectern::cli
