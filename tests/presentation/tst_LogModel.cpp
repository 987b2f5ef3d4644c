// SPDX-License-Identifier: GPL-3.0-or-later
#include "FeedFixture.h"
#include "presentation/LogModel.h"
#include "support/Strict.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <memory>

using namespace lectern;
using domain::DocumentId;
using presentation::FeedFixture;
using presentation::LogModel;
using store::JobQueue;
using store::Transaction;
using support::must;

class LogModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        support::failOnWarnings();
        m_fixture = std::make_unique<FeedFixture>();
        m_model = std::make_unique<LogModel>(m_fixture->feed);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_fixture.reset();
    }

    void newestFirstAndCopiedOldestFirst()
    {
        const DocumentId id = m_fixture->addMany(1).first();
        m_model->setDocument(id);
        QVERIFY(FeedFixture::until([this] { return m_model->rowCount() == 1; }));
        m_fixture->clock.advance(60'000);
        must(m_fixture->write([&](Transaction &t) { return JobQueue::setDocumentPaused(t, id, true); }));
        QVERIFY(FeedFixture::until([this] { return m_model->rowCount() == 2; }));
        QCOMPARE(m_model->index(0, LogModel::Event).data().toString(), QStringLiteral("Paused by you"));
        QCOMPARE(m_model->index(1, LogModel::Event).data().toString(), QStringLiteral("Put into the queue"));
        QCOMPARE(m_model->copyText(), QStringLiteral("2026-01-01 00:00:00  Put into the queue\n"
                                                     "2026-01-01 00:01:00  Paused by you\n"));
    }

    void onlyTheLastFiveHundred()
    {
        const DocumentId id = m_fixture->addMany(1).first();
        m_model->setDocument(id);
        QVERIFY(FeedFixture::until([this] { return m_model->rowCount() == 1; }));
        for (int round = 0; round < 2; ++round) {
            must(m_fixture->write([&](Transaction &t) -> base::Status {
                for (int i = 0; i < 300; ++i) {
                    if (const base::Status status = JobQueue::setDocumentPaused(t, id, i % 2 == 0); !status)
                        return status;
                }
                return {};
            }));
            const int expected = round == 0 ? 301 : presentation::LibraryFeed::kLogLimit;
            QVERIFY(FeedFixture::until([this, expected] { return m_model->rowCount() == expected; }));
        }
        QCOMPARE(m_model->index(0, LogModel::Event).data().toString(), QStringLiteral("Resumed by you"));
    }

    void aFailureSaysWhy()
    {
        store::JobEvent event;
        event.kind = QStringLiteral("page_retry");
        event.attempt = 1;
        event.error = {base::ErrorCode::PageTimedOut, QStringLiteral("30 s")};
        QCOMPARE(LogModel::eventText(event),
                 QStringLiteral("Attempt 1 failed and will be repeated: Page takes too long"));
    }

    void everyEventOfTheStoreHasWords()
    {
        // The store writes these names; one that has no words here would be shown raw.
        static const QRegularExpression call(QStringLiteral("add(?:Document|Job)Event\\([^;]*;"),
                                             QRegularExpression::DotMatchesEverythingOption);
        static const QRegularExpression name(QStringLiteral("QStringLiteral\\(\"([a-z_]+)\"\\)"));
        QSet<QString> kinds;
        const QDir folder(QStringLiteral(LECTERN_SOURCE_DIR "/src/store"));
        for (const QString &file : folder.entryList({QStringLiteral("*.cpp")})) {
            QFile source(folder.filePath(file));
            QVERIFY(source.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(source.readAll());
            for (auto calls = call.globalMatch(text); calls.hasNext();) {
                for (auto names = name.globalMatch(calls.next().captured()); names.hasNext();)
                    kinds.insert(names.next().captured(1));
            }
        }
        QVERIFY(kinds.size() > 8);
        for (const QString &kind : std::as_const(kinds)) {
            store::JobEvent event;
            event.kind = kind;
            QVERIFY2(LogModel::eventText(event) != kind, qPrintable(kind));
        }
    }

private:
    std::unique_ptr<FeedFixture> m_fixture;
    std::unique_ptr<LogModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(LogModelTest)
#include "tst_LogModel.moc"
