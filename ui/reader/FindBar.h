// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

class QLabel;
class QLineEdit;
class QToolButton;

namespace lectern::ui {

/// The bar for finding words in the open document: finds as one types, counts, steps, and can keep to the
/// case. Esc closes it. GUI thread. objectName "findBar".
class FindBar final : public QFrame {
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);
    /// Opens the bar with the keyboard in its field; words that are given are looked for.
    void open(const QString &words);
    void close();
    [[nodiscard]] QString words() const;
    [[nodiscard]] bool isCaseSensitive() const;
    /// Of so many hits the current one; `searching` while there may be more.
    void setCount(int ordinal, int count, bool searching);

Q_SIGNALS:
    /// Other words, or the other way of comparing: look for them.
    void findRequested(const QString &words, bool caseSensitive);
    void stepRequested(bool forwards);
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QToolButton *addButton(const QString &name, const QString &text);
    void request();

    QLineEdit *m_field;
    QLabel *m_count;
    QToolButton *m_previous;
    QToolButton *m_next;
    QToolButton *m_case;
    QToolButton *m_close;
    QTimer m_typing;
    QString m_asked; ///< what was looked for last
};

} // namespace lectern::ui
