// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/UndoBar.h"

#include "ui/style/ButtonKind.h"
#include "ui/style/IconSet.h"
#include "ui/style/Paint.h"
#include "ui/widgets/ElidedLabel.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace lectern::ui {

namespace {

constexpr int kOuter = metrics::kGap; ///< between the bar and the edges of its place

} // namespace

UndoBar::UndoBar(QWidget *parent)
    : QFrame(parent), m_label(new ElidedLabel({}, this)), m_undo(new QPushButton(this))
{
    setObjectName(QStringLiteral("undoBar"));
    setFrameShape(QFrame::NoFrame);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_undo->setObjectName(QStringLiteral("undoButton"));
    m_undo->setText(tr("Undo"));
    m_undo->setIcon(IconSet::icon(Glyph::Undo));
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("closeUndo"));
    close->setIcon(IconSet::icon(Glyph::Close, Tone::Quiet));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close"));
    close->setToolTip(tr("Close"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(kOuter + 6, kOuter + 6, kOuter + 6, kOuter + 6);
    layout->setSpacing(metrics::kGap);
    layout->addSpacing(6);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_undo);
    layout->addWidget(close);

    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &UndoBar::finish);
    connect(close, &QToolButton::clicked, this, &UndoBar::finish);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        const qint64 token = m_token;
        withdraw();
        Q_EMIT undoRequested(token);
    });
    m_undo->installEventFilter(this);
    close->installEventFilter(this);
    hide();
}

void UndoBar::offer(const QString &text, qint64 token)
{
    finish();
    m_label->setText(text);
    setAccessibleName(text);
    m_token = token;
    m_offering = true;
    m_left = m_duration;
    m_hovered = false;
    m_focused = false;
    show();
    goOn();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void UndoBar::withdraw()
{
    m_offering = false;
    m_left = 0;
    m_timer.stop();
    hide();
}

QString UndoBar::text() const
{
    return m_label->text();
}

int UndoBar::remaining() const
{
    if (!m_offering)
        return 0;
    return m_timer.isActive() ? m_timer.remainingTime() : m_left;
}

void UndoBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    paint::roundedRect(painter, rect().adjusted(kOuter, kOuter, -kOuter, -kOuter), metrics::kCardRadius - 2,
                       theme.raised, theme.dark ? theme.fieldBorder : theme.border);
}

void UndoBar::enterEvent(QEnterEvent *)
{
    m_hovered = true;
    hold();
}

void UndoBar::leaveEvent(QEvent *)
{
    m_hovered = false;
    goOn();
}

bool UndoBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn) {
        m_focused = true;
        hold();
    } else if (event->type() == QEvent::FocusOut) {
        m_focused = false;
        goOn();
    }
    return QFrame::eventFilter(watched, event);
}

void UndoBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        event->accept();
        finish();
        return;
    }
    QFrame::keyPressEvent(event);
}

void UndoBar::hold()
{
    if (!m_timer.isActive())
        return;
    m_left = m_timer.remainingTime();
    m_timer.stop();
}

void UndoBar::goOn()
{
    if (m_offering && !m_hovered && !m_focused && !m_timer.isActive())
        m_timer.start(m_left);
}

void UndoBar::finish()
{
    if (!m_offering)
        return;
    const qint64 token = m_token;
    withdraw();
    Q_EMIT expired(token);
}

} // namespace lectern::ui
