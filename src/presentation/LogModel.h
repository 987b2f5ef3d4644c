// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "presentation/LibraryFeed.h"
#include "presentation/Roles.h"

#include <QAbstractTableModel>
#include <QVector>

namespace lectern::presentation {

/// The last 500 events of a document in words, newest first. Follows the document. GUI thread.
class LogModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, Page, Event };
    static constexpr int kColumnCount = Event + 1;

    explicit LogModel(LibraryFeed &feed, QObject *parent = nullptr);

    /// An invalid id empties the model.
    void setDocument(domain::DocumentId id);
    [[nodiscard]] domain::DocumentId document() const { return m_document; }
    /// Every line as text, oldest first: "2026-08-20 14:02:10  page 18  Attempt 2 failed: …".
    [[nodiscard]] QString copyText() const;
    /// What happened, in words.
    [[nodiscard]] static QString eventText(const store::JobEvent &event);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    void refresh();
    void takeEvents(const QVector<store::JobEvent> &events);
    [[nodiscard]] static QString lineText(const store::JobEvent &event);

    LibraryFeed &m_feed;
    domain::DocumentId m_document;
    QVector<store::JobEvent> m_events;
    bool m_refreshing = false;
    bool m_refreshAgain = false;
    quint64 m_generation = 0;
};

} // namespace lectern::presentation
