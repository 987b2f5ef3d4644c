// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/Redaction.h"

#include <QRegularExpression>
#include <QUrl>

namespace lectern::net {

using namespace Qt::StringLiterals;

namespace {

/// Shorter "keys" ("x", "ollama") are no secrets, and to take them out would maim every text.
constexpr qsizetype kShortestSecret = 8;

const QString kPlaceholder = QStringLiteral("[key]");

} // namespace

QString withoutKeys(QString text, const QByteArray &key)
{
    if (key.size() >= kShortestSecret) {
        text.replace(QString::fromUtf8(key), kPlaceholder);
        text.replace(QString::fromLatin1(QUrl::toPercentEncoding(QString::fromUtf8(key))), kPlaceholder);
    }
    static const QRegularExpression keyLike(uR"(\b(sk|pk|gsk|key)-[A-Za-z0-9_*.\-]{6,})"_s);
    static const QRegularExpression bearer(uR"((Bearer\s+)[A-Za-z0-9_*.\-+/=]{6,})"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    text.replace(keyLike, kPlaceholder);
    text.replace(bearer, u"\\1"_s + kPlaceholder);
    return text;
}

QByteArray withoutKeys(QByteArray text, const QByteArray &key)
{
    if (key.size() >= kShortestSecret)
        text.replace(key, kPlaceholder.toLatin1());
    return text;
}

} // namespace lectern::net
