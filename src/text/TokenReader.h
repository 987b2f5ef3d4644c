// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/Tokens.h"

#include <QString>

namespace lectern::text {

/// A text with its tokens, and the questions that entity finders ask of them. Out of range is never an error.
class TokenReader {
public:
    TokenReader(const QString &text, const QVector<Token> &tokens) : m_text(text), m_tokens(tokens) {}

    [[nodiscard]] qsizetype count() const { return m_tokens.size(); }
    [[nodiscard]] const Token &token(qsizetype i) const { return m_tokens.at(i); }
    [[nodiscard]] bool has(qsizetype i) const { return i >= 0 && i < m_tokens.size(); }
    [[nodiscard]] QStringView view(qsizetype i) const
    {
        return has(i) ? QStringView(m_text).mid(m_tokens.at(i).start, m_tokens.at(i).length) : QStringView();
    }
    [[nodiscard]] QString lower(qsizetype i) const { return view(i).toString().toLower(); }
    [[nodiscard]] bool isWord(qsizetype i) const { return has(i) && m_tokens.at(i).kind == TokenKind::Word; }
    [[nodiscard]] bool isNumber(qsizetype i) const
    {
        return has(i) && m_tokens.at(i).kind == TokenKind::Number;
    }
    [[nodiscard]] bool isSymbol(qsizetype i, char16_t c) const
    {
        return has(i) && m_tokens.at(i).kind == TokenKind::Symbol && view(i) == QChar(c);
    }
    /// No empty line in front of token i.
    [[nodiscard]] bool near(qsizetype i) const { return has(i) && m_tokens.at(i).gap < 3; }
    [[nodiscard]] bool tight(qsizetype i) const { return has(i) && m_tokens.at(i).gap == 0; }
    /// The number at i when it has at most 9 digits, in any script's digits; -1 otherwise.
    [[nodiscard]] int number(qsizetype i) const
    {
        if (!isNumber(i) || m_tokens.at(i).length > 9)
            return -1;
        int value = 0;
        for (const QChar c : view(i))
            value = value * 10 + c.digitValue();
        return value;
    }
    [[nodiscard]] qsizetype digits(qsizetype i) const { return isNumber(i) ? m_tokens.at(i).length : 0; }
    [[nodiscard]] const QString &text() const { return m_text; }

private:
    const QString &m_text;
    const QVector<Token> &m_tokens;
};

/// Something found from token `first` up to but not including `end`.
struct TokenMatch {
    qsizetype first = 0;
    qsizetype end = 0;
    QString value;

    [[nodiscard]] bool found() const { return end > first; }
};

} // namespace lectern::text
