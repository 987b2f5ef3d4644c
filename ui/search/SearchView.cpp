// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/search/SearchView.h"

#include "presentation/CommandId.h"
#include "presentation/CoverageText.h"
#include "presentation/ErrorText.h"
#include "presentation/Format.h"
#include "presentation/SearchDesk.h"
#include "presentation/SearchModel.h"
#include "ui/search/CoveragePopup.h"
#include "ui/search/SavedSearchButton.h"
#include "ui/search/SearchFilters.h"
#include "ui/search/SearchRows.h"
#include "ui/style/ButtonKind.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FilterField.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SectionLabel.h"
#include "ui/widgets/SegmentedControl.h"

#include <QCursor>
#include <QDateTime>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QPersistentModelIndex>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace lectern::ui {

using presentation::Format;
using presentation::SearchDesk;
using presentation::SearchModel;
using workspace::SearchReport;
namespace command = presentation::command;

namespace {

constexpr int kTypingPauseMs = 150;
constexpr int kGrowingPauseMs = 1'000;
constexpr int kMostPages = 200;
constexpr int kMostNames = 50; ///< of documents that are searched in

} // namespace

SearchView::SearchView(presentation::WorkspaceClient &client, SearchDesk &desk, const base::Clock &clock,
                       QWidget *parent)
    : QWidget(parent), m_client(client), m_desk(desk), m_clock(clock),
      m_model(new SearchModel(client.thumbnails(), this)),
      m_field(new FilterField(tr("Words, \"a phrase\", -without, title:…"), this)),
      m_mode(new SegmentedControl({tr("Words"), tr("Meaning"), tr("Both")}, this)),
      m_saved(new SavedSearchButton(
          desk, [this] { return asSaved(); }, this)),
      m_filters(new SearchFilters(desk, m_mode, this)),
      m_summary(new SectionLabel({}, SectionLabel::Level::Secondary, this)),
      m_coverage(new SectionLabel({}, SectionLabel::Level::Secondary, this)),
      m_why(new QPushButton(tr("Why?"), this)), m_missing(new CoveragePopup(this)),
      m_list(new QTreeView(this)), m_stack(new QStackedWidget(this)), m_empty(new Placeholder(this))
{
    setObjectName(QStringLiteral("searchView"));
    setAccessibleName(tr("Search"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingPauseMs);
    m_growing.setSingleShot(true);
    m_growing.setInterval(kGrowingPauseMs);
    build();
    connectParts();
    connectList();
    showCoverage();
    showState();
}

void SearchView::build()
{
    m_field->setObjectName(QStringLiteral("searchWordsField"));
    m_field->setAccessibleName(tr("Search in all pages"));
    m_mode->setObjectName(QStringLiteral("searchMode"));
    m_mode->setAccessibleName(tr("Search by"));
    m_mode->setCurrentIndex(static_cast<int>(domain::SearchMode::Both));
    m_summary->setObjectName(QStringLiteral("searchSummary"));
    m_coverage->setObjectName(QStringLiteral("searchCoverage"));
    m_why->setObjectName(QStringLiteral("searchWhyButton"));
    m_why->setAccessibleName(tr("Why are documents missing?"));
    setButtonKind(*m_why, ButtonKind::Link);
    m_empty->setObjectName(QStringLiteral("searchEmpty"));
    buildList();

    auto *head = new QVBoxLayout;
    head->setContentsMargins(metrics::kPaneMargin, metrics::kPaneMargin, metrics::kPaneMargin, metrics::kGap);
    head->setSpacing(metrics::kGap);
    auto *first = new QHBoxLayout;
    first->setSpacing(metrics::kGap);
    first->addWidget(m_field, 1);
    first->addWidget(m_saved);
    head->addLayout(first);
    head->addWidget(m_filters);
    auto *line = new QHBoxLayout;
    line->setSpacing(metrics::kInner);
    line->addWidget(m_summary);
    line->addStretch(1);
    line->addWidget(m_coverage);
    line->addWidget(m_why);
    head->addLayout(line);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_stack, 1);
}

void SearchView::buildList()
{
    m_list->setObjectName(QStringLiteral("resultList"));
    m_list->setAccessibleName(tr("Pages found"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new SearchRows(m_list));
    m_list->setHeaderHidden(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setIndentation(20);
    m_list->setExpandsOnDoubleClick(false);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->installEventFilter(this);
}

void SearchView::connectParts()
{
    connect(m_field, &QLineEdit::textChanged, this, [this] { m_typing.start(); });
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        if (m_typing.isActive() || !m_hasAnswer) {
            m_typing.stop();
            ask(false);
        } else if (goOn(1)) {
            m_list->setFocus(Qt::OtherFocusReason);
        }
    });
    connect(m_field, &FilterField::leaveDownwards, this, [this] {
        if (current() || goOn(1))
            m_list->setFocus(Qt::OtherFocusReason);
    });
    connect(m_filters, &SearchFilters::changed, this, [this] {
        nameDocuments();
        ask(false);
    });
    connect(m_mode, &SegmentedControl::currentChanged, this, [this] {
        m_desk.setMode(mode());
        ask(false);
    });
    connect(m_saved, &SavedSearchButton::chosen, this, &SearchView::run);
    connect(&m_typing, &QTimer::timeout, this, [this] { ask(false); });
    connect(&m_growing, &QTimer::timeout, this, [this] { ask(true); });
    connect(&m_desk, &SearchDesk::coverageChanged, this, &SearchView::showCoverage);
    connect(m_why, &QPushButton::clicked, this, &SearchView::showMissing);
    connect(m_missing, &CoveragePopup::documentChosen, this, &SearchView::documentRequested);
    connect(m_missing, &CoveragePopup::jobsRequested, this,
            [this] { Q_EMIT commandRequested(command::kViewJobs); });
    connect(m_empty, &Placeholder::actionTriggered, this, [this] { takeOffer(m_offers.value(0)); });
    connect(m_empty, &Placeholder::offerTriggered, this,
            [this](int index) { takeOffer(m_offers.value(index + 1)); });
    connect(&m_client.feed(), &presentation::LibraryFeed::changed, this, &SearchView::takeChange);
}

void SearchView::connectList()
{
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &SearchView::currentChanged);
    connect(m_list, &QTreeView::doubleClicked, this, [this] { openCurrent(); });
    connect(m_list, &QWidget::customContextMenuRequested, this, &SearchView::showMenu);
    // Only what is new: a document that was closed stays closed.
    connect(m_model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &parent, int first, int last) {
                for (int row = first; !parent.isValid() && row <= last; ++row)
                    m_list->expand(m_model->index(row, 0));
            });
    connect(m_model, &QAbstractItemModel::modelReset, m_list, &QTreeView::expandAll);
}

workspace::SearchRequest SearchView::request() const
{
    workspace::SearchRequest request;
    request.words = m_field->text();
    request.limit = kMostPages;
    request.mode = mode();
    request.filter = m_filters->filter(QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).date());
    return request;
}

void SearchView::ask(bool isAgain)
{
    if (m_isSetting)
        return;
    const workspace::SearchRequest wanted = request();
    if (wanted.words.trimmed().isEmpty()) {
        m_hasAnswer = false;
        m_answered = ++m_asked; // what is under way is not wanted any more
        m_model->clear();
        showState();
        return;
    }
    // The same question, unless another one was asked meanwhile that this one takes the place of.
    m_isSame = isAgain && (m_isSame || m_asked == m_answered);
    m_client.search(wanted, this, [this, number = ++m_asked](const base::Result<SearchReport> &result) {
        if (number != m_asked)
            return; // the next answer is on its way
        m_answered = number;
        take(result, m_isSame);
    });
}

void SearchView::take(const base::Result<SearchReport> &result, bool isAgain)
{
    m_error = result ? base::Error{} : result.error();
    m_hasAnswer = true;
    if (result && isAgain)
        merge(*result);
    else
        m_model->replace(result.value_or(SearchReport()));
    updateSummary(result.value_or(SearchReport()));
    showState();
    Q_EMIT currentChanged();
}

// What is under the pointer, or else the first row in sight, stays where it is on the screen.
void SearchView::merge(const SearchReport &report)
{
    const QWidget *viewport = m_list->viewport();
    QModelIndex seen =
        viewport->underMouse() ? m_list->indexAt(viewport->mapFromGlobal(QCursor::pos())) : QModelIndex();
    if (!seen.isValid())
        seen = m_list->indexAt(QPoint(viewport->width() / 2, 0));
    const QPersistentModelIndex anchor(seen);
    const int before = seen.isValid() ? m_list->visualRect(seen).top() : 0;
    m_model->merge(report);
    if (!anchor.isValid())
        return;
    m_list->doItemsLayout(); // else a row that went may still have its place
    QScrollBar &bar = *m_list->verticalScrollBar();
    bar.setValue(bar.value() + m_list->visualRect(anchor).top() - before);
}

void SearchView::updateSummary(const SearchReport &report)
{
    const int shown = m_model->pageCount();
    if (shown == 0) {
        m_summary->clear();
        return;
    }
    const QString seconds =
        tr("%1 s", "seconds").arg(QLocale().toString(report.milliseconds / 1'000, 'f', 2));
    const QString documents = Format::documents(m_model->documentCount());
    const int withAll = m_model->pagesWithAll();
    QString found;
    if (report.mode != domain::SearchMode::Words)
        found = tr("The best %1 in %2").arg(Format::pages(shown), documents);
    else if (report.pagesWithAll > kMostPages)
        found = tr("%1, the best %2 shown").arg(Format::pages(report.pagesWithAll)).arg(kMostPages);
    else if (withAll == shown)
        found = tr("%1 in %2").arg(Format::pages(shown), documents);
    else if (withAll > 0)
        found = tr("%1 with all words, %2 with some").arg(Format::pages(withAll)).arg(shown - withAll);
    else
        found = tr("No page with all words, %1 with some").arg(shown);
    const bool isHalf = report.meaningFailed.code != base::ErrorCode::None;
    m_summary->setText(isHalf ? tr("%1 · by words only · %2", "what was found, seconds").arg(found, seconds)
                              : tr("%1 · %2", "what was found, seconds").arg(found, seconds));
    m_summary->setToolTip(isHalf ? presentation::ErrorText::sentence(report.meaningFailed).toHtmlEscaped()
                                 : QString());
}

void SearchView::showCoverage()
{
    const store::SearchCoverage::Count &count = m_desk.coverage();
    m_coverage->setVisible(count.documents > 0);
    m_coverage->setText(presentation::CoverageText::count(count));
    m_why->setVisible(count.covered < count.documents);
    if (m_hasAnswer)
        showState(); // its offers
}

void SearchView::showMissing()
{
    m_desk.findMissing(this, [this](const QVector<store::SearchCoverage::Missing> &missing) {
        m_missing->setMissing(missing);
        m_missing->openAt(m_why->isVisible() ? *static_cast<QWidget *>(m_why) : *m_coverage);
    });
}

// Documents may have been set without their names.
void SearchView::nameDocuments()
{
    const auto documents = m_filters->filter(QDate()).documents;
    if (documents)
        m_client.feed().documents(documents->mid(0, kMostNames), this,
                                  [this](const base::Result<QVector<domain::Document>> &found) {
                                      if (found)
                                          m_filters->setDocumentNames(*found);
                                  });
}

// Pages were read, or got their vectors, or went away: the same question may have another answer now.
void SearchView::takeChange()
{
    m_isStale = m_hasAnswer && !isVisible();
    if (m_hasAnswer && isVisible() && !m_growing.isActive())
        m_growing.start();
}

void SearchView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_desk.start();
    if (std::exchange(m_isStale, false))
        ask(true);
}

void SearchView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_desk.stop();
}

void SearchView::showState()
{
    m_offers.clear();
    if (!m_hasAnswer) {
        m_empty->setContent(Glyph::Search, tr("Search in every page"),
                            tr("By words in all their forms, by what they mean, or by both."));
        m_summary->clear();
    } else if (m_error.code == base::ErrorCode::EmbeddingMissing) {
        m_offers = {Offer::Words};
        m_empty->setContent(Glyph::Error, tr("No search by meaning"),
                            presentation::ErrorText::sentence(m_error), tr("Search by words"));
    } else if (m_error.code != base::ErrorCode::None) {
        // By their words pages are found whatever became of a model.
        const bool hasWayOn = mode() != domain::SearchMode::Words;
        if (hasWayOn)
            m_offers = {Offer::Words};
        m_empty->setContent(Glyph::Error, tr("The search failed"), presentation::ErrorText::sentence(m_error),
                            hasWayOn ? tr("Search by words") : QString());
    } else if (m_model->pageCount() == 0) {
        showNothing();
    }
    if (m_offers.size() < 2)
        m_empty->setOffers({});
    m_stack->setCurrentIndex(m_hasAnswer && m_model->pageCount() > 0 ? 0 : 1);
}

// Nothing matches: what may be the reason, and the ways on, the likeliest first.
void SearchView::showNothing()
{
    using domain::SearchMode;
    QStringList words;
    QString hint = tr("Try fewer words, or other ones.");
    if (m_filters->isSet()) {
        hint = tr("Only pages that fit all of these were looked at: %1.")
                   .arg(m_filters->inWords().join(QStringLiteral(" · ")));
        m_offers.append(Offer::ClearFilters);
        words.append(tr("Clear filters"));
    }
    if (mode() == SearchMode::Words) {
        m_offers.append(Offer::Both);
        words.append(tr("Search by meaning too"));
    } else if (mode() == SearchMode::Meaning) {
        m_offers.append(Offer::Words);
        words.append(tr("Search by words"));
    }
    const store::SearchCoverage::Count &count = m_desk.coverage();
    if (count.covered < count.documents) {
        m_offers.append(Offer::Missing);
        words.append(
            tr("See %1 that can't be found yet").arg(Format::documents(count.documents - count.covered)));
    }
    m_empty->setContent(Glyph::Search, tr("No page matches"), hint, words.value(0));
    m_empty->setOffers(words.mid(1));
}

void SearchView::takeOffer(Offer offer)
{
    switch (offer) {
    case Offer::ClearFilters:
        m_filters->clear();
        break;
    case Offer::Words:
        setMode(domain::SearchMode::Words);
        break;
    case Offer::Both:
        setMode(domain::SearchMode::Both);
        break;
    case Offer::Missing:
        showMissing();
        return; // the list has the keyboard
    }
    m_field->setFocus(Qt::OtherFocusReason);
}

void SearchView::focusField()
{
    m_field->setFocus(Qt::OtherFocusReason);
    m_field->selectAll();
}

void SearchView::search(const QString &words)
{
    m_field->setText(words);
    m_typing.stop();
    ask(false);
}

QString SearchView::words() const
{
    return m_field->text();
}

void SearchView::searchIn(const QVector<domain::DocumentId> &documents)
{
    m_filters->setDocuments({documents, {}});
}

domain::SavedSearch SearchView::asSaved() const
{
    domain::SavedSearch search;
    search.words = m_field->text();
    search.mode = mode();
    search.filter = m_filters->filter(QDate());
    search.addedInDays = m_filters->addedInDays();
    return search;
}

void SearchView::run(const domain::SavedSearch &search)
{
    m_isSetting = true;
    m_filters->setConditions(search);
    setMode(search.mode);
    m_isSetting = false;
    this->search(search.words);
    m_field->setFocus(Qt::OtherFocusReason);
}

domain::DocumentId SearchView::currentDocument() const
{
    return m_model->documentAt(m_list->currentIndex());
}

std::optional<workspace::FoundPage> SearchView::current() const
{
    return m_model->pageAt(m_list->currentIndex());
}

domain::SearchMode SearchView::mode() const
{
    return static_cast<domain::SearchMode>(m_mode->currentIndex());
}

void SearchView::setMode(domain::SearchMode mode)
{
    m_mode->setCurrentIndex(static_cast<int>(mode));
}

bool SearchView::goOn(int direction)
{
    const QModelIndex next = m_model->nextPage(m_list->currentIndex(), direction);
    if (!next.isValid())
        return false;
    m_list->setCurrentIndex(next);
    m_list->scrollTo(next);
    return true;
}

void SearchView::openCurrent()
{
    if (current())
        Q_EMIT openRequested();
    else if (m_list->currentIndex().isValid())
        m_list->setExpanded(m_list->currentIndex(), !m_list->isExpanded(m_list->currentIndex()));
}

void SearchView::showMenu(const QPoint &position)
{
    QModelIndex at = m_list->indexAt(position);
    if (!at.isValid())
        at = m_list->currentIndex(); // by the key
    if (!at.isValid())
        return;
    m_list->setCurrentIndex(at);
    const QRect row = m_list->visualRect(at);
    const QPoint place = row.contains(position) ? position : QPoint(row.center().x(), row.bottom());
    Q_EMIT menuRequested(m_list->viewport()->mapToGlobal(place));
}

bool SearchView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            openCurrent();
            return true;
        }
        if (key->key() == Qt::Key_Space && current()) {
            Q_EMIT previewRequested();
            return true;
        }
        if (key->matches(QKeySequence::Copy) && m_list->currentIndex().isValid()) {
            Q_EMIT copyRequested(m_list->currentIndex().data(presentation::CopyRole).toString());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace lectern::ui
