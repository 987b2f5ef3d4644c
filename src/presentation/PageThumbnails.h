// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"
#include "presentation/PageImageCache.h"

#include <QImage>
#include <QObject>

namespace lectern::presentation {

/// Small pictures of pages, a by-product of drawing them for the eye: lists show what is there and have
/// nothing drawn for their sake. Those used last are kept, never more than kMaxBytes. GUI thread.
class PageThumbnails final : public QObject {
    Q_OBJECT

public:
    static constexpr qint64 kMaxBytes = 24 * 1024 * 1024;
    /// The room for a thumbnail, in device-independent pixels. Pictures have twice as many of the screen's.
    static constexpr QSize kRoom{64, 84};

    explicit PageThumbnails(QObject *parent = nullptr);

    /// Any thread: a picture of a page, made small. Costs about a millisecond.
    [[nodiscard]] static QImage smallOf(const QImage &page);
    void keep(domain::DocumentId document, int page, const QImage &thumbnail);
    /// Null when it is not there. Counts as a use.
    [[nodiscard]] QImage find(domain::DocumentId document, int page);
    void clear();

Q_SIGNALS:
    void kept(lectern::domain::DocumentId document, int page);

private:
    PageImageCache m_images;
};

} // namespace lectern::presentation
