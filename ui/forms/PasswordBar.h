// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"

#include <QFrame>
#include <QString>

class QAction;
class QCheckBox;
class QLineEdit;
class QPushButton;

namespace lectern::ui {

class ElidedLabel;
class SectionLabel;

/// The inline field for a document's password, above the list. A wrong password stays in the field, selected,
/// and the bar says so; nothing of it is kept elsewhere. Blanks are part of a password. objectName
/// "passwordBar".
class PasswordBar final : public QFrame {
    Q_OBJECT

public:
    explicit PasswordBar(QWidget *parent = nullptr);
    /// Asks for the password of a document; `others` is how many more documents are locked.
    void ask(domain::DocumentId document, const QString &name, int others);
    void setOthers(int others);
    /// The answer to tried(): wrong.
    void refuse(const QString &why);
    /// The answer to tried(): right, or no longer needed. Empties the field and hides the bar.
    void finish();
    [[nodiscard]] domain::DocumentId document() const { return m_document; }
    [[nodiscard]] bool isTrying() const { return m_trying; }

Q_SIGNALS:
    void tried(lectern::domain::DocumentId document, const QString &password, bool onOthersToo);
    /// Closed without a right password.
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void submit();
    void setTrying(bool trying);
    void showMessage(const QString &text, bool wrong);

    domain::DocumentId m_document;
    ElidedLabel *m_name;
    QLineEdit *m_field;
    QAction *m_reveal;
    QPushButton *m_unlock;
    QPushButton *m_close;
    QCheckBox *m_others;
    SectionLabel *m_message;
    bool m_trying = false;
};

} // namespace lectern::ui
