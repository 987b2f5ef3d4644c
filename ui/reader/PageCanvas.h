// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/PageLink.h"
#include "presentation/DocumentFinder.h"
#include "presentation/PageDrawings.h"
#include "presentation/ReaderMarks.h"
#include "presentation/TextSelection.h"
#include "ui/reader/PageFlow.h"

#include <QAbstractScrollArea>
#include <QHash>
#include <QSet>

#include <optional>

namespace lectern::presentation {
class PageLinks;
class PageTexts;
class ReaderDocument;
} // namespace lectern::presentation

namespace lectern::ui {

class PageCard;
class TextSelector;

/// The pages of a document, one below the other, at any zoom. Lays them out from what is stored, shows
/// placeholders at once, and wants the pages in view drawn first, then their neighbours. A page that can't be
/// shown has a card that says why. GUI thread; draws nothing itself. objectName "pageView".
class PageCanvas final : public QAbstractScrollArea {
    Q_OBJECT

public:
    using Fit = PageFlow::Fit;

    /// What it shows; all of it outlives the canvas.
    struct Sources {
        presentation::ReaderDocument &document;
        presentation::PageDrawings &drawings;
        presentation::PageTexts &texts;
        presentation::DocumentFinder &finder;
        presentation::PageLinks &links;
    };
    explicit PageCanvas(const Sources &sources, QWidget *parent = nullptr);

    [[nodiscard]] const PageFlow &flow() const { return m_flow; }
    [[nodiscard]] Fit fit() const { return m_fit; }
    void setFit(Fit fit);
    /// 1.0 = 100 % = 96 device-independent pixels an inch: of the current page when pages are fitted.
    [[nodiscard]] double zoom() const;
    void setZoom(double zoom);
    /// The next step of 10 % or so.
    void zoomIn();
    void zoomOut();
    [[nodiscard]] int rotation() const { return m_rotation; }
    /// Clockwise by 90°, or the other way.
    void rotate(bool clockwise);
    [[nodiscard]] bool isInverted() const { return m_inverted; }
    void setInverted(bool inverted);

    /// The page that is read: the one across the upper middle of the view, or the one that was gone to. 0:
    /// none.
    [[nodiscard]] int currentPage() const { return m_current; }
    /// The page's top at the top of the view.
    void goToPage(int page);
    /// What stands at the top of the view.
    [[nodiscard]] PagePlace place() const;
    /// The place at the top of the view, or, with `centred`, in sight below it.
    void goToPlace(const PagePlace &place, bool centred = false);
    /// Scrolls as little as needed to show a rectangle of a page, in points.
    void ensureVisible(int page, const QRectF &area);
    /// What stands at the viewport's top left corner, in the flow's pixels.
    [[nodiscard]] QPointF offset() const;

    /// Marks something on a page, in place of what was marked, and shows it as soon as it is known where it
    /// stands. Esc takes the marks away.
    void setMarks(int page, const presentation::ReaderMarks &marks);
    /// Shows a stretch of a page's text, as soon as the text is read.
    void showText(int page, const presentation::PageTextMap::Range &range);
    [[nodiscard]] const presentation::TextSelection &selection() const;
    void selectAll();
    /// Rectangles of the page that are marked or found, in points: for tests and for pictures.
    [[nodiscard]] QVector<QRectF> markedAreas(int page);

    /// Where a page stands in the viewport.
    [[nodiscard]] QRectF viewRect(int page) const;
    [[nodiscard]] PageFlow::Range visiblePages() const;
    /// "Page 17 of 86", for assistive programs.
    [[nodiscard]] QString pageName(int page) const;
    /// The text of a page in view, or why it can't be shown, for assistive programs. Empty while it is read.
    [[nodiscard]] QString pageWords(int page) const;
    /// What stands in the way of pages may have changed.
    void refresh() { follow(); }

Q_SIGNALS:
    void currentPageChanged(int page);
    /// Fit, zoom or rotation.
    void lookChanged();
    /// Retry of a page's card.
    void retryRequested(int page);
    /// What is marked with a quote or with words is nowhere on its page.
    void marksNotFound(int page);
    void selectionChanged();
    void copyRequested();
    void linkActivated(const lectern::domain::PageLink &link);
    /// A context menu is wanted, with these links in it.
    void menuRequested(const QPoint &globalPosition, const QVector<lectern::domain::PageLink> &links);
    /// Home and End: a jump that can be taken back.
    void jumpRequested(int page);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void takePages();
    void layOut();
    /// Changes the look and keeps what stands at `anchor` (of the viewport) there.
    template <class Change> void keepingPlace(const QPointF &anchor, Change change);
    void setZoomAt(double zoom, const QPointF &anchor);
    void scrollTo(const QPointF &point);
    void follow();
    void setCurrent(int page);
    void updateName();
    void updateWishes();
    void addPieces(int page, const QRectF &area, QVector<presentation::PagePiece> &pieces) const;
    [[nodiscard]] std::optional<base::Error> trouble(int page) const;
    void placeCards();
    void screenDown();
    void screenUp();

    void paintPage(QPainter &painter, int page);
    void paintPicture(QPainter &painter, int page, const QRectF &place);
    void paintMarks(QPainter &painter, int page);
    void takeText(int page);
    void updateCursor(const QPointF &point);
    [[nodiscard]] std::optional<domain::PageLink> linkAt(const QPointF &point);
    [[nodiscard]] QVector<QRectF> areasOf(int page, const QVector<text::Occurrence> &hits) const;
    [[nodiscard]] QVector<QRectF> markAreas(int page);

    presentation::ReaderDocument &m_document;
    presentation::PageDrawings &m_drawings;
    presentation::PageTexts &m_texts;
    presentation::DocumentFinder &m_finder;
    presentation::PageLinks &m_links;
    TextSelector *m_selector;
    PageFlow m_flow;
    Fit m_fit = Fit::Width;
    double m_zoom = 1;
    int m_rotation = 0;
    bool m_inverted = false;
    int m_current = 0;
    bool m_layingOut = false;
    double m_wishedRatio = 1;       ///< device pixels per pixel for which pictures are wanted
    bool m_moving = false;          ///< scroll bars are being set: what follows is not the person's scrolling
    QSet<int> m_dared;              ///< pages that end a helper, asked for all the same
    QHash<int, PageCard *> m_cards; ///< of pages in view

    int m_markedPage = 0;
    presentation::ReaderMarks m_marks;
    bool m_marksWanted = false;              ///< to be shown as soon as their page's text is read
    QHash<int, QVector<QRectF>> m_markAreas; ///< by page, once its text is read
    struct Wanted {
        int page = 0; ///< 0: nothing
        presentation::PageTextMap::Range range;
    };
    Wanted m_wanted; ///< text to be shown likewise
};

} // namespace lectern::ui
