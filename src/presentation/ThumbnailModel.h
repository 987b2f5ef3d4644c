// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

namespace lectern::presentation {

class ReaderDocument;

/// The pages of the open document as a list, with their names and states, for thumbnails: PageRole,
/// IconNameRole (empty for pages that are as they should be) and ToneRole. GUI thread.
class ThumbnailModel final : public QAbstractListModel {
    Q_OBJECT

public:
    explicit ThumbnailModel(const ReaderDocument &document, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    const ReaderDocument &m_document;
    int m_count = 0;
};

} // namespace lectern::presentation
