// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "domain/Document.h"
#include "presentation/LibraryFeed.h"
#include "presentation/RunCost.h"
#include "presentation/StateText.h"
#include "presentation/TimeLeft.h"

#include <QAbstractItemModel>
#include <QHash>
#include <QSet>
#include <QTimer>
#include <QVector>

#include <optional>
#include <vector>

namespace lectern::presentation {

/// The part that the lists of documents share: top-level rows are the ids of a question, in order; values are
/// read in blocks around the rows somebody looks at, and until a block arrives its rows are placeholders
/// (LoadedRole false). When the order changes, rows are removed, inserted or laid out anew as few as
/// possible, and persistent indexes (selection, current row, expanded rows) stay with their documents. GUI
/// thread. Copes with 100,000 documents.
class PagedDocumentModel : public QAbstractItemModel {
    Q_OBJECT

public:
    static constexpr int kBlock = 64;         ///< rows read at once
    static constexpr int kCacheLimit = 4'096; ///< documents kept

    [[nodiscard]] domain::DocumentId idAt(int row) const;
    /// -1 when the list does not hold it. Costs nothing.
    [[nodiscard]] int rowOf(domain::DocumentId id) const;
    [[nodiscard]] QVector<domain::DocumentId> idsOf(const QModelIndexList &indexes) const;
    /// Nothing while the row is a placeholder.
    [[nodiscard]] std::optional<domain::Document> documentAt(int row) const;
    [[nodiscard]] std::optional<domain::Document> cached(domain::DocumentId id) const;
    /// Number of documents listed.
    [[nodiscard]] int count() const { return static_cast<int>(m_ids.size()); }
    /// The first answer has not arrived yet, or a changed filter has not been answered.
    [[nodiscard]] bool isLoading() const { return m_loading; }
    [[nodiscard]] const LibraryFeed &feed() const { return m_feed; }
    /// What the runs that go on cost, for what is said of their documents.
    void setRuns(const QVector<RunCost> &runs);

    /// Type to find would read every row: it looks at loaded rows only.
    [[nodiscard]] QModelIndexList match(const QModelIndex &start, int role, const QVariant &value, int hits,
                                        Qt::MatchFlags flags) const override;

Q_SIGNALS:
    /// After rows came, went or moved.
    void countChanged(int count);
    void loadingChanged(bool loading);

protected:
    PagedDocumentModel(LibraryFeed &feed, const base::Clock &clock, QObject *parent);
    ~PagedDocumentModel() override;

    /// Asks the feed for the ids and hands them to takeIds().
    virtual void requestIds() = 0;
    /// Whether a delta can change which rows there are or their order.
    [[nodiscard]] virtual bool affectsOrder(const LibraryDelta &delta) const = 0;
    [[nodiscard]] virtual int lastColumn() const = 0;
    /// The value of a row arrived or changed; the base class has told the view already.
    virtual void documentChanged(const domain::Document &document);
    /// Called after rows came, went or moved: forget what is kept for documents that are not listed any more.
    virtual void orderChanged();

    /// The question changed: asks at once and drops the answers to the one before.
    void restart();
    [[nodiscard]] quint64 generation() const { return m_generation; }
    void takeIds(quint64 generation, base::Result<FoundDocuments> found);
    /// The value of a row, asking for its block when it is not there.
    [[nodiscard]] const domain::Document *value(int row) const;
    [[nodiscard]] LibraryFeed &source() const { return m_feed; }
    [[nodiscard]] const base::Clock &clock() const { return m_clock; }
    /// What sentences about a document depend on beside the document.
    [[nodiscard]] StateContext contextOf(const domain::Document &document) const;
    [[nodiscard]] std::optional<qint64> timeLeftOf(const domain::Document &document) const;
    /// The run of the document, if it goes on and asks a model.
    [[nodiscard]] const RunCost *runOf(const domain::Document &document) const;

private:
    struct Entry {
        domain::Document document;
        mutable quint64 used = 0; ///< the value of m_uses when somebody last looked at it
    };
    void applyIds(const QVector<domain::DocumentId> &ids);
    void removeMissing(const QVector<domain::DocumentId> &ids);
    void insertNew(const QVector<domain::DocumentId> &ids);
    void removeRange(int first, int last);
    void insertRange(int first, const QVector<domain::DocumentId> &ids);
    void relayout(const QVector<domain::DocumentId> &order);
    void reindex(int from);
    void ask();
    void requestBlocks();
    void readAgain();
    void takeDocuments(const QVector<domain::Document> &documents);
    void takeDelta(const LibraryDelta &delta);
    void takeSnapshot(const LibrarySnapshot &snapshot);
    void scheduleRefresh();
    void shrinkCache(qsizetype limit);
    void rowsChanged(int first, int last);
    void tick();
    void setLoading(bool loading);

    LibraryFeed &m_feed;
    const base::Clock &m_clock;
    QVector<domain::DocumentId> m_ids;
    std::vector<int>
        m_rowById; ///< by the number of the id, which the store hands out without gaps; -1: not listed
    QHash<domain::DocumentId, Entry> m_cache;
    mutable quint64 m_uses = 0;
    mutable QVector<int> m_wanted; ///< blocks looked at but not asked for, newest last
    QSet<int> m_inFlight;          ///< blocks asked for
    mutable QTimer m_requestTimer;
    QTimer m_refreshTimer;
    QTimer m_second; ///< for sentences that count down
    PaceBook m_paces;
    QHash<domain::DocumentId, qint64> m_nextTryAt;
    QSet<domain::DocumentId> m_running;
    QHash<qint64, RunCost> m_runs;
    int m_documents = -1; ///< documents and those in the trash, by the last snapshot
    int m_trashed = -1;
    bool m_paused = false;
    QSet<domain::RunId> m_askingRuns; ///< runs that wait for an answer
    bool m_loading = true;
    bool m_asking = false;
    bool m_askAgain = false;
    qint64 m_lastFindMs = 0;
    qint64 m_lastFindAt = 0;
    quint64 m_generation = 0;
};

} // namespace lectern::presentation
