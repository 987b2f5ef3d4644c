// SPDX-License-Identifier: GPL-3.0-or-later
#include "FakeWorkspace.h"
#include "FeedFixture.h"
#include "presentation/WorkspaceClient.h"
#include "support/Strict.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace lectern;
using presentation::FakeState;
using presentation::FakeWorkspace;
using presentation::FeedFixture;
using presentation::RenderedPage;
using presentation::RenderRequest;
using presentation::WorkspaceClient;
using State = WorkspaceClient::State;
using workspace::SearchReport;

namespace {

workspace::SearchRequest requestFor(const QString &words)
{
    workspace::SearchRequest request;
    request.words = words;
    return request;
}

} // namespace

class WorkspaceClientTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m_disk = std::make_unique<store::Fixture>();
        m_state = std::make_shared<FakeState>();
        m_client = std::make_unique<WorkspaceClient>(m_disk->clock);
    }
    void cleanup()
    {
        m_client.reset();
        QVERIFY(!m_state->onGuiThread);
        m_disk.reset();
    }

    void opensAndReads()
    {
        QSignalSpy opened(m_client.get(), &WorkspaceClient::opened);
        open();
        QCOMPARE(m_client->state(), State::Opening);
        QVERIFY(opened.wait());
        QCOMPARE(m_client->state(), State::Open);
        QCOMPARE(m_client->folder(), QStringLiteral("/library"));
        QCOMPARE(m_client->launchReport().jobsResumed, 3);
        m_disk->add(QStringLiteral("/a/b.pdf"), m_disk->createRun());
        QVERIFY(FeedFixture::until([this] { return m_client->feed().snapshot().totals.documents == 1; }));
    }

    void saysWhyItCannotOpen()
    {
        QSignalSpy failed(m_client.get(), &WorkspaceClient::openFailed);
        m_client->open([]() -> base::Result<std::unique_ptr<workspace::Workspace>> {
            return base::fail(base::ErrorCode::WorkspaceNewer);
        });
        std::optional<base::Status> answer;
        m_client->pauseAll(true, this, [&answer](const base::Status &status) { answer = status; });
        QVERIFY(failed.wait());
        QCOMPARE(failed.first().first().value<base::Error>().code, base::ErrorCode::WorkspaceNewer);
        QVERIFY(FeedFixture::until([&answer] { return answer.has_value(); }));
        EXPECT_ERROR(*answer, base::ErrorCode::WorkspaceNewer);
        QCOMPARE(m_client->state(), State::Closed);
        // Another folder may do.
        open();
        QVERIFY(untilOpen());
    }

    void callsBeforeItIsOpenWait()
    {
        QSemaphore door;
        m_client->open([this, &door]() -> base::Result<std::unique_ptr<workspace::Workspace>> {
            door.acquire();
            return std::make_unique<FakeWorkspace>(m_state, *m_disk->database);
        });
        std::optional<base::Status> answer;
        m_client->pauseAll(true, this, [&answer](const base::Status &status) { answer = status; });
        std::optional<base::Result<SearchReport>> hits;
        m_client->search(requestFor(QStringLiteral("nitrate")), this,
                         [&hits](const base::Result<SearchReport> &found) { hits = found; });
        QTest::qWait(50);
        QVERIFY(!answer && !hits);
        door.release();
        QVERIFY(FeedFixture::until([&] { return answer && hits; }));
        EXPECT_OK(*answer);
        QCOMPARE((**hits).pages.first().snippet, QStringLiteral("nitrate"));
    }

    void aLongImportDoesNotHoldUpAPause()
    {
        open();
        QVERIFY(untilOpen());
        std::optional<base::Result<workspace::AddReport>> added;
        QSignalSpy counts(m_client.get(), &WorkspaceClient::longTasksChanged);
        m_client->add({QStringLiteral("/a"), QStringLiteral("/b")}, domain::Goal::Text, this,
                      [&added](const base::Result<workspace::AddReport> &report) { added = report; });
        QCOMPARE(m_client->longTasks(), 1);
        QVERIFY(FeedFixture::until([this] { return m_state->soFar().contains(QStringLiteral("add")); }));
        std::optional<base::Status> paused;
        std::optional<base::Status> unlocked;
        m_client->pauseAll(true, this, [&paused](const base::Status &status) { paused = status; });
        m_client->unlock({1}, QStringLiteral(" right "), this,
                         [&unlocked](const base::Status &status) { unlocked = status; });
        QVERIFY(FeedFixture::until([&] { return paused && unlocked; }));
        EXPECT_OK(*unlocked);
        QVERIFY(!added);
        m_state->adding.release();
        QVERIFY(FeedFixture::until([&added] { return added.has_value(); }));
        QCOMPARE((**added).added, 2);
        QCOMPARE(m_client->longTasks(), 0);
        QCOMPARE(counts.size(), 2);
    }

    void controlCallsKeepTheirOrder()
    {
        open();
        m_client->pauseAll(true);
        m_client->cancelDocuments({{1}});
        m_client->retryDocuments({});
        m_client->runNext({{1}});
        m_client->setPriority({{1}}, domain::Priority::High);
        m_client->restore({{1}});
        m_client->deleteForGood({{1}});
        m_client->retryPage({1}, 2);
        m_client->pauseAll(false);
        const QStringList expected = {
            QStringLiteral("pause"),   QStringLiteral("cancel"),    QStringLiteral("retry"),
            QStringLiteral("runNext"), QStringLiteral("priority"),  QStringLiteral("restore"),
            QStringLiteral("delete"),  QStringLiteral("retryPage"), QStringLiteral("resume")};
        QVERIFY(FeedFixture::until([&] { return m_state->soFar() == expected; }));
    }

    void whatNobodyWaitsForIsSaidWhenItFails()
    {
        open();
        QVERIFY(untilOpen());
        QSignalSpy failed(m_client.get(), &WorkspaceClient::failed);
        m_client->remove({{1}});
        QVERIFY(failed.wait());
        QCOMPARE(failed.first().at(0).value<base::Error>().code, base::ErrorCode::DiskFull);
        QCOMPARE(failed.first().at(1).toString(), QStringLiteral("Removing documents"));
        // With somebody waiting, it is their affair.
        std::optional<base::Status> answer;
        m_client->remove({{1}}, this, [&answer](const base::Status &status) { answer = status; });
        QVERIFY(FeedFixture::until([&answer] { return answer.has_value(); }));
        QCOMPARE(failed.size(), 1);
    }

    void aFullDiskIsNoticed()
    {
        open();
        QVERIFY(untilOpen());
        QSignalSpy changed(m_client.get(), &WorkspaceClient::problemChanged);
        m_state->diskFull = true;
        QVERIFY(changed.wait());
        QCOMPARE(m_client->problem()->code, base::ErrorCode::DiskFull);
        m_state->diskFull = false;
        QVERIFY(changed.wait());
        QVERIFY(!m_client->problem());
        QCOMPARE(changed.size(), 2);
    }

    void theNewestDrawingWins()
    {
        open();
        QVERIFY(untilOpen());
        QVector<int> drawn;
        const auto draw = [&](const QString &view, int page) {
            m_client->renderPage(view, {{1}, page, 2.0, 1'000}, this,
                                 [&drawn](const base::Result<RenderedPage> &result) {
                                     if (result)
                                         drawn << result->request.page;
                                 });
        };
        draw(QStringLiteral("detail"), 1);
        QVERIFY(FeedFixture::until([this] { return m_state->soFar().contains(QStringLiteral("render 1")); }));
        for (int page = 2; page <= 9; ++page)
            draw(QStringLiteral("detail"), page);
        draw(QStringLiteral("other"), 20);
        m_state->rendering.release(10);
        QVERIFY(FeedFixture::until([&drawn] { return drawn.size() == 2; }));
        QTest::qWait(50);
        QCOMPARE(QSet<int>(drawn.cbegin(), drawn.cend()), (QSet<int>{9, 20}));
        // Those in between were never begun, but for the one a free thread may have taken.
        QVERIFY(m_state->soFar().size() <= 5);
    }

    void aDrawingIsAPicture()
    {
        open();
        m_state->rendering.release(2);
        std::optional<base::Result<RenderedPage>> good;
        std::optional<base::Result<RenderedPage>> bad;
        m_client->renderPage(QStringLiteral("a"), {{1}, 4, 2.0, 1'000}, this,
                             [&good](const auto &result) { good = result; });
        m_client->renderPage(QStringLiteral("b"), {{1}, 13, 2.0, 1'000}, this,
                             [&bad](const auto &result) { bad = result; });
        QVERIFY(FeedFixture::until([&] { return good && bad; }));
        EXPECT_OK(*good);
        QCOMPARE((**good).image.size(), QSize(2, 1));
        QCOMPARE((**good).image.pixel(1, 0), 0xff405060);
        QCOMPARE((**good).pixelsPerPoint, 1.0);
        EXPECT_ERROR(*bad, base::ErrorCode::HelperProtocol);
    }

    void aCancelledDrawingIsNotAnswered()
    {
        open();
        QVERIFY(untilOpen());
        bool called = false;
        m_client->renderPage(QStringLiteral("detail"), {{1}, 4, 2.0, 1'000}, this,
                             [&called](const auto &) { called = true; });
        m_client->cancelRender(QStringLiteral("detail"));
        std::optional<base::Result<SearchReport>> hits;
        m_client->search(requestFor(QStringLiteral("x")), this, [&hits](const auto &found) { hits = found; });
        QVERIFY(FeedFixture::until([&hits] { return hits.has_value(); }));
        QTest::qWait(50);
        QVERIFY(!called);
    }

    void wrongAndRightPassword()
    {
        open();
        std::optional<base::Status> wrong;
        std::optional<base::Result<QVector<domain::DocumentId>>> others;
        m_client->unlock({1}, QStringLiteral("right"), this,
                         [&wrong](const base::Status &status) { wrong = status; });
        m_client->tryPasswordOnOthers(QStringLiteral(" right "), this,
                                      [&others](const auto &found) { others = found; });
        QVERIFY(FeedFixture::until([&] { return wrong && others; }));
        EXPECT_ERROR(*wrong, base::ErrorCode::PasswordWrong);
        QCOMPARE((**others).size(), 1);
    }

    void answersForTheGoneAreDropped()
    {
        open();
        QVERIFY(untilOpen());
        bool called = false;
        auto context = std::make_unique<QObject>();
        m_client->pauseAll(true, context.get(), [&called](const base::Status &) { called = true; });
        m_client->add({QStringLiteral("/a")}, domain::Goal::Text, context.get(),
                      [&called](const auto &) { called = true; });
        context.reset();
        m_state->adding.release();
        QVERIFY(FeedFixture::until([this] { return m_client->longTasks() == 0; }));
        QVERIFY(m_state->soFar().contains(QStringLiteral("pause")));
        QVERIFY(!called);
    }

    void closingEndsLongTasksAndWaitsForThem()
    {
        open();
        QVERIFY(untilOpen());
        std::optional<base::Result<workspace::AddReport>> added;
        std::optional<base::Result<int>> verified;
        m_client->add({QStringLiteral("/a")}, domain::Goal::Text, this,
                      [&added](const auto &report) { added = report; });
        m_client->verifySources(this, [&verified](const auto &count) { verified = count; });
        QVERIFY(FeedFixture::until([this] { return m_state->soFar().contains(QStringLiteral("add")); }));
        QSignalSpy closed(m_client.get(), &WorkspaceClient::closed);
        m_client->close();
        QCOMPARE(m_client->state(), State::Closing);
        QVERIFY(closed.wait());
        QCOMPARE(m_client->state(), State::Closed);
        QCOMPARE(m_state->destroyed, 1);
        QVERIFY(added && verified);
        EXPECT_ERROR(*added, base::ErrorCode::Cancelled);
        EXPECT_ERROR(*verified, base::ErrorCode::Cancelled);
        QVERIFY(!m_state->soFar().contains(QStringLiteral("verify")));
        // What is asked for now has an answer too.
        std::optional<base::Status> answer;
        m_client->pauseAll(true, this, [&answer](const base::Status &status) { answer = status; });
        QVERIFY(FeedFixture::until([&answer] { return answer.has_value(); }));
        EXPECT_ERROR(*answer, base::ErrorCode::NotFound);
    }

    void destroyedWhileOpening()
    {
        QSemaphore door;
        m_client->open([this, &door]() -> base::Result<std::unique_ptr<workspace::Workspace>> {
            door.acquire();
            return std::make_unique<FakeWorkspace>(m_state, *m_disk->database);
        });
        m_client->pauseAll(true);
        door.release();
        m_client.reset();
        QCOMPARE(m_state->destroyed, 1);
    }

    void destroyedInTheMiddleOfEverything()
    {
        open();
        QVERIFY(untilOpen());
        m_client->add({QStringLiteral("/a")}, domain::Goal::Text);
        m_client->renderPage(QStringLiteral("a"), {{1}, 1, 2.0, 1'000}, this, [](const auto &) {});
        m_client->feed().find({}, this, [](const auto &) {});
        m_client.reset();
        QCOMPARE(m_state->destroyed, 1);
    }

private:
    void open()
    {
        m_client->open([this]() -> base::Result<std::unique_ptr<workspace::Workspace>> {
            return std::make_unique<FakeWorkspace>(m_state, *m_disk->database);
        });
    }
    bool untilOpen()
    {
        return FeedFixture::until([this] { return m_client->state() == State::Open; });
    }

    std::unique_ptr<store::Fixture> m_disk;
    std::shared_ptr<FakeState> m_state;
    std::unique_ptr<WorkspaceClient> m_client;
};

QTEST_GUILESS_MAIN(WorkspaceClientTest)
#include "tst_WorkspaceClient.moc"
