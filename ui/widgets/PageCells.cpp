// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/PageCells.h"

#include <algorithm>

namespace lectern::ui {

void PageCells::setStates(const QVector<PageState> &states)
{
    m_pages = states;
    m_pagesPerCell = std::max(1, (pageCount() + kMaximumCells - 1) / kMaximumCells);
    std::fill(std::begin(m_counts), std::end(m_counts), 0);
    for (const PageState state : m_pages)
        ++m_counts[static_cast<std::size_t>(state)];
    m_cells.resize((pageCount() + m_pagesPerCell - 1) / m_pagesPerCell);
    for (int cell = 0; cell < cellCount(); ++cell)
        m_cells[cell] = worstOf(cell);
}

int PageCells::setState(int page, PageState state)
{
    if (page < 1 || page > pageCount() || m_pages.at(page - 1) == state)
        return -1;
    --m_counts[static_cast<std::size_t>(m_pages.at(page - 1))];
    ++m_counts[static_cast<std::size_t>(state)];
    m_pages[page - 1] = state;
    const int cell = cellOf(page);
    const PageState worst = worstOf(cell);
    if (worst == m_cells.at(cell))
        return -1;
    m_cells[cell] = worst;
    return cell;
}

PageState PageCells::pageState(int page) const
{
    return m_pages.at(page - 1);
}

int PageCells::cellOf(int page) const
{
    return page < 1 || page > pageCount() ? -1 : (page - 1) / m_pagesPerCell;
}

int PageCells::lastPage(int cell) const
{
    return std::min(pageCount(), (cell + 1) * m_pagesPerCell);
}

int PageCells::pageFor(int cell) const
{
    const int last = lastPage(cell);
    for (int page = firstPage(cell); page <= last; ++page) {
        if (pageState(page) == m_cells.at(cell))
            return page;
    }
    return firstPage(cell);
}

int PageCells::countIn(int cell, PageState state) const
{
    const auto first = m_pages.begin() + (firstPage(cell) - 1);
    return static_cast<int>(std::count(first, m_pages.begin() + lastPage(cell), state));
}

PageState PageCells::worstOf(int cell) const
{
    // The states are numbered from best to worst.
    return *std::max_element(m_pages.begin() + (firstPage(cell) - 1), m_pages.begin() + lastPage(cell));
}

} // namespace lectern::ui
