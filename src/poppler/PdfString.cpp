// SPDX-License-Identifier: GPL-3.0-or-later
#include "poppler/PdfString.h"

#include <PDFDocEncoding.h>

#include <QStringDecoder>

#include <algorithm>

namespace lectern::poppler {

namespace {

constexpr size_t kMaxBytes = 8'000;
constexpr qsizetype kMaxCharacters = 2'000;

QString decoded(const QByteArray &bytes)
{
    if (bytes.startsWith("\xfe\xff"))
        return QStringDecoder(QStringDecoder::Utf16BE)(bytes.mid(2));
    if (bytes.startsWith("\xff\xfe"))
        return QStringDecoder(QStringDecoder::Utf16LE)(bytes.mid(2));
    if (bytes.startsWith("\xef\xbb\xbf"))
        return QString::fromUtf8(bytes.mid(3));
    QString text;
    text.reserve(bytes.size());
    for (const char byte : bytes) {
        const Unicode character = pdfDocEncoding[static_cast<unsigned char>(byte)];
        text.append(character == 0 ? QChar(u' ') : QChar(static_cast<char16_t>(character)));
    }
    return text;
}

} // namespace

QString fromPdfString(const std::string &bytes)
{
    const size_t size = std::min(bytes.size(), kMaxBytes);
    QString text = decoded(QByteArray(bytes.data(), static_cast<qsizetype>(size)));
    for (QChar &character : text)
        if (character.category() == QChar::Other_Control)
            character = u' ';
    return text.simplified().left(kMaxCharacters);
}

} // namespace lectern::poppler
