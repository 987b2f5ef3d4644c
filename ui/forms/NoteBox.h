// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/IconSet.h"

#include <QFrame>

class QBoxLayout;

namespace lectern::ui {

class IconLabel;
class SectionLabel;

/// A sentence that stands out inside a form: icon and words on a tinted ground. Hidden while it has nothing
/// to say. More widgets can follow below the words.
class NoteBox final : public QFrame {
    Q_OBJECT

public:
    enum class Kind { Info, Success, Warning, Error };

    explicit NoteBox(QWidget *parent = nullptr);
    /// An empty text hides the box. `announce` tells assistive programs.
    void setNote(Kind kind, const QString &text, bool announce = false);
    [[nodiscard]] QString text() const;
    /// Room below the words.
    [[nodiscard]] QBoxLayout &below() { return *m_below; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Kind m_kind = Kind::Info;
    IconLabel *m_icon;
    SectionLabel *m_text;
    QBoxLayout *m_below;
};

} // namespace lectern::ui
