// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"
#include "domain/PageLink.h"

#include <QHash>
#include <QObject>
#include <QPointF>
#include <QSet>
#include <QUrl>

#include <optional>

namespace lectern::presentation {

class WorkspaceClient;

/// What can be clicked on the pages of the open document: read when a page is looked at, and kept while the
/// document is open. GUI thread.
class PageLinks final : public QObject {
    Q_OBJECT

public:
    static constexpr int kMostPages = 200;    ///< kept
    static constexpr int kMostLinks = 10'000; ///< kept, of all pages together

    /// `name` tells this one's questions from those of other parts of the window.
    PageLinks(WorkspaceClient &client, QString name, QObject *parent = nullptr);
    void setDocument(domain::DocumentId id);
    /// Those of the page; empty until they are read, and then arrived() comes.
    [[nodiscard]] QVector<domain::PageLink> find(int page);
    /// The link at a point of the page; nothing when there is none.
    [[nodiscard]] std::optional<domain::PageLink> at(int page, const QPointF &point);

    /// The address as it may be opened by the desktop, every character of it plain to see; nothing for kinds
    /// that are never opened: only web pages and mail addresses are.
    [[nodiscard]] static std::optional<QUrl> outside(const QString &address);

Q_SIGNALS:
    void arrived(int page);

private:
    void ask();

    WorkspaceClient &m_client;
    QString m_name;
    domain::DocumentId m_id;
    QHash<int, QVector<domain::PageLink>> m_links; ///< by page
    qsizetype m_count = 0;                         ///< of links
    QVector<int> m_wanted;                         ///< the newest last
    int m_asked = 0;                               ///< page under way; 0: none
    quint64 m_generation = 0;
};

} // namespace lectern::presentation
