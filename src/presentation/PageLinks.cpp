// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/PageLinks.h"

#include "presentation/WorkspaceClient.h"

namespace lectern::presentation {

namespace {

constexpr qsizetype kMostWanted = 8; ///< pages that flew past are not read

} // namespace

PageLinks::PageLinks(WorkspaceClient &client, QString name, QObject *parent)
    : QObject(parent), m_client(client), m_name(std::move(name))
{
}

void PageLinks::setDocument(domain::DocumentId id)
{
    if (id == m_id)
        return;
    ++m_generation;
    m_client.cancelRender(m_name);
    m_id = id;
    m_links.clear();
    m_count = 0;
    m_wanted.clear();
    m_asked = 0;
}

QVector<domain::PageLink> PageLinks::find(int page)
{
    const auto known = m_links.constFind(page);
    if (known != m_links.constEnd())
        return *known;
    if (m_id.isValid() && page != m_asked && !m_wanted.contains(page)) {
        m_wanted.append(page);
        if (m_wanted.size() > kMostWanted)
            m_wanted.removeFirst();
        if (m_asked == 0)
            ask();
    }
    return {};
}

void PageLinks::ask()
{
    if (m_wanted.isEmpty())
        return;
    m_asked = m_wanted.takeLast();
    m_client.links(
        m_name, m_id, m_asked, this,
        [this, page = m_asked, asked = m_generation](const base::Result<QVector<domain::PageLink>> &links) {
            if (asked != m_generation)
                return;
            m_asked = 0;
            // A page that can't be read has no links; its card says why.
            const QVector<domain::PageLink> read = links.value_or(QVector<domain::PageLink>());
            if (m_links.size() >= kMostPages || m_count + read.size() > kMostLinks) {
                m_links.clear();
                m_count = 0;
            }
            m_links.insert(page, read);
            m_count += read.size();
            ask();
            Q_EMIT arrived(page);
        });
}

std::optional<domain::PageLink> PageLinks::at(int page, const QPointF &point)
{
    // The one that lies on top was drawn last.
    const QVector<domain::PageLink> links = find(page);
    for (auto link = links.crbegin(); link != links.crend(); ++link) {
        if (link->area.contains(point))
            return *link;
    }
    return std::nullopt;
}

std::optional<QUrl> PageLinks::outside(const QString &address)
{
    QString text = address.trimmed();
    if (text.startsWith(QStringLiteral("www."), Qt::CaseInsensitive))
        text.prepend(QStringLiteral("http://"));
    const QUrl url(text, QUrl::StrictMode);
    const QUrl lenient = url.isValid() ? url : QUrl(text, QUrl::TolerantMode);
    const QString scheme = lenient.scheme().toLower();
    const bool web = scheme == QLatin1String("http") || scheme == QLatin1String("https");
    const bool known = (web && !lenient.host().isEmpty()) ||
                       (scheme == QLatin1String("mailto") && !lenient.path().isEmpty());
    return lenient.isValid() && known ? std::optional(lenient) : std::nullopt;
}

} // namespace lectern::presentation
