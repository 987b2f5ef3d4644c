// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/DocumentPicker.h"

#include "store/Connection.h"
#include "store/Library.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace lectern::cli {

using domain::Document;
using domain::DocumentId;
using store::Library;

namespace {

constexpr int kShortestHashPrefix = 4;
constexpr int kHashDigits = 64;
constexpr int kBatch = 500;

Failure ambiguous(const QString &operand, const QVector<Document> &documents)
{
    Failure failure = Failure::usage(
        u"“%1” may mean %2 documents; name one by its id."_s.arg(operand).arg(documents.size()));
    for (const Document &document : documents)
        failure.candidates.append({document.id, document.path, QString::fromLatin1(document.sha256.toHex())});
    return failure;
}

bool isHashPrefix(const QString &operand)
{
    const auto isHexDigit = [](QChar c) {
        const QChar lower = c.toLower();
        return (c >= u'0' && c <= u'9') || (lower >= u'a' && lower <= u'f');
    };
    return operand.size() >= kShortestHashPrefix && operand.size() <= kHashDigits &&
           std::all_of(operand.begin(), operand.end(), isHexDigit);
}

} // namespace

Outcome<Document> DocumentPicker::pick(const QString &operand) const
{
    using Way = base::Result<Documents> (DocumentPicker::*)(const QString &) const;
    constexpr std::array<Way, 4> ways = {&DocumentPicker::byId, &DocumentPicker::byPath,
                                         &DocumentPicker::byName, &DocumentPicker::byHash};
    for (const Way way : ways) {
        auto found = (this->*way)(operand);
        if (!found)
            return failed(found.error());
        found->removeIf([&](const Document &document) { return !isHere(document); });
        if (found->size() > 1)
            return failed(ambiguous(operand, *found));
        if (found->size() == 1)
            return found->first();
    }
    const QString where = m_where == Where::Trash ? u"in the trash"_s : u"in this workspace"_s;
    return failed(base::Error{base::ErrorCode::NotFound, u"no document “%1” %2"_s.arg(operand, where)});
}

Outcome<QVector<DocumentId>> DocumentPicker::pickAll(const QStringList &operands) const
{
    QVector<DocumentId> ids;
    for (const QString &operand : operands) {
        const auto document = pick(operand);
        if (!document)
            return failed(document.error());
        if (!ids.contains(document->id))
            ids.append(document->id);
    }
    return ids;
}

bool DocumentPicker::isHere(const Document &document) const
{
    return document.isInTrash() == (m_where == Where::Trash);
}

base::Result<DocumentPicker::Documents> DocumentPicker::byId(const QString &operand) const
{
    bool isNumber = false;
    const qint64 value = operand.toLongLong(&isNumber);
    if (!isNumber || value <= 0)
        return Documents{};
    return read({DocumentId{value}});
}

base::Result<DocumentPicker::Documents> DocumentPicker::byPath(const QString &operand) const
{
    const QFileInfo file(operand);
    QSet<QString> paths{QDir::cleanPath(file.absoluteFilePath())};
    if (const QString canonical = file.canonicalFilePath(); !canonical.isEmpty())
        paths.insert(canonical);
    QVector<DocumentId> ids;
    for (const QString &path : std::as_const(paths)) {
        const auto id = Library::findByPath(m_reader, path);
        if (!id)
            return base::fail(id.error());
        if (*id && !ids.contains(**id))
            ids.append(**id);
    }
    return read(ids);
}

base::Result<DocumentPicker::Documents> DocumentPicker::byName(const QString &operand) const
{
    if (operand.contains(u'/'))
        return Documents{};
    QVector<DocumentId> ids;
    const QString ending = u'/' + operand;
    qint64 after = 0;
    while (true) {
        const auto places = Library::allPlaces(m_reader, after, kBatch);
        if (!places)
            return base::fail(places.error());
        for (const store::Place &place : *places) {
            after = place.id.value;
            if (place.path.endsWith(ending) && !ids.contains(place.document))
                ids.append(place.document);
        }
        if (places->size() < kBatch)
            return read(ids);
    }
}

base::Result<DocumentPicker::Documents> DocumentPicker::byHash(const QString &operand) const
{
    Documents matches;
    if (!isHashPrefix(operand))
        return matches;
    Library::DocumentQuery query;
    query.trash = m_where == Where::Trash;
    const auto ids = Library::find(m_reader, query);
    if (!ids)
        return base::fail(ids.error());
    const QByteArray prefix = operand.toLower().toLatin1();
    for (qsizetype start = 0; start < ids->size(); start += kBatch) {
        const auto documents = read(ids->mid(start, kBatch));
        if (!documents)
            return documents;
        std::copy_if(documents->begin(), documents->end(), std::back_inserter(matches),
                     [&](const Document &document) { return document.sha256.toHex().startsWith(prefix); });
    }
    return matches;
}

base::Result<DocumentPicker::Documents> DocumentPicker::read(const QVector<DocumentId> &ids) const
{
    if (ids.isEmpty())
        return Documents{};
    return Library::documents(m_reader, ids);
}

} // namespace lectern::cli
