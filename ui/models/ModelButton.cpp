// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/ModelButton.h"

#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"

#include <QEvent>
#include <QStyleOptionButton>

namespace lectern::ui {

using presentation::ModelText;

namespace {

constexpr int kLongestName = 210; ///< device-independent pixels at the ordinary size of text

} // namespace

ModelButton::ModelButton(QWidget *parent) : QPushButton(parent)
{
    setObjectName(QStringLiteral("modelPicker"));
    setIcon(IconSet::icon(Glyph::Model));
    setChoice({});
}

void ModelButton::setChoice(const presentation::ModelChoice &choice)
{
    m_choice = choice;
    updateText();
}

void ModelButton::updateText()
{
    const QString name = ModelText::button(m_choice);
    // The middle goes first: endpoints put what tells models apart at both ends of their names.
    QString text =
        fontMetrics().elidedText(name, Qt::ElideMiddle, metrics::scaled(kLongestName, fontMetrics()));
    text.replace(QLatin1Char('&'), QLatin1String("&&"));
    setText(m_choice.vision ? tr("%1 · vision", "model that sees pictures").arg(text) : text);
    setAccessibleName(ModelText::spokenButton(m_choice));
    const QString where =
        m_choice.provider.isEmpty() ? name : tr("%1, %2", "model, provider").arg(name, m_choice.provider);
    setToolTip(where.toHtmlEscaped());
}

QSize ModelButton::minimumSizeHint() const
{
    return {metrics::scaled(110, fontMetrics()), QPushButton::minimumSizeHint().height()};
}

void ModelButton::initStyleOption(QStyleOptionButton *option) const
{
    QPushButton::initStyleOption(option);
    option->features |= QStyleOptionButton::HasMenu; // for its arrow: what opens is no menu
}

void ModelButton::changeEvent(QEvent *event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateText();
}

} // namespace lectern::ui
