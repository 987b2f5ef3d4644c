// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "domain/OutlineItem.h"
#include "domain/PageLink.h"
#include "domain/PageText.h"
#include "pdf/DocumentInfo.h"
#include "pdf/RenderRequest.h"

#include <QByteArray>
#include <QStringList>

#include <variant>

/// What the two processes say to each other. Each message is one frame; answers carry the id of their
/// request. Decoding is safe against any bytes: a helper that was taken over by a document must not reach its
/// parent.
namespace lectern::pdf {

inline constexpr quint32 kProtocolVersion = 2;

/// Exit code of a helper that ran out of memory.
inline constexpr int kExitOutOfMemory = 77;

/// Largest frame that asks for something, and largest that carries one page's text (some two million words).
inline constexpr qsizetype kMaxRequestBytes = 64 * 1024;
inline constexpr qsizetype kMaxPageBytes = 64 * 1024 * 1024;
/// Largest frame that carries an outline, or one page's links.
inline constexpr qsizetype kMaxListBytes = 16 * 1024 * 1024;

/// Opens the document whose descriptor comes with this frame, in place of one that is open. Answer: Opened or
/// Failed.
struct OpenDocument {
    QByteArray password;
};

/// Reads pages first to last. Answer: PageRead for each, in order.
struct ReadPages {
    qint32 first = 0;
    qint32 last = 0;
    bool pictureWhenNoText = true;
};

/// Answer: PageDrawn or Failed.
struct DrawPage {
    RenderRequest request;
};

/// Answer: OutlineRead or Failed.
struct ReadOutline {};

/// Answer: LinksRead or Failed.
struct ReadLinks {
    qint32 number = 0;
};

/// Closes the open document and frees its memory. No answer.
struct CloseDocument {};

using RequestBody = std::variant<OpenDocument, ReadPages, DrawPage, CloseDocument, ReadOutline, ReadLinks>;

/// The first frame of a new helper.
struct Hello {
    quint32 version = 0;
    QStringList confinement; ///< what is in force ("no network", …)
    QStringList missing;     ///< what this system could not provide
};

struct Opened {
    DocumentInfo info;
};

struct PageRead {
    qint32 number = 0;
    base::Result<domain::PageContent> content;
};

struct PageDrawn {
    domain::PageImage image;
};

struct Failed {
    base::Error error;
};

struct OutlineRead {
    QVector<domain::OutlineItem> items;
};

struct LinksRead {
    qint32 number = 0;
    QVector<domain::PageLink> links;
};

using AnswerBody = std::variant<Hello, Opened, PageRead, PageDrawn, Failed, OutlineRead, LinksRead>;

struct Request {
    quint32 id = 0;
    RequestBody body;
};

struct Answer {
    quint32 id = 0;
    AnswerBody body;
};

[[nodiscard]] QByteArray encode(const Request &request);
[[nodiscard]] QByteArray encode(const Answer &answer);

/// Errors: HelperProtocol.
[[nodiscard]] base::Result<Request> decodeRequest(const QByteArray &bytes);

/// What comes back is consistent: words lie in order within the text, fonts exist, numbers are finite, a
/// picture has as many bytes as its size says, outlines and links are within their limits. Errors:
/// HelperProtocol.
[[nodiscard]] base::Result<Answer> decodeAnswer(const QByteArray &bytes);

} // namespace lectern::pdf
