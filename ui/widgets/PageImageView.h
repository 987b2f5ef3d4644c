// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QImage>
#include <QRectF>
#include <QVector>

class QFrame;
class QLabel;
class QPushButton;

namespace lectern::ui {

/// Shows one page: fitted to the width, to the window, or at a zoom; a placeholder while it is being drawn; a
/// card with Retry and Skip when it can't be. GUI thread; draws nothing itself but the given picture, and
/// never inverts it unless asked. Lengths of pages are points (1/72 inch). Ctrl+wheel and +, −, 0 zoom;
/// PageUp and PageDown at an end ask for the neighbour. objectName "pageView".
class PageImageView final : public QAbstractScrollArea {
    Q_OBJECT

public:
    enum class Fit { Width, Page, None };
    static constexpr double kMinimumZoom = 0.1;
    static constexpr double kMaximumZoom = 8.0;

    explicit PageImageView(QWidget *parent = nullptr);

    /// Goes to another page of that size; shows the placeholder until a picture or an error comes. Render it
    /// at pixelsPerPoint(), and again whenever pixelsPerPointChanged() says so.
    void setPage(const QString &accessibleName, const QSizeF &pointSize);
    /// The picture of the current page, at any resolution: it is scaled to the page's place.
    void setImage(const QImage &image);
    /// What the placeholder says, as "Rendering page 17…".
    void setWaitingText(const QString &text);
    void setError(const QString &title, const QString &text, bool canRetry, bool canSkip);
    /// No page at all: an empty canvas.
    void clear();

    /// Marks rectangles of the page, in points from its top left corner, and scrolls to the first.
    void setHighlights(const QVector<QRectF> &rectangles);
    void setInverted(bool inverted);

    [[nodiscard]] Fit fit() const { return m_fit; }
    void setFit(Fit fit);
    /// 1.0 = 100 % = 96 device-independent pixels an inch.
    [[nodiscard]] double zoom() const;
    void setZoom(double zoom);
    void zoomIn();
    void zoomOut();
    /// Device pixels a point that the current size needs: what to render at.
    [[nodiscard]] double pixelsPerPoint() const;
    /// Where the page stands in the viewport, in device-independent pixels.
    [[nodiscard]] QRectF pageRect() const;

Q_SIGNALS:
    void zoomChanged(double zoom);
    /// A sharper or smaller picture is wanted, after zooming or resizing.
    void pixelsPerPointChanged(double pixelsPerPoint);
    void retryRequested();
    void skipRequested();
    /// PageUp at the top (-1) or PageDown at the end (+1).
    void neighbourRequested(int direction);
    /// A double click, or Return: the page is to be read in full.
    void pageOpened();
    /// A click on the page, in points from its top left corner.
    void pageClicked(const QPointF &point);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    enum class Show { Nothing, Waiting, Image, Error };
    void buildErrorCard();
    void placeErrorCard();
    void updateLayout();
    [[nodiscard]] double scaleForFit() const;

    QSizeF m_size;
    QImage m_image;
    QString m_waiting;
    QVector<QRectF> m_highlights;
    Show m_show = Show::Nothing;
    Fit m_fit = Fit::Width;
    double m_scale = 96.0 / 72.0; ///< device-independent pixels a point
    double m_announced = 0;
    bool m_inverted = false;
    QFrame *m_errorCard = nullptr;
    QLabel *m_errorTitle = nullptr;
    QLabel *m_errorText = nullptr;
    QPushButton *m_retry = nullptr;
    QPushButton *m_skip = nullptr;
};

} // namespace lectern::ui
