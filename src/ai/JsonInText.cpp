// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/JsonInText.h"

#include <QJsonDocument>

namespace lectern::ai {

using namespace Qt::StringLiterals;

namespace {

/// How many braces in prose are looked behind.
constexpr int kMostTries = 50;

std::optional<QJsonObject> parsed(QStringView text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

/// A model's thoughts come before its answer; some servers hand on the end mark alone.
QStringView withoutThoughts(QStringView text)
{
    for (const QLatin1String end : {"</think>"_L1, "</thinking>"_L1}) {
        if (const qsizetype at = text.lastIndexOf(end); at >= 0)
            text = text.sliced(at + end.size());
    }
    return text.trimmed();
}

QStringView withoutFence(QStringView text)
{
    const qsizetype start = text.indexOf("```"_L1);
    if (start < 0)
        return text;
    const qsizetype line = text.indexOf(u'\n', start);
    const qsizetype end = text.lastIndexOf("```"_L1);
    return line < 0 || end <= line ? text : text.sliced(line + 1, end - line - 1).trimmed();
}

/// Behind the brace that closes the one at `start`; -1 when none does.
qsizetype balancedEnd(QStringView text, qsizetype start)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype i = start; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (inString) {
            if (c == u'\\')
                ++i;
            else if (c == u'"')
                inString = false;
        } else if (c == u'"') {
            inString = true;
        } else if (c == u'{') {
            ++depth;
        } else if (c == u'}' && --depth == 0) {
            return i + 1;
        }
    }
    return -1;
}

} // namespace

std::optional<QJsonObject> jsonObjectIn(const QString &text)
{
    if (auto whole = parsed(QStringView(text).trimmed()))
        return whole;
    const QStringView answer = withoutThoughts(text);
    if (auto inside = parsed(withoutFence(answer)))
        return inside;
    qsizetype start = answer.indexOf(u'{');
    for (int tries = 0; start >= 0 && tries < kMostTries; ++tries) {
        const qsizetype end = balancedEnd(answer, start);
        if (end < 0) {
            // Prose with a stray brace or quote; the object may still come.
            start = answer.indexOf(u'{', start + 1);
            continue;
        }
        if (auto found = parsed(answer.sliced(start, end - start)); found && !found->isEmpty())
            return found;
        start = answer.indexOf(u'{', start + 1);
    }
    return std::nullopt;
}

} // namespace lectern::ai
