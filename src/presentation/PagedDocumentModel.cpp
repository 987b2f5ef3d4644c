// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/PagedDocumentModel.h"

#include "presentation/Roles.h"

#include <algorithm>

namespace lectern::presentation {

using domain::DocumentId;

namespace {

/// More separate ranges than this are cheaper for a view as one new layout.
constexpr qsizetype kMaximumRanges = 32;
/// Blocks asked for at once: what was looked at last matters, the rest was scrolled past.
constexpr qsizetype kMaximumWanted = 16;
/// Asking for the order may take this part of the reading thread's time: one twentieth.
constexpr qint64 kRestPerFind = 20;
/// Documents kept and read again when too much changed to be told one by one: more than any window shows.
constexpr qsizetype kReadAgainLimit = 512;
constexpr int kSecondMs = 1'000;

struct Range {
    int first = 0;
    int last = 0;
};

/// The places, in ascending ranges, of the ids that are not among `others`.
QVector<Range> rangesMissing(const QVector<DocumentId> &ids, const std::vector<bool> &others)
{
    QVector<Range> ranges;
    for (int row = 0; row < static_cast<int>(ids.size()); ++row) {
        const auto id = static_cast<std::size_t>(ids.at(row).value);
        if (id < others.size() && others[id])
            continue;
        if (!ranges.isEmpty() && ranges.constLast().last == row - 1)
            ranges.last().last = row;
        else
            ranges << Range{row, row};
    }
    return ranges;
}

std::vector<bool> membership(const QVector<DocumentId> &ids)
{
    std::vector<bool> members;
    for (const DocumentId id : ids) {
        const auto number = static_cast<std::size_t>(id.value);
        if (number >= members.size())
            members.resize(std::max(number + 1, members.size() * 2), false);
        members[number] = true;
    }
    return members;
}

QVector<DocumentId> onlyThoseOf(const QVector<DocumentId> &ids, const std::vector<bool> &members)
{
    QVector<DocumentId> kept;
    kept.reserve(ids.size());
    std::copy_if(ids.cbegin(), ids.cend(), std::back_inserter(kept), [&members](DocumentId id) {
        const auto number = static_cast<std::size_t>(id.value);
        return number < members.size() && members[number];
    });
    return kept;
}

} // namespace

PagedDocumentModel::PagedDocumentModel(LibraryFeed &feed, const base::Clock &clock, QObject *parent)
    : QAbstractItemModel(parent), m_feed(feed), m_clock(clock)
{
    m_requestTimer.setSingleShot(true);
    m_requestTimer.setInterval(0);
    connect(&m_requestTimer, &QTimer::timeout, this, &PagedDocumentModel::requestBlocks);
    m_refreshTimer.setSingleShot(true);
    connect(&m_refreshTimer, &QTimer::timeout, this, &PagedDocumentModel::ask);
    m_second.setInterval(kSecondMs);
    connect(&m_second, &QTimer::timeout, this, &PagedDocumentModel::tick);
    connect(&m_feed, &LibraryFeed::changed, this, &PagedDocumentModel::takeDelta);
    connect(&m_feed, &LibraryFeed::snapshotChanged, this, &PagedDocumentModel::takeSnapshot);
}

PagedDocumentModel::~PagedDocumentModel() = default;

DocumentId PagedDocumentModel::idAt(int row) const
{
    return row >= 0 && row < count() ? m_ids.at(row) : DocumentId();
}

int PagedDocumentModel::rowOf(DocumentId id) const
{
    const auto number = static_cast<std::size_t>(id.value);
    return id.isValid() && number < m_rowById.size() ? m_rowById[number] : -1;
}

QVector<DocumentId> PagedDocumentModel::idsOf(const QModelIndexList &indexes) const
{
    QVector<DocumentId> ids;
    QSet<DocumentId> seen;
    for (const QModelIndex &index : indexes) {
        const DocumentId id =
            index.model() == this && !index.parent().isValid() ? idAt(index.row()) : DocumentId();
        if (id.isValid() && !seen.contains(id)) {
            seen.insert(id);
            ids << id;
        }
    }
    return ids;
}

std::optional<domain::Document> PagedDocumentModel::documentAt(int row) const
{
    return cached(idAt(row));
}

std::optional<domain::Document> PagedDocumentModel::cached(DocumentId id) const
{
    const auto entry = m_cache.constFind(id);
    return entry == m_cache.constEnd() ? std::nullopt : std::optional(entry->document);
}

QModelIndexList PagedDocumentModel::match(const QModelIndex &start, int role, const QVariant &value, int hits,
                                          Qt::MatchFlags flags) const
{
    QModelIndexList found;
    const Qt::CaseSensitivity sensitivity =
        (flags & Qt::MatchCaseSensitive) ? Qt::CaseSensitive : Qt::CaseInsensitive;
    const bool prefixOnly = (flags & Qt::MatchTypeMask) == Qt::MatchStartsWith;
    const QString wanted = value.toString();
    const int rows = count();
    const int from = std::max(0, start.row());
    const int looked = (flags & Qt::MatchWrap) ? rows : rows - from;
    for (int step = 0; step < looked && (hits < 0 || found.size() < hits); ++step) {
        const int row = (from + step) % rows;
        if (!m_cache.contains(m_ids.at(row)))
            continue;
        const QModelIndex candidate = index(row, std::max(0, start.column()), {});
        const QVariant held = candidate.data(role);
        const bool hit = role == DocumentIdRole ? held == value
                         : prefixOnly           ? held.toString().startsWith(wanted, sensitivity)
                                                : held.toString().contains(wanted, sensitivity);
        if (hit)
            found << candidate;
    }
    return found;
}

void PagedDocumentModel::documentChanged(const domain::Document &) {}

void PagedDocumentModel::orderChanged() {}

// The question.

void PagedDocumentModel::restart()
{
    ++m_generation;
    m_refreshTimer.stop();
    setLoading(true);
    ask();
}

void PagedDocumentModel::ask()
{
    m_asking = true;
    m_askAgain = false;
    requestIds();
}

void PagedDocumentModel::takeIds(quint64 generation, base::Result<FoundDocuments> found)
{
    if (generation != m_generation)
        return;
    m_asking = false;
    // Before the feed is started there is no answer; its first delta asks again.
    if (!found)
        return;
    m_lastFindMs = found->tookMs;
    m_lastFindAt = m_clock.monotonicMs();
    applyIds(found->ids);
    setLoading(false);
    if (m_askAgain)
        scheduleRefresh();
}

void PagedDocumentModel::scheduleRefresh()
{
    if (m_asking) {
        m_askAgain = true;
        return;
    }
    if (m_refreshTimer.isActive())
        return;
    const qint64 rest = std::max<qint64>(LibraryFeed::kPollMs, m_lastFindMs * kRestPerFind);
    const qint64 wait = m_lastFindAt + rest - m_clock.monotonicMs();
    m_refreshTimer.start(static_cast<int>(std::clamp<qint64>(wait, 0, rest)));
}

void PagedDocumentModel::setLoading(bool loading)
{
    if (m_loading == loading)
        return;
    m_loading = loading;
    Q_EMIT loadingChanged(loading);
}

// The order. Rows are removed first, then those that stay are put in their new order, then new ones come in.

void PagedDocumentModel::applyIds(const QVector<DocumentId> &ids)
{
    if (ids == m_ids)
        return;
    m_wanted.clear();
    m_inFlight.clear();
    removeMissing(ids);
    const QVector<DocumentId> kept = onlyThoseOf(ids, membership(m_ids));
    if (kept != m_ids)
        relayout(kept);
    insertNew(ids);
    orderChanged();
    Q_EMIT countChanged(count());
}

void PagedDocumentModel::removeMissing(const QVector<DocumentId> &ids)
{
    const std::vector<bool> staying = membership(ids);
    QVector<Range> gone = rangesMissing(m_ids, staying);
    if (gone.size() > kMaximumRanges) {
        QVector<DocumentId> order = onlyThoseOf(m_ids, staying);
        const auto kept = static_cast<int>(order.size());
        for (const Range range : std::as_const(gone))
            order += m_ids.mid(range.first, range.last - range.first + 1);
        relayout(order);
        gone = {Range{kept, count() - 1}};
    }
    for (auto range = gone.crbegin(); range != gone.crend(); ++range)
        removeRange(range->first, range->last);
}

void PagedDocumentModel::insertNew(const QVector<DocumentId> &ids)
{
    const QVector<Range> fresh = rangesMissing(ids, membership(m_ids));
    if (fresh.size() <= kMaximumRanges) {
        for (const Range range : fresh)
            insertRange(range.first, ids.mid(range.first, range.last - range.first + 1));
        return;
    }
    QVector<DocumentId> added;
    for (const Range range : fresh)
        added += ids.mid(range.first, range.last - range.first + 1);
    insertRange(count(), added);
    relayout(ids);
}

void PagedDocumentModel::removeRange(int first, int last)
{
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row) {
        m_rowById[static_cast<std::size_t>(m_ids.at(row).value)] = -1;
        m_cache.remove(m_ids.at(row));
    }
    m_ids.remove(first, last - first + 1);
    reindex(first);
    endRemoveRows();
}

void PagedDocumentModel::insertRange(int first, const QVector<DocumentId> &ids)
{
    const auto added = static_cast<int>(ids.size());
    beginInsertRows({}, first, first + added - 1);
    if (first == count()) {
        m_ids += ids;
    } else {
        m_ids.insert(first, added, DocumentId());
        std::copy(ids.cbegin(), ids.cend(), m_ids.begin() + first);
    }
    reindex(first);
    endInsertRows();
}

void PagedDocumentModel::relayout(const QVector<DocumentId> &order)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QVector<DocumentId> documents;
    documents.reserve(before.size());
    // Rows below a document know it by its id, so their indexes stay as they are.
    for (const QModelIndex &index : before)
        documents << (index.parent().isValid() ? DocumentId() : idAt(index.row()));
    m_ids = order;
    reindex(0);
    QModelIndexList after;
    after.reserve(before.size());
    for (qsizetype i = 0; i < before.size(); ++i)
        after << (documents.at(i).isValid() ? index(rowOf(documents.at(i)), before.at(i).column(), {})
                                            : before.at(i));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void PagedDocumentModel::reindex(int from)
{
    for (int row = from; row < count(); ++row) {
        const auto id = static_cast<std::size_t>(m_ids.at(row).value);
        if (id >= m_rowById.size())
            m_rowById.resize(std::max(id + 1, m_rowById.size() * 2), -1);
        m_rowById[id] = row;
    }
}

// The values.

const domain::Document *PagedDocumentModel::value(int row) const
{
    const auto entry = m_cache.constFind(idAt(row));
    if (entry != m_cache.constEnd()) {
        entry->used = ++m_uses;
        return &entry->document;
    }
    const int block = row / kBlock;
    if (m_inFlight.contains(block))
        return nullptr;
    if (m_wanted.isEmpty() || m_wanted.constLast() != block) {
        m_wanted.removeOne(block);
        m_wanted << block;
        if (m_wanted.size() > kMaximumWanted)
            m_wanted.removeFirst();
    }
    if (!m_requestTimer.isActive())
        m_requestTimer.start();
    return nullptr;
}

void PagedDocumentModel::requestBlocks()
{
    QVector<DocumentId> ids;
    const QVector<int> blocks = std::exchange(m_wanted, {});
    for (const int block : blocks) {
        m_inFlight.insert(block);
        const int end = std::min(count(), (block + 1) * kBlock);
        for (int row = block * kBlock; row < end; ++row) {
            if (!m_cache.contains(m_ids.at(row)))
                ids << m_ids.at(row);
        }
    }
    if (ids.isEmpty())
        return;
    m_feed.documents(ids, this, [this, blocks](const base::Result<QVector<domain::Document>> &documents) {
        for (const int block : blocks)
            m_inFlight.remove(block);
        if (documents)
            takeDocuments(*documents);
    });
}

void PagedDocumentModel::readAgain()
{
    shrinkCache(kReadAgainLimit);
    const QVector<DocumentId> ids(m_cache.keyBegin(), m_cache.keyEnd());
    if (ids.isEmpty())
        return;
    m_feed.documents(ids, this, [this](const base::Result<QVector<domain::Document>> &documents) {
        if (documents)
            takeDocuments(*documents);
    });
}

void PagedDocumentModel::takeDocuments(const QVector<domain::Document> &documents)
{
    QVector<int> rows;
    const qint64 now = m_clock.monotonicMs();
    for (const domain::Document &document : documents) {
        const int row = rowOf(document.id);
        if (row < 0)
            continue;
        Entry &entry = m_cache[document.id];
        entry.document = document;
        entry.used = ++m_uses;
        m_paces.note(now, document, m_paused);
        rows << row;
    }
    std::sort(rows.begin(), rows.end());
    for (qsizetype i = 0; i < rows.size();) {
        qsizetype end = i + 1;
        while (end < rows.size() && rows.at(end) == rows.at(end - 1) + 1)
            ++end;
        rowsChanged(rows.at(i), rows.at(end - 1));
        i = end;
    }
    for (const domain::Document &document : documents) {
        if (rowOf(document.id) >= 0)
            documentChanged(document);
    }
    shrinkCache(kCacheLimit);
}

void PagedDocumentModel::shrinkCache(qsizetype limit)
{
    if (m_cache.size() <= limit)
        return;
    QVector<quint64> uses;
    uses.reserve(m_cache.size());
    for (const Entry &entry : std::as_const(m_cache))
        uses << entry.used;
    // Half of what is allowed stays, so that this is rare.
    const auto oldest = uses.end() - limit / 2;
    std::nth_element(uses.begin(), oldest, uses.end());
    m_cache.removeIf([kept = *oldest](const auto &entry) { return entry.value().used < kept; });
}

void PagedDocumentModel::rowsChanged(int first, int last)
{
    Q_EMIT dataChanged(index(first, 0, {}), index(last, lastColumn(), {}));
}

void PagedDocumentModel::takeDelta(const LibraryDelta &delta)
{
    if (delta.everything) {
        // The feed may have been started anew, and then what was asked before is never answered.
        m_inFlight.clear();
        m_asking = false;
        ++m_generation;
        readAgain();
        scheduleRefresh();
        return;
    }
    QVector<domain::Document> shown;
    for (const domain::Document &document : delta.documents) {
        if (m_cache.contains(document.id))
            shown << document;
    }
    takeDocuments(shown);
    if (affectsOrder(delta))
        scheduleRefresh();
}

void PagedDocumentModel::takeSnapshot(const LibrarySnapshot &snapshot)
{
    const domain::Totals &totals = snapshot.totals;
    if (totals.documents != m_documents || totals.documentsInTrash != m_trashed) {
        m_documents = totals.documents;
        m_trashed = totals.documentsInTrash;
        scheduleRefresh();
    }
    if (m_paused != snapshot.paused || m_askingRuns != snapshot.askingRuns) {
        m_paused = snapshot.paused;
        m_askingRuns = snapshot.askingRuns;
        m_paces.interruptAll();
        if (count() > 0)
            rowsChanged(0, count() - 1);
    }
    QSet<DocumentId> touched = m_running;
    touched.unite(snapshot.runningDocuments).subtract(QSet(m_running).intersect(snapshot.runningDocuments));
    for (auto next = m_nextTryAt.cbegin(); next != m_nextTryAt.cend(); ++next) {
        if (snapshot.nextTryAt.value(next.key()) != next.value())
            touched.insert(next.key());
    }
    for (auto next = snapshot.nextTryAt.cbegin(); next != snapshot.nextTryAt.cend(); ++next) {
        if (m_nextTryAt.value(next.key()) != next.value())
            touched.insert(next.key());
    }
    m_running = snapshot.runningDocuments;
    m_nextTryAt = snapshot.nextTryAt;
    for (const DocumentId id : std::as_const(touched)) {
        const auto entry = m_cache.constFind(id);
        if (entry == m_cache.constEnd())
            continue;
        rowsChanged(rowOf(id), rowOf(id));
        documentChanged(entry->document);
    }
    if (m_nextTryAt.isEmpty())
        m_second.stop();
    else if (!m_second.isActive())
        m_second.start();
}

void PagedDocumentModel::tick()
{
    for (auto next = m_nextTryAt.cbegin(); next != m_nextTryAt.cend(); ++next) {
        if (m_cache.contains(next.key()) && !m_running.contains(next.key()))
            rowsChanged(rowOf(next.key()), rowOf(next.key()));
    }
}

StateContext PagedDocumentModel::contextOf(const domain::Document &document) const
{
    return {m_paused,
            m_clock.nowMs(),
            m_nextTryAt.value(document.id),
            m_running.contains(document.id),
            timeLeftOf(document),
            m_askingRuns.contains(document.run)};
}

void PagedDocumentModel::setRuns(const QVector<RunCost> &runs)
{
    QHash<qint64, RunCost> byId;
    for (const RunCost &run : runs)
        byId.insert(run.id, run);
    if (byId == m_runs)
        return;
    m_runs = byId;
    if (count() > 0)
        rowsChanged(0, count() - 1);
}

const RunCost *PagedDocumentModel::runOf(const domain::Document &document) const
{
    const auto found = m_runs.constFind(document.run.value);
    return found == m_runs.constEnd() ? nullptr : &*found;
}

std::optional<qint64> PagedDocumentModel::timeLeftOf(const domain::Document &document) const
{
    return m_paces.remainingMs(document.id);
}

} // namespace lectern::presentation
