// SPDX-License-Identifier: GPL-3.0-or-later
#include "FeedFixture.h"
#include "presentation/DocumentFinder.h"
#include "presentation/PageTexts.h"
#include "presentation/TextCollector.h"
#include "support/Strict.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace lectern;
using domain::DocumentId;
using presentation::DocumentFinder;
using presentation::FeedFixture;
using presentation::PageTexts;
using presentation::TextCollector;
using presentation::TextSelection;

/// Finding, reading and collecting text of a stored document: page 7 of document 1 says "Document 1 page 7
/// tells of lighthouses".
class DocumentFinderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m_fixture = std::make_unique<FeedFixture>();
        m_finder = std::make_unique<DocumentFinder>(m_fixture->feed);
    }
    void cleanup()
    {
        m_finder.reset();
        m_fixture.reset();
    }

    void countsAndGoesAround()
    {
        const DocumentId id = open(200);
        m_finder->find(u"LIGHTHOUSES"_s, false, 150);
        QVERIFY(m_finder->isActive());
        QVERIFY(FeedFixture::until([this] { return !m_finder->isSearching(); }));
        QCOMPARE(m_finder->count(), 200);
        QCOMPARE(m_finder->current()->page, 150); // the one on show, not the first of all
        QCOMPARE(m_finder->ordinal(), 150);
        m_finder->step(true);
        QCOMPARE(m_finder->current()->page, 151);
        m_finder->step(false);
        m_finder->step(false);
        QCOMPARE(m_finder->ordinal(), 149);
        QVERIFY(m_finder->goToPage(200));
        m_finder->step(true);
        QCOMPARE(m_finder->current()->page, 1);
        m_finder->step(false);
        QCOMPARE(m_finder->current()->page, 200);
        QCOMPARE(m_finder->hitsOn(3).size(), 1);
        QVERIFY(m_finder->hitsOn(201).isEmpty());
        const QString text = FeedFixture::extractedPage(id, 3).content.text.text;
        QCOMPARE(text.mid(m_finder->hitsOn(3).first().offset, m_finder->hitsOn(3).first().length),
                 u"lighthouses"_s);
    }

    void caseCounts()
    {
        (void)open(5);
        m_finder->find(u"Lighthouses"_s, true, 1);
        QVERIFY(FeedFixture::until([this] { return !m_finder->isSearching(); }));
        QCOMPARE(m_finder->count(), 0);
        QVERIFY(!m_finder->current());
        QCOMPARE(m_finder->ordinal(), 0);
        m_finder->step(true);
        QVERIFY(!m_finder->current());
        m_finder->find(u"lighthouses"_s, true, 1);
        QVERIFY(FeedFixture::until([this] { return m_finder->count() == 5; }));
    }

    // As one types: each letter ends the search before.
    void newestWordsWin()
    {
        (void)open(300);
        for (const QString &typed : {u"p"_s, u"pa"_s, u"page 29"_s})
            m_finder->find(typed, false, 1);
        QVERIFY(FeedFixture::until([this] { return !m_finder->isSearching(); }));
        QCOMPARE(m_finder->count(), 11); // page 29 and pages 290 to 299
        QCOMPARE(m_finder->current()->page, 29);
        m_finder->find({}, false, 1);
        QVERIFY(!m_finder->isActive());
        QCOMPARE(m_finder->count(), 0);
    }

    void pagesThatComeAreLookedThrough()
    {
        const DocumentId id = m_fixture->add(u"/a/b.pdf"_s, m_fixture->createRun()).document;
        const domain::Job job = m_fixture->startExtraction(id, 90);
        support::must(m_fixture->storePages(job, {1, 2},
                                            {FeedFixture::answerKey(id, 1), FeedFixture::answerKey(id, 2)}));
        m_finder->setDocument(id, 90);
        m_finder->find(u"tells"_s, false, 2);
        QVERIFY(FeedFixture::until([this] { return !m_finder->isSearching(); }));
        QCOMPARE(m_finder->count(), 2);
        QCOMPARE(m_finder->current()->page, 2);
        support::must(m_fixture->storePages(job, {3, 80},
                                            {FeedFixture::answerKey(id, 3), FeedFixture::answerKey(id, 80)}));
        m_finder->refresh(90);
        QVERIFY(FeedFixture::until([this] { return !m_finder->isSearching(); }));
        QCOMPARE(m_finder->count(), 4);
        QCOMPARE(m_finder->current()->page, 2); // stays where it was
    }

    void textsAreReadOnceAndKept()
    {
        const DocumentId id = m_fixture->addExtracted(u"/a/b.pdf"_s, 4);
        PageTexts texts(m_fixture->feed);
        QSignalSpy arrived(&texts, &PageTexts::arrived);
        QVERIFY(!texts.find(2));
        texts.setDocument(id);
        QVERIFY(!texts.find(2));
        QVERIFY(!texts.find(2));
        QVERIFY(arrived.wait());
        QCOMPARE(arrived.size(), 1);
        QCOMPARE(texts.find(2)->text(), FeedFixture::extractedPage(id, 2).content.text.text);
        QCOMPARE(texts.find(2)->areas(0, 8), QVector<QRectF>{QRectF(10, 10, 40, 12)});
        texts.forget({2});
        QVERIFY(!texts.find(2));
        QVERIFY(arrived.wait());
        texts.setDocument({});
        QVERIFY(!texts.find(2));
    }

    void collectsWholeBooks()
    {
        const DocumentId id = m_fixture->addExtracted(u"/a/b.pdf"_s, 250);
        TextCollector collector(m_fixture->feed);
        QSignalSpy collected(&collector, &TextCollector::collected);
        collector.collect(id, TextSelection({1, 0}, {1, 8}));
        collector.collect(id, TextSelection({250, TextSelection::kPageEnd}, {2, 9})); // the newest wins
        QVERIFY(collected.wait());
        QCOMPARE(collected.size(), 1);
        const QStringList lines = collected.first().first().toString().split(u'\n');
        QCOMPARE(lines.size(), 249);
        QCOMPARE(lines.first(), FeedFixture::extractedPage(id, 2).content.text.text.mid(9));
        QCOMPARE(lines.last(), FeedFixture::extractedPage(id, 250).content.text.text);
        QVERIFY(collected.first().at(1).toBool());
    }

private:
    DocumentId open(int pages)
    {
        const DocumentId id = m_fixture->addExtracted(u"/a/b.pdf"_s, pages);
        m_finder->setDocument(id, pages);
        return id;
    }

    std::unique_ptr<FeedFixture> m_fixture;
    std::unique_ptr<DocumentFinder> m_finder;
};

QTEST_MAIN(DocumentFinderTest)
#include "tst_DocumentFinder.moc"
