// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reader/ThumbnailList.h"

#include "presentation/ReaderDocument.h"
#include "presentation/Roles.h"
#include "presentation/ThumbnailModel.h"
#include "ui/rows/RowLook.h"
#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"

#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>
#include <cmath>

namespace lectern::ui {

using presentation::PageDrawings;
using presentation::PagePiece;
using Use = PageDrawings::Use;

namespace {

constexpr QSize kPicture(108, 140);
constexpr int kRowMargin = 8;

int rowHeight(const QFontMetrics &font)
{
    return kPicture.height() + font.height() + 3 * kRowMargin;
}

} // namespace

class ThumbnailList::Delegate final : public QStyledItemDelegate {
public:
    explicit Delegate(ThumbnailList &list) : QStyledItemDelegate(&list), m_list(list) {}

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return QSize(kPicture.width() + 2 * kRowMargin, rowHeight(option.fontMetrics));
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.palette);
        const bool chosen = option.state & QStyle::State_Selected;
        const bool focused = chosen && m_list.hasFocus();
        if (chosen || option.state & QStyle::State_MouseOver)
            paint::roundedRect(*painter, QRectF(option.rect).adjusted(4, 2, -4, -2), metrics::kRadius,
                               chosen ? (focused ? theme.selection : theme.selectionIdle) : theme.hover);
        const PagePiece piece = m_list.pieceOf(index.row() + 1);
        const double ratio = m_list.devicePixelRatioF();
        QRectF place(QPointF(), QSizeF(piece.size) / ratio);
        place.moveCenter(QPointF(option.rect.center().x() + 0.5,
                                 option.rect.top() + kRowMargin + kPicture.height() / 2.0));
        paintPicture(*painter, place, piece, theme);
        if (focused)
            paint::focusRing(*painter, place.adjusted(-4, -4, 4, 4), 3, theme);
        paintName(*painter, option, index, theme);
    }

private:
    void paintPicture(QPainter &painter, const QRectF &place, const PagePiece &piece,
                      const Theme &theme) const
    {
        QImage image = m_list.m_drawings.image(Use::Thumbnail, piece);
        if (image.isNull())
            image = m_list.m_drawings.likeness(piece.page, piece.rotation);
        painter.save();
        painter.fillRect(place, Qt::white);
        if (!image.isNull()) {
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.drawImage(place, image);
        }
        painter.restore();
        paint::roundedRect(painter, place.adjusted(-1, -1, 1, 1), 1, Qt::transparent, theme.border);
    }

    void paintName(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                   const Theme &theme) const
    {
        QRect line = option.rect.adjusted(kRowMargin, 0, -kRowMargin, -kRowMargin / 2);
        line.setTop(line.bottom() - option.fontMetrics.height());
        const QString name = option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight,
                                                           line.width() - 2 * metrics::kIcon);
        painter.setPen(option.state & QStyle::State_Selected ? theme.text : theme.quiet);
        painter.drawText(line, Qt::AlignCenter, name);
        const auto glyph = glyphNamed(index.data(presentation::IconNameRole).toString());
        if (!glyph)
            return;
        const int width = option.fontMetrics.horizontalAdvance(name);
        const QPoint corner(line.center().x() + width / 2 + metrics::kInner,
                            line.center().y() - metrics::kIcon / 2 + 1);
        painter.drawPixmap(corner, IconSet::pixmap(*glyph, metrics::kIcon - 2,
                                                   theme.tone(toneOfRole(index.data(presentation::ToneRole))),
                                                   painter.device()->devicePixelRatioF()));
    }

    ThumbnailList &m_list;
};

ThumbnailList::ThumbnailList(const presentation::ReaderDocument &document, PageDrawings &drawings,
                             QWidget *parent)
    : QListView(parent), m_document(document), m_drawings(drawings),
      m_model(new presentation::ThumbnailModel(document, this))
{
    setObjectName(QStringLiteral("thumbnails"));
    setAccessibleName(tr("Pages"));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setItemDelegate(new Delegate(*this));
    setModel(m_model);
    const auto choose = [this](const QModelIndex &index) {
        if (index.isValid() && !m_following)
            Q_EMIT pageChosen(index.row() + 1);
    };
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, choose);
    connect(this, &QListView::clicked, this, choose);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ThumbnailList::updateWishes,
            Qt::QueuedConnection);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &ThumbnailList::updateWishes);
    connect(&m_drawings, &PageDrawings::drawn, this, [this](int page) {
        if (isVisible())
            update(m_model->index(page - 1));
    });
}

PagePiece ThumbnailList::pieceOf(int page) const
{
    const double ratio = devicePixelRatioF();
    QSizeF points = m_document.pageSize(page);
    if (m_rotation % 180 != 0)
        points.transpose();
    PagePiece piece;
    piece.page = page;
    piece.rotation = m_rotation;
    piece.pixelsPerPoint =
        ratio * std::min(kPicture.width() / points.width(), kPicture.height() / points.height());
    piece.size = QSize(std::max(1, static_cast<int>(std::lround(points.width() * piece.pixelsPerPoint))),
                       std::max(1, static_cast<int>(std::lround(points.height() * piece.pixelsPerPoint))));
    return piece;
}

void ThumbnailList::setCurrentPage(int page)
{
    m_following = true;
    const QModelIndex index = m_model->index(page - 1);
    if (index.isValid() && index != currentIndex()) {
        setCurrentIndex(index);
        scrollTo(index);
    }
    m_following = false;
}

void ThumbnailList::setRotation(int rotation)
{
    if (rotation == m_rotation)
        return;
    m_rotation = rotation;
    updateWishes();
    viewport()->update();
}

void ThumbnailList::updateWishes()
{
    QVector<PagePiece> pieces;
    const int height = rowHeight(fontMetrics());
    if (isVisible() && m_model->rowCount() > 0) {
        const int first = std::max(0, verticalScrollBar()->value() / height);
        const int last =
            std::min(m_model->rowCount() - 1, (verticalScrollBar()->value() + viewport()->height()) / height);
        for (int row = first; row <= last; ++row) {
            const store::PageFrame &frame = m_document.pages().at(row);
            const bool dangerous =
                frame.state == domain::PageState::Failed && PageDrawings::isDangerous(frame.error);
            if (!dangerous)
                pieces.append(pieceOf(row + 1));
        }
    }
    m_drawings.want(Use::Thumbnail, pieces);
}

void ThumbnailList::showEvent(QShowEvent *event)
{
    QListView::showEvent(event);
    updateWishes();
}

void ThumbnailList::hideEvent(QHideEvent *event)
{
    QListView::hideEvent(event);
    updateWishes();
}

void ThumbnailList::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    updateWishes();
}

void ThumbnailList::scrollContentsBy(int dx, int dy)
{
    QListView::scrollContentsBy(dx, dy);
    updateWishes();
}

} // namespace lectern::ui
