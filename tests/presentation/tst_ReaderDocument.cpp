// SPDX-License-Identifier: GPL-3.0-or-later
#include "FeedFixture.h"
#include "presentation/ReaderDocument.h"
#include "support/Strict.h"

#include <QLocale>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace lectern;
using domain::DocumentId;
using domain::PageState;
using presentation::FeedFixture;
using presentation::ReaderDocument;
using store::Library;
using store::Transaction;
using support::must;

class ReaderDocumentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init()
    {
        support::failOnWarnings();
        m_fixture = std::make_unique<FeedFixture>();
        m_reader = std::make_unique<ReaderDocument>(m_fixture->feed);
    }
    void cleanup()
    {
        m_reader.reset();
        m_fixture.reset();
    }

    void followsTheWork()
    {
        const DocumentId id = m_fixture->add(QStringLiteral("/a/b.pdf"), m_fixture->createRun()).document;
        QSignalSpy changed(m_reader.get(), &ReaderDocument::changed);
        m_reader->open(id);
        QVERIFY(!m_reader->isLoaded());
        QVERIFY(FeedFixture::until([this] { return m_reader->isLoaded(); }));
        QCOMPARE(m_reader->document().name, QStringLiteral("b.pdf"));
        QCOMPARE(m_reader->pageCount(), 0);
        const domain::Job job = m_fixture->startExtraction(id, 3);
        QVERIFY(FeedFixture::until([this] { return m_reader->pageCount() == 3; }));
        QCOMPARE(m_reader->pageSize(2), QSizeF(595, 842)); // as good a guess as any
        const base::Error error{base::ErrorCode::PageCrashed, {}};
        must(m_fixture->write([&](Transaction &t) -> base::Status {
            store::ExtractedPage page = FeedFixture::extractedPage(id, 1);
            page.content.geometry = {300, 400, 0};
            page.content.label = QStringLiteral("xv");
            if (const auto kept =
                    Library::storePages(t, job.leaseToken(), id, {page}, {FeedFixture::answerKey(id, 1)});
                !kept)
                return kept;
            return Library::failPage(t, job.leaseToken(), id, 3, error, 1);
        }));
        QVERIFY(FeedFixture::until([this] { return m_reader->pages().value(2).state == PageState::Failed; }));
        QCOMPARE(m_reader->pages().at(2).error, base::ErrorCode::PageCrashed);
        QCOMPARE(m_reader->pages().at(0).state, PageState::Extracted);
        QCOMPARE(m_reader->pages().at(1).state, PageState::Queued);
        // Until its own size is known a page is like the others.
        QCOMPARE(m_reader->pageSize(2), QSizeF(300, 400));
        QVERIFY(changed.size() >= 2);
    }

    void pagesHaveNumbersAndLabels()
    {
        openWithLabels({QStringLiteral("i"), QStringLiteral("XV"), QString(), QStringLiteral("1")});
        QCOMPARE(m_reader->pageNamed(QStringLiteral("xv")), 2);
        QCOMPARE(m_reader->pageNamed(QStringLiteral(" 1 ")), 1); // the physical page, not the printed one
        QCOMPARE(m_reader->pageNamed(QStringLiteral("4")), 4);
        QCOMPARE(m_reader->pageNamed(QStringLiteral("5")), 0);
        QCOMPARE(m_reader->pageNamed(QStringLiteral("-1")), 0);
        QCOMPARE(m_reader->pageNamed(QString()), 0);
        QCOMPARE(m_reader->pageText(2), QStringLiteral("2 (XV)"));
        QCOMPARE(m_reader->pageText(3), QStringLiteral("3"));
        QCOMPARE(m_reader->pageHeading(2), QStringLiteral("Page 2 (XV) of 4"));
    }

    void learnsSizesFromPictures()
    {
        const DocumentId id = m_fixture->add(QStringLiteral("/a/b.pdf"), m_fixture->createRun()).document;
        (void)m_fixture->startExtraction(id, 3);
        m_reader->open(id);
        QVERIFY(FeedFixture::until([this] { return m_reader->pageCount() == 3; }));
        QSignalSpy changed(m_reader.get(), &ReaderDocument::pagesChanged);
        m_reader->learnSize(2, QSizeF(100, 50));
        m_reader->learnSize(2, QSizeF(100.4, 50)); // the same page at another scale
        m_reader->learnSize(9, QSizeF(100, 50));
        m_reader->learnSize(3, QSizeF());
        QCOMPARE(changed.size(), 1);
        QCOMPARE(m_reader->pageSize(2), QSizeF(100, 50));
        QCOMPARE(m_reader->pageSize(3), QSizeF(595, 842));
    }

    void anotherDocumentStartsAnew()
    {
        openWithLabels({QStringLiteral("i"), QString()});
        const DocumentId other = m_fixture->addExtracted(QStringLiteral("/a/other.pdf"), 5);
        QSignalSpy opened(m_reader.get(), &ReaderDocument::opened);
        m_reader->open(other);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(m_reader->pageCount(), 0);
        QVERIFY(FeedFixture::until([this] { return m_reader->pageCount() == 5; }));
        m_reader->open({});
        QCOMPARE(m_reader->pageCount(), 0);
        QVERIFY(!m_reader->isLoaded());
    }

    void missingDocumentIsSaid()
    {
        QSignalSpy gone(m_reader.get(), &ReaderDocument::gone);
        m_reader->open({4711});
        QVERIFY(gone.wait());
        QVERIFY(!m_reader->isLoaded());
    }

private:
    void openWithLabels(const QStringList &labels)
    {
        const DocumentId id = m_fixture->add(QStringLiteral("/a/b.pdf"), m_fixture->createRun()).document;
        const domain::Job job = m_fixture->startExtraction(id, static_cast<int>(labels.size()));
        must(m_fixture->write([&](Transaction &t) {
            QVector<store::ExtractedPage> pages;
            QVector<QByteArray> keys;
            for (int number = 1; number <= labels.size(); ++number) {
                pages.append(FeedFixture::extractedPage(id, number));
                pages.last().content.label = labels.at(number - 1);
                keys.append(FeedFixture::answerKey(id, number));
            }
            return Library::storePages(t, job.leaseToken(), id, pages, keys);
        }));
        m_reader->open(id);
        QVERIFY(FeedFixture::until([&] { return m_reader->pageCount() == labels.size(); }));
    }

    std::unique_ptr<FeedFixture> m_fixture;
    std::unique_ptr<ReaderDocument> m_reader;
};

QTEST_MAIN(ReaderDocumentTest)
#include "tst_ReaderDocument.moc"
