// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace lectern::ui {

class FilterField;
class SectionLabel;

/// The text of a page as it was extracted: read-only, selectable, with a find line. objectName "textPanel".
class TextPanel final : public QWidget {
    Q_OBJECT

public:
    explicit TextPanel(QWidget *parent = nullptr);
    /// `note` says why there is no text, or warns of its quality; empty when all is well.
    void setText(const QString &text, const QString &note);
    /// Puts words into the find line and goes to the first place.
    void find(const QString &words);
    void focusFind();

private:
    void markAll();
    void goTo(int hit);
    void step(int direction);

    FilterField *m_find;
    SectionLabel *m_count;
    QToolButton *m_previous;
    QToolButton *m_next;
    SectionLabel *m_note;
    QPlainTextEdit *m_text;
    QVector<int> m_hits; ///< where the words begin
    int m_current = -1;
};

} // namespace lectern::ui
