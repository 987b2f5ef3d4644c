// SPDX-License-Identifier: GPL-3.0-or-later
#include "FakeWorkspace.h"
#include "FeedFixture.h"
#include "presentation/OutlineModel.h"
#include "presentation/PageLinks.h"
#include "presentation/Roles.h"
#include "presentation/WorkspaceClient.h"
#include "support/Strict.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace lectern;
using presentation::FakeState;
using presentation::FakeWorkspace;
using presentation::FeedFixture;
using presentation::OutlineModel;
using presentation::PageLinks;
using presentation::WorkspaceClient;

/// What leads about in a document.
class OutlineModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void itemsFormATree()
    {
        OutlineModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPageNames([](int page) { return u"p%1"_s.arg(page); });
        model.setItems({{u"One"_s, 0, 1, 0, true},
                        {u"One.a"_s, 1, 3, 120, false},
                        {u"One.a.i"_s, 2, 3, 300, false},
                        {u"One.b"_s, 1, 0, 0, false},
                        {u"Two"_s, 0, 9, 0, false}});
        QCOMPARE(model.rowCount(), 2);
        const QModelIndex one = model.index(0, 0);
        QCOMPARE(one.data().toString(), u"One"_s);
        QVERIFY(one.data(OutlineModel::OpenRole).toBool());
        QCOMPARE(model.rowCount(one), 2);
        const QModelIndex deep = model.index(0, 0, model.index(0, 0, one));
        QCOMPARE(deep.data().toString(), u"One.a.i"_s);
        QCOMPARE(deep.data(presentation::PageRole).toInt(), 3);
        QCOMPARE(deep.data(OutlineModel::TopRole).toDouble(), 300.0);
        QCOMPARE(deep.siblingAtColumn(OutlineModel::Page).data().toString(), u"p3"_s);
        QCOMPARE(model.index(1, OutlineModel::Page, one).data().toString(), QString());
        QCOMPARE(model.itemOfPage(1).data().toString(), u"One"_s);
        QCOMPARE(model.itemOfPage(2).data().toString(), u"One"_s);
        QCOMPARE(model.itemOfPage(8).data().toString(), u"One.a.i"_s);
        QCOMPARE(model.itemOfPage(100).data().toString(), u"Two"_s);
        QVERIFY(!model.itemOfPage(0).isValid());
        model.setItems({});
        QVERIFY(model.isEmpty());
        QCOMPARE(model.rowCount(), 0);
    }

    // Whatever levels a document states, no item is lost.
    void oddLevels()
    {
        OutlineModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setItems({{u"a"_s, 5, 1, 0, false}, {u"b"_s, -3, 1, 0, false}, {u"c"_s, 9, 1, 0, false}});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowCount(model.index(1, 0)), 1);
    }

    void linksAreReadForPagesInView()
    {
        const store::Fixture disk;
        const auto state = std::make_shared<FakeState>();
        state->links.insert(3, {{QRectF(10, 10, 50, 20), 7, 0, {}},
                                {QRectF(30, 10, 50, 20), 0, 0, u"https://example.org"_s}});
        WorkspaceClient client(disk.clock);
        client.open([&]() -> base::Result<std::unique_ptr<workspace::Workspace>> {
            return std::make_unique<FakeWorkspace>(state, *disk.database);
        });
        PageLinks links(client, u"test"_s);
        QSignalSpy arrived(&links, &PageLinks::arrived);
        QVERIFY(links.find(3).isEmpty()); // no document
        links.setDocument({1});
        QVERIFY(links.find(3).isEmpty());
        QVERIFY(arrived.wait());
        QCOMPARE(links.find(3).size(), 2);
        QCOMPARE(links.at(3, QPointF(12, 12))->page, 7);
        QCOMPARE(links.at(3, QPointF(50, 12))->address, u"https://example.org"_s); // it lies on top
        QVERIFY(!links.at(3, QPointF(5, 12)));
        // Of pages that fly past only the last are read.
        for (int page = 100; page < 200; ++page)
            (void)links.find(page);
        QVERIFY(FeedFixture::until([&] { return state->soFar().contains(u"links 199"_s); }));
        QVERIFY(FeedFixture::until([&] { return arrived.size() >= 9; }));
        QVERIFY(state->soFar().size() < 20);
    }

    void onlyWebAndMailLeadOutside_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("opened");
        const auto row = [](const QString &address, const QString &opened) {
            QTest::newRow(qPrintable(address.left(60))) << address << opened;
        };
        row(u"https://example.org/a?b=c#d"_s, u"https://example.org/a?b=c#d"_s);
        row(u" HTTP://Example.org "_s, u"http://example.org"_s);
        row(u"www.example.org/x"_s, u"http://www.example.org/x"_s);
        row(u"mailto:a@example.org"_s, u"mailto:a@example.org"_s);
        row(u"https://ex\u0430mple.org"_s, u"https://xn--exmple-4nf.org"_s); // a Cyrillic letter shows
        row(u"file:///etc/passwd"_s, {});
        row(u"javascript:alert(1)"_s, {});
        row(u"data:text/html,x"_s, {});
        row(u"ftp://example.org"_s, {});
        row(u"smb://host/share"_s, {});
        row(u"https://"_s, {});
        row(u"mailto:"_s, {});
        row(u"chapter2.pdf"_s, {});
        row(u"/bin/sh"_s, {});
        row(QString(), {});
    }

    void onlyWebAndMailLeadOutside()
    {
        QFETCH(QString, address);
        QFETCH(QString, opened);
        const auto url = PageLinks::outside(address);
        QCOMPARE(url ? url->toString(QUrl::FullyEncoded) : QString(), opened);
    }
};

QTEST_MAIN(OutlineModelTest)
#include "tst_OutlineModel.moc"
