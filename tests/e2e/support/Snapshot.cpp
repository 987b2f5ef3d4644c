// SPDX-License-Identifier: GPL-3.0-or-later
#include "Snapshot.h"

#include "Sqlite.h"

#include <QJsonDocument>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lectern::e2e {

namespace {

constexpr int kShownOfLine = 400;

constexpr const char *kDocuments = R"(
SELECT (SELECT group_concat(path, '|') FROM (SELECT path FROM source WHERE document_id = document.id ORDER BY path)),
       lower(hex(sha256)), kind, state, goal, bytes, title, author, language, copy_allowed, pages_total,
       pages_extracted, pages_with_text, pages_done, pages_failed, error_code, removed_at <> 0
  FROM document ORDER BY 1)";

constexpr const char *kPages = R"(
SELECT lower(hex(document.sha256)), number, label, page.state, width, height, rotation, images, characters, verdict,
       quality, quality_details, hex(content_hash), page.error_code, hex(page_text.text), hex(page_text.layout),
       answer.analyzer, quote(answer.result), (SELECT count(*) FROM page_search WHERE page_search.rowid = page.id)
  FROM page JOIN document ON document.id = page.document_id
            LEFT JOIN page_text ON page_text.page_id = page.id LEFT JOIN answer ON answer.id = page.answer_id
 ORDER BY 1, 2)";

// Each gives the rows that break a rule.
constexpr std::pair<const char *, const char *> kRules[] = {
    {"a job is running", "SELECT id FROM job WHERE state = 5"},
    {"a job waits", "SELECT id FROM job WHERE state < 10"},
    {"an ended job has no end, or a live one has",
     "SELECT id FROM job WHERE (state >= 10) <> (finished_at <> 0)"},
    {"a document is unsettled", "SELECT id FROM document WHERE state < 10"},
    {"a page was analysed twice", "SELECT document_id, page_number FROM job WHERE kind = 2 AND state = 10 "
                                  "GROUP BY 1, 2 HAVING count(*) > 1"},
    {"pages do not add up",
     "SELECT id FROM document WHERE state IN (10, 11) AND pages_done + pages_failed <> pages_total"},
    {"pages_done is wrong", "SELECT id FROM document WHERE pages_done <> (SELECT count(*) FROM page WHERE "
                            "document_id = document.id AND state = 2)"},
    {"pages_failed is wrong", "SELECT id FROM document WHERE pages_failed <> (SELECT count(*) FROM page "
                              "WHERE document_id = document.id AND state = 3)"},
    {"a page has text but is not searchable",
     "SELECT page_id FROM page_text WHERE page_id NOT IN (SELECT rowid FROM page_search)"},
    {"search knows a page that has no text",
     "SELECT rowid FROM page_search WHERE rowid NOT IN (SELECT page_id FROM page_text)"},
    {"a page is done without text",
     "SELECT id FROM page WHERE state IN (1, 2) AND id NOT IN (SELECT page_id FROM page_text)"},
    {"a page is done without its analysis",
     "SELECT page.id FROM page JOIN document ON document.id = document_id WHERE page.state = 2 AND goal = 1 "
     "AND answer_id IS NULL"},
    {"a page that did not fail keeps an unusable answer",
     "SELECT page_id FROM unusable_answer JOIN page ON page.id = page_id WHERE page.state <> 3"},
    {"a reference leads nowhere", "PRAGMA foreign_key_check"},
    {"the file is damaged", "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'"},
};

bool isApart(const QString &path, const QStringList &apart)
{
    return std::any_of(apart.cbegin(), apart.cend(), [&](const QString &end) { return path.endsWith(end); });
}

} // namespace

Snapshot Snapshot::bySqlite(const QString &database, const QStringList &apart)
{
    constexpr int kPathColumn = 0;
    constexpr int kDocumentHashColumn = 1;
    constexpr int kFirstColumnOfState = 3;
    Snapshot snapshot;
    QSet<QByteArray> apartHashes;
    for (QByteArrayList row : Sqlite::rows(database, kDocuments)) {
        const QString path = QString::fromUtf8(row.at(kPathColumn));
        if (isApart(path, apart)) {
            apartHashes.insert(row.value(kDocumentHashColumn));
            row = row.first(std::min<qsizetype>(kFirstColumnOfState, row.size()));
        }
        snapshot.m_lines.append(row.join('\t'));
    }
    constexpr int kHashColumn = 0;
    constexpr int kStateColumn = 3;
    for (const QByteArrayList &row : Sqlite::rows(database, kPages)) {
        if (!apartHashes.contains(row.value(kHashColumn)) || row.value(kStateColumn) != "3")
            snapshot.m_lines.append(row.join('\t'));
    }
    return snapshot;
}

Snapshot Snapshot::byProgram(const Scene &scene, const QStringList &apart)
{
    Snapshot snapshot;
    for (const QJsonValue value : scene.run({u"documents"_s, u"--json"_s}).array()) {
        const QJsonObject document = value.toObject();
        if (document.value(u"pages_total"_s).isNull())
            continue;
        const QByteArray hash = document.value(u"sha256"_s).toString().toLatin1();
        const auto pages = scene.run(
            {u"pages"_s, u"--full"_s, u"--json"_s, QString::number(document.value(u"id"_s).toInteger())});
        for (const QJsonValue page : pages.array()) {
            QJsonObject object = page.toObject();
            if (object.value(u"state"_s) == u"failed"_s &&
                isApart(document.value(u"path"_s).toString(), apart))
                continue;
            for (const QString &field : {u"document"_s, u"attempts"_s, u"error"_s})
                object.remove(field);
            snapshot.m_lines.append(hash + '\t' + QJsonDocument(object).toJson(QJsonDocument::Compact));
        }
    }
    std::sort(snapshot.m_lines.begin(), snapshot.m_lines.end());
    return snapshot;
}

QByteArray Snapshot::differenceTo(const Snapshot &other) const
{
    const qsizetype common = std::min(m_lines.size(), other.m_lines.size());
    for (qsizetype line = 0; line < common; ++line) {
        if (m_lines.at(line) == other.m_lines.at(line))
            continue;
        const QByteArray &mine = m_lines.at(line);
        const QByteArray &theirs = other.m_lines.at(line);
        const auto differs =
            std::mismatch(mine.cbegin(), mine.cend(), theirs.cbegin(), theirs.cend()).first - mine.cbegin();
        const qsizetype from = std::max<qsizetype>(0, differs - kShownOfLine / 2);
        return "line " + QByteArray::number(line) + ", byte " + QByteArray::number(differs) + " (" +
               mine.left(120) + "): “" + mine.mid(from, kShownOfLine) + "” instead of “" +
               theirs.mid(from, kShownOfLine) + "”";
    }
    if (m_lines.size() == other.m_lines.size())
        return {};
    return QByteArray::number(m_lines.size()) + " lines instead of " +
           QByteArray::number(other.m_lines.size());
}

QByteArrayList brokenRules(const QString &database)
{
    QByteArrayList broken;
    for (const auto &[rule, sql] : kRules) {
        const auto rows = Sqlite::rows(database, sql);
        if (!rows.isEmpty())
            broken.append(QByteArray(rule) + ": " + QByteArray::number(rows.size()) + ", first " +
                          rows.first().join('\t'));
    }
    return broken;
}

} // namespace lectern::e2e
