// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdf.h"
#include "Scene.h"
#include "Sqlite.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern::e2e;

/// Finding pages with the real program: by words, by meaning, by both.
class tst_Search : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyPassageHasItsVector();
    void finds_data();
    void finds();
    void tellsWhatIsNearest();
    void removedPagesAreNotFound();
    void wrongOptionsAreUsageErrors_data();
    void wrongOptionsAreUsageErrors();
    void narrowedDown_data();
    void narrowedDown();
    void collectionsHoldDocuments();
    void savedSearchesAreRun();
    void exports_data();
    void exports();
    void exportsToAFile();

private:
    /// "harbour 2": the file and the number of each page found, best first.
    [[nodiscard]] QStringList found(const QString &mode, const QString &words) const;
    [[nodiscard]] QJsonArray search(const QString &mode, const QString &words) const;

    Scene m_scene;
};

void tst_Search::initTestCase()
{
    m_scene.unsetEnvironment(u"LECTERN_EMBEDDING"_s);
    m_scene.write(u"harbour.pdf"_s,
                  SamplePdf::make({"The keeper lights the lamp of the lighthouse every evening\n"
                                   "so that ships find the entrance of the port at night.",
                                   "Fishing boats return before dawn and sell their catch\n"
                                   "on the quay. The auction begins at five."}));
    m_scene.write(u"kitchen.pdf"_s,
                  SamplePdf::make({"Knead the dough for ten minutes and let it rise in a warm place.\n"
                                   "Bake the loaf until its crust is brown.",
                                   "Soup tastes better the next day. Heat it slowly\n"
                                   "and do not let it boil."}));
    m_scene.write(u"money.pdf"_s, SamplePdf::make({"The bank raised its interest rate by half a percent.\n"
                                                   "Savings accounts pay more, loans have become dearer.\n"
                                                   "One day later Acme Corporation left the bank."}));
    const Finished indexed = m_scene.run({u"index"_s, m_scene.file(u"harbour.pdf"_s),
                                          m_scene.file(u"kitchen.pdf"_s), m_scene.file(u"money.pdf"_s)});
    QVERIFY2(indexed.exitCode == 0, indexed.told().constData());
}

// The command waits for them.
void tst_Search::everyPassageHasItsVector()
{
    const auto count = [this](const QByteArray &sql) {
        return Sqlite::value(m_scene.database(), sql).toInt();
    };
    const int chunks = count("SELECT count(*) FROM chunk");
    QVERIFY(chunks >= 5);
    QCOMPARE(count("SELECT count(*) FROM chunk_vector"), chunks);
    QCOMPARE(count("SELECT sum(vectors) FROM job WHERE kind = 4 AND state = 10"), chunks);
}

QJsonArray tst_Search::search(const QString &mode, const QString &words) const
{
    const Finished finished = m_scene.run({u"search"_s, u"--json"_s, u"--mode"_s, mode, u"--"_s, words});
    return finished.exitCode == 0 ? finished.array() : QJsonArray{finished.exitCode};
}

QStringList tst_Search::found(const QString &mode, const QString &words) const
{
    QStringList pages;
    for (const QJsonValue value : search(mode, words)) {
        const QJsonObject page = value.toObject();
        pages.append(u"%1 %2"_s.arg(page.value(u"name"_s).toString().section(u'.', 0, 0))
                         .arg(page.value(u"page"_s).toInt()));
    }
    return pages;
}

void tst_Search::finds_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("first");
    QTest::addColumn<int>("count"); ///< pages found; -1: any number
    QTest::newRow("a word") << u"words"_s << u"quay"_s << u"harbour 2"_s << 1;
    QTest::newRow("another form") << u"words"_s << u"baking loaves"_s << u"kitchen 1"_s << 1;
    QTest::newRow("a phrase") << u"words"_s << u"\"interest rate\""_s << u"money 1"_s << 1;
    QTest::newRow("not that phrase") << u"words"_s << u"\"rate interest\""_s << QString() << 0;
    QTest::newRow("without a word") << u"words"_s << u"soup -slowly"_s << QString() << 0;
    QTest::newRow("in the title") << u"words"_s << u"title:kitchen soup"_s << u"kitchen 2"_s << -1;
    QTest::newRow("some words") << u"words"_s << u"lighthouse submarine"_s << u"harbour 1"_s << 1;
    QTest::newRow("no such word") << u"words"_s << u"submarine"_s << QString() << 0;
    QTest::newRow("in other words") << u"meaning"_s << u"how do I make bread"_s << u"kitchen 1"_s << 5;
    QTest::newRow("vessels in the dark")
        << u"meaning"_s << u"guiding vessels in the dark"_s << u"harbour 1"_s << 5;
    QTest::newRow("meaning, without")
        << u"meaning"_s << u"how do I make bread -dough"_s << u"kitchen 2"_s << 4;
    QTest::newRow("both, by words") << u"both"_s << u"auction"_s << u"harbour 2"_s << -1;
    QTest::newRow("both, by meaning") << u"both"_s << u"borrowing costs more"_s << u"money 1"_s << -1;
    // Its meaning cannot be told, and no page has its words.
    QTest::newRow("both, in another script") << u"both"_s << u"огни маяка ночью"_s << QString() << 0;
    QTest::newRow("both, without spaces") << u"both"_s << u"夜晚的灯塔"_s << QString() << 0;
    QTest::newRow("both, a phrase") << u"both"_s << u"\"interest rate\" increase"_s << u"money 1"_s << 1;
}

void tst_Search::finds()
{
    QFETCH(QString, mode);
    QFETCH(QString, words);
    QFETCH(QString, first);
    QFETCH(int, count);
    const QStringList pages = found(mode, words);
    const QByteArray told = pages.join(u", "_s).toUtf8();
    QVERIFY2(pages.value(0) == first, told.constData());
    QVERIFY2(count < 0 || pages.size() == count, told.constData());
}

void tst_Search::tellsWhatIsNearest()
{
    const QJsonObject page = search(u"meaning"_s, u"how do I make bread"_s).first().toObject();
    const QJsonObject passage = page.value(u"passage"_s).toObject();
    QCOMPARE(passage.value(u"chunk"_s).toInt(-1), 0);
    QVERIFY(passage.value(u"length"_s).toInt() > 50);
    QVERIFY2(page.value(u"snippet"_s).toString().contains(u"dough"_s),
             qPrintable(page.value(u"snippet"_s).toString()));
    QVERIFY(search(u"words"_s, u"quay"_s).first().toObject().value(u"passage"_s).isNull());
}

void tst_Search::removedPagesAreNotFound()
{
    QCOMPARE(m_scene.run({u"remove"_s, u"kitchen.pdf"_s}).exitCode, 0);
    for (const QString &mode : {u"words"_s, u"meaning"_s, u"both"_s})
        QVERIFY2(!found(mode, u"dough"_s).contains(u"kitchen 1"_s), qPrintable(mode));
    QCOMPARE(m_scene.run({u"restore"_s, u"kitchen.pdf"_s}).exitCode, 0);
    for (const QString &mode : {u"words"_s, u"meaning"_s, u"both"_s})
        QVERIFY2(found(mode, u"dough"_s).contains(u"kitchen 1"_s), qPrintable(mode));
}

void tst_Search::wrongOptionsAreUsageErrors_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("mode") << QStringList{u"--mode"_s, u"magic"_s};
    QTest::newRow("text") << QStringList{u"--text"_s, u"bad"_s};
    QTest::newRow("day") << QStringList{u"--added-from"_s, u"yesterday"_s};
    QTest::newRow("no such day") << QStringList{u"--added-to"_s, u"2026-02-31"_s};
}

void tst_Search::wrongOptionsAreUsageErrors()
{
    QFETCH(QStringList, options);
    const Finished finished = m_scene.run(QStringList{u"search"_s, u"words"_s} + options);
    QCOMPARE(finished.exitCode, 2);
    QVERIFY2(finished.errors.contains(options.first().toUtf8()), finished.told().constData());
    QCOMPARE(m_scene.run({u"search"_s}).exitCode, 2); // without words
    QCOMPARE(m_scene.run({u"search"_s, u"--in"_s, u"nosuch.pdf"_s, u"words"_s}).exitCode, 1);
}

void tst_Search::narrowedDown_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("documents"); ///< of the pages found, each once
    const QString everything = u"harbour kitchen money"_s;
    QTest::newRow("nothing") << QStringList() << everything;
    QTest::newRow("document") << QStringList{u"--in"_s, u"kitchen.pdf"_s} << u"kitchen"_s;
    QTest::newRow("documents") << QStringList{u"--in"_s, u"kitchen.pdf"_s, u"--in"_s, u"money.pdf"_s}
                               << u"kitchen money"_s;
    QTest::newRow("language") << QStringList{u"--language"_s, u"en"_s} << everything;
    QTest::newRow("other language") << QStringList{u"--language"_s, u"fr"_s} << QString();
    QTest::newRow("good text") << QStringList{u"--text"_s, u"good"_s} << everything;
    QTest::newRow("named") << QStringList{u"--names"_s, u"acme corporation"_s} << u"money"_s;
    QTest::newRow("named, and another document")
        << QStringList{u"--names"_s, u"acme"_s, u"--in"_s, u"kitchen.pdf"_s} << QString();
    QTest::newRow("since long") << QStringList{u"--added-from"_s, u"2020-01-01"_s} << everything;
    QTest::newRow("before long") << QStringList{u"--added-to"_s, u"2020-01-01"_s} << QString();
}

// For words, for meaning and for both alike.
void tst_Search::narrowedDown()
{
    QFETCH(QStringList, options);
    QFETCH(QString, documents);
    for (const QString &mode : {u"words"_s, u"meaning"_s, u"both"_s}) {
        const Finished finished = m_scene.run(QStringList{u"search"_s, u"--json"_s, u"--mode"_s, mode} +
                                              options + QStringList{u"quay"_s, u"soup"_s, u"bank"_s});
        QVERIFY2(finished.exitCode == 0, finished.told().constData());
        QStringList names;
        for (const QJsonValue page : finished.array())
            names.append(page.toObject().value(u"name"_s).toString().section(u'.', 0, 0));
        names.removeDuplicates();
        names.sort();
        QVERIFY2(names.join(u' ') == documents, finished.told().constData());
    }
}

void tst_Search::collectionsHoldDocuments()
{
    const auto names = [this] {
        QStringList rows;
        for (const QJsonValue value : m_scene.run({u"collections"_s, u"--json"_s}).array()) {
            const QJsonObject row = value.toObject();
            rows.append(
                u"%1 %2"_s.arg(row.value(u"name"_s).toString()).arg(row.value(u"documents"_s).toInt()));
        }
        return rows.join(u", "_s);
    };
    QCOMPARE(names(), QString());
    QCOMPARE(m_scene.run({u"collections"_s, u"add"_s, u"Sea  side"_s, u"harbour.pdf"_s, u"kitchen.pdf"_s})
                 .exitCode,
             0);
    QCOMPARE(names(), u"Sea side 2"_s);
    QVERIFY(m_scene.run({u"collections"_s}).output.contains("Sea side"));
    const Finished removed =
        m_scene.run({u"collections"_s, u"--json"_s, u"remove"_s, u"sea side"_s, u"kitchen.pdf"_s});
    QCOMPARE(removed.object().value(u"collection"_s).toString(), u"Sea side"_s);
    QCOMPARE(removed.object().value(u"documents"_s).toArray().size(), 1);
    const Finished found =
        m_scene.run({u"search"_s, u"--json"_s, u"--collection"_s, u"sea side"_s, u"quay"_s, u"soup"_s});
    QVERIFY2(found.array().size() > 0, found.told().constData());
    for (const QJsonValue page : found.array())
        QCOMPARE(page.toObject().value(u"name"_s).toString(), u"harbour.pdf"_s);
    QCOMPARE(m_scene.run({u"collections"_s, u"rename"_s, u"Sea side"_s, u"Coast"_s}).exitCode, 0);
    QCOMPARE(names(), u"Coast 1"_s);
    QCOMPARE(m_scene.run({u"search"_s, u"--collection"_s, u"Sea side"_s, u"the"_s}).exitCode, 1);
    QCOMPARE(m_scene.run({u"collections"_s, u"delete"_s, u"coast"_s}).exitCode, 0);
    QCOMPARE(names(), QString());
    for (const QStringList &wrong :
         {QStringList{u"bake"_s, u"X"_s}, {u"add"_s, u"X"_s}, {u"delete"_s}, {u"rename"_s, u"X"_s}})
        QCOMPARE(m_scene.run(QStringList{u"collections"_s} + wrong).exitCode, 2);
}

void tst_Search::savedSearchesAreRun()
{
    const QByteArray json = QJsonDocument(QJsonObject{{u"words"_s, u"soup"_s},
                                                      {u"mode"_s, u"words"_s},
                                                      {u"languages"_s, QJsonArray{u"en"_s}},
                                                      {u"added_in_days"_s, 7}})
                                .toJson(QJsonDocument::Compact);
    Sqlite::execute(m_scene.database(),
                    "INSERT INTO saved_search (name, name_key, search, created_at) VALUES ('Lunch', "
                    "'lunch', '" +
                        json + "', 1)");
    const auto pages = [this](const QStringList &options) {
        return m_scene.run(QStringList{u"search"_s, u"--json"_s, u"--saved"_s, u"LUNCH"_s} + options).array();
    };
    QCOMPARE(pages({}).size(), 1);
    QCOMPARE(pages({}).first().toObject().value(u"name"_s).toString(), u"kitchen.pdf"_s);
    QCOMPARE(pages({u"--language"_s, u"fr"_s}).size(), 0);
    QCOMPARE(pages({u"quay"_s}).first().toObject().value(u"name"_s).toString(), u"harbour.pdf"_s);
    QCOMPARE(m_scene.run({u"search"_s, u"--saved"_s, u"Dinner"_s}).exitCode, 1);
}

void tst_Search::exports_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("sql"); ///< how many objects there must be
    QTest::newRow("pages") << u"pages"_s << u"SELECT count(*) FROM page"_s;
    QTest::newRow("analyses") << u"analyses"_s << u"SELECT count(*) FROM page WHERE answer_id IS NOT NULL"_s;
    QTest::newRow("chunks") << u"chunks"_s << u"SELECT count(*) FROM chunk"_s;
}

void tst_Search::exports()
{
    QFETCH(QString, what);
    QFETCH(QString, sql);
    const Finished lines = m_scene.run({u"export"_s, u"--what"_s, what});
    QVERIFY2(lines.exitCode == 0, lines.told().constData());
    const auto objects = lines.events();
    QCOMPARE(objects.size(), Sqlite::value(m_scene.database(), sql.toLatin1()).toInt());
    for (const QJsonObject &object : objects) {
        const QString text = object.value(what == u"analyses"_s ? u"summary"_s : u"text"_s).toString();
        QVERIFY2(object.value(u"page"_s).toInt() > 0 && !text.isEmpty(), lines.output.constData());
    }
    const Finished table = m_scene.run({u"export"_s, u"--what"_s, what, u"--format"_s, u"csv"_s});
    QVERIFY2(table.output.startsWith("\"document\",\"name\",\"path\",\"page\""), table.told().constData());
    QVERIFY(table.output.count('\n') > objects.size());
    const Finished markdown =
        m_scene.run({u"export"_s, u"--what"_s, what, u"--format"_s, u"markdown"_s, u"kitchen.pdf"_s});
    QVERIFY2(markdown.output.startsWith("# kitchen.pdf\n") && markdown.output.contains("## Page 2\n"),
             markdown.told().constData());
    QVERIFY(!markdown.output.contains("harbour"));
}

void tst_Search::exportsToAFile()
{
    const QString path = m_scene.file(u"pages.jsonl"_s);
    const Finished finished = m_scene.run({u"export"_s, u"--output"_s, path, u"money.pdf"_s});
    QVERIFY2(finished.exitCode == 0 && finished.output.isEmpty(), finished.told().constData());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject page = QJsonDocument::fromJson(file.readAll()).object();
    QVERIFY(page.value(u"text"_s).toString().contains(u"interest rate"_s));
    QCOMPARE(m_scene.run({u"export"_s, u"--output"_s, m_scene.file(u"no/such/folder.jsonl"_s)}).exitCode, 1);
    QCOMPARE(m_scene.run({u"export"_s, u"--format"_s, u"xml"_s}).exitCode, 2);
}

QTEST_GUILESS_MAIN(tst_Search)
#include "tst_Search.moc"
