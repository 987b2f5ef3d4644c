// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/EndpointView.h"

#include <QWidget>

class QAction;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace lectern::ui {

class NoteBox;
class SectionLabel;

/// The key of an endpoint: typed or pasted, kept where the user wants, and never shown again but for its last
/// four characters. What was typed leaves this widget only with its signals, and is wiped from it after. GUI
/// thread.
class KeyField final : public QWidget {
    Q_OBJECT

public:
    explicit KeyField(QWidget *parent = nullptr);
    /// Another endpoint: empties the field.
    void clear();
    void setStored(presentation::KeyPlace place, const QString &tail);
    /// Without the system's key store, memory is offered first.
    void setSystemStoreAvailable(bool available);
    /// What is typed and not kept yet.
    [[nodiscard]] QString typedKey() const;
    [[nodiscard]] QLineEdit &field() { return *m_field; }

Q_SIGNALS:
    void keepRequested(const QString &key, lectern::presentation::KeyPlace place);
    void forgetRequested();
    void testRequested();

private:
    void buildRows();
    void connectParts();
    void keep();
    void paste();
    void updateState();
    [[nodiscard]] presentation::KeyPlace place() const;

    presentation::KeyPlace m_storedAt = presentation::KeyPlace::None;
    bool m_systemStore = true;
    QLineEdit *m_field;
    QAction *m_reveal;
    QPushButton *m_paste;
    QPushButton *m_test;
    SectionLabel *m_stored;
    QPushButton *m_forget;
    QWidget *m_keepRow;
    QComboBox *m_place;
    QPushButton *m_keep;
    NoteBox *m_warning;
    QCheckBox *m_understood;
};

} // namespace lectern::ui
