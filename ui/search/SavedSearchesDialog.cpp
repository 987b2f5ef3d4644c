// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/search/SavedSearchesDialog.h"

#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/SectionLabel.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace lectern::ui {

namespace {

constexpr int kWidth = 420;
constexpr int kHeight = 320;
enum SearchItemRole { IdRole = Qt::UserRole, NameRole };

} // namespace

SavedSearchesDialog::SavedSearchesDialog(presentation::SearchDesk &desk, QWidget *parent)
    : QDialog(parent), m_desk(desk), m_list(new QListWidget(this)),
      m_note(new SectionLabel(QString(), SectionLabel::Level::Secondary, this)),
      m_rename(new QPushButton(tr("Rename"), this)), m_delete(new QPushButton(tr("Delete"), this))
{
    setObjectName(QStringLiteral("savedSearchesDialog"));
    setWindowTitle(tr("Saved searches"));
    m_list->setObjectName(QStringLiteral("savedSearchList"));
    m_list->setAccessibleName(tr("Saved searches"));
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_note->setWordWrap(true);
    m_note->setMinimumHeight(m_note->fontMetrics().height());
    m_rename->setObjectName(QStringLiteral("renameSearchButton"));
    m_delete->setObjectName(QStringLiteral("deleteSearchButton"));
    setButtonKind(*m_delete, ButtonKind::Destructive);
    auto *close = new QPushButton(tr("Close"), this);
    for (QPushButton *button : {m_rename, m_delete, close})
        button->setAutoDefault(false); // Return ends editing a row
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::kGap);
    buttons->addWidget(m_rename);
    buttons->addWidget(m_delete);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kDialogMargin, metrics::kDialogMargin, metrics::kDialogMargin,
                               metrics::kDialogMargin);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_note);
    layout->addLayout(buttons);
    resize(metrics::scaled(kWidth, fontMetrics()), metrics::scaled(kHeight, fontMetrics()));

    connect(&m_desk, &presentation::SearchDesk::choicesChanged, this, &SavedSearchesDialog::fill);
    connect(m_list, &QListWidget::itemChanged, this, [this](const QListWidgetItem *item) { rename(*item); });
    connect(m_list, &QListWidget::currentRowChanged, this, &SavedSearchesDialog::showState);
    connect(m_rename, &QPushButton::clicked, this, [this] { m_list->editItem(m_list->currentItem()); });
    connect(m_delete, &QPushButton::clicked, this, &SavedSearchesDialog::remove);
    connect(new QShortcut(QKeySequence(Qt::Key_Delete), m_list, nullptr, nullptr, Qt::WidgetShortcut),
            &QShortcut::activated, this, &SavedSearchesDialog::remove);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    fill();
    m_list->setCurrentRow(0);
    m_list->setFocus();
}

void SavedSearchesDialog::fill()
{
    const QSignalBlocker quiet(m_list);
    const int row = m_list->currentRow();
    m_list->clear();
    for (const domain::SavedSearch &search : m_desk.choices().saved) {
        auto *item = new QListWidgetItem(search.name, m_list);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        item->setData(IdRole, search.id.value);
        item->setData(NameRole, search.name);
        item->setToolTip(search.words.toHtmlEscaped());
    }
    m_list->setCurrentRow(qMin(row, m_list->count() - 1));
    showState();
}

void SavedSearchesDialog::rename(const QListWidgetItem &item)
{
    const QString name = item.text().simplified();
    const QString before = item.data(NameRole).toString();
    if (name == before)
        return;
    const domain::SavedSearchId id{item.data(IdRole).toLongLong()};
    bool isTaken = false;
    for (const domain::SavedSearch &search : m_desk.choices().saved)
        isTaken |= search.id != id && search.name.compare(name, Qt::CaseInsensitive) == 0;
    if (name.isEmpty() || isTaken) {
        // Later: the row is still being edited.
        QMetaObject::invokeMethod(this, &SavedSearchesDialog::fill, Qt::QueuedConnection);
        m_note->setText(isTaken ? tr("Another search is called “%1”.").arg(name)
                                : tr("A search needs a name."));
        return;
    }
    m_note->clear();
    m_desk.rename(id, name);
}

void SavedSearchesDialog::remove()
{
    if (const QListWidgetItem *item = m_list->currentItem()) {
        m_note->clear();
        m_desk.remove(domain::SavedSearchId{item->data(IdRole).toLongLong()});
    }
}

void SavedSearchesDialog::showState()
{
    const bool isChosen = m_list->currentItem() != nullptr;
    m_rename->setEnabled(isChosen);
    m_delete->setEnabled(isChosen);
}

} // namespace lectern::ui
