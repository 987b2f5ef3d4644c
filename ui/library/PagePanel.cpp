// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/PagePanel.h"

#include "presentation/Details.h"
#include "presentation/ErrorText.h"
#include "presentation/LibraryFeed.h"
#include "presentation/PageDrawings.h"
#include "presentation/PageListModel.h"
#include "ui/library/TextPanel.h"
#include "ui/page/AnalysisPanel.h"
#include "ui/rows/RowLook.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/PageImageView.h"
#include "ui/widgets/PageStrip.h"
#include "ui/widgets/SegmentedControl.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace lectern::ui {

using presentation::Details;
using presentation::PageDetails;
using presentation::PageListModel;

namespace {

const QString kRenderView = QStringLiteral("detail");
constexpr int kStripHeight = 76; ///< room for four lines of cells, more scroll

PageState cellState(domain::PageState state)
{
    switch (state) {
    case domain::PageState::Extracted:
        return PageState::Rendered;
    case domain::PageState::Done:
        return PageState::Done;
    case domain::PageState::Failed:
        return PageState::Failed;
    case domain::PageState::Queued:
        break;
    }
    return PageState::Queued;
}

QToolButton *pageButton(Glyph glyph, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(IconSet::icon(glyph));
    button->setAutoRaise(true);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

/// As tall as the strip needs at its width, up to a few lines.
class StripArea final : public QScrollArea {
public:
    using QScrollArea::QScrollArea;

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QScrollArea::resizeEvent(event);
        fit();
    }

public:
    void fit()
    {
        if (!widget())
            return;
        const int wanted = widget()->heightForWidth(viewport()->width());
        setVerticalScrollBarPolicy(wanted > kStripHeight ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
        setFixedHeight(qBound(18, wanted, kStripHeight));
    }
};

} // namespace

PagePanel::PagePanel(presentation::WorkspaceClient &client, QWidget *parent)
    : QWidget(parent), m_client(client), m_pages(new PageListModel(client.feed(), this))
{
    setObjectName(QStringLiteral("pagePanel"));
    build();
    connect(m_pages, &PageListModel::statesChanged, this, &PagePanel::updateStrip);
    connect(&m_client.feed(), &presentation::LibraryFeed::snapshotChanged, this, [this] {
        if (isVisible() && m_document.state == domain::DocumentState::Indexing)
            updateStrip();
    });
    connect(m_strip, &PageStrip::currentPageChanged, this, &PagePanel::choosePage);
    connect(m_previous, &QToolButton::clicked, this, [this] { goToPage(m_page - 1); });
    connect(m_next, &QToolButton::clicked, this, [this] { goToPage(m_page + 1); });
    const auto openPage = [this] {
        if (m_page > 0)
            Q_EMIT openRequested(m_page);
    };
    connect(m_open, &QToolButton::clicked, this, openPage);
    connect(m_strip, &PageStrip::pageActivated, this, openPage);
    connect(m_picture, &PageImageView::pageOpened, this, openPage);
    connect(m_picture, &PageImageView::neighbourRequested, this,
            [this](int step) { goToPage(m_page + step); });
    connect(m_picture, &PageImageView::pixelsPerPointChanged, this, [this] { draw(); });
    connect(m_picture, &PageImageView::retryRequested, this, [this] {
        if (isCurrentPageFailed())
            Q_EMIT retryRequested();
        else
            draw();
    });
    connect(m_analysis, &AnalysisPanel::retryRequested, this, &PagePanel::retryRequested);
    connect(m_analysis, &AnalysisPanel::wordsChosen, this, [this](const QString &words) {
        showText();
        m_text->find(words);
    });
    connect(m_choice, &SegmentedControl::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
}

PagePanel::~PagePanel() = default;

void PagePanel::build()
{
    m_strip = new PageStrip;
    m_strip->setNoteProvider([this](int page) { return m_pages->note(page); });
    auto *area = new StripArea(this);
    m_stripArea = area;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(m_strip);

    m_picture = new PageImageView(this);
    m_picture->setMinimumHeight(140);
    m_choice = new SegmentedControl({tr("Analysis"), tr("Text")}, this);
    m_choice->setObjectName(QStringLiteral("pageChoice"));
    m_choice->setAccessibleName(tr("What to show of the page"));
    m_analysis = new AnalysisPanel(this);
    m_text = new TextPanel(this);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_analysis);
    m_stack->addWidget(m_text);

    auto *lower = new QWidget(this);
    auto *lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(metrics::kPaneMargin, metrics::kGap, metrics::kPaneMargin, 0);
    lowerLayout->setSpacing(metrics::kGap);
    lowerLayout->addWidget(m_choice, 0, Qt::AlignLeading);
    lowerLayout->addWidget(m_stack, 1);
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_picture);
    splitter->addWidget(lower);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({400, 400});

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(buildHead());
    layout->addWidget(splitter, 1);
}

QWidget *PagePanel::buildHead()
{
    m_heading = new ElidedLabel(QString(), this);
    m_heading->setObjectName(QStringLiteral("pageHeading"));
    m_heading->setFont(metrics::headingFont(font()));
    m_state = new ElidedLabel(QString(), this);
    m_state->setObjectName(QStringLiteral("pageState"));
    m_state->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    m_previous = pageButton(Glyph::ChevronLeft, tr("Previous page"), this);
    m_next = pageButton(Glyph::ChevronRight, tr("Next page"), this);
    m_open = pageButton(Glyph::Reader, tr("Open this page in the reader"), this);
    m_open->setObjectName(QStringLiteral("openPageButton"));
    auto *head = new QWidget(this);
    auto *line = new QHBoxLayout;
    line->setSpacing(metrics::kInner);
    line->addWidget(m_heading, 1);
    line->addWidget(m_state, 1);
    line->addWidget(m_previous);
    line->addWidget(m_next);
    line->addWidget(m_open);
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(metrics::kPaneMargin, 0, metrics::kPaneMargin, 0);
    layout->setSpacing(6);
    layout->addWidget(m_stripArea);
    layout->addLayout(line);
    return head;
}

void PagePanel::setDocument(const domain::Document &document)
{
    const bool another = document.id != m_document.id;
    const bool counted = document.pagesTotal != m_document.pagesTotal;
    m_document = document;
    if (!another && !counted)
        return;
    m_pages->setDocument(document.id);
    if (another) {
        m_page = 0;
        m_failedWanted = false;
        m_client.cancelRender(kRenderView);
        m_drawing = false;
        m_strip->setPages({});
    }
    if (m_page == 0)
        choosePage(document.pagesTotal > 0 ? 1 : 0);
}

bool PagePanel::isCurrentPageFailed() const
{
    return m_page > 0 && m_page <= m_pages->pageCount() &&
           m_pages->states().at(m_page - 1) == domain::PageState::Failed;
}

void PagePanel::goToPage(int page)
{
    if (page >= 1 && page <= m_document.pagesTotal && page != m_page)
        choosePage(page);
}

void PagePanel::goToFirstFailed()
{
    const auto failed = m_pages->states().indexOf(domain::PageState::Failed);
    m_failedWanted = failed < 0 && m_pages->pageCount() == 0;
    if (failed >= 0)
        choosePage(static_cast<int>(failed) + 1);
}

void PagePanel::showText()
{
    m_choice->setCurrentIndex(1);
}

void PagePanel::focusFind()
{
    showText();
    m_text->focusFind();
}

void PagePanel::updateStrip()
{
    QVector<PageState> states;
    states.reserve(m_pages->pageCount());
    for (const domain::PageState state : m_pages->states())
        states.append(cellState(state));
    for (const presentation::RunningWork &work : m_client.feed().snapshot().running) {
        const int page = work.job.page;
        const bool ours = work.job.document == m_document.id && page >= 1 && page <= states.size();
        if (ours && states.at(page - 1) != PageState::Done && states.at(page - 1) != PageState::Failed)
            states[page - 1] = PageState::Running;
    }
    m_strip->setPages(states);
    m_strip->setCurrentPage(m_page);
    static_cast<StripArea *>(m_stripArea)->fit();
    if (m_failedWanted && !states.isEmpty())
        goToFirstFailed();
    if (m_page >= 1 && m_page <= m_pages->pageCount() && m_shownState != m_pages->states().at(m_page - 1))
        readPage();
}

void PagePanel::choosePage(int page)
{
    m_page = page;
    m_shownState.reset();
    m_record = {};
    m_strip->setCurrentPage(page);
    if (page > 0) {
        const QRect cell = m_strip->cellRect(m_strip->cells().cellOf(page));
        m_stripArea->ensureVisible(cell.center().x(), cell.center().y(), 10, 10);
    }
    m_previous->setEnabled(page > 1);
    m_next->setEnabled(page > 0 && page < m_document.pagesTotal);
    m_open->setEnabled(page > 0);
    if (page == 0) {
        m_picture->clear();
        m_heading->setText(QString());
        m_state->setText(QString());
        m_analysis->setPage({});
        m_text->setText(QString(), QString());
    } else {
        readPage();
    }
    Q_EMIT pageChanged();
}

void PagePanel::readPage()
{
    if (!isVisible()) {
        m_stale = true;
        return;
    }
    m_stale = false;
    m_reading = true;
    const int page = m_page;
    const domain::DocumentId id = m_document.id;
    m_client.feed().page(id, page, this, [this, id, page](base::Result<domain::PageRecord> record) {
        if (id != m_document.id || page != m_page)
            return;
        m_reading = false;
        if (record) {
            takePage(*record);
        } else { // no row yet: the page waits for its turn
            domain::PageRecord waiting;
            waiting.page.document = id;
            waiting.page.number = page;
            takePage(waiting);
        }
        finishStep();
    });
}

void PagePanel::takePage(const domain::PageRecord &record)
{
    const bool firstLook = !m_shownState;
    const bool moved = m_shownState && *m_shownState != record.page.state;
    const bool sized = m_record.page.geometry != record.page.geometry;
    m_record = record;
    m_shownState = record.page.state;
    showRecord(record);
    if (firstLook || sized) {
        const QSizeF size(record.page.geometry.width, record.page.geometry.height);
        m_picture->setPage(tr("Page %1 of %2").arg(m_page).arg(m_document.pagesTotal),
                           size.isEmpty() ? QSizeF(595, 842) : size);
        m_picture->setWaitingText(tr("Drawing page %1…").arg(m_page));
    }
    if (record.page.state == domain::PageState::Failed &&
        presentation::PageDrawings::isDangerous(record.page.error.code)) {
        m_client.cancelRender(kRenderView);
        m_drawing = false;
        showPageError(record.page.error, true);
    } else if (firstLook || sized || moved) {
        draw();
    }
}

void PagePanel::showRecord(const domain::PageRecord &record)
{
    PageDetails details = Details::ofPage(m_document, record);
    if (record.page.state == domain::PageState::Failed &&
        presentation::PageDrawings::isDangerous(record.page.error.code)) {
        details.error.clear(); // the card in place of the picture says it, and has the button
        details.canRetry = false;
    }
    m_heading->setText(details.heading);
    m_state->setText(details.state);
    m_state->setTone(toneOf(details.tone));
    m_analysis->setPage(details);
    m_text->setText(details.text, details.textNote);
}

void PagePanel::draw()
{
    if (m_page <= 0 || !m_shownState || !isVisible())
        return;
    if (isCurrentPageFailed() && presentation::PageDrawings::isDangerous(m_record.page.error.code))
        return;
    presentation::RenderRequest request;
    request.document = m_document.id;
    request.page = m_page;
    request.pixelsPerPoint = m_picture->pixelsPerPoint();
    m_drawing = true;
    m_client.renderPage(kRenderView, request, this,
                        [this](base::Result<presentation::RenderedPage> result) { takePicture(result); });
}

void PagePanel::takePicture(const base::Result<presentation::RenderedPage> &result)
{
    if (result && (result->request.document != m_document.id || result->request.page != m_page))
        return;
    m_drawing = false;
    if (result) {
        if (m_record.page.geometry.width <= 0 && result->pixelsPerPoint > 0) {
            const QSizeF points = QSizeF(result->image.size()) / result->pixelsPerPoint;
            m_picture->setPage(tr("Page %1 of %2").arg(m_page).arg(m_document.pagesTotal), points);
        }
        m_picture->setImage(result->image);
    } else if (result.error().code != base::ErrorCode::Cancelled) {
        showPageError(result.error(), true);
    }
    finishStep();
}

void PagePanel::showPageError(const base::Error &error, bool canRetry)
{
    const presentation::ErrorWords words = presentation::ErrorText::of(error.code);
    m_picture->setError(words.title, words.happened + QLatin1Char(' ') + words.next, canRetry, false);
}

void PagePanel::finishStep()
{
    if (!isBusy())
        Q_EMIT settled();
}

void PagePanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale && m_page > 0)
        readPage();
}

} // namespace lectern::ui
