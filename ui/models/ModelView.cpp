// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/ModelView.h"

#include "presentation/ModelListModel.h"
#include "ui/rows/RowLook.h"
#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"

#include <QHeaderView>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>

#include <cmath>

namespace lectern::ui {

using presentation::ModelListModel;

namespace {

constexpr int kSide = 8;
constexpr int kStart = 12; ///< before the star
constexpr int kBadgeGap = 4;
constexpr int kBadgePadding = 6;

int firstLine(const QFontMetrics &font)
{
    return metrics::rowHeight(font, 32);
}

int secondLine(const QFontMetrics &font)
{
    return font.height() + 4;
}

/// Where names begin: behind the star.
int nameStart(const QFontMetrics &font)
{
    return kStart + metrics::scaled(metrics::kIcon, font) + metrics::kGap;
}

QString noteOf(const QModelIndex &index)
{
    return index.data(ModelListModel::NoteRole).toString();
}

bool isEndpoint(const QModelIndex &index)
{
    return index.isValid() && !index.data(ModelListModel::EndpointIdRole).toString().isEmpty();
}

void drawStar(QPainter &painter, const QRect &rect, const QColor &color, bool filled)
{
    constexpr double kTurn = 3.14159265358979 / 5;
    const QPointF middle = QRectF(rect).center();
    const double radius = rect.width() / 2.0 - 1;
    QPolygonF points;
    for (int corner = 0; corner < 10; ++corner) {
        const double length = corner % 2 == 0 ? radius : radius * 0.45;
        points << middle + QPointF(std::sin(corner * kTurn) * length, -std::cos(corner * kTurn) * length);
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(filled ? QBrush(color) : QBrush(Qt::NoBrush));
    painter.drawPolygon(points);
    painter.restore();
}

/// Cells on the first line of their row; the second line is the view's affair.
class ModelDelegate final : public QStyledItemDelegate {
public:
    explicit ModelDelegate(ModelView &view) : QStyledItemDelegate(&view), m_view(view) {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        const bool current = m_view.currentIndex().isValid() && index.row() == m_view.currentIndex().row();
        item.state.setFlag(QStyle::State_Selected, current);
        item.state |= QStyle::State_Active; // the keyboard is in the field, but its arrows move here
        m_view.style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, &m_view);
        painter->save();
        painter->setClipRect(option.rect);
        const QRect line(option.rect.left(), option.rect.top(), option.rect.width(),
                         firstLine(option.fontMetrics));
        if (index.column() == ModelListModel::Name)
            paintName(*painter, item, line, index);
        else if (index.column() == ModelListModel::Badges)
            paintBadges(*painter, item, line, index);
        else
            paintText(*painter, item, line, index);
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const int height =
            firstLine(option.fontMetrics) + (noteOf(index).isEmpty() ? 0 : secondLine(option.fontMetrics));
        return {80, height};
    }

private:
    static QColor textColor(const QStyleOptionViewItem &option, const QModelIndex &index, bool quiet)
    {
        const Theme &theme = Theme::of(option.palette);
        if (index.data(ModelListModel::UnfitRole).toBool())
            return theme.disabled;
        return quiet ? theme.quiet : theme.text;
    }

    void paintName(QPainter &painter, const QStyleOptionViewItem &option, const QRect &line,
                   const QModelIndex &index) const
    {
        const Theme &theme = Theme::of(option.palette);
        const int icon = metrics::scaled(metrics::kIcon, option.fontMetrics);
        const QRect place(line.left() + kStart, line.center().y() - icon / 2 + 1, icon, icon);
        const QRect sign = QStyle::visualRect(option.direction, line, place);
        const bool endpoint = isEndpoint(index);
        if (endpoint) {
            const auto glyph = glyphNamed(index.data(presentation::IconNameRole).toString());
            const Tone tone = toneOfRole(index.data(presentation::ToneRole));
            if (glyph)
                painter.drawPixmap(sign.topLeft(), IconSet::pixmap(*glyph, icon, theme.tone(tone),
                                                                   painter.device()->devicePixelRatioF()));
        } else if (index.data(ModelListModel::GroupRole).toInt() ==
                   static_cast<int>(ModelListModel::Group::BuiltIn)) {
            painter.drawPixmap(sign.topLeft(), IconSet::pixmap(Glyph::Model, icon, theme.quiet,
                                                               painter.device()->devicePixelRatioF()));
        } else {
            const bool favourite = index.data(ModelListModel::FavouriteRole).toBool();
            drawStar(painter, sign, favourite ? theme.accent : theme.mark, favourite);
        }
        const int start = nameStart(option.fontMetrics);
        const QRect room = QStyle::visualRect(option.direction, line, line.adjusted(start, 0, -kSide, 0));
        QFont font = option.font;
        if (index.data(ModelListModel::CurrentRole).toBool())
            font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(textColor(option, index, false));
        const auto alignment =
            static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter));
        painter.drawText(
            room, alignment | Qt::TextSingleLine,
            QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideMiddle, room.width()));
    }

    static void paintText(QPainter &painter, const QStyleOptionViewItem &option, const QRect &line,
                          const QModelIndex &index)
    {
        const bool estimate = index.column() == ModelListModel::Estimate;
        const auto logical = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
        const auto alignment = static_cast<int>(QStyle::visualAlignment(option.direction, logical));
        const QRect room = line.adjusted(kSide, 0, -kSide, 0);
        painter.setFont(option.font);
        painter.setPen(textColor(option, index, !estimate));
        painter.drawText(
            room, alignment | Qt::TextSingleLine,
            option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, room.width()));
    }

    static void paintBadges(QPainter &painter, const QStyleOptionViewItem &option, const QRect &line,
                            const QModelIndex &index)
    {
        const Theme &theme = Theme::of(option.palette);
        const QFont font = metrics::secondaryFont(option.font);
        const QFontMetrics words(font);
        const int height = words.height() + 2;
        int x = line.left() + kSide;
        painter.setFont(font);
        const QColor text = textColor(option, index, true);
        for (const QString &badge : index.data(ModelListModel::BadgesRole).toStringList()) {
            const int width = words.horizontalAdvance(badge) + 2 * kBadgePadding;
            if (x + width > line.right())
                break;
            const QRect chip(x, line.center().y() - height / 2 + 1, width, height);
            const QRect place = QStyle::visualRect(option.direction, line, chip);
            paint::roundedRect(painter, place, height / 2.0, Qt::transparent, theme.border);
            painter.setPen(text);
            painter.drawText(place, Qt::AlignCenter | Qt::TextSingleLine, badge);
            x += width + kBadgeGap;
        }
    }

    ModelView &m_view;
};

} // namespace

ModelView::ModelView(QWidget *parent) : QTreeView(parent)
{
    setItemDelegate(new ModelDelegate(*this));
    setRootIsDecorated(false);
    setAllColumnsShowFocus(true);
    setSelectionMode(SingleSelection);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    header()->setStretchLastSection(false);
    header()->setSectionsMovable(false);
    header()->setSortIndicatorClearable(true);
    header()->setSortIndicator(-1, Qt::AscendingOrder);
}

void ModelView::setUpColumns()
{
    setSortingEnabled(true);
    fitColumns();
}

void ModelView::setAnswers(bool answers)
{
    m_answers = answers;
    fitColumns();
}

void ModelView::fitColumns()
{
    if (!model())
        return;
    // Wide enough for their words in any language and size; the name takes the rest.
    const QFontMetrics &font = fontMetrics();
    const auto width = [&](const QString &longest) {
        return font.horizontalAdvance(longest) + 2 * kSide + 4;
    };
    const auto title = [&](int column) {
        return font.horizontalAdvance(model()->headerData(column, Qt::Horizontal).toString()) + 2 * kSide +
               18;
    };
    int rest = viewport()->width();
    const std::pair<int, int> columns[] = {
        {ModelListModel::Provider, width(QStringLiteral("OpenRouter XX"))},
        {ModelListModel::Input, width(QStringLiteral("$00.0000"))},
        {ModelListModel::Output, width(QStringLiteral("$00.0000"))},
        {ModelListModel::Context, width(QStringLiteral("1.05 M"))},
        {ModelListModel::Badges, width(QStringLiteral("Vision JSON Local Free")) + 48},
        {ModelListModel::Estimate, width(QStringLiteral("price unknown"))}};
    for (const auto &[column, wanted] : columns) {
        if (!m_answers && (column == ModelListModel::Output || column == ModelListModel::Estimate)) {
            setColumnHidden(column, true);
            continue;
        }
        const int taken = std::max(wanted, title(column));
        setColumnHidden(column, false);
        setColumnWidth(column, taken);
        rest -= taken;
    }
    // Where there is too little room, what matters least for the choice steps aside; the price stays.
    const int least = font.averageCharWidth() * 26 + nameStart(font);
    for (const int column : {ModelListModel::Context, ModelListModel::Provider, ModelListModel::Badges}) {
        if (rest >= least)
            break;
        rest += columnWidth(column);
        setColumnHidden(column, true);
    }
    setColumnWidth(ModelListModel::Name, std::max(least, rest));
}

QRect ModelView::starRect(const QModelIndex &index) const
{
    if (!index.isValid() || isEndpoint(index) ||
        index.data(ModelListModel::GroupRole).toInt() == static_cast<int>(ModelListModel::Group::BuiltIn))
        return {};
    const QRect cell = visualRect(index.siblingAtColumn(ModelListModel::Name));
    const QRect star(cell.left(), cell.top(), nameStart(fontMetrics()) - 2, firstLine(fontMetrics()));
    return QStyle::visualRect(layoutDirection(), cell, star);
}

QRect ModelView::linkRect(const QModelIndex &index) const
{
    const QString link = index.data(presentation::ActionTextRole).toString();
    if (link.isEmpty())
        return {};
    const QRect cell = visualRect(index.siblingAtColumn(ModelListModel::Name));
    const int width = fontMetrics().horizontalAdvance(link) + 2 * kSide;
    const QRect row(0, cell.top(), viewport()->width(), firstLine(fontMetrics()));
    return QStyle::visualRect(layoutDirection(), row,
                              QRect(row.right() - width - kSide, row.top(), width, row.height()));
}

void ModelView::setCurrentRow(int row)
{
    const QModelIndex index = model()->index(row, 0);
    if (!index.isValid())
        return;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
    viewport()->update();
}

void ModelView::drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QTreeView::drawRow(painter, option, index);
    const Theme &theme = Theme::of(palette());
    const QModelIndex name = index.siblingAtColumn(ModelListModel::Name);
    const QRect row(0, option.rect.top(), viewport()->width(), option.rect.height());
    const QString note = noteOf(name);
    if (!note.isEmpty()) {
        const QFont font = metrics::secondaryFont(this->font());
        const QRect line(nameStart(fontMetrics()), row.top() + firstLine(fontMetrics()) - 4,
                         row.width() - nameStart(fontMetrics()) - 2 * kSide, secondLine(fontMetrics()));
        const bool unfit = name.data(ModelListModel::UnfitRole).toBool();
        const bool warns = !unfit && !isEndpoint(name);
        painter->setFont(font);
        painter->setPen(warns ? theme.waiting : theme.quiet);
        const auto alignment =
            static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter));
        painter->drawText(QStyle::visualRect(layoutDirection(), row, line), alignment | Qt::TextSingleLine,
                          QFontMetrics(font).elidedText(note, Qt::ElideRight, line.width()));
    }
    const QRect link = linkRect(name);
    if (!link.isEmpty()) {
        painter->setFont(font());
        painter->setPen(theme.accent);
        painter->drawText(link, Qt::AlignCenter | Qt::TextSingleLine,
                          name.data(presentation::ActionTextRole).toString());
    }
    const QModelIndex next = indexBelow(name);
    const bool last =
        next.isValid() && next.data(ModelListModel::GroupRole) != name.data(ModelListModel::GroupRole);
    if (last && header()->sortIndicatorSection() < 0)
        paint::hairline(*painter, QRect(kStart, row.bottom(), row.width() - 2 * kStart, 1), theme.border);
}

void ModelView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::LeftButton ? indexAt(event->position().toPoint()) : QModelIndex();
    if (m_pressed.isValid())
        setCurrentRow(m_pressed.row());
    event->accept();
}

void ModelView::mouseReleaseEvent(QMouseEvent *event)
{
    const QPoint place = event->position().toPoint();
    const QModelIndex index = indexAt(place);
    const bool clicked = index.isValid() && m_pressed.isValid() && m_pressed.row() == index.row();
    m_pressed = QModelIndex();
    event->accept();
    if (!clicked || event->button() != Qt::LeftButton)
        return;
    const QModelIndex name = index.siblingAtColumn(ModelListModel::Name);
    if (starRect(name).contains(place))
        Q_EMIT starClicked(name);
    else if (linkRect(name).contains(place))
        Q_EMIT linkClicked(name);
    else
        Q_EMIT rowClicked(name);
}

void ModelView::mouseMoveEvent(QMouseEvent *event)
{
    QTreeView::mouseMoveEvent(event);
    const QPoint place = event->position().toPoint();
    const QModelIndex name = indexAt(place).siblingAtColumn(ModelListModel::Name);
    const bool active = name.isValid() && (linkRect(name).contains(place) || starRect(name).contains(place));
    viewport()->setCursor(active ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ModelView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    fitColumns();
}

} // namespace lectern::ui
