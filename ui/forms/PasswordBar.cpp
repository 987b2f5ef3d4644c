// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/PasswordBar.h"

#include "presentation/Format.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/SectionLabel.h"

#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace lectern::ui {

PasswordBar::PasswordBar(QWidget *parent)
    : QFrame(parent), m_name(new ElidedLabel(QString(), this)), m_field(new QLineEdit(this)),
      m_reveal(new QAction(this)), m_unlock(new QPushButton(tr("Unlock"), this)),
      m_close(new QPushButton(tr("Not now"), this)), m_others(new QCheckBox(this)),
      m_message(new SectionLabel(QString(), SectionLabel::Level::Secondary, this))
{
    setObjectName(QStringLiteral("passwordBar"));
    setAccessibleName(tr("Password"));
    m_field->setObjectName(QStringLiteral("passwordField"));
    m_field->setEchoMode(QLineEdit::Password);
    m_field->setPlaceholderText(tr("Password"));
    m_field->setMinimumWidth(180);
    m_field->setMaximumWidth(280);
    m_reveal->setCheckable(true);
    m_reveal->setIcon(IconSet::icon(Glyph::Eye));
    m_reveal->setText(tr("Show the password"));
    m_reveal->setToolTip(m_reveal->text());
    m_field->addAction(m_reveal, QLineEdit::TrailingPosition);
    m_unlock->setObjectName(QStringLiteral("unlockButton"));
    m_others->setObjectName(QStringLiteral("tryOthersBox"));
    m_message->setObjectName(QStringLiteral("passwordMessage"));
    setButtonKind(*m_unlock, ButtonKind::Primary);
    setButtonKind(*m_close, ButtonKind::Flat);

    auto *first = new QHBoxLayout;
    first->setSpacing(metrics::kGap);
    first->addWidget(new IconLabel(Glyph::Lock, Tone::Waiting, metrics::kIcon, this));
    first->addWidget(m_name, 1);
    auto *second = new QHBoxLayout;
    second->setSpacing(metrics::kGap);
    second->addWidget(m_field);
    second->addWidget(m_unlock);
    second->addWidget(m_others);
    second->addWidget(m_message, 1);
    second->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kPaneMargin, metrics::kGap, metrics::kPaneMargin, metrics::kGap + 2);
    layout->setSpacing(6);
    layout->addLayout(first);
    layout->addLayout(second);

    connect(m_reveal, &QAction::toggled, this, [this](bool shown) {
        m_field->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
        m_reveal->setIcon(IconSet::icon(shown ? Glyph::EyeOff : Glyph::Eye));
    });
    connect(m_field, &QLineEdit::returnPressed, this, &PasswordBar::submit);
    connect(m_field, &QLineEdit::textEdited, this, [this] { showMessage(QString(), false); });
    connect(m_unlock, &QPushButton::clicked, this, &PasswordBar::submit);
    connect(m_close, &QPushButton::clicked, this, [this] {
        finish();
        Q_EMIT dismissed();
    });
    hide();
}

void PasswordBar::ask(domain::DocumentId document, const QString &name, int others)
{
    if (document != m_document) {
        m_field->clear();
        m_reveal->setChecked(false);
        m_others->setChecked(false);
        showMessage(QString(), false);
        setTrying(false);
    }
    m_document = document;
    m_name->setText(tr("“%1” is locked. Which password opens it?").arg(name));
    m_field->setAccessibleName(tr("Password of %1").arg(name));
    setOthers(others);
    show();
    m_field->setFocus(Qt::OtherFocusReason);
    m_field->selectAll();
}

void PasswordBar::setOthers(int others)
{
    m_others->setVisible(others > 0);
    m_others->setText(
        others == 1
            ? tr("Also try it on the other locked document")
            : tr("Also try it on %1 other locked documents").arg(presentation::Format::count(others)));
    if (others == 0)
        m_others->setChecked(false);
}

void PasswordBar::submit()
{
    if (m_trying || !m_document.isValid())
        return;
    if (m_field->text().isEmpty()) {
        showMessage(tr("Type the password first."), false);
        return;
    }
    setTrying(true);
    showMessage(tr("Trying…"), false);
    Q_EMIT tried(m_document, m_field->text(), m_others->isChecked());
}

void PasswordBar::refuse(const QString &why)
{
    setTrying(false);
    showMessage(why, true);
    m_field->setFocus(Qt::OtherFocusReason);
    m_field->selectAll();
}

void PasswordBar::finish()
{
    setTrying(false);
    m_field->clear();
    m_reveal->setChecked(false);
    m_document = {};
    showMessage(QString(), false);
    hide();
}

void PasswordBar::setTrying(bool trying)
{
    m_trying = trying;
    m_unlock->setEnabled(!trying);
    m_field->setReadOnly(trying);
}

void PasswordBar::showMessage(const QString &text, bool wrong)
{
    m_message->setText(text);
    m_message->setTone(wrong ? Tone::Failed : Tone::Quiet);
    if (wrong) {
        m_message->setAccessibleName(text);
        QAccessibleEvent alert(m_message, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void PasswordBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    painter.fillRect(rect(), theme.warningFill);
    paint::hairline(painter, QRect(0, height() - 1, width(), 1), theme.border);
}

void PasswordBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        finish();
        Q_EMIT dismissed();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace lectern::ui
