// SPDX-License-Identifier: GPL-3.0-or-later
#include "FakeWorkspace.h"
#include "FeedFixture.h"
#include "presentation/PageDrawings.h"
#include "support/Strict.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace lectern;
using presentation::FakeState;
using presentation::FakeWorkspace;
using presentation::FeedFixture;
using presentation::PageDrawings;
using presentation::PagePiece;
using presentation::WorkspaceClient;
using Use = PageDrawings::Use;

namespace {

/// The fake workspace draws pictures of eight bytes, whatever is asked for.
PagePiece piece(int page, QSize size = QSize(2, 1))
{
    return {page, 2.0, 0, {}, size};
}

QStringList rendered(const QList<int> &pages)
{
    QStringList calls;
    for (const int page : pages)
        calls.append(QStringLiteral("render %1").arg(page));
    return calls;
}

} // namespace

class PageDrawingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m_disk = std::make_unique<store::Fixture>();
        m_state = std::make_shared<FakeState>();
        m_client = std::make_unique<WorkspaceClient>(m_disk->clock);
        m_client->open([this]() -> base::Result<std::unique_ptr<workspace::Workspace>> {
            return std::make_unique<FakeWorkspace>(m_state, *m_disk->database);
        });
        QVERIFY(FeedFixture::until([this] { return m_client->state() == WorkspaceClient::State::Open; }));
        m_drawings =
            std::make_unique<PageDrawings>(*m_client, m_disk->clock, QStringLiteral("test"), 100, 40);
        m_drawings->setDocument({1});
    }
    void cleanup()
    {
        m_state->rendering.release(1'000);
        m_drawings.reset();
        m_client.reset();
        m_disk.reset();
    }

    void drawsInTheOrderWanted()
    {
        QSignalSpy drawn(m_drawings.get(), &PageDrawings::drawn);
        QSignalSpy idle(m_drawings.get(), &PageDrawings::idle);
        m_drawings->want(Use::Thumbnail, {piece(20)});
        QVERIFY(untilCalls(rendered({20})));
        m_drawings->want(Use::Page, {piece(5), piece(6), piece(4)});
        QVERIFY(untilCalls(rendered({20, 5})));
        m_state->rendering.release(1);
        QVERIFY(FeedFixture::until([&] { return drawn.size() == 1; }));
        m_state->rendering.release(10);
        QVERIFY(idle.wait());
        QCOMPARE(m_state->soFar().mid(0, 3), rendered({20, 5, 6}));
        QVERIFY(m_drawings->isIdle());
        QCOMPARE(m_drawings->image(Use::Page, piece(6)).size(), QSize(2, 1));
        QVERIFY(m_drawings->image(Use::Page, piece(20)).isNull());
        QVERIFY(!m_drawings->image(Use::Thumbnail, piece(20)).isNull());
        // What is there is not drawn again.
        m_drawings->want(Use::Page, {piece(5), piece(6)});
        QVERIFY(m_drawings->isIdle());
    }

    // Scrolling: wishes that were never begun are forgotten, the newest are drawn.
    void newestWishWins()
    {
        m_drawings->want(Use::Page, {piece(1), piece(2), piece(3)});
        QVERIFY(untilCalls(rendered({1, 2})));
        m_drawings->want(Use::Page, {piece(50), piece(51)});
        m_drawings->want(Use::Page, {piece(70), piece(71)});
        QSignalSpy idle(m_drawings.get(), &PageDrawings::idle);
        m_state->rendering.release(10);
        QVERIFY(idle.wait());
        QStringList calls = m_state->soFar();
        calls.sort();
        QCOMPARE(calls, rendered({1, 2, 70, 71}));
        QVERIFY(!m_drawings->image(Use::Page, piece(71)).isNull());
    }

    // A page that takes long is given up when nobody looks at it any more.
    void whatTakesLongIsStopped()
    {
        m_drawings->want(Use::Page, {piece(1), piece(2)});
        QVERIFY(untilCalls(rendered({1, 2})));
        m_disk->clock.advance(PageDrawings::kGraceMs + 1);
        m_drawings->want(Use::Page, {piece(2), piece(9)});
        QVERIFY(FeedFixture::until([this] { return m_state->soFar().contains(QStringLiteral("render 9")); }));
        QVERIFY(m_drawings->image(Use::Page, piece(1)).isNull());
        m_state->rendering.release(10);
        QVERIFY(FeedFixture::until([this] { return m_drawings->isIdle(); }));
        QVERIFY(m_drawings->image(Use::Page, piece(1)).isNull());
        QVERIFY(!m_drawings->image(Use::Page, piece(2)).isNull());
    }

    void failureIsTriedAgainOnlyWhenAsked()
    {
        m_state->rendering.release(100);
        QSignalSpy failed(m_drawings.get(), &PageDrawings::failed);
        m_drawings->want(Use::Page, {piece(13), piece(14)}); // page 13 lies about its size
        QVERIFY(FeedFixture::until([this] { return m_drawings->isIdle(); }));
        QCOMPARE(failed.size(), 1);
        QCOMPARE(failed.first().first().toInt(), 13);
        QVERIFY(m_drawings->failure(13));
        QVERIFY(!m_drawings->failure(14));
        m_drawings->want(Use::Page, {piece(13)});
        QVERIFY(m_drawings->isIdle());
        m_drawings->retry(13);
        QVERIFY(!m_drawings->isIdle());
        QVERIFY(FeedFixture::until([&] { return failed.size() == 2; }));
    }

    // Wishes for more than fits would push one another out for ever.
    void wishesStayBelowTheLimit()
    {
        m_state->rendering.release(100);
        QVector<PagePiece> many;
        for (int page = 1; page <= 40; ++page)
            many.append(piece(page));
        m_drawings->want(Use::Page, many);
        QVERIFY(FeedFixture::until([this] { return m_drawings->isIdle(); }));
        QVERIFY(m_drawings->bytes() <= 100);
        QCOMPARE(m_state->soFar().size(), 11); // of eight bytes each, nine tenths of a hundred
        QVERIFY(!m_drawings->image(Use::Page, piece(1)).isNull());
    }

    void lateAnswerOfAnotherDocumentIsDropped()
    {
        m_drawings->want(Use::Page, {piece(1)});
        QVERIFY(untilCalls(rendered({1})));
        QSignalSpy drawn(m_drawings.get(), &PageDrawings::drawn);
        m_drawings->setDocument({2});
        m_drawings->want(Use::Page, {piece(3)});
        m_state->rendering.release(10);
        QVERIFY(FeedFixture::until([this] { return m_drawings->isIdle(); }));
        QCOMPARE(drawn.size(), 1);
        QCOMPARE(drawn.first().first().toInt(), 3);
        QVERIFY(m_drawings->image(Use::Page, piece(1)).isNull());
        QCOMPARE(m_drawings->likeness(3, 0).size(), QSize(2, 1));
        QVERIFY(m_drawings->likeness(3, 90).isNull());
    }

private:
    bool untilCalls(const QStringList &calls)
    {
        // Two threads draw: which of two begins first is theirs.
        QStringList expected = calls;
        expected.sort();
        return FeedFixture::until([&] {
            QStringList soFar = m_state->soFar();
            soFar.sort();
            return soFar == expected;
        });
    }

    std::unique_ptr<store::Fixture> m_disk;
    std::shared_ptr<FakeState> m_state;
    std::unique_ptr<WorkspaceClient> m_client;
    std::unique_ptr<PageDrawings> m_drawings;
};

QTEST_MAIN(PageDrawingsTest)
#include "tst_PageDrawings.moc"
