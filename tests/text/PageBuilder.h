// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/PageText.h"

#include <QString>

namespace lectern::tests {

/// Makes pages with word boxes for tests: lines from top to bottom of an A4 page, half a character's height
/// wide.
class PageBuilder {
public:
    PageBuilder()
    {
        m_page.number = 1;
        m_page.geometry = {595, 842, 0};
        m_page.text.fonts = {{QStringLiteral("Times-Roman"), 0, 10, true, true},
                             {QStringLiteral("Times-Bold"), 0, 10, true, true}};
    }

    /// One line at the next place; two spaces in a row make a wide gap between columns.
    PageBuilder &line(const QString &text, float size = 10, bool bold = false)
    {
        qsizetype start = 0;
        float x = m_left;
        if (!m_page.text.text.isEmpty())
            m_page.text.text += u'\n';
        while (start < text.size()) {
            qsizetype end = text.indexOf(u' ', start);
            end = end < 0 ? text.size() : end;
            const bool wide = end == start;
            if (end > start) {
                if (!m_page.text.text.isEmpty() && !m_page.text.text.endsWith(u'\n'))
                    m_page.text.text += u' ';
                const float width = static_cast<float>(end - start) * size / 2;
                m_page.text.words.append({static_cast<qint32>(m_page.text.text.size()),
                                          static_cast<qint32>(end - start), x, m_y, width, size,
                                          bold ? 1 : 0});
                m_page.text.text += text.mid(start, end - start);
                x += width;
            }
            x += wide ? 4 * size : size / 4;
            start = end + 1;
        }
        m_y += size * 1.2F;
        return *this;
    }

    /// An empty line: a new block.
    PageBuilder &gap(float points = 12)
    {
        m_page.text.text += u'\n';
        m_y += points;
        return *this;
    }

    PageBuilder &at(float y)
    {
        if (!m_page.text.text.isEmpty())
            m_page.text.text += u'\n';
        m_y = y;
        return *this;
    }

    [[nodiscard]] domain::PageContent page() const { return m_page; }

private:
    domain::PageContent m_page;
    float m_left = 60;
    float m_y = 60;
};

/// A page that has text and no layout, as from a source without boxes.
inline domain::PageContent plainPage(const QString &text)
{
    domain::PageContent page;
    page.number = 1;
    page.geometry = {595, 842, 0};
    page.text.text = text;
    return page;
}

} // namespace lectern::tests
