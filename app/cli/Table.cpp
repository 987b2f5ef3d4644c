// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Table.h"

#include "app/cli/Console.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lectern::cli {

namespace {

constexpr int kGap = 2;
constexpr int kNarrowest = 12;

// The blocks of https://www.unicode.org/reports/tr11/ whose characters take two columns.
constexpr std::array kWide = {
    std::pair{0x1100U, 0x115fU}, std::pair{0x2e80U, 0xa4cfU},   std::pair{0xac00U, 0xd7a3U},
    std::pair{0xf900U, 0xfaffU}, std::pair{0xfe30U, 0xfe6fU},   std::pair{0xff00U, 0xff60U},
    std::pair{0xffe0U, 0xffe6U}, std::pair{0x1f300U, 0x1faffU}, std::pair{0x20000U, 0x3fffdU},
};

int columnsOf(char32_t character)
{
    const QChar::Category category = QChar::category(character);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing ||
        category == QChar::Other_Format)
        return 0;
    const bool wide = std::any_of(kWide.begin(), kWide.end(), [&](const auto &r) {
        return character >= r.first && character <= r.second;
    });
    return wide ? 2 : 1;
}

QString joined(const QList<uint> &characters)
{
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(characters.constData()), characters.size());
}

} // namespace

Table::Table(QVector<Column> columns) : m_columns(std::move(columns)) {}

void Table::add(const QStringList &cells)
{
    QStringList row;
    for (const QString &cell : cells)
        row.append(Console::harmless(cell).replace(QLatin1Char('\n'), QLatin1Char(' ')));
    m_rows.append(row);
}

QStringList Table::lines(int width) const
{
    QVector<int> widths;
    int total = kGap * static_cast<int>(m_columns.size() - 1);
    for (qsizetype column = 0; column < m_columns.size(); ++column) {
        int widest = columnsOf(m_columns.at(column).title);
        for (const QStringList &row : m_rows)
            widest = std::max(widest, columnsOf(row.at(column)));
        widths.append(widest);
        total += widest;
    }
    for (qsizetype column = 0; column < m_columns.size() && total > width; ++column) {
        if (!m_columns.at(column).shrinks)
            continue;
        const int narrow = std::max(kNarrowest, widths.at(column) - (total - width));
        total -= widths.at(column) - narrow;
        widths[column] = narrow;
    }

    const auto format = [&](const QStringList &cells) {
        QString line;
        for (qsizetype column = 0; column < m_columns.size(); ++column) {
            const QString cell = shortened(cells.at(column), widths.at(column));
            const QString space(widths.at(column) - columnsOf(cell), QLatin1Char(' '));
            line += m_columns.at(column).align == Align::Right ? space + cell : cell + space;
            if (column + 1 < m_columns.size())
                line += QString(kGap, QLatin1Char(' '));
        }
        while (line.endsWith(QLatin1Char(' ')))
            line.chop(1);
        return line;
    };
    QStringList titles;
    for (const Column &column : m_columns)
        titles.append(column.title);
    QStringList result{format(titles)};
    for (const QStringList &row : m_rows)
        result.append(format(row));
    return result;
}

int Table::columnsOf(const QString &text)
{
    int columns = 0;
    for (const uint character : text.toUcs4())
        columns += cli::columnsOf(static_cast<char32_t>(character));
    return columns;
}

QString Table::shortened(const QString &text, int width)
{
    if (columnsOf(text) <= width)
        return text;
    const QList<uint> characters = text.toUcs4();
    const int room = std::max(0, width - 1);
    const int tailRoom = room / 2;
    qsizetype tail = characters.size();
    for (int used = 0; tail > 0; --tail) {
        used += cli::columnsOf(static_cast<char32_t>(characters.at(tail - 1)));
        if (used > tailRoom)
            break;
    }
    qsizetype head = 0;
    for (int used = 0; head < tail; ++head) {
        used += cli::columnsOf(static_cast<char32_t>(characters.at(head)));
        if (used > room - tailRoom)
            break;
    }
    return joined(characters.first(head)) + QChar(0x2026) + joined(characters.mid(tail));
}

} // namespace lectern::cli
