// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Amounts.h"

#include <QHash>

#include <algorithm>

namespace lectern::text {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostDigits = 15;

/// A number as written over several tokens.
struct Amount {
    qsizetype end = 0;
    QString digits;   ///< without separators
    int decimals = 0; ///< how many of the digits stand behind the point
    [[nodiscard]] bool found() const { return !digits.isEmpty(); }
};

bool pointIsDecimal(const QString &language)
{
    static const QStringList kLanguages = {u"en"_s, u"zh"_s, u"ja"_s,  u"ko"_s, u"th"_s, u"he"_s,
                                           u"ar"_s, u"hi"_s, u"und"_s, u"cy"_s, u"ga"_s};
    return kLanguages.contains(language);
}

QString plainDigits(QStringView digits)
{
    QString plain;
    for (const QChar c : digits)
        plain += QChar(u'0' + c.digitValue());
    return plain;
}

/// One group of digits after a separator.
struct Group {
    QChar separator;
    QString digits;
};

Amount readAmount(const TokenReader &reader, qsizetype at, const QString &language)
{
    if (!reader.isNumber(at))
        return {};
    QString digits = plainDigits(reader.view(at));
    QVector<Group> groups;
    qsizetype i = at + 1;
    while (groups.size() < 6) {
        const QStringView separator = reader.view(i);
        const bool mark = separator.size() == 1 && u".,'’٬٫"_s.contains(separator.front());
        if (mark && reader.tight(i) && reader.tight(i + 1) && reader.isNumber(i + 1)) {
            groups.append({separator.front(), plainDigits(reader.view(i + 1))});
            i += 2;
            continue;
        }
        // "1 000 000": groups of three behind a space
        const bool spaced = reader.isNumber(i) && reader.token(i).gap == 1 && reader.digits(i) == 3 &&
                            !pointIsDecimal(language) &&
                            (groups.isEmpty() ? digits.size() <= 3 : groups.last().separator == u' ');
        if (!spaced)
            break;
        groups.append({u' ', plainDigits(reader.view(i))});
        ++i;
    }
    Amount amount;
    amount.end = i;
    amount.digits = digits;
    for (qsizetype g = 0; g < groups.size(); ++g) {
        const Group &group = groups.at(g);
        const bool last = g + 1 == groups.size();
        const bool alone = groups.size() == 1;
        const QChar separator = group.separator;
        bool decimal = false;
        if (last && separator != u' ' && separator != u'\'' && separator != u'’' && separator != u'٬') {
            const bool differs = !alone && groups.at(g - 1).separator != separator;
            const bool decimalHere = separator == u'٫' || (separator == u'.') == pointIsDecimal(language);
            decimal = differs || group.digits.size() != 3 || (alone && decimalHere);
        }
        if (!decimal && group.digits.size() != 3)
            return {}; // a version number, an IP address
        amount.digits += group.digits;
        if (decimal)
            amount.decimals = static_cast<int>(group.digits.size());
    }
    if (amount.digits.size() > kMostDigits)
        return {};
    return amount;
}

/// The amount times ten to the `power`, without needless zeros.
QString scaled(const Amount &amount, int power)
{
    QString digits = amount.digits;
    int decimals = amount.decimals - power;
    if (decimals < 0) {
        digits += QString(-decimals, u'0');
        decimals = 0;
    }
    while (digits.size() <= decimals)
        digits.prepend(u'0');
    QString whole = digits.chopped(decimals);
    QString fraction = digits.right(decimals);
    while (whole.size() > 1 && whole.startsWith(u'0'))
        whole.remove(0, 1);
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    return fraction.isEmpty() ? whole : whole + u'.' + fraction;
}

/// "million", "Mio.", "млрд", "万": the power of ten, 0 when there is none. `end` moves behind it.
int magnitude(const TokenReader &reader, qsizetype &end)
{
    static const QHash<QString, int> kPowers = {
        {u"thousand"_s, 3}, {u"k"_s, 3},          {u"tausend"_s, 3},    {u"mille"_s, 3},
        {u"mil"_s, 3},      {u"тыс"_s, 3},        {u"тысяч"_s, 3},      {u"million"_s, 6},
        {u"millions"_s, 6}, {u"mn"_s, 6},         {u"m"_s, 6},          {u"mm"_s, 6},
        {u"mio"_s, 6},      {u"millionen"_s, 6},  {u"millones"_s, 6},   {u"milioni"_s, 6},
        {u"milhões"_s, 6},  {u"miljoen"_s, 6},    {u"млн"_s, 6},        {u"миллионов"_s, 6},
        {u"миллиона"_s, 6}, {u"billion"_s, 9},    {u"billions"_s, 9},   {u"bn"_s, 9},
        {u"b"_s, 9},        {u"mrd"_s, 9},        {u"milliarden"_s, 9}, {u"milliarde"_s, 9},
        {u"milliard"_s, 9}, {u"milliards"_s, 9},  {u"miliardi"_s, 9},   {u"miljard"_s, 9},
        {u"млрд"_s, 9},     {u"миллиардов"_s, 9}, {u"trillion"_s, 12},  {u"万"_s, 4},
        {u"萬"_s, 4},       {u"億"_s, 8},         {u"亿"_s, 8},         {u"兆"_s, 12}};
    if (!reader.near(end) || !reader.isWord(end))
        return 0;
    const QString word = reader.lower(end);
    const int power = kPowers.value(word, 0);
    if (power == 0 || (word.size() == 1 && word.front().unicode() < 0x80 && !reader.tight(end)))
        return 0;
    ++end;
    const bool shortForm =
        word == "mio"_L1 || word == "mrd"_L1 || word == u"тыс"_s || word == u"млн"_s || word == u"млрд"_s;
    if (shortForm && reader.isSymbol(end, u'.') && reader.tight(end))
        ++end;
    return power;
}

QString currencyOfSymbol(QStringView symbol, const QString &language)
{
    if (symbol.size() != 1)
        return {};
    switch (symbol.front().unicode()) {
    case u'$':
    case 0xff04:
        return u"USD"_s;
    case u'€':
        return u"EUR"_s;
    case u'£':
        return u"GBP"_s;
    case u'¥':
    case 0xffe5:
        return language == "zh"_L1 ? u"CNY"_s : u"JPY"_s;
    case u'₹':
        return u"INR"_s;
    case u'₽':
        return u"RUB"_s;
    case u'₩':
        return u"KRW"_s;
    case u'₺':
        return u"TRY"_s;
    case u'₪':
        return u"ILS"_s;
    case u'฿':
        return u"THB"_s;
    default:
        return {};
    }
}

QString currencyOfCode(QStringView code)
{
    static const QStringList kCodes = {u"USD"_s, u"EUR"_s, u"GBP"_s, u"JPY"_s, u"CHF"_s, u"CAD"_s,
                                       u"AUD"_s, u"CNY"_s, u"RUB"_s, u"INR"_s, u"SEK"_s, u"NOK"_s,
                                       u"DKK"_s, u"PLN"_s, u"BRL"_s, u"KRW"_s, u"MXN"_s, u"HKD"_s,
                                       u"SGD"_s, u"NZD"_s, u"ZAR"_s, u"TRY"_s, u"CZK"_s, u"HUF"_s};
    return code.size() == 3 && kCodes.contains(code.toString()) ? code.toString() : QString();
}

QString currencyOfWord(const QString &word)
{
    static const QHash<QString, QString> kWords = {
        {u"dollar"_s, u"USD"_s},   {u"dollars"_s, u"USD"_s}, {u"dólares"_s, u"USD"_s},
        {u"долларов"_s, u"USD"_s}, {u"доллара"_s, u"USD"_s}, {u"euro"_s, u"EUR"_s},
        {u"euros"_s, u"EUR"_s},    {u"евро"_s, u"EUR"_s},    {u"yen"_s, u"JPY"_s},
        {u"円"_s, u"JPY"_s},       {u"元"_s, u"CNY"_s},      {u"yuan"_s, u"CNY"_s},
        {u"원"_s, u"KRW"_s},       {u"руб"_s, u"RUB"_s},     {u"рублей"_s, u"RUB"_s},
        {u"рубля"_s, u"RUB"_s},    {u"rupees"_s, u"INR"_s},  {u"franken"_s, u"CHF"_s}};
    return kWords.value(word);
}

/// "US$", "HK$": the letters in front of a dollar sign
QString dollarOf(const QString &prefix)
{
    static const QHash<QString, QString> kDollars = {
        {u"US"_s, u"USD"_s}, {u"U.S."_s, u"USD"_s}, {u"A"_s, u"AUD"_s},  {u"AU"_s, u"AUD"_s},
        {u"C"_s, u"CAD"_s},  {u"CA"_s, u"CAD"_s},   {u"HK"_s, u"HKD"_s}, {u"NZ"_s, u"NZD"_s},
        {u"S"_s, u"SGD"_s},  {u"R"_s, u"BRL"_s}};
    return kDollars.value(prefix);
}

/// Program text and shell prompts use "$1" for other things.
bool inProgramText(const TokenReader &reader, qsizetype at)
{
    const QString &text = reader.text();
    const qint32 start = reader.token(at).start;
    const qsizetype from = std::max<qsizetype>(0, start - 40);
    const QStringView around = QStringView(text).mid(from, 80);
    return std::any_of(around.begin(), around.end(), [](QChar c) { return u"{}\\|=;`"_s.contains(c); });
}

TokenMatch prefixed(const TokenReader &reader, qsizetype at, const QString &language)
{
    qsizetype i = at;
    QString currency;
    if (reader.isWord(at) && reader.isSymbol(at + 1, u'$') && reader.tight(at + 1)) {
        currency = dollarOf(reader.view(at).toString());
        i = at + 2;
    } else if (reader.isWord(at)) {
        currency = currencyOfCode(reader.view(at));
        i = at + 1;
    } else {
        currency = currencyOfSymbol(reader.view(at), language);
        i = at + 1;
        if (!currency.isEmpty() && at > 0 && reader.tight(at) &&
            (reader.isWord(at - 1) || reader.isSymbol(at - 1, u'$')))
            return {};
    }
    if (currency.isEmpty() || !reader.near(i) || (reader.has(i) && reader.token(i).gap > 1))
        return {};
    const Amount amount = readAmount(reader, i, language);
    if (!amount.found() || (amount.digits.size() == 1 && inProgramText(reader, at)))
        return {};
    qsizetype end = amount.end;
    if (reader.isWord(end) && reader.tight(end) && reader.token(end).length > 2)
        return {}; // "$1st", "$2foo"
    const int power = magnitude(reader, end);
    return {at, end, currency + u' ' + scaled(amount, power)};
}

TokenMatch postfixed(const TokenReader &reader, qsizetype at, const QString &language)
{
    if (at > 0 && reader.tight(at)) {
        const QStringView before = reader.view(at - 1);
        if (reader.isNumber(at - 1) || (reader.isWord(at - 1) && before.front().unicode() < 0x2e80) ||
            before == u'.' || before == u'-' || before == u'$')
            return {};
    }
    const Amount amount = readAmount(reader, at, language);
    if (!amount.found())
        return {};
    qsizetype end = amount.end;
    const int power = magnitude(reader, end);
    if (!reader.near(end))
        return {};
    QString currency;
    if (reader.isWord(end)) {
        currency = currencyOfCode(reader.view(end));
        if (currency.isEmpty())
            currency = currencyOfWord(reader.lower(end));
    } else if (reader.token(end).gap <= 1 && !reader.isNumber(end + 1)) {
        currency = currencyOfSymbol(reader.view(end), language);
    }
    if (currency.isEmpty())
        return {};
    const bool abbreviation =
        reader.lower(end) == u"руб"_s && reader.isSymbol(end + 1, u'.') && reader.tight(end + 1);
    return {at, end + (abbreviation ? 2 : 1), currency + u' ' + scaled(amount, power)};
}

} // namespace

TokenMatch matchMoney(const TokenReader &reader, qsizetype at, const QString &language)
{
    return reader.isNumber(at) ? postfixed(reader, at, language) : prefixed(reader, at, language);
}

TokenMatch matchPercentage(const TokenReader &reader, qsizetype at, const QString &language)
{
    if (!reader.isNumber(at))
        return {};
    bool negative = false;
    if (at > 0 && reader.tight(at)) {
        const QStringView before = reader.view(at - 1);
        const bool sign = before == u'-' || before == u'−';
        negative = sign && !reader.tight(at - 1);
        const bool opening = before.size() == 1 && u"([{\"'“„«±<>≤≥~≈–—/=+"_s.contains(before.front());
        const bool ideograph = reader.isWord(at - 1) && before.front().unicode() >= 0x2e80;
        if (!negative && !opening && !ideograph && !(sign && reader.isNumber(at - 2)))
            return {};
    }
    const Amount amount = readAmount(reader, at, language);
    if (!amount.found() || !reader.near(amount.end))
        return {};
    qsizetype end = 0;
    const QString next = reader.lower(amount.end);
    const QString second = reader.lower(amount.end + 1);
    static const QStringList kWords = {u"percent"_s,  u"pct"_s,     u"prozent"_s,  u"procent"_s,
                                       u"percento"_s, u"процент"_s, u"процента"_s, u"процентов"_s};
    const bool sign =
        (next == "%"_L1 || next == u"％"_s || next == u"٪"_s) && reader.token(amount.end).gap <= 1;
    if (sign) {
        // "50 %s" and "3 %in% x" are program text
        const bool glued = reader.isWord(amount.end + 1) && reader.tight(amount.end + 1) &&
                           reader.view(amount.end + 1).front().unicode() < 0x2e80;
        end = glued || (reader.isNumber(amount.end + 1) && reader.tight(amount.end + 1)) ? 0 : amount.end + 1;
    } else if (kWords.contains(next)) {
        end = amount.end + 1;
    } else if ((next == "per"_L1 && second == "cent"_L1) || (next == "pour"_L1 && second == "cent"_L1) ||
               (next == "por"_L1 && (second == "ciento"_L1 || second == "cento"_L1)) ||
               (next == "per"_L1 && second == "cento"_L1)) {
        end = amount.end + 2;
    }
    if (end == 0)
        return {};
    return {negative ? at - 1 : at, end, (negative ? u"-"_s : QString()) + scaled(amount, 0)};
}

} // namespace lectern::text
