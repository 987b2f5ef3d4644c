// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"
#include "presentation/PageHits.h"

#include <QMap>
#include <QObject>
#include <QString>

#include <optional>

namespace lectern::presentation {

class LibraryFeed;

/// Finds words in the document that is open: page after page, from the page on show onwards and then from the
/// beginning, some dozens of pages a step, so that nobody waits for it. The newest words win. GUI thread; all
/// reading and comparing happens on the feed's.
class DocumentFinder final : public QObject {
    Q_OBJECT

public:
    static constexpr int kStep = 64;          ///< pages
    static constexpr int kMostHits = 100'000; ///< of a document; then it stops

    /// One of the hits.
    struct Hit {
        int page = 0;
        int index = 0; ///< among those of the page
        text::Occurrence place;

        friend bool operator==(const Hit &, const Hit &) = default;
    };

    explicit DocumentFinder(LibraryFeed &feed, QObject *parent = nullptr);

    /// Another document, or none: nothing is looked for.
    void setDocument(domain::DocumentId id, int pageCount);
    /// Looks for the words; the hit at or after `fromPage` becomes the current one. Empty words end it.
    void find(const QString &words, bool caseSensitive, int fromPage);
    /// Looks for the same words again, since pages came.
    void refresh(int pageCount);
    [[nodiscard]] bool isActive() const { return m_what.has_value(); }
    [[nodiscard]] bool isSearching() const { return m_searching; }

    [[nodiscard]] int count() const { return m_count; }
    /// Of the current hit among all found so far, from 1; 0: none.
    [[nodiscard]] int ordinal() const;
    [[nodiscard]] const std::optional<Hit> &current() const { return m_current; }
    /// To the next or the previous hit, around the end if need be.
    void step(bool forwards);
    [[nodiscard]] QVector<text::Occurrence> hitsOn(int page) const { return m_hits.value(page); }
    /// The first hit on the page becomes the current one; false when there is none.
    bool goToPage(int page);

Q_SIGNALS:
    /// More was found, or it is through.
    void changed();
    /// Another hit is the current one: show it.
    void currentChanged();

private:
    void ask();
    void take(const QVector<PageHits> &found);
    void setCurrent(const std::optional<Hit> &hit);
    [[nodiscard]] Hit hitAt(QMap<int, QVector<text::Occurrence>>::const_iterator page, int index) const;

    LibraryFeed &m_feed;
    domain::DocumentId m_id;
    int m_pages = 0;
    std::optional<text::Occurrences> m_what;
    int m_from = 1;  ///< page with which it began
    int m_after = 0; ///< pages up to this one are through
    bool m_around = false;
    bool m_searching = false;
    QMap<int, QVector<text::Occurrence>> m_hits; ///< by page
    int m_count = 0;
    std::optional<Hit> m_current;
    quint64 m_generation = 0;
};

} // namespace lectern::presentation
