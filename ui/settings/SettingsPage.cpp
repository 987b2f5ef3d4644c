// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/SettingsPage.h"

#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/SectionLabel.h"

#include <QAbstractButton>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace lectern::ui {

namespace {

constexpr int kWidest = 720;

QStringList wordsOf(const QString &text)
{
    return text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

bool hasAll(const QString &text, const QStringList &words)
{
    for (const QString &word : words) {
        if (!text.contains(word, Qt::CaseInsensitive))
            return false;
    }
    return true;
}

} // namespace

SettingsPage::SettingsPage(const QString &title, const QString &hint, QWidget *parent)
    : QScrollArea(parent), m_title(title), m_reset(new QPushButton(tr("Reset this page"), this))
{
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget(this);
    content->setMaximumWidth(metrics::scaled(kWidest, fontMetrics()));
    m_body = new QVBoxLayout(content);
    m_body->setContentsMargins(metrics::kDialogMargin + 8, metrics::kDialogMargin, metrics::kDialogMargin + 8,
                               metrics::kDialogMargin);
    m_body->setSpacing(metrics::kPaneMargin);
    auto *head = new QHBoxLayout;
    head->addWidget(new SectionLabel(title, SectionLabel::Level::Title, content), 1);
    setButtonKind(*m_reset, ButtonKind::Link);
    m_reset->setObjectName(QStringLiteral("resetPageButton"));
    m_reset->hide();
    head->addWidget(m_reset);
    m_body->addLayout(head);
    if (!hint.isEmpty()) {
        auto *line = new SectionLabel(hint, SectionLabel::Level::Secondary, content);
        line->setWordWrap(true);
        m_body->addWidget(line);
    }
    setWidget(content);
    content->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    content->installEventFilter(this);
    connect(m_reset, &QPushButton::clicked, this, &SettingsPage::resetRequested);
}

void SettingsPage::fitHeight()
{
    const int width = std::min(viewport()->width(), widget()->maximumWidth());
    widget()->setMinimumHeight(m_body->hasHeightForWidth() ? m_body->totalHeightForWidth(width)
                                                           : m_body->totalMinimumSize().height());
}

void SettingsPage::resizeEvent(QResizeEvent *event)
{
    fitHeight();
    QScrollArea::resizeEvent(event);
}

bool SettingsPage::eventFilter(QObject *watched, QEvent *event)
{
    const bool handled = QScrollArea::eventFilter(watched, event);
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        fitHeight();
    return handled;
}

void SettingsPage::setResettable(bool resettable)
{
    m_reset->setVisible(resettable);
}

void SettingsPage::addHeading(const QString &text, const QString &hint)
{
    m_body->addSpacing(metrics::kInner);
    m_body->addWidget(new SectionLabel(text, SectionLabel::Level::Heading, content()));
    if (hint.isEmpty())
        return;
    auto *line = new SectionLabel(hint, SectionLabel::Level::Secondary, content());
    line->setWordWrap(true);
    m_body->addWidget(line);
}

QString SettingsPage::textOf(const QWidget &widget)
{
    QString text = widget.accessibleName();
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        text += QLatin1Char(' ') + label->text();
    else if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        text += QLatin1Char(' ') + button->text();
    return text.remove(QLatin1Char('&'));
}

bool SettingsPage::matches(const QString &words) const
{
    QString all = m_title;
    for (const QWidget *each : findChildren<QWidget *>())
        all += QLatin1Char(' ') + textOf(*each);
    return hasAll(all, wordsOf(words));
}

void SettingsPage::reveal(const QString &words)
{
    const QStringList wanted = wordsOf(words);
    if (wanted.isEmpty())
        return;
    for (QWidget *each : findChildren<QWidget *>()) {
        if (!each->isVisibleTo(this) || !hasAll(textOf(*each), wanted))
            continue;
        ensureWidgetVisible(each, 0, 3 * metrics::kControlHeight);
        return;
    }
}

} // namespace lectern::ui
