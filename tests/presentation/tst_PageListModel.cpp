// SPDX-License-Identifier: GPL-3.0-or-later
#include "FeedFixture.h"
#include "presentation/ErrorText.h"
#include "presentation/PageListModel.h"
#include "support/Strict.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QTest>

#include <memory>

using namespace lectern;
using domain::DocumentId;
using domain::PageState;
using presentation::FeedFixture;
using presentation::PageListModel;
using store::Library;
using store::Transaction;
using support::must;
using Column = PageListModel::Column;

class PageListModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init()
    {
        support::failOnWarnings();
        m_fixture = std::make_unique<FeedFixture>();
        m_model = std::make_unique<PageListModel>(m_fixture->feed);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_fixture.reset();
    }

    void pagesFollowTheWork()
    {
        const DocumentId id = m_fixture->add(QStringLiteral("/a/b.pdf"), m_fixture->createRun()).document;
        m_model->setDocument(id);
        const domain::Job job = m_fixture->startExtraction(id, 3);
        QVERIFY(untilStates({PageState::Queued, PageState::Queued, PageState::Queued}));
        must(m_fixture->storePages(job, {1, 2}, {m_fixture->answerKey(id, 1), m_fixture->answerKey(id, 2)}));
        const base::Error error{base::ErrorCode::PageCrashed, {}};
        must(m_fixture->write(
            [&](Transaction &t) { return Library::failPage(t, job.leaseToken(), id, 3, error, 1); }));
        QVERIFY(untilStates({PageState::Extracted, PageState::Extracted, PageState::Failed}));
        QCOMPARE(m_model->failedCount(), 1);
        QVERIFY(FeedFixture::until([this] {
            return !text(0, Column::Characters).isEmpty() &&
                   text(0, Column::Characters) != QStringLiteral("—");
        }));
        QCOMPARE(text(0, Column::Number), QStringLiteral("1"));
        QCOMPARE(text(0, Column::Quality), QStringLiteral("good"));
        QCOMPARE(text(2, Column::State), QStringLiteral("Failed"));
        QVERIFY(FeedFixture::until([this] { return !text(2, Column::Problem).isEmpty(); }));
        QCOMPARE(m_model->note(3), presentation::ErrorText::sentence(error));
        QVERIFY(m_model->note(1).isEmpty());
        QVERIFY(m_model->note(99).isEmpty());
        must(m_fixture->write(
            [&](Transaction &t) { return Library::finishExtraction(t, job.leaseToken(), id); }));
        QCOMPARE(m_fixture->analyseAll(), 2);
        QVERIFY(untilStates({PageState::Done, PageState::Done, PageState::Failed}));
        QVERIFY(FeedFixture::until([this] { return text(0, Column::State) == QStringLiteral("Done"); }));
    }

    void manyPagesAreReadInBlocks()
    {
        const DocumentId id = m_fixture->addExtracted(QStringLiteral("/a/b.pdf"), 450, domain::Goal::Text);
        m_tester.reset(); // it would look at the first rows
        m_model->setDocument(id);
        QVERIFY(FeedFixture::until([this] { return m_model->pageCount() == 450; }));
        QVERIFY(FeedFixture::until([this] { return loaded(449); }));
        QVERIFY(FeedFixture::until([this] { return loaded(0); }));
    }

    void anotherDocumentTakesItsPlace()
    {
        const DocumentId first = m_fixture->addExtracted(QStringLiteral("/a/b.pdf"), 3);
        const DocumentId second = m_fixture->add(QStringLiteral("/a/c.pdf"), m_fixture->createRun()).document;
        m_model->setDocument(first);
        m_model->setDocument(second);
        m_model->setDocument(first);
        QVERIFY(FeedFixture::until([this] { return m_model->pageCount() == 3; }));
        m_model->setDocument(second);
        QCOMPARE(m_model->pageCount(), 0);
        m_model->setDocument({});
        QCOMPARE(m_model->rowCount(), 0);
    }

private:
    bool untilStates(const QVector<PageState> &states)
    {
        return FeedFixture::until([&] { return m_model->states() == states; });
    }
    [[nodiscard]] bool loaded(int row) const
    {
        return m_model->data(m_model->index(row, 0), presentation::LoadedRole).toBool();
    }
    [[nodiscard]] QString text(int row, Column column) const
    {
        return m_model->data(m_model->index(row, column)).toString();
    }

    std::unique_ptr<FeedFixture> m_fixture;
    std::unique_ptr<PageListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(PageListModelTest)
#include "tst_PageListModel.moc"
