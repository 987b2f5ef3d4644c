// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "domain/Document.h"
#include "presentation/PageTextMap.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <list>

namespace lectern::presentation {

class LibraryFeed;

/// The texts with their boxes of the pages of one document that are looked at: read when first asked for, the
/// last ones kept. Nothing is extracted anew. GUI thread.
class PageTexts final : public QObject {
    Q_OBJECT

public:
    static constexpr qint64 kMaxBytes = 24 * 1024 * 1024;

    explicit PageTexts(LibraryFeed &feed, QObject *parent = nullptr);
    /// Another document, or none.
    void setDocument(domain::DocumentId id);
    /// Pages moved on: what has changed is read again when it is asked for. `changed` are page numbers.
    void forget(const QSet<int> &changed);
    /// The page's text; nullptr until it is read, and then arrived() comes. Stays until the next event.
    [[nodiscard]] const PageTextMap *find(int page);

Q_SIGNALS:
    void arrived(int page);

private:
    void take(int page, const PageTextMap &map);

    struct Entry {
        int page = 0;
        PageTextMap map;
    };
    using Entries = std::list<Entry>;

    LibraryFeed &m_feed;
    domain::DocumentId m_id;
    Entries m_entries; ///< the one used last first
    QHash<int, Entries::iterator> m_places;
    QSet<int> m_asked;
    qint64 m_bytes = 0;
    quint64 m_generation = 0;
};

} // namespace lectern::presentation
