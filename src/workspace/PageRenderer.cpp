// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/PageRenderer.h"

#include "store/Connection.h"
#include "store/Library.h"
#include "workspace/SourceFile.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace lectern::workspace {

using base::ErrorCode;

namespace {

constexpr std::chrono::milliseconds kLookAgain{50};

} // namespace

PageRenderer::PageRenderer(store::Database &database, pdf::HelperPool &helpers,
                           const PasswordVault &passwords, int seats)
    : m_database(database), m_helpers(helpers), m_passwords(passwords),
      m_seats(static_cast<std::size_t>(std::max(1, seats)))
{
}

PageRenderer::~PageRenderer() = default;

template <class T, class Ask>
base::Result<T> PageRenderer::use(domain::DocumentId document, const base::CancelToken &cancel, Ask ask)
{
    const auto seat = take(document, cancel);
    if (!seat)
        return base::fail(seat.error());
    const base::Status opened =
        (*seat)->document == document ? base::Status() : openIn(**seat, document, cancel);
    base::Result<T> answer = opened ? ask(*(*seat)->session) : base::Result<T>(base::fail(opened.error()));
    giveBack(**seat);
    return answer;
}

base::Result<domain::PageImage> PageRenderer::render(domain::DocumentId document,
                                                     const pdf::RenderRequest &request,
                                                     const base::CancelToken &cancel)
{
    return use<domain::PageImage>(
        document, cancel, [&](pdf::DocumentSession &session) { return session.render(request, cancel); });
}

base::Result<QVector<domain::OutlineItem>> PageRenderer::outline(domain::DocumentId document,
                                                                 const base::CancelToken &cancel)
{
    return use<QVector<domain::OutlineItem>>(
        document, cancel, [&](pdf::DocumentSession &session) { return session.outline(cancel); });
}

base::Result<QVector<domain::PageLink>> PageRenderer::links(domain::DocumentId document, int page,
                                                            const base::CancelToken &cancel)
{
    return use<QVector<domain::PageLink>>(
        document, cancel, [&](pdf::DocumentSession &session) { return session.links(page, cancel); });
}

// A free seat: the one that used the document last, else the one unused for longest.
base::Result<PageRenderer::Seat *> PageRenderer::take(domain::DocumentId document,
                                                      const base::CancelToken &cancel)
{
    std::unique_lock lock(m_mutex);
    while (!cancel.isCancelled()) {
        Seat *best = nullptr;
        const auto rank = [document](const Seat &seat) {
            return seat.document == document ? std::pair(0, ~seat.lastUse) : std::pair(1, seat.lastUse);
        };
        for (Seat &seat : m_seats) {
            if (!seat.taken && (best == nullptr || rank(seat) < rank(*best)))
                best = &seat;
        }
        if (best != nullptr) {
            best->taken = true;
            best->lastUse = ++m_uses;
            return best;
        }
        m_free.wait_for(lock, kLookAgain);
    }
    return base::fail(ErrorCode::Cancelled);
}

void PageRenderer::giveBack(Seat &seat)
{
    {
        const std::lock_guard lock(m_mutex);
        seat.taken = false;
    }
    m_free.notify_one();
}

base::Status PageRenderer::openIn(Seat &seat, domain::DocumentId document, const base::CancelToken &cancel)
{
    seat.document = {};
    seat.session.reset();
    const auto reader = m_database.openReader();
    if (!reader)
        return base::fail(reader.error());
    const auto places = store::Library::places(**reader, document);
    if (!places)
        return base::fail(places.error());
    base::Error lastError{ErrorCode::FileMissing, {}};
    for (const store::Place &place : *places) {
        const auto stamp = stampOf(place.path);
        if (!stamp) {
            lastError = stamp.error();
            continue;
        }
        if (stamp->bytes != place.bytes || stamp->modifiedAt != place.modifiedAt) {
            lastError = {ErrorCode::FileChanged, place.path};
            continue; // the picture of another version would belie the text beside it
        }
        auto session = m_helpers.open(place.path, m_passwords.passwordOf(document), cancel);
        if (!session)
            return base::fail(session.error());
        seat.session = std::move(*session);
        seat.document = document;
        return {};
    }
    return base::fail(lastError);
}

} // namespace lectern::workspace
