// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/SavedSearch.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace lectern::domain {

namespace {

const QString kWords = QStringLiteral("words");
const QString kMode = QStringLiteral("mode");
const QString kDocuments = QStringLiteral("documents");
const QString kCollection = QStringLiteral("collection");
const QString kLanguages = QStringLiteral("languages");
const QString kNamed = QStringLiteral("named");
const QString kText = QStringLiteral("text");
const QString kFrom = QStringLiteral("added_from");
const QString kBefore = QStringLiteral("added_before");
const QString kDays = QStringLiteral("added_in_days");

std::optional<qint64> numberOf(const QJsonObject &object, const QString &key)
{
    const QJsonValue value = object.value(key);
    return value.isDouble() ? std::optional(value.toInteger()) : std::nullopt;
}

} // namespace

QString searchModeName(SearchMode mode)
{
    switch (mode) {
    case SearchMode::Words:
        return QStringLiteral("words");
    case SearchMode::Meaning:
        return QStringLiteral("meaning");
    case SearchMode::Both:
        return QStringLiteral("both");
    }
    return {};
}

std::optional<SearchMode> searchModeFromName(const QString &name)
{
    for (const SearchMode mode : {SearchMode::Words, SearchMode::Meaning, SearchMode::Both}) {
        if (name == searchModeName(mode))
            return mode;
    }
    return std::nullopt;
}

QByteArray toJson(const SavedSearch &search)
{
    QJsonObject object{{kWords, search.words}, {kMode, searchModeName(search.mode)}};
    const SearchFilter &filter = search.filter;
    if (filter.documents) {
        QJsonArray documents;
        for (const DocumentId document : *filter.documents)
            documents.append(document.value);
        object.insert(kDocuments, documents);
    }
    if (filter.collection)
        object.insert(kCollection, filter.collection->value);
    if (!filter.languages.isEmpty())
        object.insert(kLanguages, QJsonArray::fromStringList(filter.languages));
    if (!filter.named.isEmpty())
        object.insert(kNamed, filter.named);
    if (filter.worstText)
        object.insert(kText, verdictName(*filter.worstText));
    if (filter.addedFrom)
        object.insert(kFrom, *filter.addedFrom);
    if (filter.addedBefore)
        object.insert(kBefore, *filter.addedBefore);
    if (search.addedInDays > 0)
        object.insert(kDays, search.addedInDays);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

base::Result<SavedSearch> savedSearchFromJson(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return base::fail(base::ErrorCode::Database, QStringLiteral("damaged saved search"));
    const QJsonObject object = document.object();
    SavedSearch search;
    search.words = object.value(kWords).toString();
    search.mode = searchModeFromName(object.value(kMode).toString()).value_or(SearchMode::Both);
    search.addedInDays = object.value(kDays).toInt();
    SearchFilter &filter = search.filter;
    if (object.contains(kDocuments)) {
        QVector<DocumentId> documents;
        for (const QJsonValue id : object.value(kDocuments).toArray())
            documents.append(DocumentId{id.toInteger()});
        filter.documents = documents;
    }
    if (const auto collection = numberOf(object, kCollection))
        filter.collection = CollectionId{*collection};
    for (const QJsonValue language : object.value(kLanguages).toArray())
        filter.languages.append(language.toString());
    filter.named = object.value(kNamed).toString();
    if (object.contains(kText))
        filter.worstText = verdictFromName(object.value(kText).toString());
    filter.addedFrom = numberOf(object, kFrom);
    filter.addedBefore = numberOf(object, kBefore);
    return search;
}

} // namespace lectern::domain
