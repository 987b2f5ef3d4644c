// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/PageTextMap.h"

#include <QRectF>
#include <QString>
#include <QStringList>
#include <QVector>

#include <functional>

namespace lectern::presentation {

/// What is to be marked on a page that is opened: the hits of a search, the quote of a citation, or places;
/// and on all other pages what a search finds there. A plain value.
struct ReaderMarks {
    using Ranges = QVector<PageTextMap::Range>;

    QStringList words;      ///< whole words, or several in a row; a `*` at the end stands for any ending
    QString quote;          ///< a passage, as it stands in the text but for line ends
    Ranges ranges;          ///< stretches of the page's text as it is stored
    QVector<QRectF> places; ///< points from the page's top left corner
    /// Finds hits by the rules of the search that led here, in the text of any page of the document. Called
    /// on the GUI thread, once for each page that comes into view.
    std::function<Ranges(const QString &text)> matcher;

    [[nodiscard]] bool isEmpty() const
    {
        return words.isEmpty() && quote.isEmpty() && ranges.isEmpty() && places.isEmpty() && !matcher;
    }
    /// All that is marked in the text of the page that is opened, in its order; places are not among it.
    [[nodiscard]] Ranges rangesIn(const QString &text) const;
    /// What is marked in the text of any other page.
    [[nodiscard]] Ranges rangesElsewhere(const QString &text) const;
};

} // namespace lectern::presentation
