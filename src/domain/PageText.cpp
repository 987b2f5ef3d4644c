// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/PageText.h"

#include <QCryptographicHash>

#include <cmath>

namespace lectern::domain {

using base::ErrorCode;

namespace {

constexpr quint8 kLayoutVersion = 1;
constexpr float kUnitsPerPoint = 20; // a twentieth of a point is finer than any screen shows

qint32 toUnits(float points)
{
    return static_cast<qint32>(std::lround(points * kUnitsPerPoint));
}

float toPoints(qint32 units)
{
    return static_cast<float>(units) / kUnitsPerPoint;
}

// Zigzag and base 128, as in Protocol Buffers' encoding of sint32: small steps take one byte.
void putNumber(QByteArray &out, qint64 value)
{
    auto rest = static_cast<quint64>(value) << 1U ^ static_cast<quint64>(value >> 63);
    while (rest >= 0x80) {
        out.append(static_cast<char>(rest | 0x80));
        rest >>= 7U;
    }
    out.append(static_cast<char>(rest));
}

bool takeNumber(const QByteArray &in, qsizetype &position, qint64 &value)
{
    quint64 raw = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (position >= in.size())
            return false;
        const auto byte = static_cast<quint8>(in.at(position++));
        raw |= static_cast<quint64>(byte & 0x7fU) << shift;
        if ((byte & 0x80U) == 0) {
            value = static_cast<qint64>(raw >> 1U) ^ -static_cast<qint64>(raw & 1U);
            return true;
        }
    }
    return false;
}

} // namespace

QByteArray encodeLayout(const PageText &text)
{
    QByteArray body;
    body.reserve(text.words.size() * 8 + text.fonts.size() * 32);
    putNumber(body, text.fonts.size());
    for (const FontUse &font : text.fonts) {
        const QByteArray name = font.name.toUtf8();
        putNumber(body, name.size());
        body.append(name);
        putNumber(body, font.characters);
        putNumber(body, toUnits(font.size));
        putNumber(body, (font.embedded ? 1 : 0) | (font.hasToUnicode ? 2 : 0));
    }
    putNumber(body, text.words.size());
    qint32 lastEnd = 0;
    qint32 lastX = 0;
    qint32 lastY = 0;
    for (const WordBox &word : text.words) {
        const qint32 x = toUnits(word.x);
        const qint32 y = toUnits(word.y);
        putNumber(body, word.offset - lastEnd);
        putNumber(body, word.length);
        putNumber(body, x - lastX);
        putNumber(body, y - lastY);
        putNumber(body, toUnits(word.width));
        putNumber(body, toUnits(word.height));
        putNumber(body, word.font);
        lastEnd = word.offset + word.length;
        lastX = x + toUnits(word.width);
        lastY = y;
    }
    return QByteArray(1, static_cast<char>(kLayoutVersion)) + qCompress(body, 1);
}

base::Status decodeLayout(const QByteArray &bytes, PageText &text)
{
    const auto damaged = [] {
        return base::fail(ErrorCode::Database, QStringLiteral("damaged page layout"));
    };
    if (bytes.isEmpty() || static_cast<quint8>(bytes.front()) != kLayoutVersion)
        return damaged();
    const QByteArray body = qUncompress(bytes.mid(1));
    qsizetype at = 0;
    const auto take = [&](auto &target) {
        qint64 value = 0;
        const bool ok = takeNumber(body, at, value);
        target = static_cast<std::decay_t<decltype(target)>>(value);
        return ok;
    };

    qint64 count = 0;
    if (!take(count) || count < 0 || count > body.size())
        return damaged();
    text.fonts.clear();
    for (qint64 i = 0; i < count; ++i) {
        FontUse font;
        qint64 nameSize = 0;
        if (!take(nameSize) || nameSize < 0 || nameSize > body.size() - at)
            return damaged();
        font.name = QString::fromUtf8(body.mid(at, nameSize));
        at += nameSize;
        qint32 size = 0;
        int flags = 0;
        if (!take(font.characters) || !take(size) || !take(flags))
            return damaged();
        font.size = toPoints(size);
        font.embedded = (flags & 1) != 0;
        font.hasToUnicode = (flags & 2) != 0;
        text.fonts.append(font);
    }

    if (!take(count) || count < 0 || count > body.size())
        return damaged();
    text.words.clear();
    text.words.reserve(count);
    qint32 lastEnd = 0;
    qint32 lastX = 0;
    qint32 lastY = 0;
    for (qint64 i = 0; i < count; ++i) {
        WordBox word;
        qint32 gap = 0;
        qint32 dx = 0;
        qint32 dy = 0;
        qint32 width = 0;
        qint32 height = 0;
        if (!take(gap) || !take(word.length) || !take(dx) || !take(dy) || !take(width) || !take(height) ||
            !take(word.font))
            return damaged();
        word.offset = lastEnd + gap;
        word.x = toPoints(lastX + dx);
        word.y = toPoints(lastY + dy);
        word.width = toPoints(width);
        word.height = toPoints(height);
        lastEnd = word.offset + word.length;
        lastX += dx + width;
        lastY += dy;
        text.words.append(word);
    }
    return {};
}

QByteArray contentHash(const PageContent &content, const QByteArray &documentHash, bool byPicture)
{
    const QByteArray place = documentHash + QByteArray::number(content.number);
    const QByteArray text = content.text.text.normalized(QString::NormalizationForm_C).toUtf8();
    QCryptographicHash seen(QCryptographicHash::Sha256);
    seen.addData(text);
    // The same place means the same picture of the same bytes.
    if (byPicture || text.trimmed().isEmpty())
        seen.addData(place);
    return seen.result() + QCryptographicHash::hash(place, QCryptographicHash::Sha256);
}

} // namespace lectern::domain
