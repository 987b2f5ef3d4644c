// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Dates.h"

#include "text/CharacterClass.h"
#include "text/Months.h"

#include <QDate>

#include <algorithm>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

constexpr int kFirstYear = 1000;
constexpr int kLastYear = 2199;
constexpr int kLeapYear = 2000; // any day of a month is valid in it

QString iso(int year, int month, int day)
{
    if (!QDate::isValid(year > 0 ? year : kLeapYear, month, day > 0 ? day : 1))
        return {};
    const auto two = [](int n) { return QString::number(n).rightJustified(2, u'0'); };
    QString value = year > 0 ? QString::number(year).rightJustified(4, u'0') + u'-' : u"--"_s;
    value += two(month);
    return day > 0 ? value + u'-' + two(day) : value;
}

/// Reads tokens one after the other for one attempt.
class Attempt {
public:
    Attempt(const TokenReader &reader, qsizetype at, const QString &language)
        : m_reader(reader), m_first(at), m_language(language)
    {
    }

    TokenMatch run() const
    {
        // Inside a longer number or word ("10.1007/…", "v2.5-2001") nothing is a date.
        if (m_reader.tight(m_first) && m_first > 0 && !isOpeningBefore())
            return {};
        for (const TokenMatch &match : {numeric(), eastAsian(), dayFirst(), monthFirst()}) {
            if (match.found() && !continuesTightly(match.end))
                return match;
        }
        return {};
    }

private:
    bool isOpeningBefore() const
    {
        const QStringView before = m_reader.view(m_first - 1);
        if (isUnspaced(codePointAt(before, 0).value))
            return true;
        return before.size() == 1 && u"([{\"'“„«‘:;,–—―•、。，（「年"_s.contains(before.front());
    }

    bool continuesTightly(qsizetype end) const
    {
        if (!m_reader.tight(end))
            return false;
        if (m_reader.isNumber(end))
            return true;
        const QStringView next = m_reader.view(end);
        const bool joins = next.size() == 1 && u"-/.:_"_s.contains(next.front());
        return joins && m_reader.tight(end + 1) && (m_reader.isNumber(end + 1));
    }

    int year(qsizetype i) const
    {
        const int n = m_reader.number(i);
        return m_reader.digits(i) == 4 && n >= kFirstYear && n <= kLastYear ? n : 0;
    }

    int day(qsizetype i) const
    {
        const int n = m_reader.number(i);
        return m_reader.digits(i) <= 2 && n >= 1 && n <= 31 ? n : 0;
    }

    int month(qsizetype i) const
    {
        if (!m_reader.isWord(i))
            return 0;
        const QStringView name = m_reader.view(i);
        const bool capitals = m_language == "en"_L1 || m_language == "de"_L1 || m_language == "und"_L1;
        if (capitals && !name.front().isUpper())
            return 0;
        return monthNumber(m_reader.lower(i));
    }

    /// 2005-06-30, 30.06.2005, 6/30/2005
    TokenMatch numeric() const
    {
        const qsizetype i = m_first;
        const QStringView separator = m_reader.view(i + 1);
        if (!m_reader.isNumber(i) || separator.size() != 1 || !u"-/.‐–"_s.contains(separator.front()) ||
            m_reader.view(i + 3) != separator || !m_reader.tight(i + 1) || !m_reader.tight(i + 3) ||
            !m_reader.isNumber(i + 2) || !m_reader.isNumber(i + 4))
            return {};
        const bool dots = separator == u'.';
        const bool spaced = dots && m_reader.token(i + 2).gap == 1 && m_reader.token(i + 4).gap == 1;
        if (!spaced && (!m_reader.tight(i + 2) || !m_reader.tight(i + 4)))
            return {};
        const int a = m_reader.number(i);
        const int b = m_reader.number(i + 2);
        if (year(i) > 0 && m_reader.digits(i + 2) <= 2 && m_reader.digits(i + 4) <= 2) {
            const QString value = iso(a, b, m_reader.number(i + 4));
            return value.isEmpty() ? TokenMatch{} : TokenMatch{i, i + 5, value};
        }
        const int y = year(i + 4);
        if (y == 0 || m_reader.digits(i) > 2 || m_reader.digits(i + 2) > 2)
            return {};
        const bool monthFirstIsPossible = a <= 12 && b <= 31 && !dots;
        const bool dayFirstIsPossible = b <= 12 && a <= 31;
        const bool ambiguous = monthFirstIsPossible && dayFirstIsPossible && a != b &&
                               (m_language == "en"_L1 || m_language == "und"_L1);
        QString value;
        if (dayFirstIsPossible)
            value = iso(y, b, a);
        else if (monthFirstIsPossible)
            value = iso(y, a, b);
        if (value.isEmpty())
            return {};
        return {i, i + 5, ambiguous ? QString() : value};
    }

    /// 2021年5月13日, 2021년 5월 13일, 令和3年5月
    TokenMatch eastAsian() const
    {
        qsizetype i = m_first;
        int y = year(i);
        if (y == 0) {
            y = eraYear(i);
            if (y == 0)
                return {};
            i += 2;
        }
        const bool korean = m_reader.view(i + 1) == u"년";
        if (!korean && m_reader.view(i + 1) != u"年")
            return {};
        const int m = m_reader.number(i + 2);
        if (m < 1 || m > 12 || m_reader.view(i + 3) != (korean ? u"월" : u"月"))
            return {};
        const int d = day(i + 4);
        const QStringView dayMark = m_reader.view(i + 5);
        if (d > 0 && (dayMark == u"日" || dayMark == u"일" || dayMark == u"号"))
            return {m_first, i + 6, iso(y, m, d)};
        return {m_first, i + 4, iso(y, m, 0)};
    }

    int eraYear(qsizetype i) const
    {
        const QString era = m_reader.view(i).toString() + m_reader.view(i + 1).toString();
        const int n = m_reader.number(i + 2);
        if (n < 1 || n > 64)
            return 0;
        if (era == u"令和")
            return 2018 + n;
        if (era == u"平成")
            return 1988 + n;
        return era == u"昭和" ? 1925 + n : 0;
    }

    qsizetype skipFullStop(qsizetype i) const
    {
        return m_reader.isSymbol(i, u'.') && m_reader.tight(i) ? i + 1 : i;
    }

    qsizetype skipOrdinal(qsizetype i) const
    {
        if (!m_reader.tight(i))
            return i;
        const QString suffix = m_reader.lower(i);
        const bool ordinal = suffix == "st"_L1 || suffix == "nd"_L1 || suffix == "rd"_L1 ||
                             suffix == "th"_L1 || suffix == "er"_L1 || suffix == "."_L1 || suffix == u"º"_s ||
                             suffix == u"ª"_s || suffix == u"-го"_s;
        return ordinal ? i + 1 : i;
    }

    qsizetype skipLink(qsizetype i) const
    {
        const QString link = m_reader.lower(i);
        return link == "of"_L1 || link == "de"_L1 || link == "del"_L1 || link == "do"_L1 ? i + 1 : i;
    }

    /// 30 June 2005, 3. Mai 1999, 1er janvier 2001, 12 de mayo de 2020, 12-Mar-2019
    TokenMatch dayFirst() const
    {
        const int d = day(m_first);
        if (d == 0)
            return {};
        qsizetype i = skipLink(skipOrdinal(m_first + 1));
        if (m_reader.isSymbol(i, u'-') && m_reader.tight(i))
            ++i;
        const int m = m_reader.near(i) ? month(i) : 0;
        if (m == 0)
            return {};
        const qsizetype afterMonth = i + 1;
        i = skipFullStop(afterMonth);
        if (m_reader.isSymbol(i, u',') || (m_reader.isSymbol(i, u'-') && m_reader.tight(i)))
            ++i;
        i = skipLink(i);
        const int y = m_reader.near(i) ? year(i) : 0;
        const QString value = iso(y, m, d);
        // Without a year "5 mar" may be anything; the whole name of a month is clear.
        if (value.isEmpty() ||
            (y == 0 && m_reader.token(afterMonth - 1).length < 4 &&
             m_reader.lower(afterMonth - 1) != "may"_L1 && m_reader.lower(afterMonth - 1) != "mai"_L1))
            return {};
        return {m_first, y > 0 ? i + 1 : afterMonth, value};
    }

    /// June 30, 2005; June 2005; Thu May 13 08:47:13 JST 2021
    TokenMatch monthFirst() const
    {
        const int m = month(m_first);
        if (m == 0)
            return {};
        qsizetype i = skipFullStop(m_first + 1);
        if (const int y = year(skipLink(i)); y > 0 && m_reader.near(i))
            return {m_first, skipLink(i) + 1, iso(y, m, 0)};
        if (m_reader.isSymbol(i, u',') && m_reader.near(i + 1) && year(i + 1) > 0)
            return {m_first, i + 2, iso(year(i + 1), m, 0)};
        const int d = m_reader.near(i) && !m_reader.tight(i) ? day(i) : 0;
        if (d == 0 || m_language == "de"_L1)
            return {};
        const qsizetype afterDay = skipOrdinal(i + 1);
        i = afterDay;
        if (m_reader.isSymbol(i, u','))
            ++i;
        if (const int y = year(i); y > 0 && m_reader.near(i))
            return found(i + 1, iso(y, m, d));
        if (const qsizetype clock = skipClock(afterDay); clock > afterDay && year(clock) > 0)
            return found(clock + 1, iso(year(clock), m, d));
        // "May 3.5" and "March 12%" are no days
        if ((m_reader.isSymbol(i, u'.') && m_reader.tight(i + 1) && m_reader.isNumber(i + 1)) ||
            m_reader.isSymbol(i, u'%') ||
            (m_reader.view(m_first).size() < 4 && m_reader.lower(m_first) != "may"_L1))
            return {};
        return found(afterDay, iso(0, m, d));
    }

    TokenMatch found(qsizetype end, const QString &value) const
    {
        return value.isEmpty() ? TokenMatch{} : TokenMatch{m_first, end, value};
    }

    qsizetype skipClock(qsizetype i) const
    {
        if (!m_reader.isNumber(i) || !m_reader.isSymbol(i + 1, u':') || !m_reader.isNumber(i + 2))
            return i;
        qsizetype end = i + 3;
        if (m_reader.isSymbol(end, u':') && m_reader.isNumber(end + 1))
            end += 2;
        if (m_reader.isWord(end) && m_reader.token(end).length <= 5)
            ++end;
        return end;
    }

    const TokenReader &m_reader;
    qsizetype m_first;
    const QString &m_language;
};

} // namespace

TokenMatch matchDate(const TokenReader &reader, qsizetype at, const QString &language)
{
    return Attempt(reader, at, language).run();
}

} // namespace lectern::text
