// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/PageRenderer.h"

#include "store/Connection.h"
#include "store/Library.h"
#include "workspace/SourceFile.h"

namespace lectern::workspace {

using base::ErrorCode;

PageRenderer::PageRenderer(store::Database &database, pdf::HelperPool &helpers,
                           const PasswordVault &passwords)
    : m_database(database), m_helpers(helpers), m_passwords(passwords)
{
}

base::Result<domain::PageImage> PageRenderer::render(domain::DocumentId document,
                                                     const pdf::RenderRequest &request,
                                                     const base::CancelToken &cancel)
{
    const std::lock_guard lock(m_mutex);
    if (cancel.isCancelled())
        return base::fail(ErrorCode::Cancelled);
    if (m_openDocument != document) {
        if (const base::Status opened = openDocument(document, cancel); !opened)
            return base::fail(opened.error());
    }
    return m_session->render(request, cancel);
}

base::Status PageRenderer::openDocument(domain::DocumentId document, const base::CancelToken &cancel)
{
    m_openDocument = {};
    m_session.reset();
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
        m_session = std::move(*session);
        m_openDocument = document;
        return {};
    }
    return base::fail(lastError);
}

} // namespace lectern::workspace
