// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rows/RowDelegate.h"

#include "domain/Document.h"
#include "presentation/Format.h"
#include "presentation/Roles.h"
#include "ui/rows/RowLook.h"
#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"
#include "ui/widgets/TwoFillProgressPainter.h"

#include <QApplication>
#include <QPainter>

namespace lectern::ui {

namespace {

constexpr int kSide = 8; ///< room left and right in a cell

/// A grey bar where words will be, so that a row that is being read does not look empty.
void paintPlaceholder(QPainter &painter, const QRect &rect, const Theme &theme)
{
    const int width = qMin(rect.width(), 96);
    const QRect bar(rect.left(), rect.center().y() - 3, width, 7);
    paint::roundedRect(painter, bar, 3.5, theme.track);
}

QColor textColor(const QStyleOptionViewItem &option, bool quiet)
{
    const Theme &theme = Theme::of(option.palette);
    if (!(option.state & QStyle::State_Enabled))
        return theme.disabled;
    return quiet ? theme.quiet : theme.text;
}

} // namespace

RowDelegate::RowDelegate(QObject *parent) : QStyledItemDelegate(parent) {}

void RowDelegate::setKind(int column, Kind kind)
{
    m_kinds.insert(column, kind);
    if (kind == Kind::State)
        m_state = column;
}

bool RowDelegate::isSpanned(const QModelIndex &index, Kind kind) const
{
    return m_state >= 0 && (kind == Kind::State || kind == Kind::Progress) &&
           !sentenceOf(index.siblingAtColumn(m_state)).isEmpty();
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QWidget *widget = option.widget;
    const QStyle *style = widget ? widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, widget);

    painter->save();
    painter->setClipRect(option.rect);
    const Kind kind = m_kinds.value(index.column(), Kind::Text);
    const bool loaded = index.data(presentation::LoadedRole).toBool();
    if (!loaded) {
        if (kind == Kind::Name)
            paintPlaceholder(*painter, item.rect.adjusted(kSide, 0, -kSide, 0), Theme::of(option.palette));
    } else if (isSpanned(index, kind)) {
        // RowView::drawRow() writes here, over both cells.
    } else if (kind == Kind::Progress) {
        paintProgress(*painter, item, index);
    } else {
        paintText(*painter, item, index, kind);
    }
    painter->restore();
}

void RowDelegate::paintText(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                            Kind kind) const
{
    const Theme &theme = Theme::of(option.palette);
    const bool mirrored = option.direction == Qt::RightToLeft;
    QRect rect = option.rect.adjusted(kSide, 0, -kSide, 0);
    std::optional<Glyph> glyph;
    QColor glyphColor = theme.quiet;
    if (kind == Kind::Name)
        glyph = index.data(presentation::PageRole).toInt() > 0 ? Glyph::Page : Glyph::Document;
    if (kind == Kind::State) {
        glyph = glyphNamed(index.data(presentation::IconNameRole).toString());
        glyphColor = theme.tone(toneOfRole(index.data(presentation::ToneRole)));
    }
    if (glyph) {
        const QRect place = QStyle::alignedRect(option.direction, Qt::AlignLeft | Qt::AlignVCenter,
                                                QSize(metrics::kIcon, metrics::kIcon), rect);
        const qreal ratio = painter.device()->devicePixelRatioF();
        painter.drawPixmap(place.topLeft(), IconSet::pixmap(*glyph, metrics::kIcon, glyphColor, ratio));
        const int taken = metrics::kIcon + metrics::kGap;
        rect.adjust(mirrored ? 0 : taken, 0, mirrored ? -taken : 0, 0);
    }
    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    const Qt::Alignment wanted = alignment.isValid() ? Qt::Alignment(alignment.toInt())
                                                     : Qt::Alignment(Qt::AlignLeading | Qt::AlignVCenter);
    const QString text = option.fontMetrics.elidedText(option.text, option.textElideMode, rect.width());
    painter.setFont(option.font);
    const bool nothing = option.text == presentation::Format::none();
    painter.setPen(nothing ? theme.disabled : textColor(option, kind == Kind::Quiet));
    const Qt::Alignment placed = QStyle::visualAlignment(option.direction, wanted | Qt::AlignVCenter);
    painter.drawText(rect, static_cast<int>(placed) | Qt::TextSingleLine, text);
}

void RowDelegate::paintProgress(QPainter &painter, const QStyleOptionViewItem &option,
                                const QModelIndex &index)
{
    const int total = index.data(presentation::ProgressTotalRole).toInt();
    if (total <= 0 && index.data(presentation::PageRole).toInt() > 0)
        return; // a page has no bar
    const QRect rect = option.rect.adjusted(kSide, 0, -kSide, 0);
    const bool done =
        index.data(presentation::PageRole).toInt() == 0 &&
        index.data(presentation::StateRole).toInt() == static_cast<int>(domain::DocumentState::Done);
    if (done) { // a full bar in every row would draw the eye to what needs none
        painter.setFont(option.font);
        painter.setPen(Theme::of(option.palette).quiet);
        const Qt::Alignment start =
            QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter);
        painter.drawText(rect, static_cast<int>(start) | Qt::TextSingleLine,
                         TwoFillProgressPainter::countText(total, total));
        return;
    }
    TwoFillProgressPainter::State state;
    state.stored = index.data(presentation::ProgressDoneRole).toInt();
    state.ahead = index.data(presentation::ProgressExtractedRole).toInt();
    state.total = total;
    state.active = index.data(presentation::ProgressActiveRole).toBool();
    if (total > 0)
        state.text = TwoFillProgressPainter::countText(state.stored, total);
    TwoFillProgressPainter::paint(painter, rect, state, option.palette, option.font,
                                  option.direction == Qt::RightToLeft);
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize content = QStyledItemDelegate::sizeHint(option, index);
    const bool iconic = m_kinds.value(index.column(), Kind::Text) == Kind::Name;
    const int extra = 2 * kSide + (iconic ? metrics::kIcon + metrics::kGap : 0);
    return {content.width() + extra, metrics::rowHeight(option.fontMetrics)};
}

} // namespace lectern::ui
