// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reader/ReaderView.h"

#include "presentation/CommandId.h"
#include "presentation/DocumentObstacle.h"
#include "presentation/ErrorText.h"
#include "presentation/Format.h"
#include "presentation/WorkspaceClient.h"
#include "ui/forms/PasswordBar.h"
#include "ui/reader/AnalysisSide.h"
#include "ui/reader/FindBar.h"
#include "ui/reader/PageCanvas.h"
#include "ui/reader/SideBar.h"
#include "ui/rows/RowLook.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/Placeholder.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace lectern::ui {

using presentation::PageDrawings;
using presentation::ReaderDocument;
namespace command = presentation::command;

namespace {

const QString kOutlineQuestion = QStringLiteral("reader-outline");
constexpr int kSideWidth = 260;
constexpr int kLeastSide = 160;
constexpr int kAnalysisWidth = 320;
constexpr int kLeastAnalysis = 220;
constexpr int kLeastPages = 420; ///< with less room for the pages what stands beside them gives way

} // namespace

ReaderView::ReaderView(presentation::WorkspaceClient &client, const base::Clock &clock,
                       const ReaderBar::Actions &actions, QWidget *parent)
    : QWidget(parent), m_client(client), m_clock(clock), m_document(client.feed()),
      m_drawings(client, clock, QStringLiteral("reader"), kPageBytes, kThumbnailBytes),
      m_texts(client.feed()), m_finder(client.feed()), m_collector(client.feed()),
      m_links(client, QStringLiteral("reader-links"))
{
    setObjectName(QStringLiteral("readerView"));
    setAccessibleName(tr("Reader"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    build(actions);
    connectParts();
    showDocument();
    updateSides();
}

ReaderView::~ReaderView()
{
    delete m_splitter; // what is in it looks at the members, and must go first
}

void ReaderView::build(const ReaderBar::Actions &actions)
{
    m_bar = new ReaderBar(actions, this);
    m_password = new PasswordBar(this);
    m_password->setObjectName(QStringLiteral("readerPassword"));
    m_find = new FindBar(this);
    m_canvas = new PageCanvas({m_document, m_drawings, m_texts, m_finder, m_links}, this);
    m_obstacle = new Placeholder(this);
    m_obstacle->setObjectName(QStringLiteral("readerObstacle"));
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_obstacle);
    m_stack->addWidget(m_canvas);
    m_side = new SideBar(m_document, m_drawings, this);
    m_side->setMinimumWidth(kLeastSide);
    m_analysis = new AnalysisSide(m_client.feed(), m_document, this);
    m_analysis->setMinimumWidth(kLeastAnalysis);
    layOut();
}

void ReaderView::layOut()
{
    auto *middle = new QWidget(this);
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_password);
    column->addWidget(m_find);
    column->addWidget(m_stack, 1);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(QStringLiteral("readerSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_side);
    m_splitter->addWidget(middle);
    m_splitter->addWidget(m_analysis);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 0);
    m_splitter->setSizes({kSideWidth, 3 * kAnalysisWidth, kAnalysisWidth});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_splitter, 1);
}

void ReaderView::connectParts()
{
    connect(&m_document, &ReaderDocument::changed, this, &ReaderView::showDocument);
    connect(&m_document, &ReaderDocument::pagesChanged, this, &ReaderView::takeDocument);
    connect(&m_document, &ReaderDocument::gone, this, [this] { goTo({}); });
    connect(&m_client.feed(), &presentation::LibraryFeed::snapshotChanged, this, [this] {
        if (!isReading() && isVisible())
            showDocument();
    });
    connect(m_canvas, &PageCanvas::currentPageChanged, this, &ReaderView::showPage);
    connect(m_canvas, &PageCanvas::lookChanged, this, [this] {
        m_bar->setZoom(m_canvas->zoom());
        m_side->setRotation(m_canvas->rotation());
        Q_EMIT stateChanged();
    });
    connect(m_canvas, &PageCanvas::jumpRequested, this, &ReaderView::goToPage);
    connect(m_canvas, &PageCanvas::retryRequested, this, [this](int page) {
        if (m_document.pages().value(page - 1).state == domain::PageState::Failed)
            m_client.retryPage(m_document.id(), page);
    });
    connectText();
    connectSides();
    connect(&m_drawings, &PageDrawings::idle, this, &ReaderView::settled);
    connect(&m_drawings, &PageDrawings::failed, this, &ReaderView::lookForLock);
    connect(m_bar, &ReaderBar::pageTyped, this, &ReaderView::takeTypedPage);
    connect(m_bar, &ReaderBar::zoomChosen, m_canvas, &PageCanvas::setZoom);
    connect(m_bar, &ReaderBar::left, m_canvas, [this] { m_canvas->setFocus(Qt::OtherFocusReason); });
    connect(m_password, &PasswordBar::tried, this,
            [this](domain::DocumentId, const QString &password, bool) { tryPassword(password); });
    connect(m_password, &PasswordBar::dismissed, m_canvas,
            [this] { m_canvas->setFocus(Qt::OtherFocusReason); });
    connect(m_obstacle, &Placeholder::actionTriggered, this, [this] {
        if (m_obstacleCommand == command::kEnterPassword)
            askPassword();
        else
            Q_EMIT commandRequested(m_obstacleCommand);
    });
}

void ReaderView::connectText()
{
    connect(m_find, &FindBar::findRequested, this, &ReaderView::find);
    connect(m_find, &FindBar::stepRequested, this, [this](bool forwards) { m_finder.step(forwards); });
    connect(m_find, &FindBar::closed, this, [this] {
        m_finder.find({}, false, 1);
        m_canvas->setFocus(Qt::OtherFocusReason);
    });
    connect(&m_finder, &presentation::DocumentFinder::changed, this, &ReaderView::showCount);
    connect(&m_finder, &presentation::DocumentFinder::currentChanged, this, &ReaderView::showCount);
    connect(m_canvas, &PageCanvas::copyRequested, this, &ReaderView::copySelection);
    connect(m_canvas, &PageCanvas::selectionChanged, this, [this] {
        if (std::exchange(m_hadSelection, !m_canvas->selection().isEmpty()) ==
            m_canvas->selection().isEmpty())
            Q_EMIT stateChanged();
    });
    connect(m_canvas, &PageCanvas::marksNotFound, this, [this](int page) {
        Q_EMIT said(tr("The passage was not found in the text of page %1.").arg(m_document.pageText(page)));
    });
    connect(&m_collector, &presentation::TextCollector::collected, this,
            [this](const QString &text, bool isWhole) {
                if (text.isEmpty())
                    return;
                Q_EMIT copyRequested(text);
                Q_EMIT said(isWhole ? tr("Copied.") : tr("Copied as much as fits; the rest was left out."));
            });
}

void ReaderView::connectSides()
{
    connect(m_side, &SideBar::pageChosen, this, &ReaderView::goToPage);
    connect(m_side, &SideBar::headingChosen, this, [this](int page, double top) {
        follow({QRectF(), page, top, {}});
    });
    connect(m_canvas, &PageCanvas::linkActivated, this, &ReaderView::follow);
    connect(m_canvas, &PageCanvas::menuRequested, this, &ReaderView::menuRequested);
    connect(m_analysis, &AnalysisSide::wordsChosen, this, &ReaderView::searchRequested);
    connect(m_analysis, &AnalysisSide::retryRequested, this,
            [this](int page) { m_client.retryPage(m_document.id(), page); });
    connect(m_analysis, &AnalysisSide::settled, this, &ReaderView::settled);
}

// --- opening ----------------------------------------------------------------------------------------------

void ReaderView::open(domain::DocumentId id, int page, const presentation::ReaderMarks &marks)
{
    if (id == m_document.id()) {
        if (page == 0)
            return;
        goToPage(page);
    } else {
        leave();
        m_jumps.jumpFrom(here());
        goTo({id, page > 0 ? PagePlace{page, {}} : m_left.value(id)});
    }
    if (isReading())
        m_canvas->setMarks(page, marks);
    else
        m_wantedMarks = marks;
}

void ReaderView::leave()
{
    if (isReading())
        m_left.insert(m_document.id(), m_canvas->place());
}

ReaderSpot ReaderView::here() const
{
    return isReading() ? ReaderSpot{m_document.id(), m_canvas->place()} : ReaderSpot{};
}

void ReaderView::goTo(const ReaderSpot &spot)
{
    m_wanted = spot.place;
    if (spot.document != m_document.id()) {
        m_password->finish();
        m_askedFor = {};
        m_find->close();
        m_wantedMarks = {};
        m_known.clear();
        m_collector.cancel();
        m_drawings.setDocument(spot.document);
        m_texts.setDocument(spot.document);
        m_finder.setDocument(spot.document, 0);
        m_links.setDocument(spot.document);
        m_client.cancelRender(kOutlineQuestion);
        m_outlineAsked = false;
        m_side->reset();
        m_document.open(spot.document);
        showDocument();
    } else {
        arrive();
    }
    Q_EMIT stateChanged();
}

void ReaderView::arrive()
{
    const PagePlace wanted = std::exchange(m_wanted, {});
    if (wanted.page < 1 || wanted.page > m_document.pageCount())
        return;
    if (wanted.share.isNull())
        m_canvas->goToPage(wanted.page);
    else
        m_canvas->goToPlace(wanted);
    if (const auto marks = std::exchange(m_wantedMarks, {}); !marks.isEmpty())
        m_canvas->setMarks(wanted.page, marks);
}

void ReaderView::takeDocument()
{
    QSet<int> moved;
    const QVector<store::PageFrame> &pages = m_document.pages();
    for (int i = 0; i < std::min(pages.size(), m_known.size()); ++i) {
        if (pages.at(i) != m_known.at(i))
            moved.insert(i + 1);
    }
    m_known = pages;
    m_texts.forget(moved);
    for (const int page : std::as_const(moved))
        m_drawings.retry(page); // what stood in its way may be gone
    if (m_finder.isActive())
        m_finder.refresh(m_document.pageCount());
    else
        m_finder.setDocument(m_document.id(), m_document.pageCount());
    showDocument();
    if (isReading() && m_wanted.page > 0)
        arrive();
    if (isReading() && !m_outlineAsked)
        readOutline();
    if (moved.contains(currentPage()))
        m_analysis->refresh();
    showPage();
}

void ReaderView::readOutline()
{
    m_outlineAsked = true;
    m_client.outline(kOutlineQuestion, m_document.id(), this,
                     [this](const base::Result<QVector<domain::OutlineItem>> &items) {
                         // A document that can't be opened now says so on its pages.
                         m_side->setOutline(items ? *items : QVector<domain::OutlineItem>());
                         m_side->setCurrentPage(currentPage());
                     });
}

// --- what is shown ----------------------------------------------------------------------------------------

void ReaderView::showDocument()
{
    const domain::Document &document = m_document.document();
    m_obstacleCommand.clear();
    if (!m_document.id().isValid()) {
        m_bar->setTitle(QString());
        m_obstacleCommand = command::kViewLibrary;
        m_obstacle->setContent(Glyph::Reader, tr("No document is open"),
                               tr("Choose one in the library and press Enter."), tr("Show library"));
    } else if (!m_document.isLoaded()) {
        m_obstacle->setContent(Glyph::Fetching, tr("Opening…"));
    } else {
        m_bar->setTitle(document.title.isEmpty() ? document.name : document.title);
        const presentation::LibrarySnapshot &snapshot = m_client.feed().snapshot();
        presentation::StateContext context;
        context.allPaused = snapshot.paused;
        context.nowMs = m_clock.nowMs();
        context.nextTryAt = snapshot.nextTryAt.value(document.id);
        const auto obstacle =
            presentation::DocumentObstacle::of(document, presentation::StateText::of(document, context));
        if (obstacle) {
            m_obstacleCommand = obstacle->actionCommand;
            m_obstacle->setContent(glyphNamed(obstacle->iconName).value_or(Glyph::Document), obstacle->title,
                                   obstacle->hint, obstacle->actionText);
        }
    }
    const bool reading = isReading();
    if ((m_stack->currentWidget() == m_canvas) != reading) {
        m_stack->setCurrentWidget(reading ? static_cast<QWidget *>(m_canvas) : m_obstacle);
        updateSides();
        showPage();
    }
    Q_EMIT stateChanged();
}

void ReaderView::showPage()
{
    const int page = currentPage();
    m_bar->setPage(page > 0 ? m_document.pageText(page) : QString(),
                   page > 0 ? presentation::Format::count(m_document.pageCount()) : QString());
    m_bar->setZoom(m_canvas->zoom());
    m_analysis->setPage(page);
    m_side->setCurrentPage(page);
    Q_EMIT stateChanged();
}

QVector<QWidget *> ReaderView::regions() const
{
    return {m_side, m_canvas, m_analysis};
}

bool ReaderView::showsSideBar() const
{
    return isReading() ? m_side->isVisibleTo(this) : m_sideWish.wanted;
}

bool ReaderView::showsAnalysis() const
{
    return isReading() ? m_analysis->isVisibleTo(this) : m_analysisWish.wanted;
}

void ReaderView::toggleSideBar()
{
    const bool show = !showsSideBar();
    m_sideWish = {show, show};
    updateSides();
}

void ReaderView::toggleAnalysis()
{
    const bool show = !showsAnalysis();
    m_analysisWish = {show, show};
    updateSides();
}

void ReaderView::updateSides()
{
    const bool reading = isReading();
    const int sideWidth = m_sideWish.wanted ? kSideWidth : 0;
    const bool roomForBoth = width() >= kLeastPages + sideWidth + kAnalysisWidth;
    const bool analysis = reading && m_analysisWish.wanted && (roomForBoth || m_analysisWish.forced);
    const bool roomForSide = roomForBoth || (!analysis && width() >= kLeastPages + kSideWidth);
    if (roomForBoth)
        m_sideWish.forced = m_analysisWish.forced = false;
    m_analysis->setVisible(analysis);
    m_side->setVisible(reading && m_sideWish.wanted && (roomForSide || m_sideWish.forced));
    Q_EMIT stateChanged();
}

void ReaderView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    updateSides();
}

bool ReaderView::isReading() const
{
    return m_document.pageCount() > 0;
}

int ReaderView::currentPage() const
{
    return isReading() ? m_canvas->currentPage() : 0;
}

bool ReaderView::isCurrentPageFailed() const
{
    return m_document.pages().value(currentPage() - 1).state == domain::PageState::Failed;
}

bool ReaderView::isSettled() const
{
    const bool analysed = !m_analysis->isVisible() || !m_analysis->isBusy();
    return !m_document.id().isValid() || (m_document.isLoaded() && m_drawings.isIdle() && analysed);
}

// --- going about ------------------------------------------------------------------------------------------

void ReaderView::goToPage(int page)
{
    if (!isReading()) {
        m_wanted = {page, {}};
        return;
    }
    if (page < 1 || page > m_document.pageCount())
        return;
    m_jumps.jumpFrom(here());
    m_canvas->goToPage(page);
    Q_EMIT stateChanged();
}

void ReaderView::follow(const domain::PageLink &link)
{
    if (link.page == 0) {
        Q_EMIT outsideRequested(link.address);
        return;
    }
    if (!isReading() || link.page > m_document.pageCount())
        return;
    m_jumps.jumpFrom(here());
    const double height = m_document.pageSize(link.page).height();
    if (link.top > 0)
        m_canvas->goToPlace({link.page, QPointF(0, std::clamp(link.top / height, 0.0, 1.0))}, false);
    else
        m_canvas->goToPage(link.page);
    Q_EMIT stateChanged();
}

void ReaderView::goBack()
{
    leave();
    if (const auto spot = m_jumps.back(here()))
        goTo(*spot);
}

void ReaderView::goForward()
{
    leave();
    if (const auto spot = m_jumps.forward(here()))
        goTo(*spot);
}

void ReaderView::focusPageField()
{
    m_bar->focusPage();
}

void ReaderView::takeTypedPage(const QString &typed)
{
    const int page = m_document.pageNamed(typed);
    if (page == 0) {
        m_bar->refusePage();
        Q_EMIT said(tr("There is no page “%1”.").arg(typed.trimmed().left(40)));
        return;
    }
    m_canvas->setFocus(Qt::OtherFocusReason);
    goToPage(page);
}

// --- finding and copying ----------------------------------------------------------------------------------

void ReaderView::openFind()
{
    if (!isReading())
        return;
    const presentation::TextSelection &selection = m_canvas->selection();
    QString words;
    if (selection.first().page == selection.last().page && !selection.isEmpty()) {
        if (const presentation::PageTextMap *map = m_texts.find(selection.first().page)) {
            const auto range = selection.on(selection.first().page, map->length());
            words = map->text().mid(range.start, range.end - range.start).simplified();
        }
    }
    constexpr int kMostWords = 200;
    m_find->open(words.size() <= kMostWords ? words : QString());
}

void ReaderView::find(const QString &words, bool caseSensitive)
{
    m_finder.find(words, caseSensitive, std::max(1, currentPage()));
}

void ReaderView::findStep(bool forwards)
{
    if (m_finder.isActive())
        m_finder.step(forwards);
    else
        openFind();
}

void ReaderView::showCount()
{
    m_find->setCount(m_finder.ordinal(), m_finder.count(), m_finder.isSearching());
}

void ReaderView::selectAll()
{
    m_canvas->selectAll();
}

// What its author asks for is kept to.
void ReaderView::copySelection()
{
    if (m_canvas->selection().isEmpty())
        return;
    if (!m_document.document().copyAllowed) {
        Q_EMIT said(tr("Not copied: its author asks not to copy text out of this document."));
        return;
    }
    m_collector.collect(m_document.id(), m_canvas->selection());
}

// --- locked documents -------------------------------------------------------------------------------------

void ReaderView::askPassword()
{
    m_password->ask(m_document.id(), m_document.document().name, 0);
}

// Passwords are forgotten when the workspace closes, what was read with them is not.
void ReaderView::lookForLock(int page)
{
    const auto failure = m_drawings.failure(page);
    const bool locked = failure && (failure->code == base::ErrorCode::PasswordNeeded ||
                                    failure->code == base::ErrorCode::PasswordWrong);
    if (!locked || m_askedFor == m_document.id())
        return; // once is enough: who said "not now" has the cards on the pages
    m_askedFor = m_document.id();
    askPassword();
}

void ReaderView::tryPassword(const QString &password)
{
    const domain::DocumentId id = m_document.id();
    m_client.unlock(id, password, this, [this, id](const base::Status &status) {
        if (m_password->document() != id)
            return;
        if (status) {
            m_password->finish();
            m_canvas->setFocus(Qt::OtherFocusReason);
            m_drawings.retryAll();
            m_links.setDocument({});
            m_links.setDocument(id);
            if (isReading())
                readOutline();
            m_canvas->refresh();
            return;
        }
        const bool wrong = status.error().code == base::ErrorCode::PasswordWrong;
        m_password->refuse(wrong ? tr("Wrong password. Try again.")
                                 : presentation::ErrorText::sentence(status.error()));
    });
}

} // namespace lectern::ui
