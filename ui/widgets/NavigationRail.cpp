// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/NavigationRail.h"

#include "ui/style/Paint.h"

#include <QAction>
#include <QActionGroup>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QStyle>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

namespace lectern::ui {

namespace {

constexpr int kSmallestWidth = 68; ///< of a button
constexpr int kIconSize = 24;

QString wordsOf(const QAction &action)
{
    QString text = action.text();
    return text.remove(QLatin1Char('&'));
}

} // namespace

class NavigationRail::Button final : public QToolButton {
public:
    Button(QAction &action, QWidget *parent) : QToolButton(parent)
    {
        setDefaultAction(&action);
        setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setBadge(0);
    }

    int badge() const { return m_badge; }

    void setBadge(int count)
    {
        m_badge = count;
        const QString words = wordsOf(*defaultAction());
        setAccessibleName(count > 0 ? NavigationRail::tr("%1, %2").arg(
                                          words, NavigationRail::tr("%n failed", nullptr, count))
                                    : words);
        update();
    }

    QSize sizeHint() const override
    {
        const QFontMetrics small(metrics::secondaryFont(font()));
        const int words = small.horizontalAdvance(wordsOf(*defaultAction())) + 12;
        return QSize(std::max(kSmallestWidth, words),
                     metrics::scaled(kIconSize, fontMetrics()) + small.height() + 18);
    }

    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = Theme::of(palette());
        const QRectF ground = QRectF(rect()).adjusted(0, 1, 0, -1);
        if (isChecked())
            paint::roundedRect(painter, ground, metrics::kRadius + 2, theme.selection);
        else if (isDown())
            paint::roundedRect(painter, ground, metrics::kRadius + 2, theme.pressed);
        else if (underMouse() && isEnabled())
            paint::roundedRect(painter, ground, metrics::kRadius + 2, theme.hover);

        const int side = metrics::scaled(kIconSize, fontMetrics());
        const QRect icon((width() - side) / 2, 7, side, side);
        this->icon().paint(&painter, icon, Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled,
                           isChecked() ? QIcon::On : QIcon::Off);
        const QFont small = metrics::secondaryFont(font());
        painter.setFont(small);
        painter.setPen(!isEnabled() ? theme.disabled : isChecked() ? theme.accent : theme.quiet);
        const QRect words(2, icon.bottom() + 4, width() - 4, QFontMetrics(small).height());
        painter.drawText(
            words, Qt::AlignCenter | Qt::TextSingleLine,
            QFontMetrics(small).elidedText(wordsOf(*defaultAction()), Qt::ElideRight, words.width()));
        if (m_badge > 0)
            paintBadge(painter, theme, icon);
        if (hasFocus() && paint::showsKeyboardFocus(this))
            paint::focusRing(painter, ground, metrics::kRadius + 2, theme);
    }

    bool event(QEvent *event) override
    {
        if (event->type() == QEvent::ToolTip) {
            const QString shortcut = defaultAction()->shortcut().toString(QKeySequence::NativeText);
            const QString words = wordsOf(*defaultAction());
            QToolTip::showText(
                static_cast<QHelpEvent *>(event)->globalPos(),
                shortcut.isEmpty() ? words : NavigationRail::tr("%1 (%2)").arg(words, shortcut), this);
            return true;
        }
        return QToolButton::event(event);
    }

private:
    void paintBadge(QPainter &painter, const Theme &theme, const QRect &icon) const
    {
        const QString text = m_badge > 99 ? QStringLiteral("99+") : locale().toString(m_badge);
        QFont font = metrics::secondaryFont(this->font());
        font.setPointSizeF(std::max(7.0, font.pointSizeF() * 0.85));
        font.setWeight(QFont::DemiBold);
        const QFontMetrics fontMetrics(font);
        const int height = std::max(16, fontMetrics.height());
        const int badgeWidth = std::max(height, fontMetrics.horizontalAdvance(text) + 8);
        QRect pill(icon.right() - 6, icon.top() - 4, badgeWidth, height);
        pill = QStyle::visualRect(layoutDirection(), rect(), pill);
        const QColor ring = isChecked() ? theme.selection : theme.window;
        paint::roundedRect(painter, QRectF(pill).adjusted(-1.5, -1.5, 1.5, 1.5), height, ring);
        paint::roundedRect(painter, pill, height / 2.0, theme.failed);
        painter.setFont(font);
        painter.setPen(theme.dark ? theme.surface : theme.onAccent);
        painter.drawText(pill, Qt::AlignCenter, text);
    }

    int m_badge = 0;
};

NavigationRail::NavigationRail(QWidget *parent)
    : QWidget(parent), m_group(new QActionGroup(this)), m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("navigationRail"));
    setAccessibleName(tr("Views"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    m_group->setExclusionPolicy(QActionGroup::ExclusionPolicy::Exclusive);
    m_layout->setContentsMargins(4, 6, 4, 6);
    m_layout->setSpacing(2);
    m_layout->addStretch(1);
}

void NavigationRail::addView(QAction &action)
{
    action.setCheckable(true);
    m_group->addAction(&action);
    Button *button = addButton(action);
    m_layout->insertWidget(static_cast<int>(m_views.size()), button);
    m_views.append(button);
}

void NavigationRail::addTool(QAction &action)
{
    Button *button = addButton(action);
    m_layout->addWidget(button);
    m_tools.append(button);
}

void NavigationRail::setBadge(const QAction &action, int count)
{
    if (Button *button = buttonOf(action))
        button->setBadge(std::max(0, count));
}

int NavigationRail::badge(const QAction &action) const
{
    const Button *button = buttonOf(action);
    return button ? button->badge() : 0;
}

void NavigationRail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    painter.fillRect(rect(), theme.window);
    const int edge = layoutDirection() == Qt::RightToLeft ? 0 : width() - 1;
    paint::hairline(painter, QRect(edge, 0, 1, height()), theme.border);
}

bool NavigationRail::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            moveFocus(watched, key == Qt::Key_Down ? 1 : -1);
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            static_cast<Button *>(watched)->click();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

NavigationRail::Button *NavigationRail::addButton(QAction &action)
{
    auto *button = new Button(action, this);
    button->setObjectName(QStringLiteral("rail_") + action.objectName());
    button->installEventFilter(this);
    return button;
}

NavigationRail::Button *NavigationRail::buttonOf(const QAction &action) const
{
    for (const auto *list : {&m_views, &m_tools}) {
        for (Button *button : *list) {
            if (button->defaultAction() == &action)
                return button;
        }
    }
    return nullptr;
}

void NavigationRail::moveFocus(const QObject *from, int step)
{
    QVector<Button *> buttons = m_views + m_tools;
    buttons.removeIf([](const Button *button) { return !button->isEnabled() || !button->isVisible(); });
    for (int index = 0; index < buttons.size(); ++index) {
        const int target = index + step;
        if (buttons.at(index) == from && target >= 0 && target < buttons.size()) {
            buttons.at(target)->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

} // namespace lectern::ui
