// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/CostTableModel.h"

#include "presentation/CostText.h"
#include "presentation/CsvCell.h"
#include "presentation/Format.h"
#include "presentation/MoneyText.h"

#include <QDate>
#include <QFont>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace lectern::presentation {

namespace {

void add(CostRow &total, const CostRow &row)
{
    total.pages += row.pages;
    total.requests += row.requests;
    total.usage.input += row.usage.input;
    total.usage.cachedInput += row.usage.cachedInput;
    total.usage.cacheWrite += row.usage.cacheWrite;
    total.usage.output += row.usage.output;
    total.usage.reasoning += row.usage.reasoning;
    total.spent += row.spent;
    total.counted = total.counted || row.counted;
    total.unpriced += row.unpriced;
}

/// Money as far as it is known: a local model's tokens cost nothing, an unpriced model's are not known.
QString spentText(const CostRow &row)
{
    if (row.local && row.spent.isZero())
        return CostTableModel::tr("free");
    if (row.unpriced > 0 && row.spent.isZero())
        return CostTableModel::tr("unknown", "price");
    return row.counted ? MoneyText::approximately(row.spent) : MoneyText::amount(row.spent);
}

} // namespace

CostTableModel::CostTableModel(QObject *parent) : QAbstractTableModel(parent) {}

void CostTableModel::setSummary(const CostSummary &summary)
{
    QVector<Line> lines;
    CostRow total;
    for (const CostRow &row : summary.rows) {
        const bool rest = summary.more > 0 && lines.size() == summary.rows.size() - 1;
        lines.append({rest ? Kind::Rest : Kind::Group, row});
        add(total, row);
    }
    if (!lines.isEmpty())
        lines.append({Kind::Total, total});
    for (const auto &[kind, part] :
         {std::pair(Kind::Failed, summary.failed), std::pair(Kind::Again, summary.again),
          std::pair(Kind::Unknown, summary.unknown)}) {
        if (part.requests <= 0)
            continue;
        CostRow row;
        row.requests = part.requests;
        row.spent = part.spent;
        lines.append({kind, row});
    }
    m_total = total;
    const bool sameRows = summary.query.grouping == m_grouping &&
                          std::equal(lines.begin(), lines.end(), m_lines.begin(), m_lines.end(),
                                     [](const Line &one, const Line &other) {
                                         return one.kind == other.kind && one.row.key == other.row.key;
                                     });
    if (sameRows) {
        m_lines = lines;
        if (!m_lines.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(m_lines.size()) - 1, kColumnCount - 1));
        return;
    }
    const bool regrouped = summary.query.grouping != m_grouping;
    beginResetModel();
    m_lines = lines;
    m_grouping = summary.query.grouping;
    endResetModel();
    if (regrouped)
        Q_EMIT headerDataChanged(Qt::Horizontal, Name, Name);
}

int CostTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int CostTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QString CostTableModel::name(const Line &line)
{
    switch (line.kind) {
    case Kind::Group:
    case Kind::Rest:
        return line.row.name;
    case Kind::Total:
        return tr("Together");
    case Kind::Failed:
        return tr("of these: failed requests");
    case Kind::Again:
        return tr("of these: tried again or repaired");
    case Kind::Unknown:
        return tr("of these: outcome unknown");
    }
    return {};
}

QString CostTableModel::text(const Line &line, Column column)
{
    const CostRow &row = line.row;
    // Of a part, only its requests and its money are known.
    if (line.kind > Kind::Total && column != Name && column != Requests && column != Spent)
        return {};
    switch (column) {
    case Name:
        return name(line);
    case Pages:
        return Format::count(row.pages);
    case Requests:
        return Format::count(row.requests);
    case Input:
        return MoneyText::tokens(row.usage.input);
    case Cached:
        return row.usage.cachedInput > 0 ? MoneyText::tokens(row.usage.cachedInput) : Format::none();
    case Output:
        return MoneyText::tokens(row.usage.output);
    case Spent:
        return spentText(row);
    case PerPage:
        return row.pages <= 0 || row.spent.isZero()
                   ? Format::none()
                   : MoneyText::amount(MoneyText::share(row.spent, row.pages));
    }
    return {};
}

QVariant CostTableModel::sortValue(const Line &line, Column column) const
{
    const CostRow &row = line.row;
    switch (column) {
    case Name:
        if (m_grouping == CostGrouping::Day)
            return QDate::fromString(row.key, Qt::ISODate);
        return m_grouping == CostGrouping::Run ? QVariant(row.key.toLongLong()) : QVariant(row.name);
    case Pages:
        return row.pages;
    case Requests:
        return row.requests;
    case Input:
        return row.usage.input;
    case Cached:
        return row.usage.cachedInput;
    case Output:
        return row.usage.output;
    case Spent:
        return row.spent.picodollars;
    case PerPage:
        return MoneyText::share(row.spent, row.pages).picodollars;
    }
    return {};
}

QString CostTableModel::spoken(const Line &line)
{
    const CostRow &row = line.row;
    const QString money = row.local && row.spent.isZero() ? tr("free") : MoneyText::spoken(row.spent);
    if (line.kind > Kind::Total)
        return tr("%1: %2, %3 requests").arg(name(line), money, Format::count(row.requests));
    return tr("%1: %2, %3 requests, %4 tokens in, %5 out")
        .arg(name(line), money, Format::count(row.requests), Format::count(row.usage.input),
             Format::count(row.usage.output));
}

QVariant CostTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Line &line = m_lines.at(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(line, column);
    case Qt::TextAlignmentRole:
        return QVariant(column == Name ? Qt::AlignLeft | Qt::AlignVCenter
                                       : Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        if (column == Spent && line.row.unpriced > 0)
            return tr("The price of %Ln requests is not known; they are not in this amount.", nullptr,
                      static_cast<int>(line.row.unpriced));
        if (column == Spent)
            return MoneyText::exact(line.row.spent);
        if (column == Input || column == Cached || column == Output)
            return Format::count(sortValue(line, column).toLongLong());
        return column == Name ? name(line) : QString();
    case Qt::AccessibleTextRole:
        return column == Name ? spoken(line) : text(line, column);
    case Qt::FontRole: {
        if (line.kind != Kind::Total)
            return {};
        QFont font;
        font.setWeight(QFont::DemiBold);
        return font;
    }
    case SortRole:
        return sortValue(line, column);
    case LoadedRole:
        return true;
    case KindRole:
        return static_cast<int>(line.kind);
    case KeyRole:
        return line.row.key;
    case CopyRole: {
        QStringList cells;
        for (int cell = 0; cell < kColumnCount; ++cell)
            cells << copyText(line, static_cast<Column>(cell));
        return cells.join(QLatin1Char('\t'));
    }
    default:
        return {};
    }
}

// What another program can reckon with: every digit, no groups, no "K" or "≈".
QString CostTableModel::copyText(const Line &line, Column column)
{
    const CostRow &row = line.row;
    if (line.kind > Kind::Total && column != Name && column != Requests && column != Spent)
        return {};
    switch (column) {
    case Name:
        return CsvCell::plain(name(line));
    case Pages:
        return QString::number(row.pages);
    case Requests:
        return QString::number(row.requests);
    case Input:
        return QString::number(row.usage.input);
    case Cached:
        return QString::number(row.usage.cachedInput);
    case Output:
        return QString::number(row.usage.output);
    case Spent:
        return row.unpriced > 0 && row.spent.isZero() ? QString() : MoneyText::plain(row.spent);
    case PerPage:
        return row.pages <= 0 ? QString() : MoneyText::plain(MoneyText::share(row.spent, row.pages));
    }
    return {};
}

QString CostTableModel::copyHeader() const
{
    QStringList names;
    for (int column = 0; column < kColumnCount; ++column)
        names << headerData(column, Qt::Horizontal).toString();
    return names.join(QLatin1Char('\t'));
}

QVariant CostTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(section == Name ? Qt::AlignLeft | Qt::AlignVCenter
                                        : Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Name:
        return CostText::groupingName(m_grouping);
    case Pages:
        return tr("Pages");
    case Requests:
        return tr("Requests");
    case Input:
        return tr("In tokens");
    case Cached:
        return tr("Cached");
    case Output:
        return tr("Out tokens");
    case Spent:
        return tr("Spent");
    case PerPage:
        return tr("per page");
    }
    return {};
}

} // namespace lectern::presentation
