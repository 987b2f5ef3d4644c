// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/JsonNumber.h"

#include <QRegularExpression>

namespace lectern::ai {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 64;

/// Walks over JSON without building anything.
class Scanner {
public:
    explicit Scanner(QByteArrayView json) : m_json(json) {}

    std::optional<QByteArray> find(const QByteArrayList &path)
    {
        for (const QByteArray &key : path) {
            if (!enter(key))
                return std::nullopt;
        }
        skipSpace();
        const qsizetype start = m_at;
        if (!skipValue(0))
            return std::nullopt;
        QByteArrayView value = m_json.sliced(start, m_at - start);
        if (value.startsWith('{') || value.startsWith('['))
            return std::nullopt;
        if (value.startsWith('"'))
            value = value.sliced(1, value.size() - 2);
        return value.toByteArray();
    }

private:
    /// Goes into the object here and stops before the value of `key`. The last of equal keys does not win
    /// here as it would in a parser, which no honest sender notices.
    bool enter(const QByteArray &key)
    {
        if (!take('{'))
            return false;
        while (peek() == '"') {
            const qsizetype start = m_at + 1;
            if (!skipString())
                return false;
            const bool found = m_json.sliced(start, m_at - start - 1) == key;
            if (!take(':'))
                return false;
            if (found)
                return true;
            if (!skipValue(0) || !take(','))
                return false;
        }
        return false;
    }

    void skipSpace()
    {
        while (m_at < m_json.size() && QByteArrayView(" \t\r\n").contains(m_json.at(m_at)))
            ++m_at;
    }

    char peek()
    {
        skipSpace();
        return m_at < m_json.size() ? m_json.at(m_at) : '\0';
    }

    bool take(char expected)
    {
        if (peek() != expected)
            return false;
        ++m_at;
        return true;
    }

    bool skipString()
    {
        ++m_at;
        while (m_at < m_json.size() && m_json.at(m_at) != '"')
            m_at += m_json.at(m_at) == '\\' ? 2 : 1;
        ++m_at;
        return m_at <= m_json.size();
    }

    bool skipValue(int depth)
    {
        const char first = peek();
        if (first == '"')
            return skipString();
        if (first == '{' || first == '[')
            return skipGroup(first == '{' ? '}' : ']', depth + 1);
        const qsizetype start = m_at;
        while (m_at < m_json.size() && !QByteArrayView(",}] \t\r\n").contains(m_json.at(m_at)))
            ++m_at;
        return m_at > start;
    }

    bool skipGroup(char end, int depth)
    {
        ++m_at;
        if (depth > kDeepest)
            return false;
        if (take(end))
            return true;
        do {
            if (end == '}' && (peek() != '"' || !skipString() || !take(':')))
                return false;
            if (!skipValue(depth))
                return false;
        } while (take(','));
        return take(end);
    }

    QByteArrayView m_json;
    qsizetype m_at = 0;
};

} // namespace

std::optional<QByteArray> scalarTextAt(QByteArrayView json, const QByteArrayList &path)
{
    return Scanner(json).find(path);
}

std::optional<domain::Money> moneyFromNumber(const QByteArray &text)
{
    static const QRegularExpression number(uR"(\A(\d{1,40})(?:\.(\d{0,40}))?(?:[eE]([+-]?\d{1,3}))?\z)"_s);
    const auto match = number.match(QString::fromLatin1(text.trimmed()));
    if (!match.hasMatch())
        return std::nullopt;
    constexpr qsizetype kDecimals = 12;
    QString digits = match.captured(1) + match.captured(2);
    qsizetype point = match.captured(1).size() + match.captured(3).toInt();
    if (point < 0) {
        digits.prepend(QString(-point, u'0'));
        point = 0;
    }
    digits = digits.leftJustified(point + kDecimals + 1, u'0');
    const bool up = digits.at(point + kDecimals) >= u'5';
    const QString whole = digits.left(point);
    auto money =
        domain::Money::fromDecimal((whole.isEmpty() ? u"0"_s : whole) + u'.' + digits.mid(point, kDecimals));
    if (money && up)
        money->picodollars += 1;
    return money;
}

} // namespace lectern::ai
