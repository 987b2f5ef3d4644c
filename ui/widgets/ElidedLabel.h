// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Theme.h"

#include <QFrame>
#include <QString>

namespace lectern::ui {

/// One line of text that gives way: shortened with "…" when it does not fit, whole in the tool tip then.
/// Never parses markup, so a file name can't become a picture or a link.
class ElidedLabel final : public QFrame {
    Q_OBJECT

public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);
    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    void setElideMode(Qt::TextElideMode mode);
    void setTone(Tone tone);
    void setAlignment(Qt::Alignment alignment);
    [[nodiscard]] bool isElided() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString m_text;
    Qt::TextElideMode m_mode = Qt::ElideRight;
    Qt::Alignment m_alignment = Qt::AlignLeading | Qt::AlignVCenter;
    Tone m_tone = Tone::Normal;
};

} // namespace lectern::ui
