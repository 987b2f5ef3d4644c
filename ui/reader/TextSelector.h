// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/TextSelection.h"

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QObject>
#include <QPointF>

#include <optional>

class QKeyEvent;
class QMouseEvent;

namespace lectern::presentation {
class PageTexts;
}

namespace lectern::ui {

class PageCanvas;

/// Choosing text on the pages: by dragging, by double and triple click, and by Shift with the arrow keys, in
/// reading order whatever the script's direction. GUI thread; a part of PageCanvas, which passes it its
/// events and paints what is chosen.
class TextSelector final : public QObject {
    Q_OBJECT

public:
    TextSelector(PageCanvas &canvas, presentation::PageTexts &texts);

    [[nodiscard]] const presentation::TextSelection &selection() const { return m_selection; }
    void clear();
    void selectAll();

    /// True: the event was about text.
    bool press(const QMouseEvent &event);
    bool move(const QMouseEvent &event);
    void release();
    bool doubleClick(const QMouseEvent &event);
    bool key(const QKeyEvent &event);
    /// There is text under this point of the viewport.
    [[nodiscard]] bool isOnText(const QPointF &point);

Q_SIGNALS:
    void changed();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    using Range = presentation::PageTextMap::Range;
    void select(const presentation::TextSelection &selection);
    /// The nearest position to a point of the viewport; nothing while the page's text is not read.
    [[nodiscard]] std::optional<presentation::TextSpot> spotAt(const QPointF &point);
    [[nodiscard]] QPointF onPage(int page, const QPointF &point) const;
    void drag(const QPointF &point);
    void scrollTowards(const QPointF &point);
    /// Where the cursor comes to by a step; nothing when there is no more text.
    [[nodiscard]] std::optional<presentation::TextSpot> stepped(int key, bool byWord);
    [[nodiscard]] std::optional<presentation::TextSpot> steppedOver(int page, bool forwards);
    [[nodiscard]] presentation::TextSpot firstInView();
    void showCursor();

    PageCanvas &m_canvas;
    presentation::PageTexts &m_texts;
    presentation::TextSelection m_selection;
    enum class Unit { Character, Word, Line };
    Unit m_unit = Unit::Character;
    presentation::TextSelection m_seed; ///< the word or line with which dragging began
    bool m_dragging = false;
    QPointF m_pressedAt;
    QPointF m_lastPoint;
    QElapsedTimer m_sinceDoubleClick;
    QBasicTimer m_autoScroll;
};

} // namespace lectern::ui
