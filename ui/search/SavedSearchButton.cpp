// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/search/SavedSearchButton.h"

#include "ui/forms/NameDialog.h"
#include "ui/search/SavedSearchesDialog.h"
#include "ui/style/IconSet.h"

#include <QMenu>

#include <algorithm>

namespace lectern::ui {

namespace {

constexpr int kLongestText = 60;

/// As menus take it: "&" is no mnemonic here.
QString plainText(QString name)
{
    if (name.size() > kLongestText)
        name = name.left(kLongestText - 1) + u'…';
    return name.replace(u'&', QLatin1String("&&"));
}

} // namespace

SavedSearchButton::SavedSearchButton(presentation::SearchDesk &desk,
                                     std::function<domain::SavedSearch()> current, QWidget *parent)
    : QPushButton(tr("Saved searches"), parent), m_desk(desk), m_current(std::move(current)),
      m_menu(new QMenu(this))
{
    setObjectName(QStringLiteral("savedSearchButton"));
    m_menu->setObjectName(QStringLiteral("savedSearchMenu"));
    setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &SavedSearchButton::fill);
}

void SavedSearchButton::fill()
{
    m_menu->clear();
    QAction *save = m_menu->addAction(IconSet::icon(Glyph::Add), tr("&Save this search…"));
    save->setEnabled(!m_current().words.trimmed().isEmpty());
    connect(save, &QAction::triggered, this, &SavedSearchButton::save);
    const QVector<domain::SavedSearch> &saved = m_desk.choices().saved;
    if (saved.isEmpty())
        return;
    m_menu->addSeparator();
    for (const domain::SavedSearch &search : saved) {
        QAction *action = m_menu->addAction(IconSet::icon(Glyph::Search), plainText(search.name));
        connect(action, &QAction::triggered, this, [this, search] { Q_EMIT chosen(search); });
    }
    m_menu->addSeparator();
    QAction *manage = m_menu->addAction(IconSet::icon(Glyph::Edit), tr("&Rename or delete…"));
    connect(manage, &QAction::triggered, this, &SavedSearchButton::manage);
}

void SavedSearchButton::save()
{
    const domain::SavedSearch search = m_current();
    const auto remark = [this](const QString &name) {
        const QVector<domain::SavedSearch> &saved = m_desk.choices().saved;
        const bool isKnown = std::any_of(saved.begin(), saved.end(), [&](const domain::SavedSearch &one) {
            return one.name.compare(name, Qt::CaseInsensitive) == 0;
        });
        return NameDialog::Remark{isKnown ? tr("This takes the place of the one that is saved.") : QString(),
                                  false};
    };
    auto *dialog = new NameDialog(
        {tr("Save this search"), tr("&Name"), tr("Save"), search.words.simplified()}, remark, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NameDialog::nameChosen, this, [this, search](const QString &name) {
        domain::SavedSearch named = search;
        named.name = name;
        m_desk.save(named);
    });
    dialog->open();
}

void SavedSearchButton::manage()
{
    auto *dialog = new SavedSearchesDialog(m_desk, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace lectern::ui
