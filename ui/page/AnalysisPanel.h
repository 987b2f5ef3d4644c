// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/Details.h"

#include <QScrollArea>

class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace lectern::ui {

class EntityChips;
class FactList;
class SectionLabel;

/// What the analysis found on a page: title, summary, key phrases, the things it names by kind, and how far
/// its text can be trusted. Says instead what is missing while there is none. objectName "analysisPanel".
class AnalysisPanel final : public QScrollArea {
    Q_OBJECT

public:
    explicit AnalysisPanel(QWidget *parent = nullptr);
    void setPage(const presentation::PageDetails &page);

Q_SIGNALS:
    /// A phrase or a name was clicked: show it in the text.
    void wordsChosen(const QString &words);
    void retryRequested();

private:
    struct Group {
        SectionLabel *heading = nullptr;
        EntityChips *chips = nullptr;
    };
    [[nodiscard]] SectionLabel *addLabel(QVBoxLayout &layout, int level, bool selectable);
    [[nodiscard]] Group makeGroup(const QString &heading);
    void showEntities(const QVector<presentation::EntityWords> &entities);
    void showWritten(const QString &written);

    SectionLabel *m_error;
    QPushButton *m_retry;
    SectionLabel *m_writtenHeading;
    QPlainTextEdit *m_written;
    SectionLabel *m_state;
    SectionLabel *m_title;
    SectionLabel *m_summary;
    Group m_phrases;
    QVBoxLayout *m_entities;
    QVector<presentation::EntityWords> m_shown;
    FactList *m_facts;
};

} // namespace lectern::ui
