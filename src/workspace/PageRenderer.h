// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "domain/PageText.h"
#include "pdf/HelperPool.h"
#include "store/Database.h"
#include "workspace/PasswordVault.h"

#include <mutex>

namespace lectern::workspace {

/// Draws pages for the eye, with helpers of its own so that a busy queue delays it little. Keeps the last
/// document open, since the next page is most likely of the same. Thread-safe; one page is drawn at a time.
class PageRenderer {
public:
    PageRenderer(store::Database &database, pdf::HelperPool &helpers, const PasswordVault &passwords);

    /// Errors: FileMissing, FileChanged, PasswordNeeded, PageTimedOut, … as of pdf::DocumentSession.
    [[nodiscard]] base::Result<domain::PageImage>
    render(domain::DocumentId document, const pdf::RenderRequest &request, const base::CancelToken &cancel);

private:
    [[nodiscard]] base::Status openDocument(domain::DocumentId document, const base::CancelToken &cancel);

    store::Database &m_database;
    pdf::HelperPool &m_helpers;
    const PasswordVault &m_passwords;
    std::mutex m_mutex;
    domain::DocumentId m_openDocument;
    std::unique_ptr<pdf::DocumentSession> m_session;
};

} // namespace lectern::workspace
