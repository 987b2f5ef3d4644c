// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/TextPanel.h"

#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FilterField.h"
#include "ui/widgets/SectionLabel.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QToolButton>
#include <QVBoxLayout>

namespace lectern::ui {

namespace {

constexpr int kMaximumMarks = 2'000;

QToolButton *stepButton(Glyph glyph, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(IconSet::icon(glyph));
    button->setAutoRaise(true);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

} // namespace

TextPanel::TextPanel(QWidget *parent)
    : QWidget(parent), m_find(new FilterField(tr("Find on this page"), this)),
      m_count(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_previous(stepButton(Glyph::ChevronUp, tr("Previous place"), this)),
      m_next(stepButton(Glyph::ChevronDown, tr("Next place"), this)),
      m_note(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_text(new QPlainTextEdit(this))
{
    setObjectName(QStringLiteral("textPanel"));
    m_find->setObjectName(QStringLiteral("pageFindField"));
    m_text->setObjectName(QStringLiteral("pageText"));
    m_text->setAccessibleName(tr("Text of the page"));
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->document()->setDocumentMargin(metrics::kGap);
    m_note->setWordWrap(true);
    m_note->setTone(Tone::Waiting);

    auto *line = new QHBoxLayout;
    line->setSpacing(metrics::kInner);
    line->addWidget(m_find, 1);
    line->addWidget(m_count);
    line->addWidget(m_previous);
    line->addWidget(m_next);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kGap);
    layout->addLayout(line);
    layout->addWidget(m_note);
    layout->addWidget(m_text, 1);

    connect(m_find, &QLineEdit::textChanged, this, &TextPanel::markAll);
    connect(m_find, &QLineEdit::returnPressed, this, [this] { step(1); });
    connect(m_previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    setText(QString(), QString());
}

void TextPanel::setText(const QString &text, const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    if (m_text->toPlainText() != text)
        m_text->setPlainText(text);
    m_find->setEnabled(!text.isEmpty());
    markAll();
}

void TextPanel::find(const QString &words)
{
    m_find->setText(words);
}

void TextPanel::focusFind()
{
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
}

void TextPanel::markAll()
{
    m_hits.clear();
    QList<QTextEdit::ExtraSelection> marks;
    const QString words = m_find->text();
    const Theme &theme = Theme::of(palette());
    QTextCursor at(m_text->document());
    while (!words.isEmpty() && m_hits.size() < kMaximumMarks) {
        at = m_text->document()->find(words, at);
        if (at.isNull())
            break;
        m_hits.append(at.selectionStart());
        QTextEdit::ExtraSelection mark;
        mark.cursor = at;
        mark.format.setBackground(theme.warningFill);
        mark.format.setFontUnderline(true);
        marks.append(mark);
    }
    m_text->setExtraSelections(marks);
    m_previous->setEnabled(!m_hits.isEmpty());
    m_next->setEnabled(!m_hits.isEmpty());
    m_current = -1;
    if (m_hits.isEmpty())
        m_count->setText(words.isEmpty() ? QString() : tr("not found"));
    else
        goTo(0);
}

void TextPanel::goTo(int hit)
{
    m_current = hit;
    QTextCursor cursor(m_text->document());
    cursor.setPosition(m_hits.at(hit));
    cursor.setPosition(m_hits.at(hit) + static_cast<int>(m_find->text().size()), QTextCursor::KeepAnchor);
    m_text->setTextCursor(cursor);
    m_text->ensureCursorVisible();
    m_count->setText(tr("%1/%2", "place found, of how many").arg(hit + 1).arg(m_hits.size()));
}

void TextPanel::step(int direction)
{
    if (m_hits.isEmpty())
        return;
    const int count = static_cast<int>(m_hits.size());
    goTo((m_current + direction + count) % count);
}

} // namespace lectern::ui
