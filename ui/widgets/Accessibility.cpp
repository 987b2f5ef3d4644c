// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Accessibility.h"

#include "ui/widgets/PageStrip.h"
#include "ui/widgets/TwoFillProgressBar.h"

#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>
#include <QWindow>

namespace lectern::ui {

namespace {

/// One cell of a page strip.
class CellAccessible final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    CellAccessible(PageStrip *strip, int cell) : m_strip(strip), m_cell(cell) {}

    bool isValid() const override { return m_strip && m_cell < m_strip->cells().cellCount(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_strip ? m_strip->window()->windowHandle() : nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_strip.data());
    }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name && isValid() ? m_strip->cellText(m_cell) : QString();
    }

    void setText(QAccessible::Text, const QString &) override {}

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect cell = m_strip->cellRect(m_cell);
        return QRect(m_strip->mapToGlobal(cell.topLeft()), cell.size());
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.selectable = true;
        state.focusable = true;
        const bool current = m_strip->cells().cellOf(m_strip->currentPage()) == m_cell;
        state.selected = current;
        state.focused = current && m_strip->hasFocus();
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this)
                                                    : nullptr;
    }

    QStringList actionNames() const override { return {pressAction()}; }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

    void doAction(const QString &name) override
    {
        if (name == pressAction() && isValid())
            Q_EMIT m_strip->pageActivated(m_strip->cells().pageFor(m_cell));
    }

private:
    QPointer<PageStrip> m_strip;
    int m_cell;
};

class StripAccessible final : public QAccessibleWidget {
public:
    explicit StripAccessible(PageStrip *strip) : QAccessibleWidget(strip, QAccessible::List) {}
    ~StripAccessible() override
    {
        for (const QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return strip().cells().cellCount(); }

    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto known = m_children.constFind(index);
        if (known != m_children.constEnd())
            return QAccessible::accessibleInterface(*known);
        auto *cell = new CellAccessible(static_cast<PageStrip *>(widget()), index);
        m_children.insert(index, QAccessible::registerAccessibleInterface(cell));
        return cell;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        return child(strip().cellAt(strip().mapFromGlobal(QPoint(x, y))));
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        for (auto known = m_children.constBegin(); known != m_children.constEnd(); ++known) {
            if (QAccessible::accessibleInterface(known.value()) == child)
                return known.key();
        }
        return -1;
    }

    QAccessibleInterface *focusChild() const override
    {
        return child(strip().cells().cellOf(strip().currentPage()));
    }

private:
    const PageStrip &strip() const { return *static_cast<const PageStrip *>(widget()); }

    mutable QHash<int, QAccessible::Id> m_children;
};

class BarAccessible final : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit BarAccessible(TwoFillProgressBar *bar) : QAccessibleWidget(bar, QAccessible::ProgressBar) {}

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ValueInterface ? static_cast<QAccessibleValueInterface *>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value ? bar().state().text : QAccessibleWidget::text(kind);
    }

    QVariant currentValue() const override { return bar().value(); }
    void setCurrentValue(const QVariant &) override {}
    QVariant maximumValue() const override { return 100; }
    QVariant minimumValue() const override { return 0; }
    QVariant minimumStepSize() const override { return 1; }

private:
    const TwoFillProgressBar &bar() const { return *static_cast<const TwoFillProgressBar *>(widget()); }
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    if (auto *strip = qobject_cast<PageStrip *>(object))
        return new StripAccessible(strip);
    if (auto *bar = qobject_cast<TwoFillProgressBar *>(object))
        return new BarAccessible(bar);
    return nullptr;
}

} // namespace

void installAccessibility()
{
    QAccessible::installFactory(makeInterface);
}

} // namespace lectern::ui
