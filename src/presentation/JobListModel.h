// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/PagedDocumentModel.h"
#include "presentation/Roles.h"

#include <QHash>

namespace lectern::presentation {

/// The Jobs view's tree: one row per document with unfinished or recent work (running first, then waiting,
/// then with problems, then the last 500 done); its children are its pages with problems and nothing else,
/// read when the row itself is. Children use PageRole and the columns Job (page), State (attempts, error,
/// next try). Job is the first column since the tree hangs on it; views show Number before it. GUI thread.
class JobListModel final : public PagedDocumentModel {
    Q_OBJECT

public:
    enum Column { Job, Number, Fetched, Rendered, Analyzed, Stored, Progress, State, Cost };
    static constexpr int kColumnCount = Cost + 1;
    enum class Segment { All, Running, Queued, Failed, Done };
    static constexpr int kSegmentCount = 5;
    static constexpr int kRecentlyDone = 500;
    static constexpr int kChildLimit = 200;

    explicit JobListModel(LibraryFeed &feed, const base::Clock &clock, QObject *parent = nullptr);

    void setSegment(Segment segment);
    [[nodiscard]] Segment segment() const { return m_segment; }
    [[nodiscard]] static QString segmentText(Segment segment);
    /// Documents in a segment by the last snapshot.
    [[nodiscard]] int segmentCount(Segment segment) const;

    /// The document of a row or of a child row.
    [[nodiscard]] domain::DocumentId documentOf(const QModelIndex &index) const;
    /// The problem of a child row.
    [[nodiscard]] std::optional<ProblemPage> problemOf(const QModelIndex &index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    /// Read segmentCount() again.
    void segmentCountsChanged();

protected:
    void requestIds() override;
    [[nodiscard]] bool affectsOrder(const LibraryDelta &delta) const override;
    [[nodiscard]] int lastColumn() const override { return Cost; }
    void documentChanged(const domain::Document &document) override;
    void orderChanged() override;

private:
    struct Children {
        bool asked = false;    ///< a question is under way
        bool askAgain = false; ///< and the document has changed since
        QVector<ProblemPage> pages;
    };
    [[nodiscard]] QVariant documentCell(const domain::Document &document, Column column, int role) const;
    [[nodiscard]] QVariant pageCell(const ProblemPage &problem, Column column, int role) const;
    [[nodiscard]] QString documentText(const domain::Document &document, Column column) const;
    [[nodiscard]] bool hasProblems(const domain::Document &document) const;
    void requestChildren(domain::DocumentId id);
    void takeChildren(domain::DocumentId id, const QVector<ProblemPage> &pages);

    Segment m_segment = Segment::All;
    QHash<domain::DocumentId, Children> m_children;
    QHash<domain::DocumentId, domain::DocumentState>
        m_states; ///< of documents that were read: what tells them to move
};

} // namespace lectern::presentation
