// SPDX-License-Identifier: GPL-3.0-or-later
#include "GalleryPages.h"

#include "ui/style/ButtonKind.h"
#include "ui/style/IconSet.h"
#include "ui/widgets/DropOverlay.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/PageImageView.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SectionLabel.h"
#include "ui/widgets/WelcomeCard.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QGroupBox>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>
#include <QSpinBox>
#include <QTabWidget>
#include <QToolTip>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace lectern::ui::gallery {

namespace {

QPushButton *button(const QString &text, ButtonKind kind, bool enabled = true)
{
    auto *made = new QPushButton(text);
    setButtonKind(*made, kind);
    made->setEnabled(enabled);
    return made;
}

QLayout *buttonRow()
{
    auto *row = new QHBoxLayout;
    auto *primary = button(u"Analyze for ≈ $0.12"_s, ButtonKind::Primary);
    primary->setObjectName(u"primary"_s);
    row->addWidget(primary);
    row->addWidget(button(u"Try 3 pages"_s, ButtonKind::Normal));
    row->addWidget(button(u"Delete for good"_s, ButtonKind::Destructive));
    row->addWidget(button(u"Cancel"_s, ButtonKind::Flat));
    row->addWidget(button(u"Show 2 pages"_s, ButtonKind::Link));
    row->addWidget(button(u"Disabled"_s, ButtonKind::Normal, false));
    row->addWidget(button(u"Disabled"_s, ButtonKind::Primary, false));
    auto *menu = button(u"Export"_s, ButtonKind::Normal);
    menu->setMenu(new QMenu(menu));
    row->addWidget(menu);
    auto *icon = button(u"Retry"_s, ButtonKind::Normal);
    icon->setIcon(IconSet::icon(Glyph::Retry));
    row->addWidget(icon);
    auto *toggle = button(u"Checked"_s, ButtonKind::Normal);
    toggle->setCheckable(true);
    toggle->setChecked(true);
    row->addWidget(toggle);
    row->addStretch(1);
    return row;
}

QWidget *choices()
{
    auto *group = new QGroupBox(u"Choices"_s);
    auto *grid = new QGridLayout(group);
    auto *off = new QCheckBox(u"Resume by itself"_s);
    off->setObjectName(u"check"_s);
    auto *on = new QCheckBox(u"Remember for this document"_s);
    on->setChecked(true);
    auto *part = new QCheckBox(u"Some of them"_s);
    part->setTristate(true);
    part->setCheckState(Qt::PartiallyChecked);
    auto *disabled = new QCheckBox(u"Not available"_s);
    disabled->setEnabled(false);
    auto *disabledOn = new QCheckBox(u"Always on"_s);
    disabledOn->setChecked(true);
    disabledOn->setEnabled(false);
    auto *radioOn = new QRadioButton(u"Follow system"_s);
    radioOn->setChecked(true);
    int row = 0;
    for (QWidget *widget : std::initializer_list<QWidget *>{off, on, part, disabled, disabledOn})
        grid->addWidget(widget, row++, 0);
    grid->addWidget(radioOn, 0, 1);
    grid->addWidget(new QRadioButton(u"Light"_s), 1, 1);
    grid->addWidget(new QRadioButton(u"Dark"_s), 2, 1);
    auto *slider = new QSlider(Qt::Horizontal);
    slider->setValue(40);
    grid->addWidget(slider, 3, 1);
    auto *progress = new QProgressBar;
    progress->setValue(46);
    grid->addWidget(progress, 4, 1);
    return group;
}

QWidget *fields()
{
    auto *group = new QGroupBox(u"Fields"_s);
    auto *grid = new QGridLayout(group);
    auto *name = new QLineEdit(u"Water quality"_s);
    name->setObjectName(u"name"_s);
    auto *empty = new QLineEdit;
    empty->setPlaceholderText(u"Password"_s);
    auto *disabled = new QLineEdit(u"Can't be changed"_s);
    disabled->setEnabled(false);
    auto *combo = new QComboBox;
    combo->addItems({u"Built-in analyser"_s, u"Other"_s});
    auto *editable = new QComboBox;
    editable->setEditable(true);
    editable->addItem(u"Editable"_s);
    auto *spin = new QSpinBox;
    spin->setValue(12);
    auto *money = new QDoubleSpinBox;
    money->setPrefix(u"$ "_s);
    money->setValue(5);
    auto *notes = new QPlainTextEdit(u"Several lines of text\nin a rounded field."_s);
    notes->setMaximumHeight(84);
    grid->addWidget(name, 0, 0);
    grid->addWidget(empty, 1, 0);
    grid->addWidget(disabled, 2, 0);
    grid->addWidget(combo, 0, 1);
    grid->addWidget(editable, 1, 1);
    grid->addWidget(spin, 2, 1);
    grid->addWidget(money, 3, 1);
    grid->addWidget(notes, 3, 0, 2, 1);
    return group;
}

QWidget *tabs()
{
    auto *tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    auto *tree = new QTreeWidget;
    tree->setObjectName(u"tree"_s);
    tree->setHeaderLabels({u"Name"_s, u"Pages"_s});
    tree->setFrameShape(QFrame::NoFrame);
    auto *root = new QTreeWidgetItem(tree, {u"Thesis"_s, u"40"_s});
    for (const auto &name : {u"Chapter one"_s, u"Chapter two"_s, u"Appendix"_s}) {
        auto *item = new QTreeWidgetItem(root, {name, u"12"_s});
        item->setCheckState(0, name == u"Appendix"_s ? Qt::Unchecked : Qt::Checked);
    }
    tree->setColumnWidth(0, 240);
    root->setExpanded(true);
    tree->setCurrentItem(root->child(1));
    tabs->addTab(tree, u"Analysis"_s);
    tabs->addTab(new QWidget, u"Text layer"_s);
    tabs->addTab(new QWidget, u"Raw answer"_s);
    return tabs;
}

QWidget *list()
{
    auto *list = new QListWidget;
    for (int row = 1; row <= 30; ++row)
        list->addItem(u"Page %1 of the appendix, with a rather long heading that goes on"_s.arg(row));
    list->setCurrentRow(2);
    return list;
}

/// A page that looks like one: a title and lines of grey.
QImage paper(const QSizeF &points, double pixelsPerPoint)
{
    QImage image((points * pixelsPerPoint).toSize(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.scale(pixelsPerPoint, pixelsPerPoint);
    QFont font = painter.font();
    font.setPixelSize(18);
    painter.setFont(font);
    painter.setPen(Qt::black);
    painter.drawText(QPointF(72, 96), u"Determination of nitrate in water"_s);
    font.setPixelSize(10);
    painter.setFont(font);
    for (int line = 0; line < 40; ++line)
        painter.drawText(
            QPointF(72, 130 + 15 * line),
            u"Recoveries were considered sufficiently high to permit the determination of nitrate."_s);
    return image;
}

} // namespace

std::unique_ptr<QWidget> makeControls()
{
    auto page = std::make_unique<QWidget>();
    auto *grid = new QGridLayout(page.get());
    grid->addLayout(buttonRow(), 0, 0, 1, 2);
    grid->addWidget(choices(), 1, 0);
    grid->addWidget(fields(), 1, 1);
    grid->addWidget(tabs(), 2, 0);
    grid->addWidget(list(), 2, 1);
    grid->setRowStretch(2, 1);
    return page;
}

std::unique_ptr<QWidget> makeWelcome()
{
    auto card = std::make_unique<WelcomeCard>();
    card->setBackgroundRole(QPalette::Base);
    card->setAutoFillBackground(true);
    card->setHeadline(u"Welcome to Lectern"_s,
                      u"Lectern reads your documents page by page and makes every page findable."_s);
    card->setSteps({
        {u"add"_s, u"Add documents"_s, u"Files or whole folders. They stay where they are."_s,
         u"Add files…"_s, WelcomeStep::State::Open},
        {u"model"_s, u"Connect a model"_s,
         u"Later: reading, word search and the built-in analyser work without one."_s, u"Connect…"_s,
         WelcomeStep::State::Later},
        {u"analyze"_s,
         u"Analyze"_s,
         u"Every page gets a title, a summary and its key facts."_s,
         {},
         WelcomeStep::State::Open},
    });
    card->setFootnote(u"or drop files anywhere in this window"_s);
    return card;
}

std::unique_ptr<QWidget> makeEmpty()
{
    auto page = std::make_unique<QWidget>();
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto *layout = new QHBoxLayout(page.get());
    auto *nothing = new Placeholder;
    nothing->setContent(Glyph::Filter, u"Nothing matches “nitrate”"_s,
                        u"214 documents are hidden by the filter."_s, u"Clear filter"_s);
    layout->addWidget(nothing);
    auto *target = new QWidget;
    auto *overlay = new DropOverlay(*target);
    overlay->showMessage(u"Add 12 files to Library"_s);
    layout->addWidget(target, 1);
    return page;
}

std::unique_ptr<QWidget> makeReader()
{
    auto page = std::make_unique<QWidget>();
    auto *layout = new QHBoxLayout(page.get());
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    const QSizeF size(595, 842);
    auto *shown = new PageImageView;
    shown->setPage(u"Page 17 of 86"_s, size);
    QObject::connect(shown, &PageImageView::pixelsPerPointChanged, shown,
                     [shown, size](double pixelsPerPoint) {
                         shown->setImage(paper(size, pixelsPerPoint));
                         shown->setHighlights({QRectF(72, 181, 120, 12), QRectF(72, 256, 300, 12)});
                     });
    shown->setImage(paper(size, 2));
    auto *waiting = new PageImageView;
    waiting->setPage(u"Page 18 of 86"_s, size);
    waiting->setWaitingText(u"Rendering page 18…"_s);
    waiting->setFit(PageImageView::Fit::Page);
    auto *failed = new PageImageView;
    failed->setPage(u"Page 19 of 86"_s, size);
    failed->setError(u"This page could not be rendered"_s,
                     u"It took longer than 45 s. The rest of the document is not affected."_s, true, true);
    layout->addWidget(shown, 2);
    layout->addWidget(waiting, 1);
    layout->addWidget(failed, 2);
    return page;
}

std::unique_ptr<QWidget> makeIcons()
{
    auto page = std::make_unique<QWidget>();
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(page.get());
    auto *apps = new QHBoxLayout;
    for (const int size : {16, 24, 32, 48, 64, 128, 256}) {
        auto *label = new IconLabel(Glyph::Page, Tone::Normal, size);
        label->setIcon(IconSet::application());
        apps->addWidget(label);
    }
    apps->addStretch(1);
    layout->addLayout(apps);
    auto *grid = new QGridLayout;
    int index = 0;
    for (const Glyph glyph : IconSet::all()) {
        auto *cell = new QVBoxLayout;
        auto *row = new QHBoxLayout;
        row->addStretch(1);
        row->addWidget(new IconLabel(glyph, Tone::Normal, 32));
        row->addWidget(new IconLabel(glyph, Tone::Accent, 16));
        row->addStretch(1);
        cell->addLayout(row);
        auto *name = new SectionLabel(IconSet::name(glyph), SectionLabel::Level::Secondary);
        name->setAlignment(Qt::AlignCenter);
        cell->addWidget(name);
        grid->addLayout(cell, index / 10, index % 10);
        ++index;
    }
    layout->addLayout(grid, 1);
    return page;
}

std::unique_ptr<QWidget> makeMenus()
{
    auto page = std::make_unique<QWidget>();
    auto *layout = new QHBoxLayout(page.get());
    // Pop-ups are windows of their own: pictures of them are shown side by side.
    const auto add = [&](QWidget &popup) {
        auto *picture = new QLabel;
        picture->setPixmap(popup.grab());
        layout->addWidget(picture, 0, Qt::AlignTop);
    };
    QMenu menu;
    menu.addAction(IconSet::icon(Glyph::Open), u"&Open"_s)->setShortcut(Qt::Key_Return);
    menu.addAction(IconSet::icon(Glyph::Analyzing), u"Analyze…"_s)->setShortcut(QKeySequence(u"Ctrl+R"_s));
    menu.setActiveAction(menu.actions().at(1));
    menu.addAction(IconSet::icon(Glyph::Retry), u"Re-run failed pages"_s)->setEnabled(false);
    menu.addSeparator();
    auto *checked = menu.addAction(u"Show details"_s);
    checked->setCheckable(true);
    checked->setChecked(true);
    menu.addMenu(u"Collections"_s)->addAction(u"Thesis"_s);
    menu.addSeparator();
    menu.addAction(IconSet::icon(Glyph::Trash), u"Move to trash"_s)->setShortcut(Qt::Key_Delete);
    add(menu);

    QComboBox combo;
    combo.addItems({u"Follow system"_s, u"Light"_s, u"Dark"_s});
    combo.setCurrentIndex(1);
    combo.show();
    combo.showPopup();
    add(*combo.view()->window());
    combo.hidePopup();

    QToolTip::showText(QPoint(10, 10), u"Page 17: failed<br/>The time limit of 45 s was reached."_s);
    for (QWidget *window : QApplication::topLevelWidgets()) {
        if (window->inherits("QTipLabel"))
            add(*window);
    }
    layout->addStretch(1);
    return page;
}

} // namespace lectern::ui::gallery
