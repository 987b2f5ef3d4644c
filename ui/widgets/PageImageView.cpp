// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/PageImageView.h"

#include "ui/style/IconSet.h"
#include "ui/style/Paint.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/SectionLabel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QStyle>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace lectern::ui {

namespace {

constexpr int kMargin = metrics::kDialogMargin; ///< canvas around the page
constexpr double kScaleOfFullSize = 96.0 / 72.0;
constexpr double kStep = 1.2; ///< one press of zoom in

} // namespace

PageImageView::PageImageView(QWidget *parent) : QAbstractScrollArea(parent)
{
    setObjectName(QStringLiteral("pageView"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    // Pages are not mirrored, and neither is the way they scroll.
    setLayoutDirection(Qt::LeftToRight);
    horizontalScrollBar()->setSingleStep(24);
    verticalScrollBar()->setSingleStep(24);
    buildErrorCard();
    changeEvent(nullptr);
}

void PageImageView::setPage(const QString &accessibleName, const QSizeF &pointSize)
{
    setAccessibleName(accessibleName);
    m_size = pointSize;
    m_image = QImage();
    m_highlights.clear();
    m_show = Show::Waiting;
    m_errorCard->hide();
    updateLayout();
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
}

void PageImageView::setImage(const QImage &image)
{
    m_image = image;
    if (m_inverted)
        m_image.invertPixels();
    m_show = image.isNull() ? Show::Waiting : Show::Image;
    m_errorCard->hide();
    viewport()->update();
}

void PageImageView::setWaitingText(const QString &text)
{
    m_waiting = text;
    viewport()->update();
}

void PageImageView::setError(const QString &title, const QString &text, bool canRetry, bool canSkip)
{
    m_image = QImage();
    m_show = Show::Error;
    m_errorTitle->setText(title);
    m_errorText->setText(text);
    m_retry->setVisible(canRetry);
    m_skip->setVisible(canSkip);
    m_errorCard->setAccessibleName(title);
    m_errorCard->setAccessibleDescription(text);
    placeErrorCard();
    m_errorCard->show();
    viewport()->update();
}

void PageImageView::clear()
{
    m_size = QSizeF();
    m_image = QImage();
    m_highlights.clear();
    m_show = Show::Nothing;
    m_errorCard->hide();
    setAccessibleName({});
    updateLayout();
}

void PageImageView::setHighlights(const QVector<QRectF> &rectangles)
{
    m_highlights = rectangles;
    if (!m_highlights.isEmpty() && !m_size.isEmpty()) {
        const QRectF page = pageRect();
        const double middle = page.top() + m_highlights.first().center().y() * m_scale;
        const int height = viewport()->height();
        if (middle < height * 0.15 || middle > height * 0.85)
            verticalScrollBar()->setValue(verticalScrollBar()->value() +
                                          static_cast<int>(middle - height * 0.4));
    }
    viewport()->update();
}

void PageImageView::setInverted(bool inverted)
{
    if (inverted == m_inverted)
        return;
    m_inverted = inverted;
    m_image.invertPixels();
    viewport()->update();
}

void PageImageView::setFit(Fit fit)
{
    m_fit = fit;
    updateLayout();
}

double PageImageView::zoom() const
{
    return m_scale / kScaleOfFullSize;
}

void PageImageView::setZoom(double zoom)
{
    m_fit = Fit::None;
    // Keeps what is in the middle of the view in the middle.
    const QRectF before = pageRect();
    const QPointF centre = QRectF(viewport()->rect()).center();
    const QPointF point = (centre - before.topLeft()) / m_scale;
    m_scale = std::clamp(zoom, kMinimumZoom, kMaximumZoom) * kScaleOfFullSize;
    updateLayout();
    const QPointF moved = pageRect().topLeft() + point * m_scale - centre;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() +
                                    static_cast<int>(std::lround(moved.x())));
    verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(std::lround(moved.y())));
    Q_EMIT zoomChanged(this->zoom());
}

void PageImageView::zoomIn()
{
    setZoom(zoom() * kStep);
}

void PageImageView::zoomOut()
{
    setZoom(zoom() / kStep);
}

double PageImageView::pixelsPerPoint() const
{
    return m_scale * devicePixelRatioF();
}

QRectF PageImageView::pageRect() const
{
    const QSizeF size = m_size * m_scale;
    const QSize room = viewport()->size();
    double x = (room.width() - size.width()) / 2;
    if (size.width() + 2 * kMargin > room.width())
        x = kMargin - horizontalScrollBar()->value();
    const double y = size.height() + 2 * kMargin > room.height()
                         ? kMargin - verticalScrollBar()->value()
                         : std::max<double>(kMargin, (room.height() - size.height()) / 2);
    // On whole device pixels, so that a picture of the right size is copied and not blurred.
    const double ratio = devicePixelRatioF();
    const auto snapped = [ratio](double value) { return std::round(value * ratio) / ratio; };
    return QRectF(snapped(x), snapped(y), size.width(), size.height());
}

void PageImageView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const Theme &theme = Theme::of(palette());
    painter.fillRect(viewport()->rect(), theme.canvas);
    if (m_show == Show::Nothing)
        return;
    const QRectF page = pageRect();
    const QColor paper = m_show == Show::Image && !m_inverted ? QColor(Qt::white) : theme.surface;
    painter.fillRect(page, paper);
    if (m_show == Show::Image) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        const double ratio = devicePixelRatioF();
        const QSizeF natural = QSizeF(m_image.size()) / ratio;
        const bool exact = std::abs(natural.width() - page.width()) < 1.0 / ratio + 0.01 &&
                           std::abs(natural.height() - page.height()) < 1.0 / ratio + 0.01;
        painter.drawImage(exact ? QRectF(page.topLeft(), natural) : page, m_image,
                          QRectF(QPointF(0, 0), QSizeF(m_image.size())));
        painter.setCompositionMode(QPainter::CompositionMode_Multiply);
        if (m_inverted)
            painter.setCompositionMode(QPainter::CompositionMode_Screen);
        const QColor marker = m_inverted ? QColor(0x5A, 0x48, 0x00) : QColor(0xFF, 0xE0, 0x66);
        for (const QRectF &rectangle : m_highlights) {
            const QRectF place(page.topLeft() + rectangle.topLeft() * m_scale, rectangle.size() * m_scale);
            paint::roundedRect(painter, place.adjusted(-1, -1, 1, 1), 2, marker);
        }
        painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    } else if (m_show == Show::Waiting) {
        painter.setPen(theme.quiet);
        const QRectF visible = page.intersected(QRectF(viewport()->rect()));
        painter.drawText(visible, Qt::AlignCenter | Qt::TextWordWrap, m_waiting);
    }
    paint::roundedRect(painter, page.adjusted(-1, -1, 1, 1), 1, Qt::transparent, theme.border);
    if (hasFocus() && paint::showsKeyboardFocus(this))
        paint::focusRing(painter, QRectF(viewport()->rect()).adjusted(1, 1, -1, -1), metrics::kRadius, theme);
}

void PageImageView::resizeEvent(QResizeEvent *)
{
    updateLayout();
}

void PageImageView::wheelEvent(QWheelEvent *event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    const double notches = event->angleDelta().y() / 120.0;
    setZoom(zoom() * std::pow(kStep, notches));
    event->accept();
}

void PageImageView::keyPressEvent(QKeyEvent *event)
{
    QScrollBar *bar = verticalScrollBar();
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomIn();
    case Qt::Key_Minus:
        return zoomOut();
    case Qt::Key_0:
        return setZoom(1.0);
    case Qt::Key_PageDown:
        if (bar->value() == bar->maximum())
            Q_EMIT neighbourRequested(1);
        else
            bar->triggerAction(QAbstractSlider::SliderPageStepAdd);
        return;
    case Qt::Key_PageUp:
        if (bar->value() == bar->minimum())
            Q_EMIT neighbourRequested(-1);
        else
            bar->triggerAction(QAbstractSlider::SliderPageStepSub);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_show != Show::Nothing)
            Q_EMIT pageOpened();
        return;
    case Qt::Key_Home:
        return bar->setValue(bar->minimum());
    case Qt::Key_End:
        return bar->setValue(bar->maximum());
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void PageImageView::mousePressEvent(QMouseEvent *event)
{
    event->accept(); // the release belongs to the same widget
}

void PageImageView::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept();
    const QRectF page = pageRect();
    if (event->button() == Qt::LeftButton && m_show == Show::Image && page.contains(event->position()))
        Q_EMIT pageClicked((event->position() - page.topLeft()) / m_scale);
}

void PageImageView::mouseDoubleClickEvent(QMouseEvent *event)
{
    event->accept();
    if (event->button() == Qt::LeftButton && m_show == Show::Image && pageRect().contains(event->position()))
        Q_EMIT pageOpened();
}

void PageImageView::changeEvent(QEvent *event)
{
    if (event)
        QAbstractScrollArea::changeEvent(event);
    if (event && event->type() != QEvent::PaletteChange)
        return;
    // The scroll bars take their ground from the viewport's palette.
    QPalette colors;
    colors.setColor(QPalette::Base, Theme::of(palette()).canvas);
    viewport()->setPalette(colors);
    viewport()->setBackgroundRole(QPalette::Base);
}

void PageImageView::scrollContentsBy(int, int)
{
    placeErrorCard();
    viewport()->update();
}

void PageImageView::buildErrorCard()
{
    auto *card = new Card(viewport());
    m_errorCard = card;
    card->setObjectName(QStringLiteral("pageError"));
    card->setLayoutDirection(parentWidget() ? parentWidget()->layoutDirection() : layoutDirection());
    m_errorTitle = new SectionLabel({}, SectionLabel::Level::Heading, card);
    m_errorTitle->setWordWrap(true);
    m_errorText = new SectionLabel({}, SectionLabel::Level::Body, card);
    static_cast<SectionLabel *>(m_errorText)->setTone(Tone::Quiet);
    m_errorText->setWordWrap(true);
    m_retry = new QPushButton(tr("Retry"), card);
    m_retry->setObjectName(QStringLiteral("retryPage"));
    m_retry->setIcon(IconSet::icon(Glyph::Retry));
    m_skip = new QPushButton(tr("Skip"), card);
    m_skip->setObjectName(QStringLiteral("skipPage"));
    m_skip->setIcon(IconSet::icon(Glyph::Skip));
    connect(m_retry, &QPushButton::clicked, this, &PageImageView::retryRequested);
    connect(m_skip, &QPushButton::clicked, this, &PageImageView::skipRequested);

    auto *heading = new QHBoxLayout;
    heading->setSpacing(metrics::kGap);
    heading->addWidget(new IconLabel(Glyph::Warning, Tone::Failed, 20, card), 0, Qt::AlignTop);
    heading->addWidget(m_errorTitle, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_retry);
    buttons->addWidget(m_skip);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(metrics::kGap);
    layout->addLayout(heading);
    layout->addWidget(m_errorText);
    layout->addSpacing(metrics::kInner);
    layout->addLayout(buttons);
    card->hide();
}

void PageImageView::placeErrorCard()
{
    const int width = std::clamp(viewport()->width() - 2 * kMargin, 120, 380);
    const int height = m_errorCard->layout()->hasHeightForWidth()
                           ? m_errorCard->layout()->totalHeightForWidth(width)
                           : m_errorCard->sizeHint().height();
    QRect place(0, 0, width, height);
    place.moveCenter(viewport()->rect().center());
    m_errorCard->setGeometry(place);
}

void PageImageView::updateLayout()
{
    const double before = m_scale;
    if (m_fit != Fit::None && !m_size.isEmpty())
        m_scale = scaleForFit();
    const QSizeF content = m_size * m_scale;
    const QSize room = viewport()->size();
    const auto range = [](double length, int visible) {
        return std::max(0, static_cast<int>(std::ceil(length)) + 2 * kMargin - visible);
    };
    const bool none = m_size.isEmpty();
    horizontalScrollBar()->setPageStep(room.width());
    verticalScrollBar()->setPageStep(room.height());
    horizontalScrollBar()->setRange(0, none || m_fit != Fit::None ? 0 : range(content.width(), room.width()));
    verticalScrollBar()->setRange(0, none || m_fit == Fit::Page ? 0 : range(content.height(), room.height()));
    placeErrorCard();
    viewport()->update();
    if (m_fit != Fit::None && std::abs(before - m_scale) > 1e-6)
        Q_EMIT zoomChanged(zoom());
    if (!none && std::abs(m_announced - pixelsPerPoint()) > 1e-6) {
        m_announced = pixelsPerPoint();
        Q_EMIT pixelsPerPointChanged(m_announced);
    }
}

double PageImageView::scaleForFit() const
{
    // Counted with the room that there is without scroll bars, so that showing one can't change the answer
    // back.
    const QSize room = maximumViewportSize();
    const double width = std::max(40, room.width() - 2 * kMargin);
    const double height = std::max(40, room.height() - 2 * kMargin);
    double scale = width / m_size.width();
    if (m_fit == Fit::Page) {
        scale = std::min(scale, height / m_size.height());
    } else if (scale * m_size.height() > height) {
        const int bar = verticalScrollBar()->sizeHint().width();
        scale = std::max(40.0, width - bar) / m_size.width();
    }
    return std::clamp(scale, kMinimumZoom * kScaleOfFullSize, kMaximumZoom * kScaleOfFullSize);
}

} // namespace lectern::ui
