// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "domain/OutlineItem.h"
#include "domain/PageLink.h"
#include "domain/PageText.h"
#include "pdf/DocumentInfo.h"
#include "pdf/FileDescriptor.h"
#include "pdf/PageRequest.h"
#include "pdf/RenderRequest.h"

#include <QByteArray>

#include <functional>
#include <memory>

namespace lectern::pdf {

class HelperPool;
class HelperProcess;
class HelperRoster;
struct Answer;
struct Request;

/// One open PDF, read in a helper process. Used by one thread at a time; calls block until the answer, the
/// deadline or a cancellation (seen within 100 ms). A helper that crashes, hangs or runs out of memory costs
/// the page at hand; the next call starts another and opens the document again by itself, from the same
/// descriptor, so that a file replaced in the meantime does not mix into it.
class DocumentSession {
public:
    ~DocumentSession();
    DocumentSession(const DocumentSession &) = delete;
    DocumentSession &operator=(const DocumentSession &) = delete;

    [[nodiscard]] const DocumentInfo &info() const { return m_info; }

    /// Errors: PageMissing, PageUnreadable, PageCrashed, PageTimedOut, PageOutOfMemory, InvalidArgument,
    /// HelperUnavailable, HelperProtocol, Cancelled; those of HelperPool::open() when opening again fails.
    [[nodiscard]] base::Result<domain::PageContent> page(const PageRequest &request,
                                                         const base::CancelToken &token);

    /// What pages() does with a page. Returns whether to go on. It must not call the session.
    using PageHandler = std::function<bool(int number, base::Result<domain::PageContent> content)>;

    /// Pages first to last, in order, each with its own deadline. The helper works ahead while the handler
    /// runs. A page that fails goes to the handler like any other; when it took the helper with it, the next
    /// page is read by another. Errors: those that end the whole reading: HelperUnavailable, Cancelled,
    /// InvalidArgument, and those of HelperPool::open() when opening again fails.
    [[nodiscard]] base::Status pages(int first, int last, bool pictureWhenNoText, const PageHandler &handler,
                                     const base::CancelToken &token);

    /// Errors: as page().
    [[nodiscard]] base::Result<domain::PageImage> render(const RenderRequest &request,
                                                         const base::CancelToken &token);

    /// The document's own outline; items that lead to no page of it have page 0. Errors: as page().
    [[nodiscard]] base::Result<QVector<domain::OutlineItem>> outline(const base::CancelToken &token);

    /// What can be clicked on a page. Errors: as page().
    [[nodiscard]] base::Result<QVector<domain::PageLink>> links(int page, const base::CancelToken &token);

private:
    friend class HelperPool;
    DocumentSession(std::shared_ptr<HelperRoster> roster, FileDescriptor file, QByteArray password);

    [[nodiscard]] base::Status open(const base::CancelToken &token);
    [[nodiscard]] base::Status acquire(const base::CancelToken &token);
    [[nodiscard]] base::Status openInHelper(const base::CancelToken &token);
    [[nodiscard]] base::Status ask(Request request, const base::CancelToken &token, int descriptor = -1);
    /// One question, one answer; a refusal by the helper is an error of it.
    [[nodiscard]] base::Result<Answer> inquire(Request request, qsizetype maxBytes, qint64 deadlineMs,
                                               const base::CancelToken &token);
    [[nodiscard]] base::Result<Answer> hear(qsizetype maxBytes, qint64 deadlineMs,
                                            const base::CancelToken &token);
    void giveBack();
    void drop();

    std::shared_ptr<HelperRoster> m_roster;
    quint64 m_owner;
    FileDescriptor m_file;
    QByteArray m_password;
    DocumentInfo m_info;
    HelperProcess *m_helper = nullptr; ///< during a call only
    quint32 m_lastId = 0;
};

} // namespace lectern::pdf
