// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reader/SideBar.h"

#include "presentation/OutlineModel.h"
#include "presentation/ReaderDocument.h"
#include "presentation/Roles.h"
#include "ui/reader/ThumbnailList.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SegmentedControl.h"

#include <QHeaderView>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::OutlineModel;

namespace {

constexpr int kIndentation = 16; ///< room is for words

enum Choice { OutlineChoice, PagesChoice };
enum StackPage { OutlinePage, NoOutlinePage, PagesPage }; // in the order in which they are added

} // namespace

SideBar::SideBar(const presentation::ReaderDocument &document, presentation::PageDrawings &drawings,
                 QWidget *parent)
    : QWidget(parent), m_model(new OutlineModel(this)),
      m_choice(new SegmentedControl({tr("Outline"), tr("Pages")}, this)), m_stack(new QStackedWidget(this)),
      m_outline(new QTreeView(this)), m_noOutline(new Placeholder(this)),
      m_thumbnails(new ThumbnailList(document, drawings, this))
{
    setObjectName(QStringLiteral("readerSideBar"));
    setAccessibleName(tr("Side bar"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_choice->setObjectName(QStringLiteral("sideBarChoice"));
    m_choice->setAccessibleName(tr("What to show beside the pages"));
    m_model->setPageNames([&document](int page) { return document.pageText(page); });
    m_outline->setObjectName(QStringLiteral("outline"));
    m_outline->setAccessibleName(tr("Outline"));
    m_outline->setFrameShape(QFrame::NoFrame);
    m_outline->setModel(m_model);
    m_outline->setHeaderHidden(true);
    m_outline->setUniformRowHeights(true);
    m_outline->setIndentation(kIndentation);
    m_outline->setTextElideMode(Qt::ElideRight);
    m_outline->header()->setStretchLastSection(false);
    m_outline->header()->setSectionResizeMode(OutlineModel::Title, QHeaderView::Stretch);
    m_outline->header()->setSectionResizeMode(OutlineModel::Page, QHeaderView::ResizeToContents);
    m_outline->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    m_stack->addWidget(m_outline);
    m_stack->addWidget(m_noOutline);
    m_stack->addWidget(m_thumbnails);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, metrics::kPaneMargin, 0, 0);
    layout->setSpacing(metrics::kGap);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(metrics::kPaneMargin, 0, metrics::kPaneMargin, 0);
    head->addWidget(m_choice);
    head->addStretch(1);
    layout->addLayout(head);
    layout->addWidget(m_stack, 1);

    connect(m_choice, &SegmentedControl::currentChanged, this, &SideBar::showChoice);
    connect(m_outline, &QTreeView::clicked, this, &SideBar::choose);
    connect(m_outline, &QTreeView::activated, this, &SideBar::choose);
    connect(m_thumbnails, &ThumbnailList::pageChosen, this, &SideBar::pageChosen);
    reset();
}

void SideBar::showChoice(int choice)
{
    m_givesWay = false;
    m_stack->setCurrentIndex(choice == PagesChoice ? PagesPage
                             : m_model->isEmpty()  ? NoOutlinePage
                                                   : OutlinePage);
}

void SideBar::reset()
{
    m_page = 0;
    m_model->setItems({});
    m_noOutline->setContent(Glyph::Contents, tr("No outline"));
    if (m_choice->currentIndex() == OutlineChoice)
        m_stack->setCurrentIndex(NoOutlinePage);
}

void SideBar::setOutline(const QVector<domain::OutlineItem> &items)
{
    m_model->setItems(items);
    m_noOutline->setContent(Glyph::Contents, tr("No outline"), tr("This document brings none."));
    if (m_choice->currentIndex() == OutlineChoice && items.isEmpty()) {
        m_choice->setCurrentIndex(PagesChoice);
        m_givesWay = true;
    } else if (m_givesWay && !items.isEmpty()) {
        m_choice->setCurrentIndex(OutlineChoice);
    }
    if (m_choice->currentIndex() == OutlineChoice)
        m_stack->setCurrentIndex(OutlinePage);
    // As the document wants it; of one that says nothing the first level is open.
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex item = m_model->index(row, 0);
        m_outline->setExpanded(item, item.data(OutlineModel::OpenRole).toBool() || m_model->rowCount() == 1);
    }
    markHeading();
}

void SideBar::setCurrentPage(int page)
{
    m_page = page;
    m_thumbnails->setCurrentPage(page);
    markHeading();
}

void SideBar::setRotation(int rotation)
{
    m_thumbnails->setRotation(rotation);
}

// The heading under which one reads, unless somebody is going about in the outline.
void SideBar::markHeading()
{
    if (m_outline->hasFocus())
        return;
    QModelIndex item = m_model->itemOfPage(m_page);
    // In a branch that is closed, the nearest heading that can be seen.
    for (QModelIndex above = item.parent(); above.isValid(); above = above.parent()) {
        if (!m_outline->isExpanded(above))
            item = above;
    }
    m_outline->setCurrentIndex(item);
}

void SideBar::choose(const QModelIndex &index)
{
    const QModelIndex title = index.siblingAtColumn(OutlineModel::Title);
    const int page = title.data(presentation::PageRole).toInt();
    if (page > 0)
        Q_EMIT headingChosen(page, title.data(OutlineModel::TopRole).toDouble());
}

void SideBar::showThumbnails()
{
    m_choice->setCurrentIndex(PagesChoice);
}

void SideBar::showOutline()
{
    m_choice->setCurrentIndex(OutlineChoice);
}

} // namespace lectern::ui
