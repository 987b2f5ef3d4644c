// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

class QPushButton;
class QVBoxLayout;

namespace lectern::ui {

class SectionLabel;

/// One page of the settings: title, an optional Reset, and its content, which scrolls. Everything on it can
/// be searched for.
class SettingsPage : public QScrollArea {
    Q_OBJECT

public:
    SettingsPage(const QString &title, const QString &hint, QWidget *parent = nullptr);
    [[nodiscard]] QString title() const { return m_title; }
    /// True when every word is somewhere on the page.
    [[nodiscard]] bool matches(const QString &words) const;
    /// Scrolls to the first thing that has all the words.
    void reveal(const QString &words);
    /// Shows a button that puts the page back to its defaults.
    void setResettable(bool resettable);

Q_SIGNALS:
    void resetRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    [[nodiscard]] QVBoxLayout &body() { return *m_body; }
    [[nodiscard]] QWidget *content() { return widget(); }
    /// A heading with a quiet line under it.
    void addHeading(const QString &text, const QString &hint = {});

private:
    /// Words that wrap need less height the wider the page is, which a scroll area does not ask.
    void fitHeight();
    [[nodiscard]] static QString textOf(const QWidget &widget);

    QString m_title;
    QVBoxLayout *m_body;
    QPushButton *m_reset;
};

} // namespace lectern::ui
