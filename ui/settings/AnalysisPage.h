// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/AnalysisSettings.h"
#include "ui/settings/SettingsPage.h"

#include <QTimer>

class QButtonGroup;
class QPlainTextEdit;
class QPushButton;

namespace lectern::ui {

class SectionLabel;

/// "Analysis": the model to begin with, when pictures are sent, and the prompt of this workspace.
class AnalysisPage final : public SettingsPage {
    Q_OBJECT

public:
    explicit AnalysisPage(QWidget *parent = nullptr);
    /// `defaultPrompt` is what Reset brings back, `modelName` what the button says.
    void setAnalysis(const presentation::AnalysisSettings &settings, const QString &modelName,
                     const QString &defaultPrompt);
    /// Where the picker opens.
    [[nodiscard]] QPushButton &modelButton() { return *m_model; }
    /// Applies what is still being typed, for instance before the window closes.
    void flush();

Q_SIGNALS:
    void analysisChanged(const lectern::presentation::AnalysisSettings &settings);
    void modelRequested();

private:
    void buildPictures();
    void buildPrompt();
    void apply();
    void updatePromptState();

    presentation::AnalysisSettings m_settings;
    QString m_defaultPrompt;
    bool m_showing = false;
    QPushButton *m_model;
    QButtonGroup *m_pictures;
    QPlainTextEdit *m_prompt;
    QPushButton *m_resetPrompt;
    SectionLabel *m_promptNote;
    QTimer m_typing;
};

} // namespace lectern::ui
