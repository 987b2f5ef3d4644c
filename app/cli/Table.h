// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>

namespace lectern::cli {

/// Rows of text in aligned columns. Widths are terminal columns: wide East Asian characters count two,
/// combining marks none. The one column that may shrink is shortened in its middle, where file names differ
/// least.
class Table {
public:
    enum class Align { Left, Right };
    struct Column {
        QString title;
        Align align = Align::Left;
        bool shrinks = false;
    };

    explicit Table(QVector<Column> columns);
    void add(const QStringList &cells);
    [[nodiscard]] bool isEmpty() const { return m_rows.isEmpty(); }
    /// The title line, then one line a row, none wider than `width` as far as the shrinking column allows.
    [[nodiscard]] QStringList lines(int width) const;

    [[nodiscard]] static int columnsOf(const QString &text);
    /// At most `width` columns of `text`, with "…" in its middle when it is longer.
    [[nodiscard]] static QString shortened(const QString &text, int width);

private:
    QVector<Column> m_columns;
    QVector<QStringList> m_rows;
};

} // namespace lectern::cli
