// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/ReaderDocument.h"

#include "presentation/Format.h"
#include "presentation/LibraryFeed.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace lectern::presentation {

namespace {

constexpr int kAgainMs = 300;
constexpr QSizeF kA4(595, 842);

bool isSize(double width, double height)
{
    return std::isfinite(width) && std::isfinite(height) && width > 0 && height > 0;
}

} // namespace

ReaderDocument::ReaderDocument(LibraryFeed &feed, QObject *parent)
    : QObject(parent), m_feed(feed), m_likelySize(kA4)
{
    connect(&m_feed, &LibraryFeed::changed, this, &ReaderDocument::takeDelta);
    m_again.setSingleShot(true);
    m_again.setInterval(kAgainMs);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (m_stale)
            readPages();
    });
}

void ReaderDocument::open(domain::DocumentId id)
{
    if (id == m_id)
        return;
    ++m_generation;
    m_again.stop();
    m_id = id;
    m_document = {};
    m_pages.clear();
    m_learned.clear();
    m_likelySize = kA4;
    m_loaded = false;
    m_reading = false;
    m_stale = false;
    Q_EMIT opened();
    if (m_id.isValid())
        load();
}

void ReaderDocument::load()
{
    m_feed.document(m_id, this, [this, asked = m_generation](const base::Result<domain::Document> &document) {
        if (asked != m_generation)
            return;
        if (!document) {
            if (document.error().code == base::ErrorCode::NotFound)
                Q_EMIT gone();
            return;
        }
        m_document = *document;
        if (m_loaded)
            Q_EMIT changed();
    });
    readPages(); // answered after the document
}

void ReaderDocument::takeDelta(const LibraryDelta &delta)
{
    if (!m_id.isValid())
        return;
    if (delta.everything) {
        // The feed may have been started anew, and then what was asked before is never answered.
        ++m_generation;
        m_reading = false;
        load();
        return;
    }
    for (const domain::Document &document : delta.documents) {
        if (document.id != m_id)
            continue;
        m_document = document;
        m_stale = true;
        if (!m_reading && !m_again.isActive())
            readPages();
        if (m_loaded)
            Q_EMIT changed();
    }
}

void ReaderDocument::readPages()
{
    m_reading = true;
    m_stale = false;
    m_feed.frames(m_id, this,
                  [this, asked = m_generation](const base::Result<QVector<store::PageFrame>> &pages) {
                      if (asked != m_generation)
                          return;
                      m_reading = false;
                      m_again.start();
                      if (pages)
                          takePages(*pages);
                  });
}

void ReaderDocument::takePages(const QVector<store::PageFrame> &pages)
{
    const bool first = !m_loaded;
    m_loaded = true;
    const bool moved = pages != m_pages;
    if (moved) {
        m_pages = pages;
        const auto known = std::find_if(m_pages.cbegin(), m_pages.cend(), [](const store::PageFrame &page) {
            return isSize(page.width, page.height);
        });
        if (known != m_pages.cend())
            m_likelySize = QSizeF(known->width, known->height);
    }
    if (first)
        Q_EMIT changed();
    if (moved)
        Q_EMIT pagesChanged();
}

QSizeF ReaderDocument::pageSize(int page) const
{
    const store::PageFrame frame = m_pages.value(page - 1);
    if (isSize(frame.width, frame.height))
        return QSizeF(frame.width, frame.height);
    return m_learned.value(page, m_likelySize);
}

void ReaderDocument::learnSize(int page, const QSizeF &points)
{
    if (page < 1 || page > pageCount() || !isSize(points.width(), points.height()))
        return;
    const store::PageFrame &frame = m_pages.at(page - 1);
    const QSizeF known = m_learned.value(page);
    if (isSize(frame.width, frame.height) || known.isValid())
        return;
    m_learned.insert(page, points);
    Q_EMIT pagesChanged();
}

int ReaderDocument::pageNamed(const QString &typed) const
{
    const QString name = typed.trimmed();
    bool isNumber = false;
    int number = QLocale().toInt(name, &isNumber);
    if (!isNumber)
        number = name.toInt(&isNumber);
    if (isNumber && number >= 1 && number <= pageCount())
        return number;
    const auto labelled = std::find_if(m_pages.cbegin(), m_pages.cend(), [&](const store::PageFrame &page) {
        return !page.label.isEmpty() && page.label.compare(name, Qt::CaseInsensitive) == 0;
    });
    return labelled == m_pages.cend() ? 0 : static_cast<int>(labelled - m_pages.cbegin()) + 1;
}

QString ReaderDocument::pageText(int page) const
{
    const QString label = m_pages.value(page - 1).label;
    return label.isEmpty() ? Format::count(page)
                           : tr("%1 (%2)", "number, printed label").arg(Format::count(page), label);
}

QString ReaderDocument::pageHeading(int page) const
{
    return tr("Page %1 of %2", "number with label, count").arg(pageText(page), Format::count(pageCount()));
}

} // namespace lectern::presentation
