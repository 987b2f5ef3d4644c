// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDate>
#include <QRectF>
#include <QString>
#include <QVector>

namespace lectern::guide {

/// A line of a document's outline. Pages count from 0; places are in points from the top left.
struct OutlineItem {
    QString title;
    int level = 1; ///< 1 or 2
    int page = 0;
    qreal y = 0;
};

/// A part of a page that leads to an outline item.
struct InnerLink {
    int page = 0;
    QRectF rect;
    int target = 0; ///< index into the outline
};

/// Adds to a PDF of QPdfWriter what that cannot write: an outline, links inside the document, its language;
/// and sets its date, so that the same text always gives the same bytes. Empty when `pdf` is not built as
/// expected.
[[nodiscard]] QByteArray finishPdf(QByteArray pdf, const QVector<OutlineItem> &outline,
                                   const QVector<InnerLink> &links, const QString &language, QDate date);

} // namespace lectern::guide
