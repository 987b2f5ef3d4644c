// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/LibraryView.h"

#include "presentation/CommandId.h"
#include "presentation/ErrorText.h"
#include "presentation/Format.h"
#include "presentation/WorkspaceClient.h"
#include "ui/forms/PasswordBar.h"
#include "ui/library/CollectionList.h"
#include "ui/rows/RowDelegate.h"
#include "ui/rows/RowView.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FilterField.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SectionLabel.h"
#include "ui/widgets/WelcomeCard.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace lectern::ui {

using presentation::DocumentListModel;
using presentation::Format;
namespace command = presentation::command;

namespace {

enum StackPage { ListPage, EmptyPage, LoadingPage, WelcomePage }; // in the order in which they are added
constexpr int kFilterDelayMs = 60;
constexpr int kNarrow = 560; ///< below this the collections give way to the list

} // namespace

LibraryView::LibraryView(presentation::WorkspaceClient &client, const base::Clock &clock, QWidget *parent)
    : QWidget(parent), m_client(client), m_model(new DocumentListModel(client.feed(), clock, this)),
      m_collections(new CollectionList(this)), m_password(new PasswordBar(this)), m_list(new RowView(this)),
      m_stack(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("libraryView"));
    setAccessibleName(tr("Library"));
    m_list->setObjectName(QStringLiteral("documentList"));
    m_list->setAccessibleName(tr("Documents"));
    m_list->setModel(m_model);
    m_list->setSortingEnabled(true);
    m_list->setFilesProvider([this](const QModelIndexList &rows) { return filesOf(rows); });
    setUpColumns();
    m_collections->setFixedWidth(m_collections->sizeHint().width());

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_collections);
    layout->addWidget(buildList(), 1);
    buildEmptyStates();
    m_filterTimer.setSingleShot(true);
    m_filterTimer.setInterval(kFilterDelayMs);
    connectParts();
    setTabOrder(m_collections, m_filter);
    setTabOrder(m_filter, m_state);
    updateState();
}

QWidget *LibraryView::buildList()
{
    auto *side = new QWidget(this);
    side->setAutoFillBackground(true);
    side->setBackgroundRole(QPalette::Base);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildFilterLine());
    layout->addWidget(m_password);
    layout->addWidget(m_stack, 1);
    return side;
}

QWidget *LibraryView::buildFilterLine()
{
    auto *line = new QWidget(this);
    m_filterLine = line;
    m_filter = new FilterField(tr("Filter by name, title or error"), line);
    m_filter->setObjectName(QStringLiteral("searchField"));
    m_filter->setAccessibleName(tr("Filter documents"));
    m_filter->setMinimumWidth(120);
    m_filter->setMaximumWidth(420);
    m_state = new QComboBox(line);
    m_state->setObjectName(QStringLiteral("stateFilter"));
    m_state->setAccessibleName(tr("State of the documents shown"));
    for (const StateFilter filter : {StateFilter::All, StateFilter::Unfinished, StateFilter::Paused,
                                     StateFilter::Problems, StateFilter::Locked, StateFilter::Done})
        m_state->addItem(DocumentListModel::stateFilterText(filter), static_cast<int>(filter));
    m_count = new SectionLabel(QString(), SectionLabel::Level::Secondary, line);
    m_count->setObjectName(QStringLiteral("documentCount"));
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(metrics::kPaneMargin, metrics::kGap, metrics::kPaneMargin, metrics::kGap);
    layout->setSpacing(metrics::kGap);
    layout->addWidget(m_filter, 3);
    layout->addWidget(m_state);
    layout->addStretch(1);
    layout->addWidget(m_count);
    return line;
}

void LibraryView::buildEmptyStates()
{
    m_loading = new Placeholder(this);
    m_loading->setObjectName(QStringLiteral("loadingState"));
    m_loading->setContent(Glyph::Library, tr("Opening the library…"));
    m_empty = new Placeholder(this);
    m_empty->setObjectName(QStringLiteral("emptyState"));
    m_welcomeCard = new WelcomeCard(this);
    m_welcomeCard->setObjectName(QStringLiteral("welcomeCard"));
    m_welcomeCard->setHeadline(
        tr("Welcome to Lectern"),
        tr("Lectern reads your documents page by page, on this computer, and makes every page "
           "findable. You can stop it at any moment: it goes on where it was."));
    m_welcomeCard->setSteps(
        {{command::kAddFiles, tr("Add documents"), tr("Choose one or more PDF files."), tr("Add files…"),
          WelcomeStep::State::Open},
         {command::kAddFolder, tr("Or a whole folder"), tr("Every document in it, and in the folders below."),
          tr("Add folder…"), WelcomeStep::State::Open},
         {command::kGuide, tr("Look around"), tr("The user guide shows what each part of the window is for."),
          tr("Open guide"), WelcomeStep::State::Open}});
    m_welcomeCard->setFootnote(tr("or drop files anywhere in this window"));
    auto *welcomeArea = new QScrollArea(this);
    welcomeArea->setFrameShape(QFrame::NoFrame);
    welcomeArea->setWidgetResizable(true);
    welcomeArea->setWidget(m_welcomeCard);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_loading);
    m_stack->addWidget(welcomeArea);
}

void LibraryView::setUpColumns()
{
    using Kind = RowDelegate::Kind;
    RowDelegate &rows = m_list->rows();
    rows.setKind(DocumentListModel::Name, Kind::Name);
    rows.setKind(DocumentListModel::Phase, Kind::State);
    rows.setKind(DocumentListModel::Progress, Kind::Progress);
    for (const auto column : {DocumentListModel::Text, DocumentListModel::TimeLeft, DocumentListModel::Added,
                              DocumentListModel::Kind, DocumentListModel::Size, DocumentListModel::Language,
                              DocumentListModel::Path})
        rows.setKind(column, Kind::Quiet);
    m_list->setSentenceColumns(DocumentListModel::Phase, DocumentListModel::Progress);
    m_list->setHideable([](int column) { return column != DocumentListModel::Name; });
    const QHash<int, int> widths{{DocumentListModel::Pages, 62},       {DocumentListModel::Text, 60},
                                 {DocumentListModel::Phase, 168},      {DocumentListModel::Progress, 148},
                                 {DocumentListModel::TimeLeft, 82},    {DocumentListModel::Added, 124},
                                 {DocumentListModel::Kind, 80},        {DocumentListModel::Size, 84},
                                 {DocumentListModel::Language, 96},    {DocumentListModel::Path, 260},
                                 {DocumentListModel::FailedPages, 92}, {DocumentListModel::Cost, 84}};
    for (int column = 0; column < DocumentListModel::kColumnCount; ++column) {
        m_list->setColumnHidden(
            column, !DocumentListModel::isShownByDefault(static_cast<DocumentListModel::Column>(column)));
        if (widths.contains(column))
            m_list->setColumnWidth(column, widths.value(column));
    }
    // After the progress, however it is numbered.
    m_list->header()->moveSection(m_list->header()->visualIndex(DocumentListModel::Cost),
                                  m_list->header()->visualIndex(DocumentListModel::Progress) + 1);
    m_list->setFlexibleColumn(DocumentListModel::Name, 200,
                              {DocumentListModel::Added, DocumentListModel::Text, DocumentListModel::TimeLeft,
                               DocumentListModel::Pages, DocumentListModel::Cost});
}

void LibraryView::connectParts()
{
    connect(m_collections, &CollectionList::chosen, this,
            [this](StateFilter filter, domain::CollectionId collection) {
                showPart(filter, collection.isValid() ? std::optional(collection) : std::nullopt);
            });
    connect(m_collections, &CollectionList::renameRequested, this, &LibraryView::renameCollectionRequested);
    connect(m_collections, &CollectionList::deleteRequested, this, &LibraryView::deleteCollectionRequested);
    connect(m_state, &QComboBox::activated, this, [this](int row) {
        showPart(static_cast<StateFilter>(m_state->itemData(row).toInt()), m_model->collection());
    });
    connect(m_filter, &QLineEdit::textChanged, &m_filterTimer, qOverload<>(&QTimer::start));
    connect(m_filter, &FilterField::leaveDownwards, this, &LibraryView::focusList);
    connect(&m_filterTimer, &QTimer::timeout, this, &LibraryView::applyFilter);
    connect(m_model, &DocumentListModel::countChanged, this, &LibraryView::updateState);
    connect(m_model, &DocumentListModel::loadingChanged, this, &LibraryView::updateState);
    connect(&m_client.feed(), &presentation::LibraryFeed::snapshotChanged, this,
            &LibraryView::updateCollections);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &LibraryView::selectionChanged);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &LibraryView::selectionChanged);
    connect(m_list, &RowView::menuRequested, this, &LibraryView::menuRequested);
    connect(m_list, &RowView::copyRequested, this, &LibraryView::copyRequested);
    connect(m_list, &RowView::linkActivated, this, [this](const QModelIndex &index, const QString &id) {
        m_list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect |
                                                             QItemSelectionModel::Rows);
        Q_EMIT commandRequested(id);
    });
    connect(m_list, &RowView::opened, this, [this](const QModelIndex &index) {
        const bool locked = index.data(presentation::StateRole).toInt() ==
                            static_cast<int>(domain::DocumentState::NeedsPassword);
        Q_EMIT commandRequested(locked ? command::kEnterPassword : command::kRead);
    });
    connect(m_empty, &Placeholder::actionTriggered, this, [this] {
        if (!m_emptyCommand.isEmpty()) {
            Q_EMIT commandRequested(m_emptyCommand);
            return;
        }
        m_filter->clear();
        showState(StateFilter::All);
        applyFilter();
    });
    connect(m_welcomeCard, &WelcomeCard::stepTriggered, this, &LibraryView::commandRequested);
    connect(m_password, &PasswordBar::tried, this, &LibraryView::tryPassword);
    connect(m_password, &PasswordBar::dismissed, this, &LibraryView::focusList);
}

QVector<domain::DocumentId> LibraryView::selectedIds() const
{
    return m_model->idsOf(m_list->selectionModel()->selectedRows());
}

int LibraryView::selectedCount() const
{
    // By ranges: all of 100,000 rows are one of them.
    int count = 0;
    for (const QItemSelectionRange &range : m_list->selectionModel()->selection())
        count += range.height();
    return count;
}

QVector<domain::Document> LibraryView::selectedDocuments(int limit) const
{
    QVector<domain::Document> documents;
    for (const QItemSelectionRange &range : m_list->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom() && documents.size() < limit; ++row) {
            if (const auto document = m_model->cached(m_model->idAt(row)))
                documents.append(*document);
        }
    }
    return documents;
}

domain::DocumentId LibraryView::currentId() const
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid() || !m_list->selectionModel()->isRowSelected(index.row()))
        return {};
    return m_model->idAt(index.row());
}

void LibraryView::showState(StateFilter filter)
{
    showPart(filter, std::nullopt);
}

void LibraryView::showPart(StateFilter filter, std::optional<domain::CollectionId> collection)
{
    m_collections->setCurrent(filter, collection);
    {
        const QSignalBlocker quiet(m_state);
        m_state->setCurrentIndex(qMax(0, m_state->findData(static_cast<int>(filter))));
        m_state->setEnabled(filter != StateFilter::Trash);
    }
    if (filter == m_model->stateFilter() && collection == m_model->collection())
        return;
    m_list->clearSelection();
    m_model->setCollection(collection);
    m_model->setStateFilter(filter);
    updateState();
    Q_EMIT stateFilterChanged();
}

void LibraryView::setCollections(const QVector<domain::Collection> &collections)
{
    m_known = collections;
    m_collections->setCollections(collections);
    const auto shown = m_model->collection();
    const bool isThere =
        !shown || std::any_of(collections.begin(), collections.end(),
                              [&](const domain::Collection &collection) { return collection.id == *shown; });
    if (isThere)
        updateState();
    else
        showState(StateFilter::All);
}

void LibraryView::applyFilter()
{
    m_filterTimer.stop();
    m_model->setFilter(m_filter->text());
    updateState();
}

void LibraryView::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void LibraryView::focusList()
{
    m_list->setFocus(Qt::OtherFocusReason);
    // The view makes its first row current when it gets the keyboard, but does not select it.
    if (!currentId().isValid())
        selectFirst();
}

void LibraryView::selectAll()
{
    m_list->selectAll();
}

void LibraryView::selectFirst()
{
    if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0, 0));
}

void LibraryView::selectDocument(domain::DocumentId id)
{
    const int row = m_model->rowOf(id);
    if (row < 0) {
        m_wanted = id;
        m_filter->clear();
        applyFilter();
        if (m_model->stateFilter() != StateFilter::All || m_model->collection())
            showState(StateFilter::All);
        return;
    }
    m_wanted = {};
    const QModelIndex index = m_model->index(row, 0);
    m_list->setCurrentIndex(index);
    m_list->scrollTo(index);
}

void LibraryView::askPassword(domain::DocumentId id)
{
    const auto document = m_model->cached(id);
    const int locked = m_client.feed().snapshot().totals.documentsNeedPassword;
    if (document && document->state == domain::DocumentState::NeedsPassword) {
        m_password->ask(id, document->name, qMax(0, locked - 1));
        m_list->scrollTo(m_model->index(m_model->rowOf(id), 0));
        return;
    }
    store::Library::DocumentQuery query;
    query.states = QVector<domain::DocumentState>{domain::DocumentState::NeedsPassword};
    m_client.feed().find(query, this, [this, locked](base::Result<presentation::FoundDocuments> found) {
        if (!found || found->ids.isEmpty())
            return;
        m_client.feed().document(found->ids.first(), this,
                                 [this, locked](base::Result<domain::Document> first) {
                                     if (!first)
                                         return;
                                     selectDocument(first->id);
                                     m_password->ask(first->id, first->name, qMax(0, locked - 1));
                                 });
    });
}

void LibraryView::tryPassword(domain::DocumentId id, const QString &password, bool onOthersToo)
{
    m_client.unlock(id, password, this, [this, id, password, onOthersToo](base::Status status) {
        if (status) {
            if (m_password->document() == id)
                m_password->finish();
            focusList();
            if (onOthersToo)
                tryOnOthers(password);
            return;
        }
        if (m_password->document() != id)
            return;
        const bool wrong = status.error().code == base::ErrorCode::PasswordWrong;
        m_password->refuse(wrong ? tr("Wrong password. Try again.")
                                 : presentation::ErrorText::sentence(status.error()));
    });
}

void LibraryView::tryOnOthers(const QString &password)
{
    m_client.tryPasswordOnOthers(password, this, [this](base::Result<QVector<domain::DocumentId>> opened) {
        if (!opened)
            return;
        if (opened->isEmpty())
            Q_EMIT said(tr("The password opens no other document."));
        else
            Q_EMIT said(tr("The password also opened %1.").arg(Format::documents(opened->size())));
    });
}

QStringList LibraryView::filesOf(const QModelIndexList &rows) const
{
    QStringList files;
    for (const domain::DocumentId id : m_model->idsOf(rows)) {
        const auto document = m_model->cached(id);
        if (document && !document->path.isEmpty())
            files.append(document->path);
    }
    return files;
}

void LibraryView::showOpenProblem(const QString &sentence)
{
    m_loading->setContent(Glyph::Error, tr("The library could not be opened"), sentence);
}

void LibraryView::setWelcome(bool welcome)
{
    m_welcome = welcome;
    updateState();
}

bool LibraryView::isListed() const
{
    return m_opened;
}

void LibraryView::updateState()
{
    if (!m_model->isLoading())
        m_opened = true;
    if (m_wanted.isValid() && m_model->rowOf(m_wanted) >= 0)
        selectDocument(m_wanted);
    updateCount();
    if (m_model->count() > 0 || (m_opened && m_model->isLoading())) {
        showPage(ListPage);
        return;
    }
    if (!m_opened) {
        showPage(LoadingPage);
        return;
    }
    m_emptyCommand.clear();
    const StateFilter filter = m_model->stateFilter();
    if (filter == StateFilter::Trash && m_model->filter().isEmpty()) {
        m_empty->setContent(Glyph::Trash, tr("The trash is empty"),
                            tr("Removed documents stay here until you delete them for good."));
    } else if (m_model->isFiltered()) {
        m_empty->setContent(Glyph::Filter, tr("Nothing matches"), tr("No document fits the filter."),
                            tr("Clear filter"));
    } else if (m_model->collection()) {
        m_empty->setContent(Glyph::Folder, tr("Nothing is in this collection yet"),
                            tr("Choose documents of the library, and “Collections” in their menu."),
                            tr("Show all documents"));
    } else if (m_welcome) {
        showPage(WelcomePage);
        return;
    } else {
        m_emptyCommand = command::kAddFiles;
        m_empty->setContent(Glyph::Library, tr("No documents yet"),
                            tr("Add files, or drop them anywhere in this window."), tr("Add files…"));
    }
    showPage(EmptyPage);
}

void LibraryView::showPage(int page)
{
    m_stack->setCurrentIndex(page);
    const bool welcoming = page == WelcomePage;
    m_filterLine->setVisible(!welcoming);
    if (welcoming == m_welcoming)
        return;
    m_welcoming = welcoming;
    Q_EMIT welcomingChanged();
}

bool LibraryView::isWelcoming() const
{
    return m_welcoming;
}

void LibraryView::updateCount()
{
    int all = m_model->unfilteredCount();
    for (const domain::Collection &collection : std::as_const(m_known)) {
        if (collection.id == m_model->collection())
            all = collection.documents;
    }
    const int listed = m_model->count();
    if (!m_opened || all == 0)
        m_count->setText(QString());
    else if (listed == all)
        m_count->setText(Format::documents(all));
    else
        m_count->setText(
            tr("%1 of %2", "documents listed, of how many").arg(Format::count(listed), Format::count(all)));
}

void LibraryView::updateCollections()
{
    const domain::Totals &totals = m_client.feed().snapshot().totals;
    m_collections->setTotals(totals);
    if (m_password->document().isValid())
        m_password->setOthers(qMax(0, totals.documentsNeedPassword - 1));
    updateCount();
}

void LibraryView::restore(const presentation::Settings &settings)
{
    m_list->restoreColumns(settings.libraryColumns);
    int sorted = DocumentListModel::Added;
    for (int column = 0; column < DocumentListModel::kColumnCount; ++column) {
        const auto known = static_cast<DocumentListModel::Column>(column);
        if (DocumentListModel::columnName(known) == settings.librarySort &&
            DocumentListModel::isSortable(known))
            sorted = column;
    }
    m_list->sortByColumn(sorted, settings.librarySortDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void LibraryView::store(presentation::Settings &settings)
{
    settings.libraryColumns = m_list->saveColumns();
    settings.librarySort = DocumentListModel::columnName(m_model->sortColumn());
    settings.librarySortDescending = m_model->sortOrder() == Qt::DescendingOrder;
}

void LibraryView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_collections->setVisible(width() >= kNarrow);
}

} // namespace lectern::ui
