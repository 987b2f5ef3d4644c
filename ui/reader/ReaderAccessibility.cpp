// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reader/ReaderAccessibility.h"

#include "ui/reader/PageCanvas.h"

#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>
#include <QWindow>

namespace lectern::ui {

namespace {

/// A page in view.
class PageAccessible final : public QAccessibleInterface {
public:
    PageAccessible(PageCanvas *canvas, int page) : m_canvas(canvas), m_page(page) {}

    bool isValid() const override { return m_canvas && m_page <= m_canvas->flow().pageCount(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_canvas ? m_canvas->window()->windowHandle() : nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_canvas.data());
    }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::Paragraph; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        switch (kind) {
        case QAccessible::Name:
            return m_canvas->pageName(m_page);
        case QAccessible::Description:
        case QAccessible::Value:
            return m_canvas->pageWords(m_page);
        default:
            return {};
        }
    }

    void setText(QAccessible::Text, const QString &) override {}

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect place = m_canvas->viewRect(m_page).toAlignedRect();
        return QRect(m_canvas->viewport()->mapToGlobal(place.topLeft()), place.size());
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.readOnly = true;
        const PageFlow::Range seen = m_canvas->visiblePages();
        state.offscreen = m_page < seen.first || m_page > seen.last;
        state.focused = m_canvas->hasFocus() && m_canvas->currentPage() == m_page;
        return state;
    }

private:
    QPointer<PageCanvas> m_canvas;
    int m_page;
};

class CanvasAccessible final : public QAccessibleWidget {
public:
    explicit CanvasAccessible(PageCanvas *canvas) : QAccessibleWidget(canvas, QAccessible::Document) {}
    ~CanvasAccessible() override
    {
        for (const QAccessible::Id id : std::as_const(m_pages))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override
    {
        const PageFlow::Range seen = canvas().visiblePages();
        return std::max(0, seen.last - seen.first + 1);
    }

    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        const int page = canvas().visiblePages().first + index;
        const auto known = m_pages.constFind(page);
        if (known != m_pages.constEnd())
            return QAccessible::accessibleInterface(*known);
        forgetFar();
        auto *made = new PageAccessible(&canvas(), page);
        m_pages.insert(page, QAccessible::registerAccessibleInterface(made));
        return made;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPointF point = canvas().viewport()->mapFromGlobal(QPoint(x, y));
        for (int index = 0; index < childCount(); ++index) {
            if (canvas().viewRect(canvas().visiblePages().first + index).contains(point))
                return child(index);
        }
        return nullptr;
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        for (int index = 0; index < childCount(); ++index) {
            if (this->child(index) == child)
                return index;
        }
        return -1;
    }

    QAccessibleInterface *focusChild() const override
    {
        return child(canvas().currentPage() - canvas().visiblePages().first);
    }

private:
    PageCanvas &canvas() const { return *static_cast<PageCanvas *>(widget()); }

    // Whoever walks through a book must not leave an object behind for each of its pages.
    void forgetFar() const
    {
        constexpr qsizetype kMost = 64;
        if (m_pages.size() < kMost)
            return;
        for (const QAccessible::Id id : std::as_const(m_pages))
            QAccessible::deleteAccessibleInterface(id);
        m_pages.clear();
    }

    mutable QHash<int, QAccessible::Id> m_pages;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *canvas = qobject_cast<PageCanvas *>(object);
    return canvas ? new CanvasAccessible(canvas) : nullptr;
}

} // namespace

void installReaderAccessibility()
{
    QAccessible::installFactory(makeInterface);
}

} // namespace lectern::ui
