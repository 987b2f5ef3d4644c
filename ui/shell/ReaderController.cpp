// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/ReaderController.h"

#include "presentation/CommandId.h"
#include "presentation/PageLinks.h"
#include "ui/reader/PageCanvas.h"
#include "ui/reader/ReaderView.h"
#include "ui/shell/CommandActions.h"
#include "ui/shell/Desktop.h"

#include <QAction>
#include <QMenu>

namespace lectern::ui {

namespace command = presentation::command;

namespace {

constexpr int kMostShown = 80; ///< characters of an address in a line
constexpr int kMostLinks = 30; ///< in a menu

} // namespace

ReaderController::ReaderController(presentation::WorkspaceClient &client, const base::Clock &clock,
                                   Desktop &desktop, const CommandActions &actions, QWidget &window)
    : QObject(&window), m_desktop(desktop), m_actions(actions), m_window(window),
      m_view(new ReaderView(
          client, clock, [&actions](const QString &id) -> QAction & { return actions.action(id); }, &window))
{
    connect(m_view, &ReaderView::commandRequested, this, &ReaderController::commandRequested);
    connect(m_view, &ReaderView::stateChanged, this, &ReaderController::stateChanged);
    connect(m_view, &ReaderView::settled, this, &ReaderController::settled);
    connect(m_view, &ReaderView::said, this, &ReaderController::said);
    connect(m_view, &ReaderView::outsideRequested, this, &ReaderController::openOutside);
    connect(m_view, &ReaderView::menuRequested, this, &ReaderController::showMenu);
    connect(m_view, &ReaderView::searchRequested, this, &ReaderController::searchRequested);
    connect(m_view, &ReaderView::copyRequested, this, &ReaderController::copyRequested);
}

void ReaderController::addCommands(QHash<QString, std::function<void()>> &commands)
{
    PageCanvas &canvas = m_view->canvas();
    commands.insert(command::kZoomIn, [&canvas] { canvas.zoomIn(); });
    commands.insert(command::kZoomOut, [&canvas] { canvas.zoomOut(); });
    commands.insert(command::kActualSize, [&canvas] { canvas.setZoom(1); });
    commands.insert(command::kFitWidth, [&canvas] { canvas.setFit(PageCanvas::Fit::Width); });
    commands.insert(command::kFitPage, [&canvas] { canvas.setFit(PageCanvas::Fit::Page); });
    commands.insert(command::kRotateRight, [&canvas] { canvas.rotate(true); });
    commands.insert(command::kRotateLeft, [&canvas] { canvas.rotate(false); });
    commands.insert(command::kInvertPages, [&canvas] { canvas.setInverted(!canvas.isInverted()); });
    commands.insert(command::kGoBack, [this] { m_view->goBack(); });
    commands.insert(command::kGoForward, [this] { m_view->goForward(); });
    commands.insert(command::kPreviousPage, [this, &canvas] { canvas.goToPage(m_view->currentPage() - 1); });
    commands.insert(command::kNextPage, [this, &canvas] { canvas.goToPage(m_view->currentPage() + 1); });
    commands.insert(command::kSideBar, [this] { m_view->toggleSideBar(); });
    commands.insert(command::kCopyText, [this] { m_view->copySelection(); });
    commands.insert(command::kFindNext, [this] { findStep(true); });
    commands.insert(command::kFindPrevious, [this] { findStep(false); });
    commands.insert(command::kGoToPage, [this] { m_view->focusPageField(); });
}

void ReaderController::describe(presentation::CommandState &state) const
{
    const PageCanvas &canvas = m_view->canvas();
    state.reading = m_view->isReading();
    state.textSelected = !canvas.selection().isEmpty();
    state.canGoBack = m_view->canGoBack();
    state.canGoForward = m_view->canGoForward();
    state.fitsWidth = canvas.fit() == PageCanvas::Fit::Width;
    state.fitsPage = canvas.fit() == PageCanvas::Fit::Page;
    state.inverted = canvas.isInverted();
    state.sideBar = m_view->showsSideBar();
    state.detailPane = m_view->showsAnalysis();
    state.pageFailed = m_view->isCurrentPageFailed();
}

Selection ReaderController::selection() const
{
    const domain::DocumentId id = m_view->documentId();
    if (!id.isValid() || !m_view->document().isLoaded())
        return {};
    return {{id}, {m_view->document().document()}, id, m_view->currentPage()};
}

void ReaderController::open(domain::DocumentId document, int page, const presentation::ReaderMarks &marks)
{
    m_view->open(document, page, marks);
    Q_EMIT opened();
    m_view->canvas().setFocus(Qt::OtherFocusReason);
}

// Who looks for something in the document means that; else the search that led here goes on.
void ReaderController::findStep(bool forwards)
{
    const bool wentOn = !m_view->finder().isActive() && m_hitStep && m_hitStep(forwards);
    if (!wentOn)
        m_view->findStep(forwards);
}

// Only web pages and mail addresses, and only after the whole address was seen.
void ReaderController::openOutside(const QString &address)
{
    const auto url = presentation::PageLinks::outside(address);
    if (!url) {
        Q_EMIT said(tr("Lectern opens no links of this kind: %1").arg(address.left(kMostShown)));
        return;
    }
    if (!m_desktop.confirmAddress(m_window, url->toString(QUrl::FullyEncoded)))
        return;
    if (!m_desktop.openAddress(*url))
        Q_EMIT said(tr("No program here opens this address."));
}

void ReaderController::showMenu(const QPoint &globalPosition, const QVector<domain::PageLink> &links)
{
    QMenu menu(&m_window);
    menu.setObjectName(QStringLiteral("contextMenu"));
    for (const domain::PageLink &link : links.mid(0, kMostLinks)) {
        const QString text = link.page > 0 ? tr("Go to page %1").arg(m_view->document().pageText(link.page))
                                           : tr("Open %1").arg(link.address.left(kMostShown));
        connect(menu.addAction(QString(text).replace(u'&', QStringLiteral("&&"))), &QAction::triggered,
                m_view, [this, link] { m_view->follow(link); });
    }
    menu.addSeparator();
    m_actions.fillMenu(menu, {command::kCopyText, command::kSelectAll, command::kFind, QString(),
                              command::kRetryPage, QString(), command::kFitWidth, command::kFitPage,
                              command::kRotateRight, command::kInvertPages, QString(), command::kShowInFolder,
                              command::kOpenDocument});
    menu.exec(globalPosition);
}

} // namespace lectern::ui
