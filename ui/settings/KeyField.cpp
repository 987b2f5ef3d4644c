// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/KeyField.h"

#include "presentation/MessageText.h"
#include "ui/forms/NoteBox.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/SectionLabel.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::KeyPlace;
using presentation::MessageText;

namespace {

constexpr int kLongestKey = 4'096;

} // namespace

KeyField::KeyField(QWidget *parent)
    : QWidget(parent), m_field(new QLineEdit(this)), m_reveal(new QAction(this)),
      m_paste(new QPushButton(tr("Paste"), this)), m_test(new QPushButton(tr("Test"), this)),
      m_stored(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_forget(new QPushButton(tr("Forget"), this)), m_keepRow(new QWidget(this)),
      m_place(new QComboBox(m_keepRow)), m_keep(new QPushButton(tr("Keep this key"), m_keepRow)),
      m_warning(new NoteBox(this)), m_understood(new QCheckBox(tr("Keep it there all the same"), this))
{
    m_field->setObjectName(QStringLiteral("keyField"));
    m_field->setAccessibleName(tr("Key"));
    m_field->setEchoMode(QLineEdit::Password);
    m_field->setMaxLength(kLongestKey);
    m_field->setPlaceholderText(tr("Paste or type the key"));
    // Nothing may learn it: no completion, no dictionary, no upper-case letters put in.
    m_field->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText |
                                 Qt::ImhNoAutoUppercase);
    m_reveal->setCheckable(true);
    m_reveal->setIcon(IconSet::icon(Glyph::Eye));
    m_reveal->setText(tr("Show the key"));
    m_reveal->setToolTip(m_reveal->text());
    m_field->addAction(m_reveal, QLineEdit::TrailingPosition);
    m_paste->setObjectName(QStringLiteral("pasteKeyButton"));
    m_paste->setIcon(IconSet::icon(Glyph::Paste));
    m_test->setObjectName(QStringLiteral("testButton"));
    m_stored->setObjectName(QStringLiteral("keyStored"));
    m_stored->setWordWrap(true);
    m_forget->setObjectName(QStringLiteral("forgetKeyButton"));
    setButtonKind(*m_forget, ButtonKind::Link);
    m_place->setObjectName(QStringLiteral("keyPlaceBox"));
    m_place->setAccessibleName(tr("Where the key is kept"));
    m_keep->setObjectName(QStringLiteral("keepKeyButton"));
    m_warning->setObjectName(QStringLiteral("keyFileWarning"));
    m_understood->setObjectName(QStringLiteral("keyFileBox"));
    for (const KeyPlace place : {KeyPlace::System, KeyPlace::Memory, KeyPlace::File})
        m_place->addItem(MessageText::placeName(place), static_cast<int>(place));
    for (QPushButton *button : {m_paste, m_test, m_forget, m_keep})
        button->setAutoDefault(false);
    buildRows();
    connectParts();
    setStored(KeyPlace::None, {});
}

void KeyField::buildRows()
{
    auto *first = new QHBoxLayout;
    first->setSpacing(metrics::kGap);
    first->addWidget(m_field, 1);
    first->addWidget(m_paste);
    first->addWidget(m_test);
    auto *keep = new QHBoxLayout(m_keepRow);
    keep->setContentsMargins(0, 0, 0, 0);
    keep->setSpacing(metrics::kGap);
    keep->addWidget(m_place, 1);
    keep->addWidget(m_keep);
    auto *stored = new QHBoxLayout;
    stored->setSpacing(metrics::kGap);
    stored->addWidget(m_stored, 1);
    stored->addWidget(m_forget);
    m_warning->below().addWidget(m_understood);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kGap);
    layout->addLayout(first);
    layout->addWidget(m_keepRow);
    layout->addWidget(m_warning);
    layout->addLayout(stored);
}

void KeyField::connectParts()
{
    connect(m_reveal, &QAction::toggled, this, [this](bool shown) {
        m_field->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
        m_reveal->setIcon(IconSet::icon(shown ? Glyph::EyeOff : Glyph::Eye));
        m_reveal->setText(shown ? tr("Hide the key") : tr("Show the key"));
        m_reveal->setToolTip(m_reveal->text());
    });
    connect(m_field, &QLineEdit::textChanged, this, &KeyField::updateState);
    connect(m_field, &QLineEdit::returnPressed, this, &KeyField::keep);
    connect(m_paste, &QPushButton::clicked, this, &KeyField::paste);
    connect(m_test, &QPushButton::clicked, this, &KeyField::testRequested);
    connect(m_keep, &QPushButton::clicked, this, &KeyField::keep);
    connect(m_forget, &QPushButton::clicked, this, &KeyField::forgetRequested);
    connect(m_place, &QComboBox::currentIndexChanged, this, &KeyField::updateState);
    connect(m_understood, &QCheckBox::toggled, this, &KeyField::updateState);
}

void KeyField::clear()
{
    m_field->setText(QString()); // unlike clear(), this can't be undone
    m_reveal->setChecked(false);
    m_understood->setChecked(false);
}

void KeyField::setStored(KeyPlace place, const QString &tail)
{
    m_storedAt = place;
    m_stored->setText(MessageText::keyPlace(place, tail.right(4)));
    m_field->setPlaceholderText(place == KeyPlace::None
                                    ? tr("Paste or type the key")
                                    : tr("Paste or type a key to replace the one in use"));
    updateState();
}

void KeyField::setSystemStoreAvailable(bool available)
{
    m_systemStore = available;
    m_place->setItemText(0, available ? MessageText::placeName(KeyPlace::System)
                                      : tr("In the system's key store (not available here)"));
    const int wanted = m_place->findData(static_cast<int>(available ? KeyPlace::System : KeyPlace::Memory));
    m_place->setCurrentIndex(wanted);
    updateState();
}

QString KeyField::typedKey() const
{
    // Keys have no blanks, and copying one often brings some along.
    return m_field->text().trimmed();
}

KeyPlace KeyField::place() const
{
    return static_cast<KeyPlace>(m_place->currentData().toInt());
}

void KeyField::paste()
{
    const QString text = QGuiApplication::clipboard()->text().trimmed();
    if (!text.isEmpty())
        m_field->setText(text);
    m_field->setFocus(Qt::OtherFocusReason);
}

void KeyField::keep()
{
    if (!m_keep->isEnabled() || typedKey().isEmpty())
        return;
    const QString key = typedKey();
    const KeyPlace kept = place();
    clear();
    Q_EMIT keepRequested(key, kept);
}

void KeyField::updateState()
{
    const bool typed = !typedKey().isEmpty();
    const bool file = place() == KeyPlace::File;
    const bool impossible = place() == KeyPlace::System && !m_systemStore;
    m_keepRow->setVisible(typed);
    m_warning->setNote(NoteBox::Kind::Warning, typed && file ? MessageText::fileWarning() : QString());
    m_keep->setEnabled(typed && !impossible && (!file || m_understood->isChecked()));
    m_keep->setToolTip(impossible ? tr("This system has no key store that can be used.") : QString());
    m_stored->setVisible(!typed);
    m_forget->setVisible(!typed && m_storedAt != KeyPlace::None && m_storedAt != KeyPlace::Environment);
}

} // namespace lectern::ui
