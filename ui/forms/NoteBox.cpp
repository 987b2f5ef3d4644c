// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/NoteBox.h"

#include "ui/style/Metrics.h"
#include "ui/style/Paint.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/SectionLabel.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace lectern::ui {

namespace {

struct Look {
    Glyph glyph;
    Tone tone;
};

Look lookOf(NoteBox::Kind kind)
{
    switch (kind) {
    case NoteBox::Kind::Info:
        return {Glyph::Info, Tone::Accent};
    case NoteBox::Kind::Success:
        return {Glyph::Done, Tone::Done};
    case NoteBox::Kind::Warning:
        return {Glyph::Warning, Tone::Waiting};
    case NoteBox::Kind::Error:
        return {Glyph::Error, Tone::Failed};
    }
    return {Glyph::Info, Tone::Accent};
}

} // namespace

NoteBox::NoteBox(QWidget *parent)
    : QFrame(parent), m_icon(new IconLabel(Glyph::Info, Tone::Accent, 18, this)),
      m_text(new SectionLabel(QString(), SectionLabel::Level::Body, this)), m_below(new QVBoxLayout)
{
    setFrameShape(NoFrame);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_below->setSpacing(metrics::kGap);
    auto *words = new QVBoxLayout;
    words->setSpacing(metrics::kGap);
    words->addWidget(m_text);
    words->addLayout(m_below);
    words->addStretch(1);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, metrics::kGap, 10, metrics::kGap);
    layout->setSpacing(metrics::kGap + 2);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addLayout(words, 1);
    hide();
}

void NoteBox::setNote(Kind kind, const QString &text, bool announce)
{
    const bool news = announce && !text.isEmpty() && text != m_text->text();
    m_kind = kind;
    m_icon->setGlyph(lookOf(kind).glyph, lookOf(kind).tone);
    m_text->setText(text);
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    update();
    if (news) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

QString NoteBox::text() const
{
    return m_text->text();
}

void NoteBox::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const QColor tone = theme.tone(lookOf(m_kind).tone);
    const QColor fill = m_kind == Kind::Error     ? theme.errorFill
                        : m_kind == Kind::Warning ? theme.warningFill
                        : m_kind == Kind::Info    ? theme.infoFill
                                                  : blend(theme.surface, tone, 0.1);
    QPainter painter(this);
    paint::roundedRect(painter, rect(), metrics::kCardRadius - 2, fill, blend(fill, tone, 0.18));
}

} // namespace lectern::ui
