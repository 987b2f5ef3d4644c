// SPDX-License-Identifier: GPL-3.0-or-later
#include "poppler/LinkTargets.h"

#include "domain/PageLink.h"
#include "poppler/PageGeometry.h"
#include "poppler/PdfString.h"

#include <Link.h>
#include <PDFDoc.h>
#include <Page.h>

#include <algorithm>
#include <cmath>

namespace lectern::poppler {

namespace {

quint64 keyOf(const Ref &reference)
{
    return (quint64{static_cast<quint32>(reference.num)} << 32) | static_cast<quint32>(reference.gen);
}

} // namespace

std::optional<LinkTargets::Target> LinkTargets::of(const LinkAction *action, int fromPage)
{
    if (action == nullptr || !action->isOk())
        return std::nullopt;
    switch (action->getKind()) {
    case actionGoTo: {
        const auto &jump = static_cast<const LinkGoTo &>(*action);
        if (const LinkDest *destination = jump.getDest())
            return ofDestination(*destination);
        const auto named =
            jump.getNamedDest() != nullptr ? m_document.findDest(jump.getNamedDest()) : nullptr;
        return named && named->isOk() ? ofDestination(*named) : std::nullopt;
    }
    case actionNamed:
        return ofName(static_cast<const LinkNamed &>(*action).getName(), fromPage);
    case actionURI: {
        const QString address = fromPdfString(static_cast<const LinkURI &>(*action).getURI());
        return address.isEmpty() ? std::nullopt
                                 : std::optional(Target{0, 0, address.left(domain::PageLink::kMaxAddress)});
    }
    default:
        return std::nullopt;
    }
}

std::optional<LinkTargets::Target> LinkTargets::ofDestination(const LinkDest &destination)
{
    if (!destination.isOk())
        return std::nullopt;
    const int page = destination.isPageRef() ? pageOf(destination.getPageRef()) : destination.getPageNum();
    if (page < 1 || page > m_document.getNumPages())
        return std::nullopt;
    return Target{page, topOf(page, destination), {}};
}

std::optional<LinkTargets::Target> LinkTargets::ofName(const std::string &name, int fromPage) const
{
    const int last = m_document.getNumPages();
    int page = 0;
    if (name == "FirstPage")
        page = 1;
    else if (name == "LastPage")
        page = last;
    else if (name == "NextPage" && fromPage > 0)
        page = fromPage + 1;
    else if (name == "PrevPage")
        page = fromPage - 1;
    return page >= 1 && page <= last ? std::optional(Target{page, 0, {}}) : std::nullopt;
}

int LinkTargets::pageOf(const Ref &reference)
{
    if (m_pages.isEmpty()) {
        for (int page = 1; page <= m_document.getNumPages(); ++page) {
            const Ref *known = m_document.getCatalog()->getPageRef(page);
            if (known == nullptr)
                break; // the tree holds fewer pages than it says
            m_pages.insert(keyOf(*known), page);
        }
        m_pages.insert(keyOf(Ref::INVALID()), 0);
    }
    return m_pages.value(keyOf(reference));
}

double LinkTargets::topOf(int page, const LinkDest &destination) const
{
    switch (destination.getKind()) {
    case destXYZ:
    case destFitH:
    case destFitBH:
    case destFitR:
        break;
    default:
        return 0;
    }
    if (destination.getKind() != destFitR && !destination.getChangeTop())
        return 0;
    ::Page *found = m_document.getPage(page);
    if (found == nullptr || !found->isOk())
        return 0;
    const auto geometry = displayGeometry(*found);
    if (!geometry)
        return 0;
    const QPointF point = displayPoint(*found, {destination.getLeft(), destination.getTop()});
    return std::isfinite(point.y()) ? std::clamp(point.y(), 0.0, geometry->height) : 0;
}

} // namespace lectern::poppler
