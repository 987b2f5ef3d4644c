// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/OutlineItem.h"
#include "domain/PageLink.h"
#include "domain/PageText.h"
#include "pdf/DocumentInfo.h"
#include "pdf/PageRequest.h"
#include "pdf/RenderRequest.h"

#include <QByteArray>

#include <memory>

namespace lectern::poppler {

/// One open PDF. Lives and dies in one thread, and only in the confined helper process: a hostile file can
/// make any of these calls crash, hang or eat memory. One document exists at a time in a process.
class PdfDocument {
public:
    ~PdfDocument();
    PdfDocument(const PdfDocument &) = delete;
    PdfDocument &operator=(const PdfDocument &) = delete;

    /// Opens the PDF behind a readable descriptor, which is taken over. `password` is tried as user and as
    /// owner password, as given and, for older encryptions, in Latin-1. Errors: Corrupt, PasswordNeeded (none
    /// given), PasswordWrong, CertificateNeeded, FileUnreadable.
    [[nodiscard]] static base::Result<std::unique_ptr<PdfDocument>> open(int descriptor,
                                                                         const QByteArray &password);

    /// The same for a PDF in memory.
    [[nodiscard]] static base::Result<std::unique_ptr<PdfDocument>> open(const QByteArray &bytes,
                                                                         const QByteArray &password);

    [[nodiscard]] const pdf::DocumentInfo &info() const;

    /// Text in reading order with word boxes and fonts. Errors: PageMissing, PageUnreadable (no text, and the
    /// page cannot be drawn), InvalidArgument.
    [[nodiscard]] base::Result<domain::PageContent> page(const pdf::PageRequest &request);

    /// The page's picture on white. Errors: PageMissing, PageUnreadable, InvalidArgument.
    [[nodiscard]] base::Result<domain::PageImage> render(const pdf::RenderRequest &request);

    /// The document's own outline; empty when it has none.
    [[nodiscard]] QVector<domain::OutlineItem> outline();

    /// What can be clicked on a page. Errors: PageMissing, InvalidArgument.
    [[nodiscard]] base::Result<QVector<domain::PageLink>> links(int page);

private:
    class Private;
    explicit PdfDocument(std::unique_ptr<Private> d);

    std::unique_ptr<Private> m_d;
};

/// Reads Poppler's tables and silences its messages. Call once, before the first document (and before
/// confinement when start-up files may not be readable later).
void initialise();

} // namespace lectern::poppler
