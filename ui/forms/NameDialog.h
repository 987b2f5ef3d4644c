// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>

#include <functional>

class QLineEdit;
class QPushButton;

namespace lectern::ui {

class SectionLabel;

/// Asks for a name: of a collection, of a search. GUI thread. objectName "nameDialog".
class NameDialog final : public QDialog {
    Q_OBJECT

public:
    struct Words {
        QString title;
        QString label;  ///< with a mnemonic
        QString action; ///< of the button
        QString name;   ///< to begin with
    };
    /// What is to be said of a name: nothing, a note, or why it can't be taken.
    struct Remark {
        QString text;
        bool isObstacle = false;
    };

    NameDialog(const Words &words, std::function<Remark(const QString &)> remark, QWidget *parent = nullptr);

Q_SIGNALS:
    /// The dialog has closed.
    void nameChosen(const QString &name);

private:
    void showRemark();

    std::function<Remark(const QString &)> m_remark;
    QLineEdit *m_field;
    SectionLabel *m_note;
    QPushButton *m_action;
};

} // namespace lectern::ui
