// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/ModelListModel.h"

#include "presentation/MessageText.h"

#include <algorithm>

namespace lectern::presentation {

namespace {

constexpr qint64 kUnknown = ModelListModel::kUnknownPrice;

/// What stands above a column.
struct Heading {
    QString title;
    QString tip; ///< empty: the title says it all
    bool isNumber = false;
};

Heading headingOf(int column)
{
    switch (static_cast<ModelListModel::Column>(column)) {
    case ModelListModel::Name:
        return {ModelListModel::tr("Name"), {}};
    case ModelListModel::Provider:
        return {ModelListModel::tr("Provider"), {}};
    case ModelListModel::Input:
        return {ModelListModel::tr("In $/M"), ModelListModel::tr("Dollars for a million tokens sent"), true};
    case ModelListModel::Output:
        return {ModelListModel::tr("Out $/M"),
                ModelListModel::tr("Dollars for a million tokens written by the model"), true};
    case ModelListModel::Context:
        return {ModelListModel::tr("Context"), ModelListModel::tr("Tokens of question and answer together"),
                true};
    case ModelListModel::Badges:
        return {ModelListModel::tr("Can do"), {}};
    case ModelListModel::Estimate:
        return {ModelListModel::tr("≈ this run"),
                ModelListModel::tr("Estimate for the documents chosen now, or for all that wait"), true};
    }
    return {};
}

QVariant alignmentOf(int column)
{
    return QVariant(headingOf(column).isNumber ? Qt::AlignRight | Qt::AlignVCenter
                                               : Qt::AlignLeft | Qt::AlignVCenter);
}

} // namespace

ModelListModel::ModelListModel(QObject *parent) : QAbstractTableModel(parent) {}

void ModelListModel::setChoices(const QVector<ModelChoice> &choices)
{
    const bool sameRows = std::equal(choices.begin(), choices.end(), m_choices.begin(), m_choices.end(),
                                     [](const auto &one, const auto &other) { return one.id == other.id; });
    if (!sameRows) {
        beginResetModel();
        m_choices = choices;
        findRecent();
        endResetModel();
        return;
    }
    if (choices == m_choices)
        return;
    m_choices = choices;
    findRecent();
    if (!m_choices.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(m_choices.size()) - 1, kColumnCount - 1));
}

void ModelListModel::setEndpoints(const QVector<EndpointView> &endpoints)
{
    QVector<EndpointView> shown;
    for (const EndpointView &view : endpoints) {
        if (view.state == EndpointView::State::Loading || view.state == EndpointView::State::Failed)
            shown.append(view);
    }
    const int first = static_cast<int>(m_choices.size());
    if (!m_endpoints.isEmpty()) {
        beginRemoveRows({}, first, first + static_cast<int>(m_endpoints.size()) - 1);
        m_endpoints.clear();
        endRemoveRows();
    }
    if (!shown.isEmpty()) {
        beginInsertRows({}, first, first + static_cast<int>(shown.size()) - 1);
        m_endpoints = shown;
        endInsertRows();
    }
}

void ModelListModel::setToday(const QDate &today)
{
    m_today = today;
    if (!m_choices.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(m_choices.size()) - 1, kColumnCount - 1));
}

void ModelListModel::setCurrent(const QString &id)
{
    m_current = id;
    if (!m_choices.isEmpty())
        Q_EMIT dataChanged(index(0, Name), index(static_cast<int>(m_choices.size()) - 1, Name),
                           {CurrentRole});
}

const ModelChoice *ModelListModel::find(const QString &id) const
{
    const auto found = std::find_if(m_choices.begin(), m_choices.end(),
                                    [&id](const ModelChoice &choice) { return choice.id == id; });
    return found == m_choices.end() ? nullptr : &*found;
}

void ModelListModel::findRecent()
{
    QVector<const ModelChoice *> used;
    for (const ModelChoice &choice : m_choices) {
        if (choice.lastUsedMs > 0 && !choice.builtIn && !choice.favourite)
            used.append(&choice);
    }
    std::stable_sort(used.begin(), used.end(),
                     [](const auto *one, const auto *other) { return one->lastUsedMs > other->lastUsedMs; });
    m_recent.clear();
    for (const ModelChoice *choice : std::as_const(used)) {
        if (m_recent.size() < kRecent)
            m_recent.insert(choice->id, static_cast<int>(m_recent.size()));
    }
}

ModelListModel::Group ModelListModel::groupOf(const ModelChoice &choice) const
{
    if (choice.builtIn)
        return Group::BuiltIn;
    if (choice.favourite)
        return Group::Favourite;
    return m_recent.contains(choice.id) ? Group::Recent : Group::Rest;
}

int ModelListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_choices.size() + m_endpoints.size());
}

int ModelListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant ModelListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(column);
    if (index.row() < m_choices.size())
        return choiceCell(m_choices.at(index.row()), column, role);
    return endpointCell(m_endpoints.at(index.row() - m_choices.size()), column, role);
}

QVariant ModelListModel::choiceCell(const ModelChoice &choice, Column column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        switch (column) {
        case Name:
            return choice.name;
        case Provider:
            return choice.provider;
        case Input:
            return ModelText::inputPrice(choice);
        case Output:
            return ModelText::outputPrice(choice);
        case Context:
            return ModelText::context(choice);
        case Badges:
            return ModelText::badges(choice).join(QStringLiteral(" "));
        case Estimate:
            return ModelText::estimate(choice);
        }
        return {};
    case Qt::AccessibleTextRole:
        return column == Name ? ModelText::spoken(choice, m_today)
                              : choiceCell(choice, column, Qt::DisplayRole).toString();
    case Qt::ToolTipRole:
        return column == Name ? choice.id : QString();
    case ModelIdRole:
        return choice.id;
    case GroupRole:
        return static_cast<int>(groupOf(choice));
    case RecentRole:
        return m_recent.value(choice.id);
    case FavouriteRole:
        return choice.favourite;
    case NoteRole:
        return choice.unfit == ModelChoice::Unfit::None ? ModelText::warning(choice, m_today)
                                                        : ModelText::obstacle(choice);
    case UnfitRole:
        return choice.unfit != ModelChoice::Unfit::None;
    case BadgesRole:
        return ModelText::badges(choice);
    case VisionRole:
        return choice.vision;
    case LocalRole:
        return choice.local || choice.builtIn;
    case PriceRole:
        return choice.isFree() ? qint64{0} : choice.price ? choice.price->input.picodollars : qint64{-1};
    case SearchRole:
        return QString(choice.name + u' ' + choice.provider + u' ' + choice.id);
    case CurrentRole:
        return choice.id == m_current;
    case SortRole:
        return sortValue(choice, column);
    default:
        return {};
    }
}

QVariant ModelListModel::sortValue(const ModelChoice &choice, Column column) const
{
    const auto priced = [&choice](domain::Money money) {
        return choice.isFree() ? qint64{0} : choice.price ? money.picodollars : kUnknown;
    };
    switch (column) {
    case Name:
        return choice.name;
    case Provider:
        return choice.provider;
    case Input:
        return priced(choice.price ? choice.price->input : domain::Money{});
    case Output:
        return priced(choice.price ? choice.price->output : domain::Money{});
    case Context:
        return choice.contextTokens;
    case Badges:
        return ModelText::badges(choice).size();
    case Estimate:
        return choice.isFree() ? qint64{0} : choice.estimate ? choice.estimate->picodollars : kUnknown;
    }
    return {};
}

QVariant ModelListModel::endpointCell(const EndpointView &view, Column column, int role)
{
    const Message message = MessageText::state(view);
    const bool failed = view.state == EndpointView::State::Failed;
    switch (role) {
    case Qt::DisplayRole:
        return column == Name ? view.endpoint.name : QString();
    case NoteRole:
        return message.paragraph();
    case Qt::AccessibleTextRole:
        return column == Name
                   ? tr("%1: %2", "endpoint: what is wrong").arg(view.endpoint.name, message.paragraph())
                   : QString();
    case ActionTextRole:
        return failed ? tr("Settings…") : QString();
    case EndpointIdRole:
        return view.endpoint.id;
    case GroupRole:
        return static_cast<int>(Group::Endpoint);
    case IconNameRole:
        return message.iconName;
    case ToneRole:
        return static_cast<int>(message.tone);
    case SortRole:
    case SearchRole:
        return view.endpoint.name;
    default:
        return {};
    }
}

QVariant ModelListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return headingOf(section).title;
    if (role == Qt::ToolTipRole)
        return headingOf(section).tip;
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    return {};
}

Qt::ItemFlags ModelListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const bool fit =
        index.row() < m_choices.size() && m_choices.at(index.row()).unfit == ModelChoice::Unfit::None;
    const bool endpoint = index.row() >= m_choices.size();
    Qt::ItemFlags flags = Qt::ItemNeverHasChildren;
    if (fit || endpoint)
        flags |= Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return flags;
}

} // namespace lectern::presentation
