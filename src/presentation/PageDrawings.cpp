// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/PageDrawings.h"

#include <algorithm>
#include <cmath>

namespace lectern::presentation {

namespace {

constexpr double kScaleUnit = 1e6;
constexpr int kBytesPerPixel = 4;
/// Of the limit of bytes; the rest is for what was drawn before.
constexpr double kWantedShare = 0.9;

} // namespace

PageDrawings::PageDrawings(WorkspaceClient &client, const base::Clock &clock, QString name, qint64 pageBytes,
                           qint64 thumbnailBytes, QObject *parent)
    : QObject(parent), m_client(client), m_clock(clock),
      m_name(std::move(name)), m_channels{Channel(pageBytes), Channel(thumbnailBytes)}
{
    m_lookAgain.setSingleShot(true);
    m_lookAgain.setInterval(kGraceMs);
    connect(&m_lookAgain, &QTimer::timeout, this, [this] {
        stopUnwanted();
        start();
    });
}

PageDrawings::~PageDrawings()
{
    for (std::size_t slot = 0; slot < m_flights.size(); ++slot)
        m_client.cancelRender(viewName(slot));
}

QString PageDrawings::viewName(std::size_t slot) const
{
    return QStringLiteral("%1-%2").arg(m_name).arg(slot);
}

PageImageKey PageDrawings::keyOf(const PagePiece &piece) const
{
    return {m_document, piece.page, piece.rotation, std::llround(piece.pixelsPerPoint * kScaleUnit),
            piece.part.isEmpty() ? PageImageKey::kWhole : piece.part.topLeft()};
}

void PageDrawings::setDocument(domain::DocumentId document)
{
    if (document == m_document)
        return;
    for (std::size_t slot = 0; slot < m_flights.size(); ++slot) {
        if (m_flights.at(slot).busy)
            m_client.cancelRender(viewName(slot));
        m_flights.at(slot) = {};
    }
    for (Channel &each : m_channels)
        each.wanted.clear();
    m_failures.clear();
    m_document = document;
}

void PageDrawings::want(Use use, const QVector<PagePiece> &pieces)
{
    Channel &target = channel(use);
    target.wanted.clear();
    const auto limit = static_cast<qint64>(static_cast<double>(target.images.maxBytes()) * kWantedShare);
    qint64 bytes = 0;
    for (const PagePiece &piece : pieces) {
        bytes += qint64{piece.size.width()} * piece.size.height() * kBytesPerPixel;
        if (bytes > limit)
            break;
        target.wanted.append(piece);
    }
    stopUnwanted();
    start();
}

QImage PageDrawings::image(Use use, const PagePiece &piece)
{
    return channel(use).images.find(keyOf(piece));
}

QImage PageDrawings::likeness(int page, int rotation)
{
    const QImage whole = channel(Use::Page).images.findWhole(m_document, page, rotation);
    return whole.isNull() ? channel(Use::Thumbnail).images.findWhole(m_document, page, rotation) : whole;
}

std::optional<base::Error> PageDrawings::failure(int page) const
{
    const auto known = m_failures.constFind(page);
    return known == m_failures.constEnd() ? std::nullopt : std::optional(*known);
}

void PageDrawings::retry(int page)
{
    m_failures.remove(page);
    start();
}

void PageDrawings::retryAll()
{
    m_failures.clear();
    start();
}

bool PageDrawings::isDangerous(base::ErrorCode code)
{
    using base::ErrorCode;
    return code == ErrorCode::PageCrashed || code == ErrorCode::PageTimedOut ||
           code == ErrorCode::PageOutOfMemory || code == ErrorCode::PageMissing;
}

bool PageDrawings::isWanted(const Flight &flight) const
{
    return channel(flight.use).wanted.contains(flight.piece);
}

bool PageDrawings::isFlying(Use use, const PagePiece &piece) const
{
    return std::any_of(m_flights.cbegin(), m_flights.cend(), [&](const Flight &flight) {
        return flight.busy && flight.use == use && flight.piece == piece;
    });
}

std::optional<PagePiece> PageDrawings::next(Use use) const
{
    for (const PagePiece &piece : channel(use).wanted) {
        if (!m_failures.contains(piece.page) && !channel(use).images.contains(keyOf(piece)) &&
            !isFlying(use, piece))
            return piece;
    }
    return std::nullopt;
}

bool PageDrawings::isIdle() const
{
    const bool flying =
        std::any_of(m_flights.cbegin(), m_flights.cend(), [](const Flight &flight) { return flight.busy; });
    return !flying && !next(Use::Page) && !next(Use::Thumbnail);
}

qint64 PageDrawings::bytes() const
{
    return channel(Use::Page).images.bytes() + channel(Use::Thumbnail).images.bytes();
}

void PageDrawings::stopUnwanted()
{
    bool younger = false;
    for (std::size_t slot = 0; slot < m_flights.size(); ++slot) {
        Flight &flight = m_flights.at(slot);
        if (!flight.busy || isWanted(flight))
            continue;
        if (m_clock.monotonicMs() - flight.startedAt < kGraceMs) {
            younger = true;
            continue;
        }
        m_client.cancelRender(viewName(slot)); // and no answer comes
        flight = {};
    }
    if (younger && !m_lookAgain.isActive())
        m_lookAgain.start();
}

void PageDrawings::start()
{
    if (!m_document.isValid())
        return;
    for (std::size_t slot = 0; slot < m_flights.size(); ++slot) {
        if (m_flights.at(slot).busy)
            continue;
        if (const auto page = next(Use::Page))
            launch(slot, Use::Page, *page);
        else if (const auto thumbnail = next(Use::Thumbnail))
            launch(slot, Use::Thumbnail, *thumbnail);
        else
            return;
    }
}

void PageDrawings::launch(std::size_t slot, Use use, const PagePiece &piece)
{
    const quint64 number = ++m_number;
    m_flights.at(slot) = {true, use, piece, number, m_clock.monotonicMs()};
    RenderRequest request;
    request.document = m_document;
    request.page = piece.page;
    request.pixelsPerPoint = piece.pixelsPerPoint;
    request.rotation = piece.rotation;
    request.part = piece.part;
    m_client.renderPage(
        viewName(slot), request, this,
        [this, slot, number](const base::Result<RenderedPage> &result) { land(slot, number, result); });
}

void PageDrawings::land(std::size_t slot, quint64 number, const base::Result<RenderedPage> &result)
{
    Flight &flight = m_flights.at(slot);
    if (!flight.busy || flight.number != number)
        return; // of a document that is closed
    const Flight landed = flight;
    flight = {};
    const int page = landed.piece.page;
    if (result) {
        channel(landed.use).images.insert(keyOf(landed.piece), result->image);
        start();
        QSizeF points;
        if (landed.piece.part.isEmpty() && result->pixelsPerPoint > 0)
            points = QSizeF(result->image.size()) / result->pixelsPerPoint;
        Q_EMIT drawn(page, landed.piece.rotation % 180 == 0 ? points : points.transposed());
    } else {
        if (result.error().code != base::ErrorCode::Cancelled)
            m_failures.insert(page, result.error());
        start();
        if (result.error().code != base::ErrorCode::Cancelled)
            Q_EMIT failed(page);
    }
    if (isIdle())
        Q_EMIT idle();
}

} // namespace lectern::presentation
