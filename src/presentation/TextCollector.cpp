// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/TextCollector.h"

#include "presentation/LibraryFeed.h"

namespace lectern::presentation {

TextCollector::TextCollector(LibraryFeed &feed, QObject *parent) : QObject(parent), m_feed(feed) {}

void TextCollector::collect(domain::DocumentId document, const TextSelection &selection)
{
    ++m_generation;
    m_document = document;
    m_selection = selection;
    m_text.clear();
    if (selection.isEmpty())
        Q_EMIT collected({}, true);
    else
        ask(selection.first().page - 1);
}

void TextCollector::cancel()
{
    ++m_generation;
}

void TextCollector::ask(int after)
{
    const int step = std::min(kStep, m_selection.last().page - after);
    const auto take = [this, after, step,
                       asked = m_generation](const base::Result<QVector<store::PageWords>> &pages) {
        if (asked != m_generation)
            return;
        for (const store::PageWords &page : pages ? *pages : QVector<store::PageWords>()) {
            const auto range = m_selection.on(page.number, static_cast<int>(page.text.size()));
            const QStringView part = QStringView(page.text).mid(range.start, range.end - range.start);
            if (!m_text.isEmpty() && !m_text.endsWith(u'\n') && !part.isEmpty())
                m_text += u'\n';
            m_text += part;
        }
        const bool isFull = m_text.size() >= kMostText;
        if (after + step >= m_selection.last().page || isFull || !pages)
            Q_EMIT collected(m_text, pages.has_value() && !isFull);
        else
            ask(after + step);
    };
    m_feed.words(m_document, after, step, this, take);
}

} // namespace lectern::presentation
