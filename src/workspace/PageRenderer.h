// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "domain/OutlineItem.h"
#include "domain/PageLink.h"
#include "domain/PageText.h"
#include "pdf/HelperPool.h"
#include "store/Database.h"
#include "workspace/PasswordVault.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace lectern::workspace {

/// Draws pages for the eye and reads what leads about in them, with helpers of its own so that a busy queue
/// delays it little. Keeps the last documents open, since the next page is most likely of the same.
/// Thread-safe; as many pages are drawn at once as it has seats, others wait, looking at their token every 50
/// ms.
class PageRenderer {
public:
    PageRenderer(store::Database &database, pdf::HelperPool &helpers, const PasswordVault &passwords,
                 int seats);
    ~PageRenderer();
    PageRenderer(const PageRenderer &) = delete;
    PageRenderer &operator=(const PageRenderer &) = delete;

    /// Errors: FileMissing, FileChanged, PasswordNeeded, PageTimedOut, … as of pdf::DocumentSession.
    [[nodiscard]] base::Result<domain::PageImage>
    render(domain::DocumentId document, const pdf::RenderRequest &request, const base::CancelToken &cancel);

    [[nodiscard]] base::Result<QVector<domain::OutlineItem>> outline(domain::DocumentId document,
                                                                     const base::CancelToken &cancel);
    [[nodiscard]] base::Result<QVector<domain::PageLink>> links(domain::DocumentId document, int page,
                                                                const base::CancelToken &cancel);

private:
    /// Room for one open document; in the hands of one call at a time.
    struct Seat {
        bool taken = false;
        quint64 lastUse = 0;
        domain::DocumentId document;
        std::unique_ptr<pdf::DocumentSession> session;
    };
    /// Asks the document's session; opens the document first when need be.
    template <class T, class Ask>
    [[nodiscard]] base::Result<T> use(domain::DocumentId document, const base::CancelToken &cancel, Ask ask);
    [[nodiscard]] base::Result<Seat *> take(domain::DocumentId document, const base::CancelToken &cancel);
    void giveBack(Seat &seat);
    [[nodiscard]] base::Status openIn(Seat &seat, domain::DocumentId document,
                                      const base::CancelToken &cancel);

    store::Database &m_database;
    pdf::HelperPool &m_helpers;
    const PasswordVault &m_passwords;
    std::mutex m_mutex; ///< guards who has which seat
    std::condition_variable m_free;
    std::vector<Seat> m_seats;
    quint64 m_uses = 0;
};

} // namespace lectern::workspace
