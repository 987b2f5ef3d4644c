// SPDX-License-Identifier: GPL-3.0-or-later
#include "poppler/PdfDocument.h"

#include "poppler/FontCache.h"
#include "poppler/InputFile.h"
#include "poppler/LinkTargets.h"
#include "poppler/OutlineReader.h"
#include "poppler/PageGeometry.h"
#include "poppler/PageRenderer.h"
#include "poppler/PageTree.h"
#include "poppler/PdfString.h"
#include "poppler/PopplerMessages.h"
#include "poppler/TextExtractor.h"

#include <Annot.h>
#include <Catalog.h>
#include <ErrorCodes.h>
#include <GlobalParams.h>
#include <PDFDoc.h>

#include <algorithm>
#include <optional>

namespace lectern::poppler {

using base::ErrorCode;

namespace {

// Above this many pages a document must at least hold as many objects.
constexpr int kPlausiblePages = 10'000;

std::optional<GooString> asPassword(const QByteArray &password)
{
    if (password.isEmpty())
        return std::nullopt;
    return GooString(password.constData(), static_cast<int>(password.size()));
}

std::unique_ptr<PDFDoc> load(const InputFile &file, const QByteArray &password)
{
    const auto goo = asPassword(password);
    return std::make_unique<PDFDoc>(file.makeStream(), goo, goo);
}

// Encryptions before AES-256 were made for one-byte passwords, newer ones for UTF-8.
QByteArray inLatin1(const QByteArray &password)
{
    return QString::fromUtf8(password).toLatin1();
}

// Which key is wanted? Poppler reports every kind of lock alike.
base::Error lockedError(PDFDoc &document, const QByteArray &password)
{
    if (document.getXRef() != nullptr) {
        const Object encrypt = document.getXRef()->getTrailerDict()->dictLookup("Encrypt");
        const Object handler = encrypt.isDict() ? encrypt.dictLookup("Filter") : Object(objNull);
        if (handler.isName() && !handler.isName("Standard"))
            return {ErrorCode::CertificateNeeded, QString::fromLatin1(handler.getName()).left(100)};
    }
    return {password.isEmpty() ? ErrorCode::PasswordNeeded : ErrorCode::PasswordWrong, {}};
}

QString infoEntry(PDFDoc &document, const char *key)
{
    const auto value = document.getDocInfoStringEntry(key);
    return value ? fromPdfString(value->toStr()) : QString();
}

pdf::DocumentInfo readInfo(PDFDoc &document)
{
    pdf::DocumentInfo info;
    info.pageCount = document.getNumPages();
    info.title = infoEntry(document, "Title");
    info.author = infoEntry(document, "Author");
    info.subject = infoEntry(document, "Subject");
    info.creator = infoEntry(document, "Creator");
    info.pdfVersion =
        QStringLiteral("%1.%2").arg(document.getPDFMajorVersion()).arg(document.getPDFMinorVersion());
    info.encrypted = document.isEncrypted();
    info.copyAllowed = document.okToCopy();
    return info;
}

} // namespace

class PdfDocument::Private {
public:
    Private(std::unique_ptr<InputFile> file, std::unique_ptr<PDFDoc> pdf)
        : input(std::move(file)), fonts(*pdf->getXRef()), document(std::move(pdf)), info(readInfo(*document)),
          renderer(*document), targets(*document)
    {
    }

    /// The page; null for a place in the page tree that holds nothing.
    [[nodiscard]] base::Result<::Page *> find(int number)
    {
        if (number < 1 || number > info.pageCount)
            return base::fail(ErrorCode::InvalidArgument, QStringLiteral("page %1").arg(number));
        ::Page *page = document->getPage(number);
        if (page != nullptr && page->isOk())
            return page;
        if (!tree)
            tree = PageTree::survey(*document);
        if (number > tree->pages && number <= tree->pages + tree->emptyPlaces)
            return nullptr;
        return base::fail(ErrorCode::PageMissing, PopplerMessages::lastError({}));
    }

    // Later members go first: the document reads from the input and from what the font cache holds.
    std::unique_ptr<InputFile> input;
    FontCache fonts;
    std::unique_ptr<PDFDoc> document;
    pdf::DocumentInfo info;
    std::optional<PageTree> tree; ///< surveyed when a page is found missing
    PageRenderer renderer;
    LinkTargets targets;
    TextExtractor extractor;
};

void initialise()
{
    PopplerMessages::capture();
    globalParams = std::make_unique<GlobalParams>();
    globalParams->setErrQuiet(true);
}

PdfDocument::PdfDocument(std::unique_ptr<Private> d) : m_d(std::move(d)) {}

PdfDocument::~PdfDocument() = default;

namespace {

base::Result<std::unique_ptr<PDFDoc>> openChecked(const InputFile &file, const QByteArray &password)
{
    PopplerMessages::clear();
    std::unique_ptr<PDFDoc> document = load(file, password);
    if (!document->isOk() && document->getErrorCode() == errEncrypted && inLatin1(password) != password)
        document = load(file, inLatin1(password));
    if (!document->isOk()) {
        if (document->getErrorCode() == errEncrypted)
            return base::fail(lockedError(*document, password));
        return base::fail(ErrorCode::Corrupt, PopplerMessages::lastError(QStringLiteral("not a PDF")));
    }

    const int pages = document->getNumPages();
    if (pages <= 0)
        return base::fail(ErrorCode::Corrupt, PopplerMessages::lastError(QStringLiteral("no pages")));
    if (pages > kPlausiblePages && pages > document->getXRef()->getNumObjects())
        return base::fail(ErrorCode::Corrupt,
                          QStringLiteral("claims %1 pages, which it cannot hold").arg(pages));
    // Every page's annotations need the form fields. Reading them now makes fields that loop the document's
    // fault, found once, and not that of each of its pages.
    document->getCatalog()->getForm();
    return document;
}

} // namespace

base::Result<std::unique_ptr<PdfDocument>> PdfDocument::open(int descriptor, const QByteArray &password)
{
    auto file = InputFile::fromDescriptor(descriptor);
    if (!file)
        return base::fail(file.error());
    auto document = openChecked(**file, password);
    if (!document)
        return base::fail(document.error());
    auto d = std::make_unique<Private>(std::move(*file), std::move(*document));
    return std::unique_ptr<PdfDocument>(new PdfDocument(std::move(d)));
}

base::Result<std::unique_ptr<PdfDocument>> PdfDocument::open(const QByteArray &bytes,
                                                             const QByteArray &password)
{
    auto file = InputFile::fromBytes(bytes);
    auto document = openChecked(*file, password);
    if (!document)
        return base::fail(document.error());
    auto d = std::make_unique<Private>(std::move(file), std::move(*document));
    return std::unique_ptr<PdfDocument>(new PdfDocument(std::move(d)));
}

const pdf::DocumentInfo &PdfDocument::info() const
{
    return m_d->info;
}

base::Result<domain::PageContent> PdfDocument::page(const pdf::PageRequest &request)
{
    PopplerMessages::clear();
    const auto page = m_d->find(request.number);
    if (!page)
        return base::fail(page.error());

    domain::PageContent content;
    content.number = request.number;
    if (*page == nullptr)
        return content;
    content.geometry = displayGeometry(**page).value_or(domain::PageGeometry{});
    GooString label;
    if (m_d->document->getCatalog()->indexToLabel(request.number - 1, &label)) {
        content.label = fromPdfString(label.toStr());
        if (content.label == QString::number(request.number))
            content.label.clear();
    }

    m_d->fonts.prepare(**page);
    TextExtractor::Result extracted = m_d->extractor.extract(*m_d->document, request.number);
    content.text = std::move(extracted.text);
    content.imageCount = extracted.imageCount;
    if (content.text.words.isEmpty()) {
        content.text.text.clear();
        if (request.pictureWhenNoText) {
            const base::Status drawable = m_d->renderer.prove(request.number);
            if (!drawable)
                return base::fail(drawable.error());
        }
    }
    return content;
}

base::Result<domain::PageImage> PdfDocument::render(const pdf::RenderRequest &request)
{
    PopplerMessages::clear();
    const auto page = m_d->find(request.number);
    if (!page)
        return base::fail(page.error());
    if (*page == nullptr)
        return base::fail(ErrorCode::PageUnreadable, QStringLiteral("the page tree holds nothing there"));
    m_d->fonts.prepare(**page);
    return m_d->renderer.render(request);
}

QVector<domain::OutlineItem> PdfDocument::outline()
{
    return OutlineReader::read(*m_d->document, m_d->targets);
}

base::Result<QVector<domain::PageLink>> PdfDocument::links(int number)
{
    PopplerMessages::clear();
    const auto page = m_d->find(number);
    if (!page)
        return base::fail(page.error());
    QVector<domain::PageLink> links;
    if (*page == nullptr)
        return links;
    const auto annotations = (*page)->getLinks();
    if (!annotations)
        return links;
    for (const AnnotLink *link : annotations->getLinks()) {
        if (links.size() >= domain::PageLink::kMaxLinks)
            break;
        const auto target = m_d->targets.of(link->getAction(), number);
        if (!target || (link->getFlags() & Annot::flagHidden) != 0)
            continue;
        double x1 = 0;
        double y1 = 0;
        double x2 = 0;
        double y2 = 0;
        link->getRect(&x1, &y1, &x2, &y2);
        const QRectF area =
            QRectF(displayPoint(**page, {x1, y1}), displayPoint(**page, {x2, y2})).normalized();
        if (area.isValid())
            links.append({area, target->page, target->top, target->address});
    }
    return links;
}

} // namespace lectern::poppler
