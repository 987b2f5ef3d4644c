// SPDX-License-Identifier: GPL-3.0-or-later
#include "pdf/Messages.h"

#include "pdf/ByteReader.h"
#include "pdf/ByteWriter.h"

#include <algorithm>

namespace lectern::pdf {

using base::ErrorCode;

namespace {

constexpr qsizetype kWordBytes = 2 * 4 + 4 * 4 + 4;
constexpr qsizetype kFontBytes = 4 + 4 + 4 + 2;
constexpr qsizetype kOutlineItemBytes = 4 + 4 + 4 + 8 + 1;
constexpr qsizetype kLinkBytes = 4 * 8 + 4 + 8 + 4;

void put(ByteWriter &out, const QStringList &list)
{
    out.number(static_cast<quint32>(list.size()));
    for (const QString &item : list)
        out.text(item);
}

QStringList takeList(ByteReader &in)
{
    QStringList list;
    const qsizetype count = in.count(4);
    for (qsizetype i = 0; i < count; ++i)
        list.append(in.text());
    return list;
}

void put(ByteWriter &out, const base::Error &error)
{
    out.text(base::errorName(error.code));
    out.text(error.detail);
}

base::Error takeError(ByteReader &in)
{
    base::Error error;
    error.code = base::errorFromName(in.text());
    error.detail = in.text().left(500);
    if (error.code == ErrorCode::None)
        error.code = ErrorCode::Internal;
    return error;
}

void put(ByteWriter &out, const DocumentInfo &info)
{
    out.number<qint32>(info.pageCount);
    for (const QString &text : {info.title, info.author, info.subject, info.creator, info.pdfVersion})
        out.text(text);
    out.number<quint8>(info.encrypted ? 1 : 0);
    out.number<quint8>(info.copyAllowed ? 1 : 0);
}

DocumentInfo takeInfo(ByteReader &in)
{
    DocumentInfo info;
    info.pageCount = in.number<qint32>();
    for (QString *text : {&info.title, &info.author, &info.subject, &info.creator, &info.pdfVersion})
        *text = in.text();
    info.encrypted = in.flag();
    info.copyAllowed = in.flag();
    if (info.pageCount <= 0)
        in.fail();
    return info;
}

void put(ByteWriter &out, const domain::PageText &text)
{
    out.text(text.text);
    out.number(static_cast<quint32>(text.fonts.size()));
    for (const domain::FontUse &font : text.fonts) {
        out.text(font.name);
        out.number(font.characters);
        out.number(font.size);
        out.number<quint8>(font.embedded ? 1 : 0);
        out.number<quint8>(font.hasToUnicode ? 1 : 0);
    }
    out.number(static_cast<quint32>(text.words.size()));
    for (const domain::WordBox &word : text.words) {
        out.number(word.offset);
        out.number(word.length);
        for (const float value : {word.x, word.y, word.width, word.height})
            out.number(value);
        out.number(word.font);
    }
}

domain::PageText takePageText(ByteReader &in)
{
    domain::PageText text;
    text.text = in.text();
    const qsizetype fontCount = in.count(kFontBytes);
    text.fonts.reserve(fontCount);
    for (qsizetype i = 0; i < fontCount; ++i) {
        domain::FontUse font;
        font.name = in.text();
        font.characters = in.number<qint32>();
        font.size = in.number<float>();
        font.embedded = in.flag();
        font.hasToUnicode = in.flag();
        text.fonts.append(font);
    }
    const qsizetype wordCount = in.count(kWordBytes);
    text.words.reserve(wordCount);
    qint64 end = 0;
    for (qsizetype i = 0; i < wordCount; ++i) {
        domain::WordBox word;
        word.offset = in.number<qint32>();
        word.length = in.number<qint32>();
        for (float *value : {&word.x, &word.y, &word.width, &word.height})
            *value = in.number<float>();
        word.font = in.number<qint32>();
        const bool sound = word.offset >= end && word.length >= 0 &&
                           qint64(word.offset) + word.length <= text.text.size() && word.font >= -1 &&
                           word.font < fontCount;
        if (!sound) {
            in.fail();
            break;
        }
        end = qint64(word.offset) + word.length;
        text.words.append(word);
    }
    return text;
}

void put(ByteWriter &out, const domain::PageContent &content)
{
    out.number<qint32>(content.number);
    out.text(content.label);
    out.number(content.geometry.width);
    out.number(content.geometry.height);
    out.number<qint32>(content.geometry.rotation);
    out.number<qint32>(content.imageCount);
    put(out, content.text);
}

domain::PageContent takeContent(ByteReader &in)
{
    domain::PageContent content;
    content.number = in.number<qint32>();
    content.label = in.text();
    content.geometry.width = in.number<double>();
    content.geometry.height = in.number<double>();
    content.geometry.rotation = in.number<qint32>();
    content.imageCount = in.number<qint32>();
    content.text = takePageText(in);
    if (content.imageCount < 0 || content.geometry.width < 0 || content.geometry.height < 0)
        in.fail();
    return content;
}

domain::PageImage takeImage(ByteReader &in)
{
    domain::PageImage image;
    image.width = in.number<qint32>();
    image.height = in.number<qint32>();
    image.pixelsPerPoint = in.number<double>();
    image.pixels = in.blob();
    const bool sound = image.width > 0 && image.height > 0 && image.pixelsPerPoint > 0 &&
                       qint64(image.width) * image.height * 4 == image.pixels.size();
    if (!sound)
        in.fail();
    return image;
}

void put(ByteWriter &out, const QVector<domain::OutlineItem> &items)
{
    out.number(static_cast<quint32>(items.size()));
    for (const domain::OutlineItem &item : items) {
        out.text(item.title);
        out.number<qint32>(item.level);
        out.number<qint32>(item.page);
        out.number(item.top);
        out.number<quint8>(item.open ? 1 : 0);
    }
}

QVector<domain::OutlineItem> takeOutline(ByteReader &in)
{
    using domain::OutlineItem;
    QVector<OutlineItem> items;
    const qsizetype count = in.count(kOutlineItemBytes);
    if (count > OutlineItem::kMaxItems)
        in.fail();
    int deepest = 0;
    for (qsizetype i = 0; i < count && in.isGood(); ++i) {
        OutlineItem item;
        item.title = in.text();
        item.level = in.number<qint32>();
        item.page = in.number<qint32>();
        item.top = in.number<double>();
        item.open = in.flag();
        const bool sound = item.level >= 0 && item.level <= std::min(deepest, OutlineItem::kMaxLevel) &&
                           item.page >= 0 && item.top >= 0 && item.title.size() <= OutlineItem::kMaxTitle;
        if (!sound)
            in.fail();
        deepest = item.level + 1;
        items.append(item);
    }
    return items;
}

void put(ByteWriter &out, const QVector<domain::PageLink> &links)
{
    out.number(static_cast<quint32>(links.size()));
    for (const domain::PageLink &link : links) {
        for (const double value : {link.area.x(), link.area.y(), link.area.width(), link.area.height()})
            out.number(value);
        out.number<qint32>(link.page);
        out.number(link.top);
        out.text(link.address);
    }
}

QVector<domain::PageLink> takeLinks(ByteReader &in)
{
    using domain::PageLink;
    QVector<PageLink> links;
    const qsizetype count = in.count(kLinkBytes);
    if (count > PageLink::kMaxLinks)
        in.fail();
    for (qsizetype i = 0; i < count && in.isGood(); ++i) {
        PageLink link;
        const auto x = in.number<double>();
        const auto y = in.number<double>();
        const auto width = in.number<double>();
        const auto height = in.number<double>();
        link.area = QRectF(x, y, width, height);
        link.page = in.number<qint32>();
        link.top = in.number<double>();
        link.address = in.text();
        const bool leadsOnce = (link.page > 0) == link.address.isEmpty();
        if (width < 0 || height < 0 || link.page < 0 || link.top < 0 || !leadsOnce ||
            link.address.size() > PageLink::kMaxAddress)
            in.fail();
        links.append(link);
    }
    return links;
}

// One overload for each message, in the order of the variants.

void putBody(ByteWriter &out, const OpenDocument &body)
{
    out.blob(body.password);
}

void putBody(ByteWriter &out, const ReadPages &body)
{
    out.number(body.first);
    out.number(body.last);
    out.number<quint8>(body.pictureWhenNoText ? 1 : 0);
}

void putBody(ByteWriter &out, const DrawPage &body)
{
    out.number<qint32>(body.request.number);
    out.number(body.request.pixelsPerPoint);
    out.number<qint32>(body.request.maxPixels);
    out.number<qint32>(body.request.rotation);
    const QRect &part = body.request.part;
    for (const int value : {part.x(), part.y(), part.width(), part.height()})
        out.number<qint32>(value);
}

void putBody(ByteWriter & /*out*/, const CloseDocument & /*body*/) {}

void putBody(ByteWriter & /*out*/, const ReadOutline & /*body*/) {}

void putBody(ByteWriter &out, const ReadLinks &body)
{
    out.number(body.number);
}

void putBody(ByteWriter &out, const Hello &body)
{
    out.number(body.version);
    put(out, body.confinement);
    put(out, body.missing);
}

void putBody(ByteWriter &out, const Opened &body)
{
    put(out, body.info);
}

void putBody(ByteWriter &out, const PageRead &body)
{
    out.number(body.number);
    out.number<quint8>(body.content ? 1 : 0);
    if (body.content)
        put(out, *body.content);
    else
        put(out, body.content.error());
}

void putBody(ByteWriter &out, const PageDrawn &body)
{
    out.reserve(body.image.pixels.size() + 64);
    out.number<qint32>(body.image.width);
    out.number<qint32>(body.image.height);
    out.number(body.image.pixelsPerPoint);
    out.blob(body.image.pixels);
}

void putBody(ByteWriter &out, const Failed &body)
{
    put(out, body.error);
}

void putBody(ByteWriter &out, const OutlineRead &body)
{
    put(out, body.items);
}

void putBody(ByteWriter &out, const LinksRead &body)
{
    out.number(body.number);
    put(out, body.links);
}

template <class Message> QByteArray encodeMessage(const Message &message)
{
    ByteWriter out;
    out.number(static_cast<quint8>(message.body.index()));
    out.number(message.id);
    std::visit([&](const auto &body) { putBody(out, body); }, message.body);
    return out.take();
}

RequestBody takeRequestBody(ByteReader &in, size_t kind)
{
    switch (kind) {
    case 0:
        return OpenDocument{in.blob()};
    case 1: {
        ReadPages body;
        body.first = in.number<qint32>();
        body.last = in.number<qint32>();
        body.pictureWhenNoText = in.flag();
        return body;
    }
    case 2: {
        DrawPage body;
        body.request.number = in.number<qint32>();
        body.request.pixelsPerPoint = in.number<double>();
        body.request.maxPixels = in.number<qint32>();
        body.request.rotation = in.number<qint32>();
        const auto x = in.number<qint32>();
        const auto y = in.number<qint32>();
        const auto width = in.number<qint32>();
        const auto height = in.number<qint32>();
        const auto isLength = [](qint32 value) { return value >= 0 && value <= RenderRequest::kMaxPageSide; };
        if (!isLength(x) || !isLength(y) || !isLength(width) || !isLength(height))
            in.fail();
        else
            body.request.part = QRect(x, y, width, height);
        return body;
    }
    case 3:
        return CloseDocument{};
    case 4:
        return ReadOutline{};
    case 5:
        return ReadLinks{in.number<qint32>()};
    default:
        in.fail();
        return CloseDocument{};
    }
}

AnswerBody takeAnswerBody(ByteReader &in, size_t kind)
{
    switch (kind) {
    case 0: {
        Hello body;
        body.version = in.number<quint32>();
        body.confinement = takeList(in);
        body.missing = takeList(in);
        return body;
    }
    case 1:
        return Opened{takeInfo(in)};
    case 2: {
        PageRead body;
        body.number = in.number<qint32>();
        if (!in.flag()) {
            body.content = base::fail(takeError(in));
            return body;
        }
        body.content = takeContent(in);
        if (body.content->number != body.number)
            in.fail();
        return body;
    }
    case 3:
        return PageDrawn{takeImage(in)};
    case 4:
        return Failed{takeError(in)};
    case 5:
        return OutlineRead{takeOutline(in)};
    case 6: {
        LinksRead body;
        body.number = in.number<qint32>();
        body.links = takeLinks(in);
        return body;
    }
    default:
        in.fail();
        return Failed{};
    }
}

} // namespace

QByteArray encode(const Request &request)
{
    return encodeMessage(request);
}

QByteArray encode(const Answer &answer)
{
    return encodeMessage(answer);
}

base::Result<Request> decodeRequest(const QByteArray &bytes)
{
    ByteReader in(bytes);
    const size_t kind = in.number<quint8>();
    Request request;
    request.id = in.number<quint32>();
    request.body = takeRequestBody(in, kind);
    if (!in.isDone())
        return base::fail(ErrorCode::HelperProtocol, QStringLiteral("damaged request"));
    return request;
}

base::Result<Answer> decodeAnswer(const QByteArray &bytes)
{
    ByteReader in(bytes);
    const size_t kind = in.number<quint8>();
    Answer answer;
    answer.id = in.number<quint32>();
    answer.body = takeAnswerBody(in, kind);
    if (!in.isDone())
        return base::fail(ErrorCode::HelperProtocol, QStringLiteral("damaged answer"));
    return answer;
}

} // namespace lectern::pdf
