// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/NameDialog.h"

#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/SectionLabel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace lectern::ui {

namespace {

constexpr int kWidth = 380;
constexpr int kLongestName = 120;

} // namespace

NameDialog::NameDialog(const Words &words, std::function<Remark(const QString &)> remark, QWidget *parent)
    : QDialog(parent), m_remark(std::move(remark)), m_field(new QLineEdit(words.name, this)),
      m_note(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_action(new QPushButton(words.action, this))
{
    setObjectName(QStringLiteral("nameDialog"));
    setWindowTitle(words.title);
    auto *label = new SectionLabel(words.label, SectionLabel::Level::Body, this);
    label->setBuddy(m_field);
    m_field->setObjectName(QStringLiteral("nameField"));
    m_field->setMaxLength(kLongestName);
    m_field->selectAll();
    m_note->setWordWrap(true);
    m_action->setObjectName(QStringLiteral("takeNameButton"));
    m_action->setDefault(true);
    setButtonKind(*m_action, ButtonKind::Primary);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::kGap);
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    buttons->addWidget(m_action);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kDialogMargin, metrics::kDialogMargin, metrics::kDialogMargin,
                               metrics::kDialogMargin);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(label);
    layout->addWidget(m_field);
    layout->addWidget(m_note);
    layout->addStretch(1);
    layout->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_field, &QLineEdit::textChanged, this, &NameDialog::showRemark);
    connect(m_action, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT nameChosen(m_field->text().simplified());
    });
    // Room for what may be said, so that the buttons stay where they are.
    m_note->setMinimumHeight(m_note->fontMetrics().height());
    resize(metrics::scaled(kWidth, fontMetrics()), sizeHint().height());
    showRemark();
    m_field->setFocus();
}

void NameDialog::showRemark()
{
    const QString name = m_field->text().simplified();
    const Remark remark = name.isEmpty() ? Remark() : m_remark(name);
    m_note->setText(remark.text);
    m_note->setTone(remark.isObstacle ? Tone::Failed : Tone::Quiet);
    m_action->setEnabled(!name.isEmpty() && !remark.isObstacle);
}

} // namespace lectern::ui
