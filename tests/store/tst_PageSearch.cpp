// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "Plans.h"
#include "store/Collections.h"
#include "store/Migrator.h"
#include "store/PageSearch.h"
#include "support/Strict.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>

using namespace lectern;
using namespace lectern::store;
using namespace Qt::StringLiterals;
using domain::DocumentId;
using domain::Entity;
using domain::EntityKind;
using domain::PageHit;
using domain::SearchFilter;
using domain::TextVerdict;
using support::must;

/// What a search may find, and what analyses found named.
class tst_PageSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void eachConditionHolds_data();
    void eachConditionHolds();
    void conditionsHoldTogether();
    void aNameIsFoundWhole_data();
    void aNameIsFoundWhole();
    void whatFewNameIsToldAtOnce();
    void namesAreOfferedByHowManyPagesHaveThem();
    void namesGoWithTheirAnswers();
    void anOlderWorkspaceLearnsItsNames();

private:
    /// One page each, all about lighthouses.
    DocumentId add(const QString &path, const QString &language, TextVerdict verdict,
                   const QVector<Entity> &entities);
    /// The documents whose pages are found by words; checks that the count and open() agree.
    [[nodiscard]] QVector<DocumentId> found(const SearchFilter &filter);

    std::unique_ptr<Fixture> m;
    DocumentId m_english;
    DocumentId m_german;
    DocumentId m_broken;
    domain::CollectionId m_both;
};

DocumentId tst_PageSearch::add(const QString &path, const QString &language, TextVerdict verdict,
                               const QVector<Entity> &entities)
{
    m->clock.advance(1'000);
    const auto run = m->createRun();
    const DocumentId id = m->add(path, run).document;
    const domain::Job job = m->startExtraction(id, 1);
    ExtractedPage page = Fixture::extractedPage(id, 1);
    page.language = language;
    page.quality.verdict = verdict;
    must(m->write([&](Transaction &t) {
        return Library::storePages(t, job.leaseToken(), id, {page}, {Fixture::answerKey(id, 1)});
    }));
    must(m->write([&](Transaction &t) { return Library::finishExtraction(t, job.leaseToken(), id); }));
    const auto analyse = m->claimOne();
    domain::PageAnalysis analysis = Fixture::analysis(u"A page"_s, language);
    analysis.entities = entities;
    must(m->write([&](Transaction &t) {
        return Library::storeAnalysis(t, analyse->leaseToken(), id, 1, Fixture::answerKey(id, 1),
                                      u"builtin"_s, analysis);
    }));
    return id;
}

void tst_PageSearch::init()
{
    support::failOnWarnings();
    m = std::make_unique<Fixture>();
    m_english = add(u"/english.pdf"_s, u"en"_s, TextVerdict::Good,
                    {{EntityKind::Person, u"Zoë Müller"_s, {}, 0, 10},
                     {EntityKind::Organisation, u"Acme\nCorporation"_s, {}, 11, 16},
                     {EntityKind::Date, u"March 5, 2021"_s, u"2021-03-05"_s, 30, 13}});
    m_german = add(u"/german.pdf"_s, u"de"_s, TextVerdict::Doubtful,
                   {{EntityKind::Person, u"Acme Zoë"_s, {}, 0, 8},
                    {EntityKind::Organisation, u"ACME corporation"_s, {}, 9, 16}});
    m_broken = add(u"/broken.pdf"_s, u"en"_s, TextVerdict::Garbled, {});
    m_both = must(m->write([](Transaction &t) { return Collections::make(t, u"Both"_s); }));
    must(m->write([&](Transaction &t) { return Collections::put(t, m_both, {m_english, m_german}); }));
}

QVector<DocumentId> tst_PageSearch::found(const SearchFilter &filter)
{
    const QString words = u"lighthouses"_s;
    QVector<DocumentId> documents;
    QVector<domain::PageId> everything;
    for (const PageHit &hit : must(PageSearch::find(*m->reader, words, {}, 10)))
        everything.append(hit.page);
    QSet<qint64> pages;
    for (const PageHit &hit : must(PageSearch::find(*m->reader, words, filter, 10))) {
        documents.append(hit.document);
        pages.insert(hit.page.value);
    }
    if (must(PageSearch::count(*m->reader, words, filter)) != documents.size() ||
        must(PageSearch::open(*m->reader, everything, {}, {}, filter)) != pages)
        return {};
    const auto ofDocuments = must(PageSearch::documentsOf(*m->reader, filter));
    const auto isLetThrough = [&](DocumentId id) { return !ofDocuments || ofDocuments->contains(id); };
    if (!std::all_of(documents.begin(), documents.end(), isLetThrough))
        return {};
    std::sort(documents.begin(), documents.end());
    return documents;
}

void tst_PageSearch::eachConditionHolds_data()
{
    QTest::addColumn<SearchFilter>("filter");
    QTest::addColumn<QString>("documents");
    const auto row = [](const char *name, const QString &documents, const auto &set) {
        SearchFilter filter;
        set(filter);
        QTest::newRow(name) << filter << documents;
    };
    row("none", u"english german broken"_s, [](SearchFilter &) {});
    row("language", u"german"_s, [](SearchFilter &f) { f.languages = {u"de"_s}; });
    row("languages", u"english german broken"_s, [](SearchFilter &f) { f.languages = {u"de"_s, u"en"_s}; });
    row("another language", {}, [](SearchFilter &f) { f.languages = {u"fr"_s}; });
    row("good text", u"english"_s, [](SearchFilter &f) { f.worstText = TextVerdict::Good; });
    row("readable text", u"english german"_s, [](SearchFilter &f) { f.worstText = TextVerdict::Doubtful; });
    row("named", u"english german"_s, [](SearchFilter &f) { f.named = u"acme corporation"_s; });
    row("named otherwise", {}, [](SearchFilter &f) { f.named = u"lighthouses"_s; });
    row("nothing but signs", {}, [](SearchFilter &f) { f.named = u"\"-*("_s; });
}

void tst_PageSearch::eachConditionHolds()
{
    QFETCH(SearchFilter, filter);
    QFETCH(QString, documents);
    const QHash<QString, DocumentId> ids{
        {u"english"_s, m_english}, {u"german"_s, m_german}, {u"broken"_s, m_broken}};
    QVector<DocumentId> expected;
    for (const QString &name : documents.split(u' ', Qt::SkipEmptyParts))
        expected.append(ids.value(name));
    QCOMPARE(found(filter), expected);
}

void tst_PageSearch::conditionsHoldTogether()
{
    SearchFilter filter;
    filter.collection = m_both;
    QCOMPARE(found(filter), (QVector<DocumentId>{m_english, m_german}));
    filter.languages = {u"en"_s};
    QCOMPARE(found(filter), QVector<DocumentId>{m_english});
    filter.documents = {m_german, m_broken};
    QCOMPARE(found(filter), QVector<DocumentId>{});
    filter.languages.clear();
    QCOMPARE(found(filter), QVector<DocumentId>{m_german});
    filter = {};
    filter.addedFrom = m->document(m_german).addedAt;
    QCOMPARE(found(filter), (QVector<DocumentId>{m_german, m_broken}));
    filter.addedBefore = m->document(m_broken).addedAt;
    QCOMPARE(found(filter), QVector<DocumentId>{m_german});
    filter.named = u"acme zoe"_s;
    QCOMPARE(found(filter), QVector<DocumentId>{m_german});
    filter.documents = QVector<DocumentId>();
    QCOMPARE(found(filter), QVector<DocumentId>{});
}

void tst_PageSearch::aNameIsFoundWhole_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("pages");
    QTest::newRow("as written") << u"Zoë Müller"_s << 1;
    QTest::newRow("without marks and case") << u"ZOE muller"_s << 1;
    QTest::newRow("a part") << u"Zoë"_s << 2;
    QTest::newRow("over a line's end") << u"Acme Corporation"_s << 2;
    QTest::newRow("in the form that compares") << u"2021-03-05"_s << 1;
    QTest::newRow("a month") << u"2021-03"_s << 1;
    QTest::newRow("two things that stand side by side") << u"Müller Acme"_s << 0;
    QTest::newRow("half a word") << u"Mül"_s << 0;
    QTest::newRow("quotes") << u"\"Zoë\" Müller"_s << 1;
}

void tst_PageSearch::aNameIsFoundWhole()
{
    QFETCH(QString, name);
    QFETCH(int, pages);
    SearchFilter filter;
    filter.named = name;
    QCOMPARE(found(filter).size(), pages);
    const auto naming = must(PageSearch::pagesNaming(*m->reader, name, 10));
    QVERIFY(naming);
    QCOMPARE(naming->size(), pages);
}

void tst_PageSearch::whatFewNameIsToldAtOnce()
{
    QVERIFY(!must(PageSearch::pagesNaming(*m->reader, u"acme"_s, 1)));
    QCOMPARE(must(PageSearch::pagesNaming(*m->reader, u"acme"_s, 2))->size(), 2);
    // Neither reads every page.
    for (const QString &sql : statementsOf([&] {
             must(PageSearch::pagesNaming(*m->reader, u"acme"_s, 5));
             must(PageSearch::entities(*m->reader, u"acme"_s, 5));
         })) {
        const QString plan = planOf(*m->reader, sql);
        QVERIFY2(!plan.contains(u"SCAN page"_s) && !plan.contains(u"SCAN answer "_s), qPrintable(plan));
    }
}

void tst_PageSearch::namesAreOfferedByHowManyPagesHaveThem()
{
    const auto texts = [&](const QString &typed) {
        QStringList names;
        for (const Entity &entity : must(PageSearch::entities(*m->reader, typed, 5)))
            names.append(domain::entityKindName(entity.kind) + u' ' + entity.text.simplified());
        return names;
    };
    // Two pages have the company, in two spellings: the newest stands for both.
    QCOMPARE(texts(u"acm"_s), (QStringList{u"organisation ACME corporation"_s, u"person Acme Zoë"_s}));
    QCOMPARE(texts(u"zoe m"_s), QStringList{u"person Zoë Müller"_s});
    QCOMPARE(texts(u"2021"_s), QStringList{u"date March 5, 2021"_s});
    QCOMPARE(texts(u"  "_s), QStringList());
    QCOMPARE(texts(u"\"("_s), QStringList());
    QCOMPARE(must(PageSearch::entities(*m->reader, u"acm"_s, 1)).size(), 1);
}

void tst_PageSearch::namesGoWithTheirAnswers()
{
    must(m->write([&](Transaction &t) { return Library::remove(t, {m_german}); }));
    must(m->write([&](Transaction &t) { return Library::purge(t, {m_german}); }));
    m->clock.advance(1'000);
    must(m->write([&](Transaction &t) { return Library::purgeAnswers(t, m->clock.nowMs() + 1, 100); }));
    QCOMPARE(must(PageSearch::entities(*m->reader, u"acme zoe"_s, 5)).size(), 0);
    QCOMPARE(must(PageSearch::entities(*m->reader, u"acme"_s, 5)).size(), 1);
    QCOMPARE(m->broken(), QString());
}

void tst_PageSearch::anOlderWorkspaceLearnsItsNames()
{
    const support::TemporaryWorkspace old;
    const QString steps = old.pathOf(u"steps"_s);
    QVERIFY(QDir().mkpath(steps));
    for (const QString &name : QDir(Migrator::builtInSteps()).entryList()) {
        if (name < u"0008"_s)
            QVERIFY(QFile::copy(Migrator::builtInSteps() + u'/' + name, steps + u'/' + name));
    }
    Database::Options options;
    options.folder = old.folder();
    options.migrations = steps;
    must(Database::open(options, m->clock)); // and closed again
    old.sqlite3(u"INSERT INTO answer (key, analyzer, language, result, created_at)"
                " VALUES (zeroblob(32), 'a', 'en', '{\"entities\":[{\"kind\":\"person\",\"text\":\"Ada "
                "Byron\"}]}', 1),"
                " (randomblob(32), 'a', 'en', 'damaged', 1), (randomblob(32), 'a', 'en', '{}', 1)"_s);
    options.migrations.clear();
    const auto database = must(Database::open(options, m->clock));
    const auto reader = must(database->openReader());
    QCOMPARE(must(PageSearch::entities(*reader, u"byr"_s, 5)).value(0).text, u"Ada Byron"_s);
    QCOMPARE(old.sqlite3(u"SELECT count(*) FROM answer_entity"_s), u"1"_s);
}

QTEST_GUILESS_MAIN(tst_PageSearch)
#include "tst_PageSearch.moc"
