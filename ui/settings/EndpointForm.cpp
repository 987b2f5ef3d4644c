// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/EndpointForm.h"

#include "presentation/MessageText.h"
#include "ui/forms/NoteBox.h"
#include "ui/settings/KeyField.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/SectionLabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace lectern::ui {

using domain::EndpointKind;
using presentation::EndpointTest;
using presentation::EndpointView;
using presentation::MessageText;
using presentation::StateTone;

namespace {

constexpr int kMostConcurrent = 64;
constexpr int kMostRequests = 100'000;
constexpr int kMostTokens = 2'000'000'000;

constexpr EndpointKind kKinds[] = {EndpointKind::OpenAi,   EndpointKind::OpenRouter, EndpointKind::Ollama,
                                   EndpointKind::LmStudio, EndpointKind::LlamaCpp,   EndpointKind::Other};

NoteBox::Kind noteKind(StateTone tone)
{
    switch (tone) {
    case StateTone::Failed:
        return NoteBox::Kind::Error;
    case StateTone::Waiting:
        return NoteBox::Kind::Warning;
    case StateTone::Done:
        return NoteBox::Kind::Success;
    default:
        return NoteBox::Kind::Info;
    }
}

QSpinBox *makeNumber(int least, int most, const QString &name, const QString &label, QWidget *parent)
{
    auto *box = new QSpinBox(parent);
    box->setRange(least, most);
    box->setGroupSeparatorShown(true);
    box->setObjectName(name);
    box->setAccessibleName(label);
    box->setFixedWidth(metrics::scaled(150, parent->fontMetrics()));
    return box;
}

} // namespace

EndpointForm::EndpointForm(QWidget *parent)
    : QWidget(parent), m_kind(new QComboBox(this)),
      m_kindHint(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_name(new QLineEdit(this)), m_address(new QLineEdit(this)),
      m_plainHttp(new QCheckBox(tr("Allow plain http: pages and key travel unencrypted"), this)),
      m_addressNote(new NoteBox(this)), m_key(new KeyField(this)), m_result(new NoteBox(this)),
      m_concurrency(
          makeNumber(1, kMostConcurrent, QStringLiteral("concurrencyBox"), tr("Requests at once"), this)),
      m_requests(makeNumber(0, kMostRequests, QStringLiteral("requestsBox"), tr("Requests a minute"), this)),
      m_tokens(makeNumber(0, kMostTokens, QStringLiteral("tokensBox"), tr("Tokens a minute"), this)),
      m_enabled(new QCheckBox(tr("Use this endpoint"), this)),
      m_remove(new QPushButton(tr("Remove this endpoint"), this))
{
    setObjectName(QStringLiteral("endpointForm"));
    m_kind->setObjectName(QStringLiteral("endpointKindBox"));
    m_name->setObjectName(QStringLiteral("endpointNameField"));
    m_address->setObjectName(QStringLiteral("endpointAddressField"));
    m_address->setInputMethodHints(Qt::ImhUrlCharactersOnly);
    m_address->setPlaceholderText(QStringLiteral("https://example.org/v1"));
    m_plainHttp->setObjectName(QStringLiteral("plainHttpBox"));
    m_addressNote->setObjectName(QStringLiteral("addressNote"));
    m_result->setObjectName(QStringLiteral("testResult"));
    m_enabled->setObjectName(QStringLiteral("endpointEnabledBox"));
    m_remove->setObjectName(QStringLiteral("removeEndpointButton"));
    m_remove->setAutoDefault(false);
    setButtonKind(*m_remove, ButtonKind::Destructive);
    for (const EndpointKind kind : kKinds)
        m_kind->addItem(MessageText::kindName(kind), static_cast<int>(kind));
    m_kindHint->setWordWrap(true);
    build();
    connectParts();
}

void EndpointForm::build()
{
    // A grid and not a form layout, which gives words that wrap more height than they need.
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(metrics::kPaneMargin);
    grid->setVerticalSpacing(metrics::kGap + 2);
    grid->setColumnStretch(1, 1);
    const auto addRow = [this, grid](const QString &label, QWidget *field) {
        auto *title = new SectionLabel(label, SectionLabel::Level::Body, this);
        title->setBuddy(field);
        if (field->accessibleName().isEmpty())
            field->setAccessibleName(QString(label).remove(QLatin1Char('&')));
        const int row = grid->rowCount();
        grid->addWidget(title, row, 0);
        grid->addWidget(field, row, 1);
    };
    const auto addBelow = [grid](QWidget *widget) { grid->addWidget(widget, grid->rowCount(), 1); };
    addRow(tr("&Kind"), m_kind);
    grid->setAlignment(m_kind, Qt::AlignLeading);
    addBelow(m_kindHint);
    addRow(tr("&Name"), m_name);
    addRow(tr("&Address"), m_address);
    addBelow(m_plainHttp);
    addBelow(m_addressNote);
    auto *keyLabel = new SectionLabel(tr("Ke&y"), SectionLabel::Level::Body, this);
    keyLabel->setBuddy(&m_key->field());
    keyLabel->setMinimumHeight(metrics::controlHeight(fontMetrics()));
    const int keyRow = grid->rowCount();
    grid->addWidget(keyLabel, keyRow, 0, Qt::AlignTop);
    grid->addWidget(m_key, keyRow, 1);
    addBelow(m_result);
    buildLimits(*grid);
    addBelow(m_enabled);
    auto *foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(m_remove);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kPaneMargin);
    layout->addLayout(grid);
    layout->addLayout(foot);
}

void EndpointForm::buildLimits(QGridLayout &grid)
{
    m_requests->setSpecialValueText(tr("No limit"));
    m_tokens->setSpecialValueText(tr("No limit"));
    const std::pair<QSpinBox *, QString> rows[] = {
        {m_concurrency, tr("In all programs together. A slow server is asked less by itself.")},
        {m_requests, tr("As your account there allows.")},
        {m_tokens, tr("As your account there allows.")}};
    for (const auto &[box, hint] : rows) {
        auto *line = new QHBoxLayout;
        line->setSpacing(metrics::kGap);
        line->addWidget(box);
        auto *note = new SectionLabel(hint, SectionLabel::Level::Secondary, this);
        note->setWordWrap(true);
        line->addWidget(note, 1);
        auto *label = new SectionLabel(box->accessibleName(), SectionLabel::Level::Body, this);
        label->setBuddy(box);
        const int row = grid.rowCount();
        grid.addWidget(label, row, 0);
        grid.addLayout(line, row, 1);
    }
}

void EndpointForm::connectParts()
{
    connect(m_kind, &QComboBox::activated, this, [this] {
        // A kind brings its usual address along, unless another one was typed.
        const auto kind = static_cast<EndpointKind>(m_kind->currentData().toInt());
        const QString before = MessageText::usualAddress(m_view.endpoint.kind);
        if (m_address->text().trimmed().isEmpty() || m_address->text().trimmed() == before)
            m_address->setText(MessageText::usualAddress(kind));
        if (m_name->text().trimmed().isEmpty() ||
            m_name->text().trimmed() == MessageText::kindName(m_view.endpoint.kind))
            m_name->setText(MessageText::kindName(kind));
        if (m_concurrency->value() == domain::usualConcurrency(m_view.endpoint.kind))
            m_concurrency->setValue(domain::usualConcurrency(kind));
        apply();
    });
    connect(m_name, &QLineEdit::editingFinished, this, &EndpointForm::apply);
    connect(m_address, &QLineEdit::editingFinished, this, &EndpointForm::apply);
    connect(m_address, &QLineEdit::textChanged, this, &EndpointForm::updateNotes);
    connect(m_plainHttp, &QCheckBox::toggled, this, [this] {
        updateNotes();
        apply();
    });
    connect(m_enabled, &QCheckBox::toggled, this, &EndpointForm::apply);
    for (QSpinBox *box : {m_concurrency, m_requests, m_tokens})
        connect(box, &QSpinBox::editingFinished, this, &EndpointForm::apply);
    connect(m_remove, &QPushButton::clicked, this, [this] { Q_EMIT removeRequested(m_view.endpoint.id); });
    connect(m_key, &KeyField::keepRequested, this, [this](const QString &key, presentation::KeyPlace place) {
        Q_EMIT keyEntered(m_view.endpoint.id, key, place);
    });
    connect(m_key, &KeyField::forgetRequested, this, [this] { Q_EMIT keyForgotten(m_view.endpoint.id); });
    connect(m_key, &KeyField::testRequested, this, [this] {
        const QString wrong = obstacle();
        if (wrong.isEmpty())
            Q_EMIT testRequested(endpoint(), m_key->typedKey());
        else
            m_result->setNote(NoteBox::Kind::Error, wrong, true);
    });
}

void EndpointForm::setEndpoint(const EndpointView &view)
{
    const bool another = view.endpoint.id != m_view.endpoint.id;
    const bool changed = another || view.endpoint != m_view.endpoint;
    m_view = view;
    m_showing = true;
    if (another) {
        m_key->clear();
        clearTest();
    }
    if (changed) {
        m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(view.endpoint.kind)));
        // A field with the keyboard keeps what is being typed there.
        if (another || !m_name->hasFocus())
            m_name->setText(view.endpoint.name);
        if (another || !m_address->hasFocus())
            m_address->setText(view.endpoint.address);
        m_plainHttp->setChecked(view.endpoint.plainHttpAllowed);
        m_concurrency->setValue(view.endpoint.concurrency);
        m_requests->setValue(view.endpoint.requestsPerMinute);
        m_tokens->setValue(static_cast<int>(std::min<qint64>(view.endpoint.tokensPerMinute, kMostTokens)));
        m_enabled->setChecked(view.endpoint.enabled);
    }
    m_key->setStored(view.keyPlace, view.keyTail);
    m_showing = false;
    updateNotes();
}

domain::Endpoint EndpointForm::endpoint() const
{
    domain::Endpoint endpoint = m_view.endpoint;
    endpoint.kind = static_cast<EndpointKind>(m_kind->currentData().toInt());
    endpoint.name = m_name->text().trimmed();
    endpoint.address = m_address->text().trimmed();
    while (endpoint.address.endsWith(QLatin1Char('/')))
        endpoint.address.chop(1);
    endpoint.plainHttpAllowed = m_plainHttp->isChecked();
    endpoint.concurrency = m_concurrency->value();
    endpoint.requestsPerMinute = m_requests->value();
    endpoint.tokensPerMinute = m_tokens->value();
    endpoint.enabled = m_enabled->isChecked();
    return endpoint;
}

QString EndpointForm::obstacle() const
{
    if (m_name->text().trimmed().isEmpty())
        return tr("Give the endpoint a name.");
    return MessageText::addressObstacle(m_address->text(), m_plainHttp->isChecked());
}

void EndpointForm::apply()
{
    if (m_showing || m_view.endpoint.id.isEmpty() || !obstacle().isEmpty())
        return;
    const domain::Endpoint now = endpoint();
    if (now == m_view.endpoint)
        return;
    m_view.endpoint = now;
    updateNotes();
    Q_EMIT edited(now);
}

void EndpointForm::updateNotes()
{
    m_kindHint->setText(MessageText::kindHint(static_cast<EndpointKind>(m_kind->currentData().toInt())));
    m_plainHttp->setVisible(MessageText::isPlainHttp(m_address->text()) || m_plainHttp->isChecked());
    const QString wrong = MessageText::addressObstacle(m_address->text(), m_plainHttp->isChecked());
    m_addressNote->setNote(NoteBox::Kind::Error, wrong);
}

void EndpointForm::setTest(const EndpointTest &test)
{
    const presentation::Message message = MessageText::test(test, endpoint());
    m_result->setNote(noteKind(message.tone), message.paragraph(), !test.running);
}

void EndpointForm::clearTest()
{
    m_result->setNote(NoteBox::Kind::Info, QString());
}

void EndpointForm::setSystemStoreAvailable(bool available)
{
    m_key->setSystemStoreAvailable(available);
}

void EndpointForm::focusKey()
{
    m_key->field().setFocus(Qt::OtherFocusReason);
}

} // namespace lectern::ui
