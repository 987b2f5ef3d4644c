// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace lectern::ui {

/// Paints what a search found: a document as one line with the number of its pages, a page as its small
/// picture (or its shape, until it has been drawn), its number, and lines of text in which the words found
/// are bold and underlined. GUI thread.
class SearchRows final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintDocument(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintThumbnail(QPainter &painter, const QRect &room, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const;
    void paintPage(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
};

} // namespace lectern::ui
