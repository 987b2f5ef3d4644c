// SPDX-License-Identifier: GPL-3.0-or-later
#include "poppler/PageRenderer.h"

#include "poppler/PageGeometry.h"
#include "poppler/PopplerMessages.h"
#include "poppler/ProofDevice.h"

#include <PDFDoc.h>
#include <SplashOutputDev.h>
#include <splash/SplashBitmap.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace lectern::poppler {

using base::ErrorCode;

namespace {

constexpr double kPointsPerInch = 72;

base::Status unreadable(const QString &otherwise)
{
    return base::fail(ErrorCode::PageUnreadable, PopplerMessages::lastError(otherwise));
}

/// Whether the part lies in the page and both are of a size that can be drawn.
bool isPartOf(const domain::PageGeometry &geometry, const pdf::RenderRequest &request)
{
    const double width = geometry.width * request.pixelsPerPoint;
    const double height = geometry.height * request.pixelsPerPoint;
    const QRect &part = request.part;
    const qint64 pixels = std::min(request.maxPixels, pdf::RenderRequest::kMaxPixels);
    return width <= pdf::RenderRequest::kMaxPageSide && height <= pdf::RenderRequest::kMaxPageSide &&
           part.x() >= 0 && part.y() >= 0 && part.width() <= pdf::RenderRequest::kMaxPartSide &&
           part.height() <= pdf::RenderRequest::kMaxPartSide &&
           qint64{part.width()} * part.height() <= pixels && part.right() <= width && part.bottom() <= height;
}

} // namespace

PageRenderer::PageRenderer(PDFDoc &document) : m_document(document) {}

PageRenderer::~PageRenderer() = default;

double PageRenderer::boundedScale(const domain::PageGeometry &geometry, const pdf::RenderRequest &request)
{
    const double maxPixels = std::clamp(request.maxPixels, 1, pdf::RenderRequest::kMaxPixels);
    const double byArea = std::sqrt(maxPixels / geometry.width / geometry.height);
    const double bySide = pdf::RenderRequest::kMaxSide / std::max(geometry.width, geometry.height);
    return std::min({request.pixelsPerPoint, byArea, bySide});
}

base::Result<domain::PageImage> PageRenderer::render(const pdf::RenderRequest &request)
{
    if (!std::isfinite(request.pixelsPerPoint) || request.pixelsPerPoint <= 0 || request.maxPixels <= 0)
        return base::fail(ErrorCode::InvalidArgument, QStringLiteral("scale of a picture"));
    if (request.rotation < 0 || request.rotation > 270 || request.rotation % 90 != 0)
        return base::fail(ErrorCode::InvalidArgument, QStringLiteral("rotation of a picture"));
    auto geometry = displayGeometry(*m_document.getPage(request.number));
    if (!geometry)
        return base::fail(ErrorCode::PageUnreadable, QStringLiteral("the page has no size"));
    if (request.rotation % 180 != 0)
        std::swap(geometry->width, geometry->height);
    if (request.part.isEmpty())
        return draw(request, *geometry, boundedScale(*geometry, request));
    if (!isPartOf(*geometry, request))
        return base::fail(ErrorCode::InvalidArgument, QStringLiteral("part of a picture"));
    return draw(request, *geometry, request.pixelsPerPoint);
}

base::Status PageRenderer::prove(int number)
{
    if (!displayGeometry(*m_document.getPage(number)))
        return base::fail(ErrorCode::PageUnreadable, QStringLiteral("the page has no size"));
    PopplerMessages::clear();
    ProofDevice device;
    m_document.displayPage(&device, number, kPointsPerInch, kPointsPerInch, 0, false, true, false);
    if (!device.isReadable())
        return unreadable(QStringLiteral("none of its pictures can be decoded"));
    return {};
}

base::Result<domain::PageImage> PageRenderer::draw(const pdf::RenderRequest &request,
                                                   const domain::PageGeometry &geometry, double scale)
{
    if (!m_device) {
        SplashColor white = {255, 255, 255};
        m_device = std::make_unique<SplashOutputDev>(splashModeXBGR8, 4, false, white);
        m_device->setFontAntialias(true);
        m_device->setVectorAntialias(true);
        m_device->setFreeTypeHinting(false, false);
        m_device->startDoc(&m_document);
    }
    PopplerMessages::clear();
    const double resolution = scale * kPointsPerInch;
    const QRect &part = request.part;
    if (part.isEmpty())
        m_document.displayPage(m_device.get(), request.number, resolution, resolution, request.rotation,
                               false, true, false);
    else
        m_document.displayPageSlice(m_device.get(), request.number, resolution, resolution, request.rotation,
                                    false, true, false, part.x(), part.y(), part.width(), part.height());
    const std::unique_ptr<SplashBitmap> bitmap(m_device->takeBitmap());

    // Asked for more than it can allocate, Poppler gives back a picture of 1 × 1, which is not what was asked
    // for.
    const auto expectedWidth = part.isEmpty() ? std::max(1.0, geometry.width * scale) : part.width();
    const auto expectedHeight = part.isEmpty() ? std::max(1.0, geometry.height * scale) : part.height();
    if (!bitmap || bitmap->getDataPtr() == nullptr || std::abs(bitmap->getWidth() - expectedWidth) > 2 ||
        std::abs(bitmap->getHeight() - expectedHeight) > 2) {
        m_device.reset();
        return base::fail(unreadable(QStringLiteral("the page cannot be drawn")).error());
    }

    domain::PageImage image;
    image.width = bitmap->getWidth();
    image.height = bitmap->getHeight();
    image.pixelsPerPoint = scale;
    const qsizetype rowBytes = qsizetype(image.width) * 4;
    image.pixels.resize(rowBytes * image.height);
    for (int y = 0; y < image.height; ++y)
        std::memcpy(image.pixels.data() + y * rowBytes,
                    bitmap->getDataPtr() + qsizetype(y) * bitmap->getRowSize(),
                    static_cast<size_t>(rowBytes));
    return image;
}

} // namespace lectern::poppler
