// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "store/Collections.h"
#include "store/SavedSearches.h"
#include "support/Strict.h"

#include <QTest>

using namespace lectern;
using namespace lectern::store;
using namespace Qt::StringLiterals;
using base::ErrorCode;
using domain::CollectionId;
using domain::SavedSearch;
using support::must;

/// What people give names to: collections of documents, and searches.
class tst_Collections : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m = std::make_unique<Fixture>();
    }
    void documentsComeAndGo();
    void filesStayInTheirCollections();
    void aNameIsThereOnce();
    void searchesAreKeptAsTheyWere();
    void aSearchOfTheSameNameIsReplaced();

private:
    CollectionId make(const QString &name)
    {
        return must(m->write([&](Transaction &t) { return Collections::make(t, name); }));
    }
    [[nodiscard]] QString listed() const
    {
        QStringList rows;
        for (const auto &collection : must(Collections::all(*m->reader)))
            rows.append(u"%1 %2"_s.arg(collection.name).arg(collection.documents));
        return rows.join(u", "_s);
    }

    std::unique_ptr<Fixture> m;
};

void tst_Collections::documentsComeAndGo()
{
    const auto first = m->addExtracted(u"/a.pdf"_s, 1);
    const auto second = m->addExtracted(u"/b.pdf"_s, 1);
    const CollectionId thesis = make(u"Thesis"_s);
    const CollectionId empty = make(u"  an   empty one "_s);
    QCOMPARE(listed(), u"an empty one 0, Thesis 0"_s);
    const auto put = [&](CollectionId id, const QVector<domain::DocumentId> &documents) {
        return m->write([&](Transaction &t) { return Collections::put(t, id, documents); });
    };
    EXPECT_OK(put(thesis, {first, second, domain::DocumentId{999}}));
    EXPECT_OK(put(thesis, {first}));
    EXPECT_OK(put(empty, {second}));
    QCOMPARE(listed(), u"an empty one 1, Thesis 2"_s);
    QCOMPARE(must(Collections::holding(*m->reader, {first})), QVector<CollectionId>{thesis});
    QCOMPARE(must(Collections::holding(*m->reader, {first, second})), QVector<CollectionId>{thesis});
    EXPECT_OK(m->write([&](Transaction &t) { return Collections::take(t, thesis, {second}); }));
    QCOMPARE(must(Collections::holding(*m->reader, {second})), QVector<CollectionId>{empty});

    // The trash keeps its place; what is gone for good has none.
    EXPECT_OK(m->write([&](Transaction &t) { return Library::remove(t, {first}); }));
    QCOMPARE(listed(), u"an empty one 1, Thesis 0"_s);
    EXPECT_OK(m->write([&](Transaction &t) { return Library::restore(t, {first}); }));
    QCOMPARE(listed(), u"an empty one 1, Thesis 1"_s);
    EXPECT_OK(m->write([&](Transaction &t) { return Library::remove(t, {first}); }));
    EXPECT_OK(m->write([&](Transaction &t) { return Library::purge(t, {first}); }));
    EXPECT_OK(m->write([&](Transaction &t) { return Collections::remove(t, empty); }));
    QCOMPARE(listed(), u"Thesis 0"_s);
    QVERIFY(m->document(second).id.isValid());
    EXPECT_ERROR(put(empty, {second}), ErrorCode::NotFound);
    QCOMPARE(m->broken(), QString());
}

// A file that was changed is another document, and one that is there twice is one.
void tst_Collections::filesStayInTheirCollections()
{
    const CollectionId thesis = make(u"Thesis"_s);
    const auto put = [&](domain::DocumentId id) {
        must(m->write([&](Transaction &t) { return Collections::put(t, thesis, {id}); }));
    };
    const auto known = m->addExtracted(u"/b.pdf"_s, 1);
    m->analyseAll();
    const auto twin = m->add(u"/copy of b.pdf"_s, m->createRun()).document;
    put(twin);
    for (auto job = m->claimOne(); job; job = m->claimOne()) {
        if (job->document != twin)
            continue;
        const auto merged = must(m->write([&](Transaction &t) {
            return Library::setFetched(t, job->leaseToken(), twin,
                                       {m->document(known).sha256, 100, 1, domain::DocumentKind::Pdf});
        }));
        QCOMPARE(merged, std::optional(known));
    }
    QCOMPARE(must(Collections::holding(*m->reader, {known})), QVector<CollectionId>{thesis});

    const auto first = m->addExtracted(u"/a.pdf"_s, 1);
    put(first);
    const auto changed = m->add(u"/a.pdf"_s, m->createRun(), domain::Goal::Analysis, 2).document;
    QVERIFY(changed != first);
    QCOMPARE(must(Collections::holding(*m->reader, {changed})), QVector<CollectionId>{thesis});
    QCOMPARE(listed(), u"Thesis 2"_s); // the old version is in the trash
    QCOMPARE(m->broken(), QString());
}

void tst_Collections::aNameIsThereOnce()
{
    const CollectionId thesis = make(u"Thèse"_s);
    QCOMPARE(make(u"THÈSE "_s), thesis);
    const CollectionId other = make(u"Other"_s);
    const auto rename = [&](CollectionId id, const QString &name) {
        return m->write([&](Transaction &t) { return Collections::rename(t, id, name); });
    };
    EXPECT_ERROR(rename(other, u"thèse"_s), ErrorCode::InvalidArgument);
    EXPECT_ERROR(rename(other, u"  "_s), ErrorCode::InvalidArgument);
    EXPECT_ERROR(rename(CollectionId{99}, u"New"_s), ErrorCode::NotFound);
    EXPECT_OK(rename(thesis, u"thèse"_s)); // its own
    EXPECT_OK(rename(other, u"Zebra"_s));
    QCOMPARE(listed(), u"thèse 0, Zebra 0"_s);
    QCOMPARE(must(Collections::find(*m->reader, u"ZEBRA"_s))->id, other);
    QVERIFY(!must(Collections::find(*m->reader, u"Other"_s)));
    EXPECT_ERROR(m->write([](Transaction &t) { return Collections::make(t, {}); }),
                 ErrorCode::InvalidArgument);
}

void tst_Collections::searchesAreKeptAsTheyWere()
{
    SavedSearch search;
    search.name = u"Nitrate"_s;
    search.words = u"nitrate \"spiked sample\" -draft"_s;
    search.mode = domain::SearchMode::Meaning;
    search.filter.documents = {domain::DocumentId{3}, domain::DocumentId{1}};
    search.filter.collection = CollectionId{4};
    search.filter.languages = {u"en"_s, u"zh-Hans"_s};
    search.filter.named = u"Zoë \"Z\" Müller"_s;
    search.filter.worstText = domain::TextVerdict::Doubtful;
    search.filter.addedFrom = 1'700'000'000'123;
    search.filter.addedBefore = 1'800'000'000'456;
    search.addedInDays = 30;
    const auto save = [&](const SavedSearch &what) {
        return m->write([&](Transaction &t) { return SavedSearches::save(t, what); });
    };
    search.id = must(save(search));
    SavedSearch plain;
    plain.name = u"Anything"_s;
    plain.words = u"words"_s;
    plain.id = must(save(plain));
    QCOMPARE(must(SavedSearches::all(*m->reader)), (QVector<SavedSearch>{plain, search}));
    QCOMPARE(must(SavedSearches::find(*m->reader, u"nitrate"_s)), std::optional(search));
    EXPECT_OK(m->write([&](Transaction &t) { return SavedSearches::remove(t, search.id); }));
    QCOMPARE(must(SavedSearches::all(*m->reader)), QVector<SavedSearch>{plain});
}

void tst_Collections::aSearchOfTheSameNameIsReplaced()
{
    SavedSearch search;
    search.name = u"Mine"_s;
    search.words = u"first"_s;
    const auto save = [&] {
        return m->write([&](Transaction &t) { return SavedSearches::save(t, search); });
    };
    const auto id = must(save());
    search.name = u"MINE"_s;
    search.words = u"second"_s;
    QCOMPARE(must(save()), id);
    QCOMPARE(must(SavedSearches::find(*m->reader, u"mine"_s))->words, u"second"_s);
    search.name = u"Other"_s;
    must(save());
    EXPECT_ERROR(m->write([&](Transaction &t) { return SavedSearches::rename(t, id, u"other"_s); }),
                 ErrorCode::InvalidArgument);
    EXPECT_OK(m->write([&](Transaction &t) { return SavedSearches::rename(t, id, u"New name"_s); }));
    QCOMPARE(must(SavedSearches::all(*m->reader)).size(), 2);
    search.name = u" "_s;
    EXPECT_ERROR(save(), ErrorCode::InvalidArgument);
}

QTEST_GUILESS_MAIN(tst_Collections)
#include "tst_Collections.moc"
