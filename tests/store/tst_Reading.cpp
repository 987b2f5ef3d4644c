// SPDX-License-Identifier: GPL-3.0-or-later
#include "Fixture.h"
#include "store/Reading.h"
#include "support/Strict.h"

#include <QTest>

#include <memory>

using namespace lectern;
using domain::DocumentId;
using domain::PageState;
using store::Fixture;
using store::PageFrame;
using store::PageWords;
using store::Reading;
using support::must;

/// What a reader of whole documents gets to see of them.
class ReadingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m_fixture = std::make_unique<Fixture>();
    }

    void framesOfEveryPage()
    {
        const DocumentId id = m_fixture->add(QStringLiteral("/a/b.pdf"), m_fixture->createRun()).document;
        QVERIFY(must(Reading::frames(*m_fixture->reader, id)).isEmpty());
        const domain::Job job = m_fixture->startExtraction(id, 4);
        must(m_fixture->storePages(job, {1, 3}, {m_fixture->answerKey(id, 1), m_fixture->answerKey(id, 3)}));
        must(m_fixture->write([&](store::Transaction &t) {
            return store::Library::failPage(t, job.leaseToken(), id, 2,
                                            {base::ErrorCode::PageTimedOut, QStringLiteral("60 s")}, 1);
        }));
        const QVector<PageFrame> frames = must(Reading::frames(*m_fixture->reader, id));
        const PageFrame read{595, 842, PageState::Extracted, base::ErrorCode::None, {}};
        QCOMPARE(frames.size(), 4);
        QCOMPARE(frames.at(0), read);
        QCOMPARE(frames.at(1), (PageFrame{0, 0, PageState::Failed, base::ErrorCode::PageTimedOut, {}}));
        QCOMPARE(frames.at(2), read);
        QCOMPARE(frames.at(3), PageFrame());
        EXPECT_ERROR(Reading::frames(*m_fixture->reader, {99}), base::ErrorCode::NotFound);
    }

    void wordsInPortions()
    {
        const DocumentId id = m_fixture->addExtracted(QStringLiteral("/a/b.pdf"), 5);
        (void)m_fixture->addExtracted(QStringLiteral("/a/c.pdf"), 5);
        const QVector<PageWords> first = must(Reading::words(*m_fixture->reader, id, 0, 2));
        QCOMPARE(first.size(), 2);
        QCOMPARE(first.at(1).number, 2);
        QCOMPARE(first.at(1).text, Fixture::extractedPage(id, 2).content.text.text);
        const QVector<PageWords> rest = must(Reading::words(*m_fixture->reader, id, 2, 100));
        QCOMPARE(rest.size(), 3);
        QCOMPARE(rest.last().number, 5);
        QVERIFY(must(Reading::words(*m_fixture->reader, id, 5, 100)).isEmpty());
    }

private:
    std::unique_ptr<Fixture> m_fixture;
};

QTEST_GUILESS_MAIN(ReadingTest)
#include "tst_Reading.moc"
