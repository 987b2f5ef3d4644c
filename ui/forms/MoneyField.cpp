// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/MoneyField.h"

#include "presentation/MoneyText.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"

#include <QAction>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

namespace lectern::ui {

using presentation::MoneyText;

namespace {

constexpr int kInset = 10; ///< where the text of a field begins

} // namespace

MoneyField::MoneyField(QWidget *parent) : QLineEdit(parent), m_warning(new QAction(this))
{
    m_warning->setIcon(IconSet::icon(Glyph::Warning, Tone::Failed));
    addAction(m_warning, TrailingPosition);
    m_warning->setVisible(false);
    setInputMethodHints(Qt::ImhFormattedNumbersOnly);
    setMinimumWidth(120);
    updateMargins();
    connect(this, &QLineEdit::textChanged, this, [this] {
        updateLook();
        Q_EMIT moneyEdited();
    });
}

void MoneyField::setMoney(std::optional<domain::Money> money)
{
    m_committed = money;
    const bool same = money ? this->money() == money : text().trimmed().isEmpty();
    if (!same)
        setText(money ? MoneyText::plain(*money) : QString());
}

std::optional<domain::Money> MoneyField::money() const
{
    return MoneyText::parsed(text());
}

void MoneyField::setEmptyMeaning(const QString &meaning)
{
    m_emptyMeaning = meaning;
    setPlaceholderText(meaning);
    updateLook();
}

QString MoneyField::obstacle() const
{
    if (text().trimmed().isEmpty())
        return m_emptyMeaning.isEmpty() ? tr("Enter an amount.") : QString();
    if (money())
        return {};
    return tr("This is not an amount of dollars. Write it as %1, without signs for thousands.")
        .arg(MoneyText::plain(domain::Money{domain::Money::kPicoPerDollar / 2}));
}

void MoneyField::commit()
{
    if (!isUsable() || money() == m_committed)
        return;
    m_committed = money();
    Q_EMIT committed();
}

void MoneyField::updateLook()
{
    const QString wrong = obstacle();
    m_warning->setVisible(!wrong.isEmpty() && !text().isEmpty());
    m_warning->setToolTip(wrong);
    m_warning->setText(wrong);
    setAccessibleDescription(wrong);
}

void MoneyField::updateMargins()
{
    const int sign = fontMetrics().horizontalAdvance(MoneyText::currencySign()) + 5;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    setTextMargins(mirrored ? 0 : sign, 0, mirrored ? sign : 0, 0);
}

void MoneyField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    painter.setPen(isEnabled() ? theme.quiet : theme.disabled);
    const QRect room = rect().adjusted(kInset, 0, -kInset, 0);
    painter.drawText(
        room,
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)) |
            Qt::TextSingleLine,
        MoneyText::currencySign());
}

void MoneyField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        commit();
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void MoneyField::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LayoutDirectionChange ||
        event->type() == QEvent::LocaleChange)
        updateMargins();
}

void MoneyField::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    commit();
}

} // namespace lectern::ui
