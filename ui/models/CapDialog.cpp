// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/CapDialog.h"

#include "presentation/MoneyText.h"
#include "ui/forms/MoneyField.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/SectionLabel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace lectern::ui {

namespace {

constexpr int kWidth = 420;
constexpr int kFieldWidth = 150;

} // namespace

CapDialog::CapDialog(const presentation::BudgetHold &hold, QWidget *parent)
    : QDialog(parent), m_hold(hold), m_field(new MoneyField(this)),
      m_note(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_raise(new QPushButton(tr("Raise"), this))
{
    setObjectName(QStringLiteral("capDialog"));
    setWindowTitle(tr("Cap of this run"));
    auto *title =
        new SectionLabel(tr("“%1” reached its cap").arg(hold.runName), SectionLabel::Level::Title, this);
    title->setWordWrap(true);
    auto *label = new SectionLabel(tr("&Stop at"), SectionLabel::Level::Body, this);
    label->setBuddy(m_field);
    m_field->setObjectName(QStringLiteral("newCapField"));
    m_field->setAccessibleName(tr("Cap of this run"));
    m_field->setFixedWidth(metrics::scaled(kFieldWidth, fontMetrics()));
    m_field->setEmptyMeaning(tr("No cap"));
    m_field->setMoney(hold.limit);
    m_note->setWordWrap(true);
    m_raise->setObjectName(QStringLiteral("raiseCapButton"));
    setButtonKind(*m_raise, ButtonKind::Primary);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setDefault(true);

    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::kGap);
    row->addWidget(label);
    row->addWidget(m_field);
    row->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::kGap);
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    buttons->addWidget(m_raise);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kDialogMargin, metrics::kDialogMargin, metrics::kDialogMargin,
                               metrics::kDialogMargin);
    layout->setSpacing(metrics::kPaneMargin);
    layout->addWidget(title);
    layout->addLayout(row);
    layout->addWidget(m_note);
    layout->addStretch(1);
    layout->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_field, &MoneyField::moneyEdited, this, &CapDialog::updateButton);
    connect(m_raise, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT capChosen(m_field->money());
    });
    resize(metrics::scaled(kWidth, fontMetrics()), sizeHint().height());
    m_field->setFocus();
    updateButton();
}

void CapDialog::updateButton()
{
    const auto cap = m_field->money();
    const bool isUsable = m_field->isUsable();
    const bool isHigher = isUsable && (!cap || *cap > m_hold.limit);
    m_raise->setEnabled(isHigher);
    m_note->setTone(isUsable ? Tone::Quiet : Tone::Failed);
    m_note->setText(!isUsable   ? m_field->obstacle()
                    : !isHigher ? tr("It is %1 now. A higher cap lets the run go on.")
                                      .arg(presentation::MoneyText::exact(m_hold.limit))
                    : cap ? tr("The run goes on, and never spends more than this.")
                          : tr("Without a cap, only your budgets stop this run."));
}

} // namespace lectern::ui
