// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/FactList.h"

#include "ui/style/Metrics.h"
#include "ui/widgets/SectionLabel.h"

#include <QGridLayout>
#include <QLabel>

#include <algorithm>

namespace lectern::ui {

namespace {

bool haveSameNames(const QVector<FactList::Fact> &first, const QVector<FactList::Fact> &second)
{
    return std::equal(first.begin(), first.end(), second.begin(), second.end(),
                      [](const auto &one, const auto &other) { return one.name == other.name; });
}

QLabel *makeValue(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    label->setAccessibleName(name);
    label->setCursor(Qt::IBeamCursor);
    return label;
}

} // namespace

FactList::FactList(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(metrics::kPaneMargin);
    m_grid->setVerticalSpacing(metrics::kInner + 2);
    m_grid->setColumnStretch(1, 1);
}

void FactList::setFacts(const QVector<Fact> &facts)
{
    if (!haveSameNames(facts, m_facts)) {
        while (QLayoutItem *item = m_grid->takeAt(0)) {
            delete item->widget();
            delete item;
        }
        for (int row = 0; row < facts.size(); ++row) {
            auto *name = new SectionLabel(facts.at(row).name, SectionLabel::Level::Body, this);
            name->setTone(Tone::Quiet);
            m_grid->addWidget(name, row, 0, Qt::AlignTop | Qt::AlignLeading);
            m_grid->addWidget(makeValue(facts.at(row).name, this), row, 1);
        }
    }
    m_facts = facts;
    for (int row = 0; row < facts.size(); ++row) {
        auto *label = qobject_cast<QLabel *>(m_grid->itemAtPosition(row, 1)->widget());
        if (label->text() == facts.at(row).value)
            continue;
        label->setText(facts.at(row).value);
        label->setToolTip(facts.at(row).value.size() > 40 ? facts.at(row).value.toHtmlEscaped() : QString());
    }
}

} // namespace lectern::ui
