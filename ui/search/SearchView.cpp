// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/search/SearchView.h"

#include "presentation/CommandId.h"
#include "presentation/ErrorText.h"
#include "presentation/Format.h"
#include "presentation/SearchModel.h"
#include "ui/search/SearchRows.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FilterField.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SectionLabel.h"
#include "ui/widgets/SegmentedControl.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace lectern::ui {

using presentation::Format;
using presentation::SearchModel;
using workspace::SearchReport;
namespace command = presentation::command;

namespace {

constexpr int kTypingPauseMs = 150;
constexpr int kGrowingPauseMs = 1'000;
constexpr int kMostPages = 200;
constexpr int kAnyDays = 0;

qint64 startOfDay(QDate day)
{
    return day.startOfDay().toMSecsSinceEpoch();
}

} // namespace

SearchView::SearchView(presentation::WorkspaceClient &client, const base::Clock &clock, QWidget *parent)
    : QWidget(parent), m_client(client), m_clock(clock), m_model(new SearchModel(this)),
      m_field(new FilterField(tr("Words, \"a phrase\", -without, title:…"), this)),
      m_mode(new SegmentedControl({tr("Words"), tr("Meaning"), tr("Both")}, this)),
      m_summary(new SectionLabel({}, SectionLabel::Level::Secondary, this)), m_coverage(new QLabel(this)),
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
    takeSnapshot(m_client.feed().snapshot());
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
    m_coverage->setTextFormat(Qt::RichText); // a link; its words are ours
    m_empty->setObjectName(QStringLiteral("searchEmpty"));
    m_list->setObjectName(QStringLiteral("resultList"));
    m_list->setAccessibleName(tr("Pages found"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new SearchRows(m_list));
    m_list->setHeaderHidden(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setIndentation(20);
    m_list->setExpandsOnDoubleClick(false);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->installEventFilter(this);

    auto *head = new QVBoxLayout;
    head->setContentsMargins(metrics::kPaneMargin, metrics::kPaneMargin, metrics::kPaneMargin, metrics::kGap);
    head->setSpacing(metrics::kGap);
    head->addWidget(m_field);
    auto *line = new QHBoxLayout;
    line->setSpacing(metrics::kGap);
    line->addWidget(m_mode);
    line->addSpacing(metrics::kGap);
    line->addWidget(buildFilters());
    line->addStretch(1);
    line->addWidget(m_summary);
    line->addWidget(m_coverage);
    head->addLayout(line);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_stack, 1);
}

QWidget *SearchView::buildFilters()
{
    auto *filters = new QWidget(this);
    auto *layout = new QHBoxLayout(filters);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kGap);
    m_text = new QComboBox(filters);
    m_text->setObjectName(QStringLiteral("searchTextFilter"));
    m_text->setAccessibleName(tr("Quality of the text"));
    m_text->addItem(tr("Any text"));
    m_text->addItem(tr("Good text only"), static_cast<int>(domain::TextVerdict::Good));
    m_text->addItem(tr("Readable text"), static_cast<int>(domain::TextVerdict::Doubtful));
    m_added = new QComboBox(filters);
    m_added->setObjectName(QStringLiteral("searchAddedFilter"));
    m_added->setAccessibleName(tr("When the document was added"));
    m_added->addItem(tr("Added at any time"), kAnyDays);
    m_added->addItem(tr("Added today"), 1);
    m_added->addItem(tr("Added in the last 7 days"), 7);
    m_added->addItem(tr("Added in the last 30 days"), 30);
    layout->addWidget(m_text);
    layout->addWidget(m_added);
    return filters;
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
    for (QComboBox *filter : {m_text, m_added})
        connect(filter, &QComboBox::currentIndexChanged, this, [this] { ask(false); });
    connect(m_mode, &SegmentedControl::currentChanged, this, [this] { ask(false); });
    connect(&m_typing, &QTimer::timeout, this, [this] { ask(false); });
    connect(&m_growing, &QTimer::timeout, this, [this] { ask(true); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &SearchView::currentChanged);
    connect(m_list, &QTreeView::doubleClicked, this, [this] { openCurrent(); });
    connect(m_coverage, &QLabel::linkActivated, this,
            [this] { Q_EMIT commandRequested(command::kShowProblems); });
    connect(m_empty, &Placeholder::actionTriggered, this, &SearchView::takeOffer);
    connect(&m_client.feed(), &presentation::LibraryFeed::snapshotChanged, this, &SearchView::takeSnapshot);
    connect(&m_client.feed(), &presentation::LibraryFeed::changed, this, &SearchView::takeChange);
}

workspace::SearchRequest SearchView::request() const
{
    workspace::SearchRequest request;
    request.words = m_field->text();
    request.limit = kMostPages;
    request.mode = mode();
    if (const QVariant worst = m_text->currentData(); worst.isValid())
        request.filter.worstText = static_cast<domain::TextVerdict>(worst.toInt());
    if (const int days = m_added->currentData().toInt(); days != kAnyDays)
        request.filter.addedFrom =
            startOfDay(QDateTime::fromMSecsSinceEpoch(m_clock.nowMs()).date().addDays(1 - days));
    return request;
}

void SearchView::ask(bool isAgain)
{
    const workspace::SearchRequest wanted = request();
    if (wanted.words.trimmed().isEmpty()) {
        m_hasAnswer = false;
        m_answered = ++m_asked; // what is under way is not wanted any more
        m_model->clear();
        showState();
        return;
    }
    m_client.search(wanted, this,
                    [this, number = ++m_asked, isAgain](const base::Result<SearchReport> &result) {
                        if (number != m_asked)
                            return; // the next answer is on its way
                        m_answered = number;
                        take(result, isAgain);
                    });
}

void SearchView::take(const base::Result<SearchReport> &result, bool isAgain)
{
    m_error = result ? base::Error{} : result.error();
    m_hasAnswer = true;
    if (result && isAgain)
        m_model->merge(*result);
    else
        m_model->replace(result.value_or(SearchReport()));
    if (!isAgain)
        m_list->expandAll();
    else
        for (int row = 0; row < m_model->documentCount(); ++row)
            m_list->expand(m_model->index(row, 0));
    updateSummary(result.value_or(SearchReport()));
    showState();
    Q_EMIT currentChanged();
}

void SearchView::updateSummary(const SearchReport &report)
{
    if (m_model->pageCount() == 0) {
        m_summary->clear();
        return;
    }
    const QLocale locale;
    const QString seconds = locale.toString(report.milliseconds / 1'000, 'f', 2);
    if (report.mode != domain::SearchMode::Words) {
        const QString best = tr("The best %1").arg(Format::pages(m_model->pageCount()));
        m_summary->setText(tr("%1 · %2 s").arg(best, seconds));
        return;
    }
    const bool hasAll = report.pagesWithAll > 0;
    const QString pages = hasAll ? Format::pages(report.pagesWithAll) : tr("No page with all words");
    m_summary->setText(hasAll && report.pagesWithAll > kMostPages
                           ? tr("%1, the best %2 shown · %3 s").arg(pages).arg(kMostPages).arg(seconds)
                           : tr("%1 · %2 s").arg(pages, seconds));
}

void SearchView::takeSnapshot(const presentation::LibrarySnapshot &snapshot)
{
    const domain::Totals &totals = snapshot.totals;
    const int unfinished = totals.documentsUnfinished();
    const int problems = snapshot.documentsWithProblems();
    const int missing = unfinished + problems;
    m_coverage->setVisible(missing > 0);
    if (missing > 0) {
        const QString said = unfinished > 0 ? tr("%1 still being read").arg(Format::documents(unfinished))
                                            : tr("%1 incomplete").arg(Format::documents(problems));
        m_coverage->setText(problems > 0 ? QStringLiteral("%1 · <a href=\"why\">%2</a>").arg(said, tr("Why?"))
                                         : said);
    }
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
    if (std::exchange(m_isStale, false))
        ask(true);
}

void SearchView::showState()
{
    using domain::SearchMode;
    m_offer = Offer::None;
    const bool isNarrowed = m_text->currentIndex() > 0 || m_added->currentIndex() > 0;
    if (!m_hasAnswer) {
        m_empty->setContent(Glyph::Search, tr("Search in every page"),
                            tr("By words in all their forms, by what they mean, or by both."));
    } else if (m_error.code == base::ErrorCode::EmbeddingMissing) {
        m_offer = Offer::Words;
        m_empty->setContent(Glyph::Error, tr("No search by meaning"),
                            presentation::ErrorText::sentence(m_error), tr("Search by words"));
    } else if (m_error.code != base::ErrorCode::None) {
        m_empty->setContent(Glyph::Error, tr("The search failed"),
                            presentation::ErrorText::sentence(m_error));
    } else if (isNarrowed) {
        m_offer = Offer::Everywhere;
        m_empty->setContent(Glyph::Search, tr("No page matches"),
                            tr("Some pages may be hidden by the filters."), tr("Search everywhere"));
    } else if (mode() == SearchMode::Words) {
        m_offer = Offer::Both;
        m_empty->setContent(Glyph::Search, tr("No page matches"),
                            tr("Try fewer words, or look for pages that say it in other words."),
                            tr("Search by meaning too"));
    } else {
        m_empty->setContent(Glyph::Search, tr("No page matches"),
                            tr("Pages are found here once they are read."));
    }
    m_stack->setCurrentIndex(m_hasAnswer && m_model->pageCount() > 0 ? 0 : 1);
    if (!m_hasAnswer)
        m_summary->clear();
}

void SearchView::takeOffer()
{
    switch (m_offer) {
    case Offer::Everywhere:
        m_text->setCurrentIndex(0);
        m_added->setCurrentIndex(0);
        break;
    case Offer::Words:
        setMode(domain::SearchMode::Words);
        break;
    case Offer::Both:
        setMode(domain::SearchMode::Both);
        break;
    case Offer::None:
        break;
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
