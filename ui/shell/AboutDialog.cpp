// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/AboutDialog.h"

#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/SectionLabel.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace lectern::ui {

AboutDialog::AboutDialog(const QString &workspaceFolder, QWidget *parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("aboutDialog"));
    setWindowTitle(tr("About Lectern"));
    auto *icon = new IconLabel(Glyph::Library, Tone::Accent, 64, this);
    icon->setIcon(IconSet::application());
    auto *what = new SectionLabel(tr("Reads your documents page by page and makes them searchable."),
                                  SectionLabel::Level::Body, this);
    what->setWordWrap(true);
    auto *facts = new FactList(this);
    QVector<FactList::Fact> rows{
        {tr("Version"), QStringLiteral(LECTERN_VERSION)},
        {tr("Licence"), tr("GNU General Public License, version 3 or later")},
        {tr("Built with"), tr("Qt %1, Poppler, SQLite").arg(QString::fromLatin1(qVersion()))}};
    if (!workspaceFolder.isEmpty())
        rows.append({tr("Library"), workspaceFolder});
    facts->setFacts(rows);
    auto *head = new QHBoxLayout;
    head->setSpacing(metrics::kDialogMargin);
    head->addWidget(icon, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->addWidget(new SectionLabel(tr("Lectern"), SectionLabel::Level::Title, this));
    words->addWidget(what);
    words->addSpacing(metrics::kGap);
    words->addWidget(facts);
    head->addLayout(words, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kDialogMargin, metrics::kDialogMargin, metrics::kDialogMargin,
                               metrics::kDialogMargin);
    layout->setSpacing(metrics::kDialogMargin);
    layout->addLayout(head);
    layout->addWidget(buttons);
    setMinimumWidth(460);
}

} // namespace lectern::ui
