// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Document.h"
#include "store/Reading.h"

#include <QHash>
#include <QObject>
#include <QSizeF>
#include <QTimer>
#include <QVector>

namespace lectern::presentation {

class LibraryFeed;
struct LibraryDelta;

/// The document that is open in the reader: its values and the size, state and label of each of its pages.
/// Follows it while it is being indexed. GUI thread; reads through the feed.
class ReaderDocument final : public QObject {
    Q_OBJECT

public:
    explicit ReaderDocument(LibraryFeed &feed, QObject *parent = nullptr);

    /// An invalid id closes it.
    void open(domain::DocumentId id);
    [[nodiscard]] domain::DocumentId id() const { return m_id; }
    /// Its values and its pages are known.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    [[nodiscard]] const domain::Document &document() const { return m_document; }
    [[nodiscard]] const QVector<store::PageFrame> &pages() const { return m_pages; }
    [[nodiscard]] int pageCount() const { return static_cast<int>(m_pages.size()); }
    /// Size in points as displayed; a likely one while it is not known.
    [[nodiscard]] QSizeF pageSize(int page) const;
    /// A page that was drawn has told its size.
    void learnSize(int page, const QSizeF &points);
    /// The physical page that a person means by "17" or "xv"; 0 for none. A number is the physical page, even
    /// when it is the label of another one.
    [[nodiscard]] int pageNamed(const QString &typed) const;
    /// "17", or "17 (xv)" when another number is printed on it.
    [[nodiscard]] QString pageText(int page) const;
    /// "Page 17 of 86", or "Page 17 (xv) of 86".
    [[nodiscard]] QString pageHeading(int page) const;

Q_SIGNALS:
    /// Another document, loaded or not. Comes before everything of it.
    void opened();
    /// Values of the document changed, or it is loaded now.
    void changed();
    /// Pages came, moved on, or have another size.
    void pagesChanged();
    /// The document is no longer in the library.
    void gone();

private:
    void takeDelta(const LibraryDelta &delta);
    void load();
    void readPages();
    void takePages(const QVector<store::PageFrame> &pages);

    LibraryFeed &m_feed;
    domain::DocumentId m_id;
    domain::Document m_document;
    QVector<store::PageFrame> m_pages;
    QHash<int, QSizeF> m_learned;
    QSizeF m_likelySize;
    bool m_loaded = false;
    bool m_reading = false;
    bool m_stale = false;
    quint64 m_generation = 0;
    QTimer m_again; ///< while pages are being read the sizes of many come at once
};

} // namespace lectern::presentation
