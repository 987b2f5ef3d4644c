// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Error.h"
#include "presentation/PageImageCache.h"
#include "presentation/WorkspaceClient.h"

#include <QHash>
#include <QObject>
#include <QSizeF>
#include <QTimer>
#include <QVector>

#include <array>
#include <optional>

namespace lectern::presentation {

/// A picture that is wanted of a page: all of it, or a part when the whole would be too large.
struct PagePiece {
    int page = 0;
    double pixelsPerPoint = 1;
    int rotation = 0;
    QRect part = {}; ///< in pixels of the whole page; empty: all of it
    QSize size;      ///< of the picture, about: for the limit of memory

    friend bool operator==(const PagePiece &, const PagePiece &) = default;
};

/// Has the pages of one document drawn, in the order in which they are wanted, and keeps what was drawn last.
/// The newest wish wins: what is under way but no longer wanted is told to stop when it takes long, and its
/// answer is kept for later or dropped. Never more bytes of pictures than its two limits. GUI thread; all
/// drawing happens elsewhere.
class PageDrawings final : public QObject {
    Q_OBJECT

public:
    /// What pictures are for. Thumbnails are drawn while no page is waited for.
    enum class Use { Page, Thumbnail };
    static constexpr int kAtOnce = 2;
    /// A drawing that nobody wants any more may go on for so long: most are done by then, and stopping one
    /// costs its helper.
    static constexpr int kGraceMs = 300;

    /// `name` tells this one's drawings from those of other parts of the window.
    PageDrawings(WorkspaceClient &client, const base::Clock &clock, QString name, qint64 pageBytes,
                 qint64 thumbnailBytes, QObject *parent = nullptr);
    ~PageDrawings() override;

    /// Forgets wishes and failures. Pictures of other documents stay until they are pushed out.
    void setDocument(domain::DocumentId document);
    /// The pieces wanted for this use, most urgent first, in place of those wanted before. What would not fit
    /// into the limit of bytes is left out.
    void want(Use use, const QVector<PagePiece> &pieces);
    /// The picture if it is there. Counts as a use.
    [[nodiscard]] QImage image(Use use, const PagePiece &piece);
    /// The whole page at another scale, until the right one comes.
    [[nodiscard]] QImage likeness(int page, int rotation);
    /// Why a page can't be drawn; nothing when it can, or was not tried.
    [[nodiscard]] std::optional<base::Error> failure(int page) const;
    /// Forgets that a page could not be drawn: it is tried again when it is wanted.
    void retry(int page);
    void retryAll();
    /// The page itself ends the helper that opens it: drawing it unasked would only do so once more.
    [[nodiscard]] static bool isDangerous(base::ErrorCode code);
    /// Nothing that is wanted is still missing.
    [[nodiscard]] bool isIdle() const;
    [[nodiscard]] qint64 bytes() const;

Q_SIGNALS:
    /// A picture of the page is there. `points` is the size of the whole page that it shows; empty for a
    /// part.
    void drawn(int page, const QSizeF &points);
    void failed(int page);
    /// isIdle() is true now.
    void idle();

private:
    struct Flight {
        bool busy = false;
        Use use = Use::Page;
        PagePiece piece;
        quint64 number = 0;
        qint64 startedAt = 0;
    };
    struct Channel {
        explicit Channel(qint64 maxBytes) : images(maxBytes) {}
        PageImageCache images;
        QVector<PagePiece> wanted;
    };
    [[nodiscard]] PageImageKey keyOf(const PagePiece &piece) const;
    [[nodiscard]] Channel &channel(Use use) { return m_channels[static_cast<std::size_t>(use)]; }
    [[nodiscard]] const Channel &channel(Use use) const { return m_channels[static_cast<std::size_t>(use)]; }
    [[nodiscard]] bool isWanted(const Flight &flight) const;
    [[nodiscard]] bool isFlying(Use use, const PagePiece &piece) const;
    [[nodiscard]] std::optional<PagePiece> next(Use use) const;
    [[nodiscard]] QString viewName(std::size_t slot) const;
    void stopUnwanted();
    void start();
    void launch(std::size_t slot, Use use, const PagePiece &piece);
    void land(std::size_t slot, quint64 number, const base::Result<RenderedPage> &result);

    WorkspaceClient &m_client;
    const base::Clock &m_clock;
    QString m_name;
    domain::DocumentId m_document;
    std::array<Channel, 2> m_channels;
    std::array<Flight, kAtOnce> m_flights;
    QHash<int, base::Error> m_failures; ///< by page
    quint64 m_number = 0;
    QTimer m_lookAgain;
};

} // namespace lectern::presentation
