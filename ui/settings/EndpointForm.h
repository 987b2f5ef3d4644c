// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/EndpointView.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace lectern::ui {

class KeyField;
class NoteBox;
class SectionLabel;

/// One endpoint, to be edited: what is typed applies when its field is left, if it can be used. GUI thread.
class EndpointForm final : public QWidget {
    Q_OBJECT

public:
    explicit EndpointForm(QWidget *parent = nullptr);
    /// Another endpoint, or the same one as it now is: what is being typed stays then.
    void setEndpoint(const presentation::EndpointView &view);
    void setTest(const presentation::EndpointTest &test);
    void clearTest();
    void setSystemStoreAvailable(bool available);
    /// As the fields say.
    [[nodiscard]] domain::Endpoint endpoint() const;
    /// What is wrong with the fields; empty when nothing is.
    [[nodiscard]] QString obstacle() const;
    void focusKey();

Q_SIGNALS:
    void edited(const lectern::domain::Endpoint &endpoint);
    void removeRequested(const QString &id);
    /// Ask the endpoint as it is in the form, with this key; empty: with the key that is kept.
    void testRequested(const lectern::domain::Endpoint &endpoint, const QString &typedKey);
    void keyEntered(const QString &id, const QString &key, lectern::presentation::KeyPlace place);
    void keyForgotten(const QString &id);

private:
    void build();
    void buildLimits(QGridLayout &grid);
    void connectParts();
    void apply();
    void updateNotes();

    presentation::EndpointView m_view;
    bool m_showing = false;
    QComboBox *m_kind;
    SectionLabel *m_kindHint;
    QLineEdit *m_name;
    QLineEdit *m_address;
    QCheckBox *m_plainHttp;
    NoteBox *m_addressNote;
    KeyField *m_key;
    NoteBox *m_result;
    QSpinBox *m_concurrency;
    QSpinBox *m_requests;
    QSpinBox *m_tokens;
    QCheckBox *m_enabled;
    QPushButton *m_remove;
};

} // namespace lectern::ui
