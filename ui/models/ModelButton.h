// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/ModelChoice.h"

#include <QPushButton>

namespace lectern::ui {

/// The model in use, as a button that opens the picker: its name, "vision" where it sees pictures, and an
/// arrow. objectName "modelPicker".
class ModelButton final : public QPushButton {
    Q_OBJECT

public:
    explicit ModelButton(QWidget *parent = nullptr);
    void setChoice(const presentation::ModelChoice &choice);
    [[nodiscard]] const presentation::ModelChoice &choice() const { return m_choice; }
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void initStyleOption(QStyleOptionButton *option) const override;
    void changeEvent(QEvent *event) override;

private:
    void updateText();

    presentation::ModelChoice m_choice;
};

} // namespace lectern::ui
