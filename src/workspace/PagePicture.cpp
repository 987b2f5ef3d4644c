// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/PagePicture.h"

#include "workspace/PageRenderer.h"

#include <QBuffer>
#include <QImage>
#include <QImageWriter>

namespace lectern::workspace {

using base::ErrorCode;

namespace {

constexpr int kMaxPixels = 8'000'000;
constexpr int kJpegQuality = 85; // small print stays legible

} // namespace

base::Result<PagePicture> drawForModel(PageRenderer &renderer, domain::DocumentId document, int page,
                                       QSizeF points, const models::ImageRule &rule,
                                       const base::CancelToken &cancel)
{
    const double scale = models::bestScale(rule, points);
    if (scale <= 0)
        return base::fail(ErrorCode::PageUnreadable, QStringLiteral("a page without a size"));
    const auto drawn = renderer.render(document, {page, scale, kMaxPixels}, cancel);
    if (!drawn)
        return base::fail(drawn.error());
    const QImage image(reinterpret_cast<const uchar *>(drawn->pixels.constData()), drawn->width,
                       drawn->height, drawn->width * qsizetype{4}, QImage::Format_RGB32);
    PagePicture result;
    result.picture.mediaType = QByteArrayLiteral("image/jpeg");
    QBuffer buffer(&result.picture.bytes);
    QImageWriter writer(&buffer, QByteArrayLiteral("jpeg"));
    writer.setQuality(kJpegQuality);
    if (!writer.write(image))
        return base::fail(ErrorCode::PageUnreadable, writer.errorString());
    result.mostTokens = models::imageTokens(rule, {drawn->width, drawn->height}).most;
    return result;
}

} // namespace lectern::workspace
