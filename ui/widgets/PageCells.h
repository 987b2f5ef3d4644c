// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>

namespace lectern::ui {

/// What a cell of the page strip shows.
enum class PageState : quint8 { Done, Rendered, Queued, Running, Failed };

/// How pages become cells: one each up to kMaximumCells pages, else n pages a cell, and the worst of them
/// decides (failed, then running, then queued, then rendered, then done). A plain value.
class PageCells {
public:
    static constexpr int kMaximumCells = 400;

    void setStates(const QVector<PageState> &states);
    /// Page numbers start at 1; one outside is ignored. Returns the cell that changed its look, or -1.
    int setState(int page, PageState state);

    [[nodiscard]] int pageCount() const { return static_cast<int>(m_pages.size()); }
    [[nodiscard]] int cellCount() const { return static_cast<int>(m_cells.size()); }
    [[nodiscard]] int pagesPerCell() const { return m_pagesPerCell; }
    [[nodiscard]] PageState pageState(int page) const;
    [[nodiscard]] PageState cellState(int cell) const { return m_cells.at(cell); }
    [[nodiscard]] int cellOf(int page) const;
    [[nodiscard]] int firstPage(int cell) const { return cell * m_pagesPerCell + 1; }
    [[nodiscard]] int lastPage(int cell) const;
    /// The page a click on the cell means: the first one with the cell's state.
    [[nodiscard]] int pageFor(int cell) const;
    [[nodiscard]] int count(PageState state) const { return m_counts[static_cast<std::size_t>(state)]; }
    /// Pages of the cell in that state.
    [[nodiscard]] int countIn(int cell, PageState state) const;

private:
    [[nodiscard]] PageState worstOf(int cell) const;

    QVector<PageState> m_pages;
    QVector<PageState> m_cells;
    int m_counts[5] = {};
    int m_pagesPerCell = 1;
};

} // namespace lectern::ui
