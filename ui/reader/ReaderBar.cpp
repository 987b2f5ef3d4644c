// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reader/ReaderBar.h"

#include "presentation/CommandId.h"
#include "ui/style/IconSet.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/SectionLabel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QToolButton>

#include <array>
#include <cmath>

namespace lectern::ui {

namespace command = presentation::command;

namespace {

constexpr std::array kOfferedZooms{0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 8.0};
constexpr int kPageFieldCharacters = 11;

QString percent(double zoom)
{
    return QLocale().toString(static_cast<int>(std::lround(zoom * 100))) + QLocale().percent();
}

} // namespace

ReaderBar::ReaderBar(const Actions &actions, QWidget *parent)
    : QWidget(parent), m_actions(actions), m_title(new ElidedLabel(QString(), this)),
      m_page(new QLineEdit(this)), m_count(new SectionLabel(QString(), SectionLabel::Level::Body, this)),
      m_zoom(new QToolButton(this))
{
    setObjectName(QStringLiteral("readerBar"));
    m_title->setObjectName(QStringLiteral("readerTitle"));
    m_title->setFont(metrics::headingFont(font()));
    m_title->setElideMode(Qt::ElideMiddle);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::kPaneMargin, metrics::kInner, metrics::kPaneMargin, metrics::kInner);
    row->setSpacing(metrics::kInner);
    addButton(*row, command::kSideBar, "readerSideBarButton");
    addButton(*row, command::kGoBack, "readerBack");
    addButton(*row, command::kGoForward, "readerForward");
    row->addSpacing(metrics::kInner);
    row->addWidget(m_title, 1);
    row->addSpacing(metrics::kGap);
    buildPageField(*row);
    row->addSpacing(metrics::kGap);
    buildZoom(*row);
    addButton(*row, command::kRotateRight, "readerRotate");
}

QToolButton *ReaderBar::addButton(QHBoxLayout &row, const QString &command, const char *name)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(name));
    button->setDefaultAction(&m_actions(command));
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    row.addWidget(button);
    return button;
}

void ReaderBar::buildPageField(QHBoxLayout &row)
{
    addButton(row, command::kPreviousPage, "readerPreviousPage");
    m_page->setObjectName(QStringLiteral("pageField"));
    m_page->setAccessibleName(tr("Page"));
    m_page->setToolTip(tr("The number of the page, or what is printed on it"));
    m_page->setAlignment(Qt::AlignCenter);
    m_page->setFixedWidth(QFontMetrics(font()).averageCharWidth() * kPageFieldCharacters +
                          2 * metrics::kPaneMargin);
    m_page->installEventFilter(this);
    connect(m_page, &QLineEdit::returnPressed, this, [this] {
        if (m_page->text() == m_pageText)
            Q_EMIT left(); // nothing was typed: stay
        else
            Q_EMIT pageTyped(m_page->text());
    });
    row.addWidget(m_page);
    m_count->setObjectName(QStringLiteral("readerPageCount"));
    row.addWidget(m_count);
    addButton(row, command::kNextPage, "readerNextPage");
}

void ReaderBar::buildZoom(QHBoxLayout &row)
{
    addButton(row, command::kZoomOut, "readerZoomOut");
    m_zoom->setObjectName(QStringLiteral("readerZoom"));
    m_zoom->setAccessibleName(tr("Zoom"));
    m_zoom->setToolTip(tr("How large pages are shown"));
    m_zoom->setPopupMode(QToolButton::InstantPopup);
    m_zoom->setAutoRaise(true);
    m_zoom->setFocusPolicy(Qt::TabFocus);
    auto *menu = new QMenu(m_zoom);
    menu->addAction(&m_actions(command::kFitWidth));
    menu->addAction(&m_actions(command::kFitPage));
    menu->addAction(&m_actions(command::kActualSize));
    menu->addSeparator();
    for (const double zoom : kOfferedZooms)
        connect(menu->addAction(percent(zoom)), &QAction::triggered, this,
                [this, zoom] { Q_EMIT zoomChosen(zoom); });
    m_zoom->setMenu(menu);
    row.addWidget(m_zoom);
    addButton(row, command::kZoomIn, "readerZoomIn");
    setZoom(1);
}

void ReaderBar::setTitle(const QString &title)
{
    m_title->setText(title);
}

void ReaderBar::setPage(const QString &page, const QString &count)
{
    m_pageText = page;
    m_page->setEnabled(!page.isEmpty());
    m_zoom->setEnabled(!page.isEmpty());
    m_count->setText(count.isEmpty() ? QString() : tr("/ %1", "of so many pages").arg(count));
    if (!m_page->hasFocus())
        showPage();
}

void ReaderBar::showPage()
{
    m_page->setText(m_pageText);
    m_page->deselect();
}

void ReaderBar::setZoom(double zoom)
{
    m_zoom->setText(percent(zoom));
}

void ReaderBar::focusPage()
{
    m_page->setFocus(Qt::ShortcutFocusReason);
    m_page->selectAll();
}

void ReaderBar::refusePage()
{
    m_page->selectAll();
}

bool ReaderBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_page && event->type() == QEvent::FocusOut)
        showPage();
    if (watched == m_page && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        Q_EMIT left();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace lectern::ui
