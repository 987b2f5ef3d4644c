// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/AnalysisPage.h"

#include "ui/style/ButtonKind.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/SectionLabel.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::AnalysisSettings;

namespace {

constexpr int kTypingMs = 800;

} // namespace

AnalysisPage::AnalysisPage(QWidget *parent)
    : SettingsPage(tr("Analysis"),
                   tr("How the pages of this library are read from now on. What was analyzed "
                      "already stays as it is."),
                   parent),
      m_model(new QPushButton(content())), m_pictures(new QButtonGroup(this)),
      m_prompt(new QPlainTextEdit(content())),
      m_resetPrompt(new QPushButton(tr("Reset the prompt"), content())),
      m_promptNote(new SectionLabel(QString(), SectionLabel::Level::Secondary, content()))
{
    setObjectName(QStringLiteral("analysisPage"));
    setResettable(true);
    addHeading(tr("Model"), tr("Chosen for new runs. Each run can still use another one."));
    m_model->setObjectName(QStringLiteral("defaultModelButton"));
    m_model->setIcon(IconSet::icon(Glyph::Model));
    m_model->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->addWidget(m_model);
    row->addStretch(1);
    body().addLayout(row);
    buildPictures();
    buildPrompt();
    body().addStretch(1);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingMs);
    connect(&m_typing, &QTimer::timeout, this, &AnalysisPage::apply);
    connect(m_model, &QPushButton::clicked, this, &AnalysisPage::modelRequested);
    connect(this, &SettingsPage::resetRequested, this, [this] {
        m_pictures->button(static_cast<int>(AnalysisSettings::Pictures::WhenNeeded))->setChecked(true);
        m_prompt->setPlainText(m_defaultPrompt);
        flush();
    });
}

void AnalysisPage::buildPictures()
{
    addHeading(tr("Pictures of pages"), tr("For models with Vision. A picture costs more than text."));
    const std::pair<AnalysisSettings::Pictures, std::pair<QString, QString>> choices[] = {
        {AnalysisSettings::Pictures::WhenNeeded,
         {tr("When the page needs it: no or garbled text, tables, figures"),
          QStringLiteral("picturesWhenNeeded")}},
        {AnalysisSettings::Pictures::Always, {tr("Always"), QStringLiteral("picturesAlways")}},
        {AnalysisSettings::Pictures::Never,
         {tr("Never: pages without text stay without analysis"), QStringLiteral("picturesNever")}}};
    for (const auto &[value, words] : choices) {
        auto *button = new QRadioButton(words.first, content());
        button->setObjectName(words.second);
        m_pictures->addButton(button, static_cast<int>(value));
        body().addWidget(button);
    }
    connect(m_pictures, &QButtonGroup::idToggled, this, [this](int, bool checked) {
        if (checked)
            apply();
    });
}

void AnalysisPage::buildPrompt()
{
    addHeading(tr("Prompt"),
               tr("What the model is asked about each page. Another prompt means other answers: "
                  "pages analyzed with it are asked, and paid, once more."));
    m_prompt->setObjectName(QStringLiteral("promptField"));
    m_prompt->setAccessibleName(tr("Prompt of this library"));
    m_prompt->setTabChangesFocus(true);
    m_prompt->setMinimumHeight(metrics::scaled(180, fontMetrics()));
    m_resetPrompt->setObjectName(QStringLiteral("resetPromptButton"));
    m_resetPrompt->setAutoDefault(false);
    body().addWidget(m_prompt);
    auto *row = new QHBoxLayout;
    row->addWidget(m_promptNote, 1);
    row->addWidget(m_resetPrompt);
    body().addLayout(row);
    connect(m_prompt, &QPlainTextEdit::textChanged, this, [this] {
        updatePromptState();
        if (!m_showing)
            m_typing.start();
    });
    connect(m_resetPrompt, &QPushButton::clicked, this, [this] {
        m_prompt->setPlainText(m_defaultPrompt);
        flush();
    });
}

void AnalysisPage::setAnalysis(const AnalysisSettings &settings, const QString &modelName,
                               const QString &defaultPrompt)
{
    m_showing = true;
    m_settings = settings;
    m_defaultPrompt = defaultPrompt;
    QString name = modelName;
    m_model->setText(name.replace(QLatin1Char('&'), QLatin1String("&&")));
    m_model->setAccessibleName(tr("Model for new runs: %1").arg(modelName));
    m_pictures->button(static_cast<int>(settings.pictures))->setChecked(true);
    const QString prompt = settings.prompt.isEmpty() ? defaultPrompt : settings.prompt;
    if (!m_typing.isActive() && m_prompt->toPlainText() != prompt)
        m_prompt->setPlainText(prompt);
    m_showing = false;
    updatePromptState();
}

void AnalysisPage::flush()
{
    m_typing.stop();
    apply();
}

void AnalysisPage::apply()
{
    if (m_showing)
        return;
    AnalysisSettings now = m_settings;
    now.pictures = static_cast<AnalysisSettings::Pictures>(m_pictures->checkedId());
    const QString prompt = m_prompt->toPlainText();
    // An empty prompt asks for nothing: the one that comes along is meant.
    now.prompt = prompt == m_defaultPrompt || prompt.trimmed().isEmpty() ? QString() : prompt;
    if (now == m_settings)
        return;
    m_settings = now;
    Q_EMIT analysisChanged(now);
}

void AnalysisPage::updatePromptState()
{
    const QString prompt = m_prompt->toPlainText();
    const bool own = prompt != m_defaultPrompt;
    m_resetPrompt->setEnabled(own);
    m_promptNote->setText(prompt.trimmed().isEmpty()
                              ? tr("Empty: the prompt that comes with Lectern is used.")
                          : own ? tr("Your own prompt for this library.")
                                : tr("The prompt that comes with Lectern."));
}

} // namespace lectern::ui
