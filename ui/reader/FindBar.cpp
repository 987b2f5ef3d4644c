// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reader/FindBar.h"

#include "presentation/Format.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"
#include "ui/widgets/FilterField.h"
#include "ui/widgets/SectionLabel.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>

namespace lectern::ui {

using presentation::Format;

namespace {

constexpr int kTypingMs = 120;

} // namespace

FindBar::FindBar(QWidget *parent)
    : QFrame(parent), m_field(new FilterField(tr("Find in this document"), this)),
      m_count(new SectionLabel(QString(), SectionLabel::Level::Body, this)),
      m_previous(addButton(QStringLiteral("findPreviousButton"), tr("Previous place (Shift+Enter)"))),
      m_next(addButton(QStringLiteral("findNextButton"), tr("Next place (Enter)"))),
      m_case(addButton(QStringLiteral("findCaseButton"), tr("Case sensitive"))),
      m_close(addButton(QStringLiteral("findCloseButton"), tr("Close (Esc)")))
{
    setObjectName(QStringLiteral("findBar"));
    setAccessibleName(tr("Find"));
    m_field->setObjectName(QStringLiteral("findField"));
    m_field->setAccessibleName(tr("Find in this document"));
    m_field->installEventFilter(this);
    m_field->setMinimumWidth(160);
    m_field->setMaximumWidth(360);
    m_count->setObjectName(QStringLiteral("findCount"));
    m_previous->setIcon(IconSet::icon(Glyph::ChevronUp));
    m_next->setIcon(IconSet::icon(Glyph::ChevronDown));
    m_close->setIcon(IconSet::icon(Glyph::Close));
    m_case->setText(QStringLiteral("Aa"));
    m_case->setCheckable(true);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::kPaneMargin, metrics::kInner, metrics::kPaneMargin, metrics::kInner + 1);
    row->setSpacing(metrics::kInner);
    row->addWidget(m_field, 1);
    row->addSpacing(metrics::kInner);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(m_case);
    row->addSpacing(metrics::kGap);
    row->addWidget(m_count);
    row->addStretch(1);
    row->addWidget(m_close);

    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingMs);
    connect(m_field, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, &FindBar::request);
    connect(m_case, &QToolButton::toggled, this, [this] {
        m_asked.clear();
        request();
    });
    connect(m_previous, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(false); });
    connect(m_next, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(true); });
    connect(m_close, &QToolButton::clicked, this, &FindBar::close);
    setCount(0, 0, false);
    hide();
}

QToolButton *FindBar::addButton(const QString &name, const QString &text)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(text);
    button->setAccessibleName(text);
    return button;
}

void FindBar::open(const QString &words)
{
    if (!words.isEmpty())
        m_field->setText(words);
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    request();
}

void FindBar::close()
{
    if (isHidden())
        return;
    m_typing.stop();
    m_asked.clear();
    hide();
    Q_EMIT closed();
}

QString FindBar::words() const
{
    return m_field->text();
}

bool FindBar::isCaseSensitive() const
{
    return m_case->isChecked();
}

void FindBar::request()
{
    m_typing.stop();
    if (isHidden() || m_field->text() == m_asked)
        return;
    m_asked = m_field->text();
    Q_EMIT findRequested(m_asked, m_case->isChecked());
}

void FindBar::setCount(int ordinal, int count, bool searching)
{
    m_previous->setEnabled(count > 0);
    m_next->setEnabled(count > 0);
    QString text;
    if (count > 0)
        text = tr("%1/%2", "place found, of how many").arg(Format::count(ordinal), Format::count(count));
    else if (!m_field->text().isEmpty() && !m_asked.isEmpty())
        text = searching ? tr("Searching…") : tr("Not found");
    if (count > 0 && searching)
        text += QChar(0x2026);
    static_cast<SectionLabel *>(m_count)->setTone(count == 0 && !searching ? Tone::Failed : Tone::Quiet);
    if (text == m_count->text())
        return;
    m_count->setText(text);
    m_count->setAccessibleName(count > 0 ? tr("Place %1 of %2").arg(ordinal).arg(count) : text);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        return close();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_typing.isActive() || m_field->text() != m_asked)
            return request();
        Q_EMIT stepRequested(!(event->modifiers() & Qt::ShiftModifier));
        return;
    default:
        QFrame::keyPressEvent(event);
    }
}

// Esc closes the bar at once, even while there are words in it.
bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    const bool key = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (!key || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Escape)
        return QFrame::eventFilter(watched, event);
    event->accept();
    if (event->type() == QEvent::KeyPress)
        close();
    return true;
}

void FindBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    painter.fillRect(rect(), theme.pane);
    paint::hairline(painter, QRect(0, height() - 1, width(), 1), theme.border);
}

} // namespace lectern::ui
