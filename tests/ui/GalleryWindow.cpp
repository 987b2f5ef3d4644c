// SPDX-License-Identifier: GPL-3.0-or-later
#include "GalleryWindow.h"

#include "ui/style/ButtonKind.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/BannerStack.h"
#include "ui/widgets/EntityChips.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/FilterField.h"
#include "ui/widgets/NavigationRail.h"
#include "ui/widgets/PageStrip.h"
#include "ui/widgets/SectionLabel.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TwoFillProgressBar.h"
#include "ui/widgets/UndoBar.h"

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStandardItemModel>
#include <QStatusBar>
#include <QStyledItemDelegate>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace lectern::ui::gallery {

namespace {

/// Paints the two-fill bar from the numbers in the item's user roles.
class BarDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        TwoFillProgressPainter::State state;
        state.stored = index.data(Qt::UserRole).toLongLong();
        state.ahead = index.data(Qt::UserRole + 1).toLongLong();
        state.total = index.data(Qt::UserRole + 2).toLongLong();
        state.active = index.data(Qt::UserRole + 3).toBool();
        state.text = TwoFillProgressPainter::countText(state.stored, state.total);
        TwoFillProgressPainter::paint(*painter, option.rect.adjusted(8, 2, -8, -2), state, option.palette,
                                      metrics::secondaryFont(option.font),
                                      option.direction == Qt::RightToLeft);
    }
};

struct Row {
    QString name;
    QString pages;
    QString text;
    Glyph glyph;
    Tone tone;
    QString phase;
    int stored;
    int ahead;
    int total;
    bool active;
    QString eta;
};

QList<Row> rows()
{
    return {
        {u"USGS-methods.pdf"_s, u"86"_s, u"yes"_s, Glyph::Analyzing, Tone::Running, u"Analyzing 41 of 86"_s,
         41, 22, 86, true, u"3 min"_s},
        {u"scan-1922.pdf"_s, u"6"_s, u"none"_s, Glyph::Rendering, Tone::Running, u"Rendering 2 of 6"_s, 0, 2,
         6, true, u"—"_s},
        {u"loan-agreement-2019-signed.pdf"_s, u"—"_s, u"—"_s, Glyph::Lock, Tone::Waiting,
         u"Password needed"_s, 0, 0, 0, true, u"—"_s},
        {u"bad.pdf"_s, u"100"_s, u"part"_s, Glyph::Warning, Tone::Failed, u"2 of 100 pages failed"_s, 98, 0,
         100, true, u"—"_s},
        {u"notes-on-method.pdf"_s, u"1"_s, u"yes"_s, Glyph::Done, Tone::Done, u"Done"_s, 1, 0, 1, true,
         u"—"_s},
        {u"Census-trade.pdf"_s, u"310"_s, u"yes"_s, Glyph::Pause, Tone::Waiting, u"Paused by you"_s, 120, 30,
         310, false, u"—"_s},
        {u"R-exts.pdf"_s, u"236"_s, u"yes"_s, Glyph::Queued, Tone::Quiet, u"Queued"_s, 0, 0, 236, true,
         u"—"_s},
        {u"refman.pdf"_s, u"2,415"_s, u"yes"_s, Glyph::Fetching, Tone::Running, u"Reading"_s, 0, 0, 2415,
         true, u"—"_s},
    };
}

QStandardItemModel *makeModel(QObject *parent)
{
    auto *model = new QStandardItemModel(0, 6, parent);
    model->setHorizontalHeaderLabels({u"Name"_s, u"Pages"_s, u"Text"_s, u"Phase"_s, u"Progress"_s, u"ETA"_s});
    model->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft);
    model->horizontalHeaderItem(1)->setTextAlignment(Qt::AlignRight);
    for (int column = 2; column < 5; ++column)
        model->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignLeft);
    model->horizontalHeaderItem(5)->setTextAlignment(Qt::AlignRight);
    for (const Row &row : rows()) {
        auto *name = new QStandardItem(IconSet::icon(Glyph::Document, Tone::Quiet), row.name);
        auto *pages = new QStandardItem(row.pages);
        pages->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        auto *phase = new QStandardItem(IconSet::icon(row.glyph, row.tone), row.phase);
        auto *bar = new QStandardItem;
        bar->setData(row.stored, Qt::UserRole);
        bar->setData(row.ahead, Qt::UserRole + 1);
        bar->setData(row.total, Qt::UserRole + 2);
        bar->setData(row.active, Qt::UserRole + 3);
        auto *eta = new QStandardItem(row.eta);
        eta->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        model->appendRow({name, pages, new QStandardItem(row.text), phase, bar, eta});
    }
    return model;
}

QWidget *makeList()
{
    auto *pane = new QWidget;
    pane->setBackgroundRole(QPalette::Base);
    pane->setAutoFillBackground(true);
    auto *filters = new QHBoxLayout;
    filters->setContentsMargins(12, 10, 12, 8);
    filters->setSpacing(8);
    auto *filter = new FilterField(u"Filter by name, tag or error"_s);
    filter->setMaximumWidth(280);
    auto *state = new SegmentedControl({u"All"_s, u"Running"_s, u"Queued"_s, u"Failed"_s});
    state->setCount(0, 214);
    state->setCount(1, 2);
    state->setCount(2, 5);
    state->setCount(3, 1);
    filters->addWidget(filter, 1);
    filters->addWidget(state);
    filters->addStretch(1);
    filters->addWidget(new SectionLabel(u"12 of 214"_s, SectionLabel::Level::Secondary));

    auto *view = new QTreeView;
    view->setObjectName(u"list"_s);
    view->setAllColumnsShowFocus(true);
    view->setFrameShape(QFrame::NoFrame);
    view->setRootIsDecorated(false);
    view->setUniformRowHeights(true);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->setModel(makeModel(view));
    view->setItemDelegateForColumn(4, new BarDelegate(view));
    view->setSortingEnabled(true);
    view->header()->setStretchLastSection(false);
    view->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    const int widths[] = {0, 60, 60, 190, 150, 64};
    for (int column = 1; column < 6; ++column)
        view->header()->resizeSection(column, widths[column]);
    view->header()->setSortIndicator(0, Qt::AscendingOrder);
    view->setCurrentIndex(view->model()->index(3, 0));

    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(filters);
    layout->addWidget(view);
    return pane;
}

QWidget *makeDetail()
{
    auto *pane = new QWidget;
    pane->setBackgroundRole(QPalette::AlternateBase);
    pane->setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(16, 14, 16, 16);
    layout->setSpacing(8);
    layout->addWidget(new SectionLabel(u"USGS-methods.pdf"_s, SectionLabel::Level::Title));
    auto *phase = new SectionLabel(u"Analyzing 41 of 86 · 3 min left"_s, SectionLabel::Level::Secondary);
    layout->addWidget(phase);
    auto *bar = new TwoFillProgressBar;
    TwoFillProgressPainter::State state;
    state.stored = 41;
    state.ahead = 22;
    state.total = 86;
    state.text = u"41/86"_s;
    bar->setState(state);
    layout->addWidget(bar);
    layout->addSpacing(8);

    layout->addWidget(new SectionLabel(u"Pages"_s));
    QVector<PageState> pages(86, PageState::Queued);
    for (int page = 0; page < 63; ++page)
        pages[page] = page < 41 ? PageState::Done : PageState::Rendered;
    pages[12] = pages[30] = PageState::Failed;
    pages[41] = pages[42] = PageState::Running;
    auto *strip = new PageStrip;
    strip->setPages(pages);
    strip->setCurrentPage(17);
    layout->addWidget(strip);
    layout->addSpacing(8);

    layout->addWidget(new SectionLabel(u"Facts"_s));
    auto *facts = new FactList;
    facts->setFacts({{u"Size"_s, u"3.1 MB"_s},
                     {u"Language"_s, u"English"_s},
                     {u"Text"_s, u"86 of 86 pages, quality 0.94"_s},
                     {u"Added"_s, u"today 14:02"_s},
                     {u"Place"_s, u"/home/ada/Documents/water/USGS-methods.pdf"_s}});
    layout->addWidget(facts);
    layout->addSpacing(8);
    layout->addWidget(new SectionLabel(u"Key phrases"_s));
    auto *chips = new EntityChips;
    chips->setChips({{u"nitrate recovery"_s, u"Key phrase"_s, 12, {}},
                     {u"spiked sample"_s, u"Key phrase"_s, 7, {}},
                     {u"detection limit"_s, u"Key phrase"_s, 5, {}},
                     {u"U.S. Geological Survey"_s, u"Organisation"_s, 3, Glyph::Tag},
                     {u"1998"_s, u"Date"_s, 0, {}}});
    layout->addWidget(chips);
    layout->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(pane);
    return scroll;
}

QToolBar *makeToolBar()
{
    auto *bar = new QToolBar;
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto *add = new QToolButton;
    add->setText(u"Add"_s);
    add->setIcon(IconSet::icon(Glyph::Add, Tone::OnAccent));
    add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setButtonKind(*add, ButtonKind::Primary);
    bar->addWidget(add);
    auto *folder = bar->addAction(IconSet::icon(Glyph::Analyzing), u"Analyze…"_s);
    folder->setEnabled(true);
    auto *pause = new QToolButton;
    pause->setText(u"Pause"_s);
    pause->setIcon(IconSet::icon(Glyph::Pause));
    pause->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    pause->setPopupMode(QToolButton::MenuButtonPopup);
    pause->setMenu(new QMenu(pause));
    pause->setAutoRaise(true);
    bar->addWidget(pause);
    bar->addSeparator();
    auto *model = new QComboBox;
    model->addItems({u"Built-in analyser"_s, u"gpt-x mini"_s});
    bar->addWidget(model);
    auto *space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    auto *search = new FilterField(u"Search or command…"_s);
    search->setFixedWidth(240);
    bar->addWidget(search);
    auto *pane = bar->addAction(IconSet::icon(Glyph::SidePane), u"Details"_s);
    pane->setCheckable(true);
    pane->setChecked(true);
    auto *button = qobject_cast<QToolButton *>(bar->widgetForAction(pane));
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    return bar;
}

NavigationRail *makeRail(QWidget *parent)
{
    auto *rail = new NavigationRail(parent);
    const std::pair<Glyph, QString> views[] = {{Glyph::Library, u"Library"_s}, {Glyph::Reader, u"Reader"_s},
                                               {Glyph::Search, u"Search"_s},   {Glyph::Chat, u"Chat"_s},
                                               {Glyph::Grid, u"Grid"_s},       {Glyph::Jobs, u"Jobs"_s},
                                               {Glyph::Costs, u"Costs"_s}};
    for (const auto &[glyph, name] : views) {
        auto *action = new QAction(IconSet::icon(glyph, Tone::Quiet), name, rail);
        rail->addView(*action);
        action->setChecked(glyph == Glyph::Library);
        if (glyph == Glyph::Jobs)
            rail->setBadge(*action, 3);
    }
    rail->addTool(*new QAction(IconSet::icon(Glyph::Settings, Tone::Quiet), u"Settings"_s, rail));
    return rail;
}

void fillStatusBar(QStatusBar &bar)
{
    bar.setSizeGripEnabled(false);
    auto *counts = new SectionLabel(u"Running 2  ·  Queued 5  ·  Failed 1"_s, SectionLabel::Level::Secondary);
    counts->setContentsMargins(8, 4, 8, 4);
    bar.addWidget(counts);
    auto *progress = new TwoFillProgressBar;
    TwoFillProgressPainter::State state;
    state.stored = 412;
    state.ahead = 120;
    state.total = 1031;
    state.text = u"412/1,031 pages · 14 min left"_s;
    progress->setState(state);
    progress->setFixedWidth(300);
    bar.addPermanentWidget(progress);
    auto *today = new SectionLabel(u"Today $1.84 of $5"_s, SectionLabel::Level::Secondary);
    today->setContentsMargins(8, 0, 8, 0);
    bar.addPermanentWidget(today);
}

} // namespace

std::unique_ptr<QWidget> makeWindow()
{
    auto window = std::make_unique<QMainWindow>();
    for (const auto &name : {u"&File"_s, u"&Edit"_s, u"&View"_s, u"&Run"_s, u"&Go"_s, u"&Help"_s})
        window->menuBar()->addMenu(name);
    window->addToolBar(makeToolBar());

    auto *splitter = new QSplitter;
    splitter->addWidget(makeList());
    splitter->addWidget(makeDetail());
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({780, 340});
    auto *banners = new BannerStack;
    banners->post({u"resumed"_s,
                   BannerMessage::Kind::Info,
                   u"3 jobs resumed: 412 of 1,031 pages left."_s,
                   {{u"pause"_s, u"Pause"_s}, {u"review"_s, u"Review"_s}},
                   true});
    banners->post({u"crash"_s,
                   BannerMessage::Kind::Warning,
                   u"bad.pdf was being read when Lectern ended twice; it is set aside."_s,
                   {{u"again"_s, u"Try once more"_s}, {u"remove"_s, u"Remove"_s}},
                   true});
    banners->post({u"disk"_s,
                   BannerMessage::Kind::Error,
                   u"The disk is full. The queue is paused, nothing is lost."_s,
                   {{u"choose"_s, u"Choose folder…"_s}},
                   true});
    auto *undo = new UndoBar;
    undo->offer(u"Removed 3 documents."_s, 1);

    auto *centre = new QWidget;
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(banners);
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFixedHeight(1);
    column->addWidget(line);
    column->addWidget(splitter, 1);
    column->addWidget(undo);
    auto *layout = new QHBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeRail(centre));
    layout->addLayout(column, 1);
    window->setCentralWidget(centre);
    fillStatusBar(*window->statusBar());
    return window;
}

} // namespace lectern::ui::gallery
