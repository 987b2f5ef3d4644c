// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Addresses.h"

#include <algorithm>

namespace lectern::text {

using namespace Qt::StringLiterals;
using domain::Entity;
using domain::EntityKind;

namespace {

constexpr qsizetype kLongestAddress = 400;
constexpr int kMostLinesJoined = 3;
constexpr int kMostAddresses = 500;

bool isAsciiAlnum(QChar c)
{
    return c.unicode() < 0x80 && c.isLetterOrNumber();
}

bool isLocalPart(QChar c)
{
    return isAsciiAlnum(c) || u"._%+-"_s.contains(c);
}

bool isUrlCharacter(QChar c)
{
    return isAsciiAlnum(c) || u"-._~:/?#[]@!$&'()*+,;=%"_s.contains(c) ||
           (c.unicode() > 0xa0 && c.isLetter() && c.unicode() < 0x2e80);
}

qsizetype runEnd(const QString &text, qsizetype start, bool (*accepts)(QChar))
{
    qsizetype end = start;
    const qsizetype limit = std::min(text.size(), start + kLongestAddress);
    while (end < limit && accepts(text.at(end)))
        ++end;
    return end;
}

/// Marks that end the sentence, not the address, and brackets that were opened outside.
void trimEnd(QString &address, qsizetype &end)
{
    while (!address.isEmpty()) {
        const QChar last = address.back();
        const bool mark = u".,;:!?'\"*"_s.contains(last);
        const bool bracket = (last == u')' && address.count(u')') > address.count(u'(')) ||
                             (last == u']' && address.count(u']') > address.count(u'[')) || last == u'(' ||
                             last == u'[';
        if (!mark && !bracket)
            return;
        address.chop(1);
        --end;
    }
}

/// Whether the first piece of the next line goes on with an address that reached the end of its line.
bool continues(const QString &address, QStringView piece)
{
    if (piece.isEmpty() || piece.contains(u"://") || piece.startsWith(u"www.") || piece.contains(u'@'))
        return false;
    qsizetype end = piece.size();
    while (end > 0 && u".,;:)"_s.contains(piece.at(end - 1)))
        --end;
    piece = piece.left(end);
    if (piece.isEmpty())
        return false;
    const auto has = [&](QChar c) { return piece.contains(c); };
    const bool pathLike =
        has(u'/') || has(u'_') || has(u'=') || has(u'&') || has(u'%') || has(u'~') || has(u'.');
    const bool openEnd = u"/-_=&?.%~#"_s.contains(address.back());
    const bool capitalised = piece.front().isUpper() && !pathLike;
    if (capitalised)
        return false;
    if (pathLike)
        return openEnd || (has(u'/') && !piece.front().isUpper());
    const bool word = std::all_of(piece.begin(), piece.end(), [](QChar c) { return c.isLetter(); });
    // A plain word may as well be the sentence going on, unless the address stops in the middle of a name.
    return openEnd && (!word || address.back() == u'-' || address.back() == u'_' || address.back() == u'=');
}

/// Reads an address from `start`, over line ends where it clearly goes on. Sets `end` behind it.
QString readJoined(const QString &text, qsizetype start, qsizetype &end)
{
    end = runEnd(text, start, isUrlCharacter);
    QString address = text.mid(start, end - start);
    for (int line = 0; line < kMostLinesJoined; ++line) {
        if (end >= text.size() || text.at(end) != u'\n' || address.isEmpty() ||
            address.size() >= kLongestAddress)
            break;
        const qsizetype nextStart = end + 1;
        const qsizetype nextEnd = runEnd(text, nextStart, isUrlCharacter);
        const QStringView piece = QStringView(text).mid(nextStart, nextEnd - nextStart);
        if (!continues(address, piece))
            break;
        address += piece;
        end = nextEnd;
    }
    trimEnd(address, end);
    return address;
}

bool isHost(QStringView host)
{
    const auto labels = host.split(u'.');
    if (labels.size() < 2 || labels.last().size() < 2 || labels.last().size() > 14)
        return false;
    const bool whole = std::all_of(labels.begin(), labels.end(), [](QStringView label) {
        return !label.isEmpty() && label.size() <= 63 && !label.startsWith(u'-') && !label.endsWith(u'-') &&
               std::all_of(label.begin(), label.end(),
                           [](QChar c) { return isAsciiAlnum(c) || c == u'-' || c.unicode() > 0xa0; });
    });
    return whole &&
           std::all_of(labels.last().begin(), labels.last().end(), [](QChar c) { return c.isLetter(); });
}

Entity entity(EntityKind kind, const QString &text, const QString &value, qsizetype start, qsizetype end)
{
    return {kind, text, value, static_cast<qint32>(start), static_cast<qint32>(end - start)};
}

/// The e-mail address around the '@' at `at`.
bool readEmail(const QString &text, qsizetype at, Entity &found)
{
    qsizetype start = at;
    while (start > 0 && at - start < 64 && isLocalPart(text.at(start - 1)))
        --start;
    while (start < at && !isAsciiAlnum(text.at(start)))
        ++start;
    qsizetype end = at + 1;
    while (end < text.size() && end - at < 200 &&
           (isAsciiAlnum(text.at(end)) || text.at(end) == u'.' || text.at(end) == u'-'))
        ++end;
    while (end > at && !isAsciiAlnum(text.at(end - 1)))
        --end;
    if (start == at || text.at(at - 1) == u'.' || !isHost(QStringView(text).mid(at + 1, end - at - 1)))
        return false;
    const QString address = text.mid(start, end - start);
    found = entity(EntityKind::Email, address, address.toLower(), start, end);
    return true;
}

/// Scheme and host without regard to case; the path keeps its own.
QString webValue(const QString &address)
{
    QString value = address;
    if (!value.contains(u"://"))
        value.prepend(u"http://"_s);
    const qsizetype hostStart = value.indexOf(u"://") + 3;
    qsizetype hostEnd = value.indexOf(u'/', hostStart);
    hostEnd = hostEnd < 0 ? value.size() : hostEnd;
    value = value.left(hostEnd).toLower() + value.mid(hostEnd);
    if (value.endsWith(u'/') && value.count(u'/') == 3)
        value.chop(1);
    return value;
}

bool readWeb(const QString &text, qsizetype start, Entity &found)
{
    qsizetype end = start;
    const QString address = readJoined(text, start, end);
    const qsizetype scheme = address.indexOf(u"://");
    QStringView host = QStringView(address).mid(scheme < 0 ? 0 : scheme + 3);
    const auto hostEnd =
        std::find_if(host.begin(), host.end(), [](QChar c) { return u"/?#:"_s.contains(c); });
    host = host.left(hostEnd - host.begin());
    if (!isHost(host))
        return false;
    found = entity(EntityKind::WebAddress, address, webValue(address), start, end);
    return true;
}

/// "10.1234/suffix" at `start`
bool readDoi(const QString &text, qsizetype start, Entity &found)
{
    qsizetype slash = start + 3;
    while (slash < text.size() && text.at(slash).isDigit() && slash - start < 12)
        ++slash;
    if (slash - start < 7 || slash >= text.size() || text.at(slash) != u'/')
        return false;
    qsizetype end = start;
    QString doi = readJoined(text, start, end);
    const auto stop = std::find_if(doi.begin(), doi.end(), [](QChar c) { return u"#?&<>\"'"_s.contains(c); });
    if (stop != doi.end()) {
        const auto kept = stop - doi.begin();
        end -= doi.size() - kept;
        doi.truncate(kept);
    }
    if (doi.size() - (slash - start) < 3)
        return false;
    found = entity(EntityKind::Doi, doi, doi.toLower(), start, end);
    return true;
}

bool startsAt(const QString &text, qsizetype at, QStringView what)
{
    return QStringView(text).mid(at, what.size()).compare(what, Qt::CaseInsensitive) == 0;
}

bool readAt(const QString &text, qsizetype i, Entity &found)
{
    const QChar c = text.at(i);
    if (c == u'@')
        return readEmail(text, i, found);
    const bool boundary = i == 0 || !isAsciiAlnum(text.at(i - 1));
    if (c == u'1' && startsAt(text, i, u"10.") && (boundary) && (i == 0 || text.at(i - 1) != u'.'))
        return readDoi(text, i, found);
    if (!boundary)
        return false;
    for (const QStringView start :
         {QStringView(u"http://"), QStringView(u"https://"), QStringView(u"ftp://")}) {
        if (!startsAt(text, i, start))
            continue;
        qsizetype doi = i + start.size();
        for (const QStringView host :
             {QStringView(u"doi.org/"), QStringView(u"dx.doi.org/"), QStringView(u"www.doi.org/")}) {
            if (startsAt(text, doi, host) && readDoi(text, doi + host.size(), found))
                return true;
        }
        return readWeb(text, i, found);
    }
    return startsAt(text, i, u"www.") && readWeb(text, i, found);
}

} // namespace

QVector<Entity> findAddresses(const QString &text)
{
    QVector<Entity> found;
    for (qsizetype i = 0; i < text.size() && found.size() < kMostAddresses; ++i) {
        const char16_t c = text.at(i).unicode();
        if (c != u'@' && c != u'1' && c != u'h' && c != u'H' && c != u'f' && c != u'F' && c != u'w' &&
            c != u'W')
            continue;
        Entity next;
        if (!readAt(text, i, next))
            continue;
        if (!found.isEmpty() && next.offset < found.last().offset + found.last().length)
            continue;
        found.append(next);
        i = std::max<qsizetype>(i, next.offset + next.length - 1);
    }
    return found;
}

} // namespace lectern::text
