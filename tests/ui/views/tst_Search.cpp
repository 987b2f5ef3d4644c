// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdfs.h"
#include "WindowFixture.h"

#include "presentation/CommandId.h"
#include "presentation/LibraryFeed.h"
#include "presentation/Roles.h"
#include "presentation/SearchModel.h"
#include "support/TemporaryWorkspace.h"
#include "ui/library/DetailPane.h"
#include "ui/library/PagePanel.h"
#include "ui/reader/PageCanvas.h"
#include "ui/reader/ReaderView.h"
#include "ui/search/SearchView.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SegmentedControl.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeView>

using namespace lectern;
using namespace lectern::test;
namespace command = lectern::presentation::command;

namespace {

void press(int key, Qt::KeyboardModifiers modifiers = {})
{
    QWidget *target = QApplication::focusWidget();
    QTest::keyClick(target ? target : QApplication::activeWindow(), static_cast<Qt::Key>(key), modifiers);
}

} // namespace

/// Searching in the real window: type, see, preview, open at the hit, go on to the next, come back.
class SearchTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_place = std::make_unique<support::TemporaryWorkspace>(); }
    void typingFindsPages();
    void enterOpensTheHitAndF3GoesOn();
    void spaceShowsThePageBesideTheList();
    void meaningFindsOtherWords();
    void nothingFoundOffersAWayOn();
    void resultsComeWhileDocumentsAreRead();

private:
    [[nodiscard]] QString pdf(const QString &name, int pages, int seed)
    {
        const QString path = m_place->pathOf(name);
        SamplePdfs::book(path, pages, seed);
        return path;
    }
    /// Types into the field of the Search view and waits for the answer.
    [[nodiscard]] static bool type(WindowFixture &fixture, const QString &words, int mode)
    {
        fixture.trigger(command::kViewSearch);
        fixture.find<ui::SegmentedControl>("searchMode").setCurrentIndex(mode);
        auto &field = fixture.find<QLineEdit>("searchWordsField");
        field.clear();
        QTest::keyClicks(&field, words);
        return fixture.wait([&] { return fixture.find<ui::SearchView>("searchView").isSettled(); });
    }
    [[nodiscard]] static QTreeView &results(WindowFixture &fixture)
    {
        return fixture.find<QTreeView>("resultList");
    }

    std::unique_ptr<support::TemporaryWorkspace> m_place;
};

void SearchTest::typingFindsPages()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("first.pdf"), 4, 1), pdf(QStringLiteral("second.pdf"), 3, 3)});
    QVERIFY(fixture.waitDone(2));
    fixture.window().activateWindow();
    press(Qt::Key_3, Qt::AltModifier);
    auto &view = fixture.find<ui::SearchView>("searchView");
    QVERIFY(view.isVisible());
    QCOMPARE(QApplication::focusWidget(),
             static_cast<QWidget *>(&fixture.find<QLineEdit>("searchWordsField")));

    QVERIFY(type(fixture, QStringLiteral("outlier"), 0));
    auto &list = results(fixture);
    const QAbstractItemModel &model = *list.model();
    QCOMPARE(model.rowCount(), 2);
    int pages = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex document = model.index(row, 0);
        QVERIFY(list.isExpanded(document));
        for (int page = 0; page < model.rowCount(document); ++page, ++pages) {
            const QModelIndex hit = model.index(page, 0, document);
            const QString snippet = hit.data(presentation::SearchModel::SnippetRole).toString();
            const auto marks = hit.data(presentation::SearchModel::MarksRole).toList();
            QVERIFY(!marks.isEmpty());
            const QPoint mark = marks.first().toPoint();
            QCOMPARE(snippet.mid(mark.x(), mark.y()), QStringLiteral("outlier"));
        }
    }
    QVERIFY(pages >= 5);
    QVERIFY2(fixture.find<QLabel>("searchSummary").text().startsWith(QString::number(pages)),
             qPrintable(fixture.find<QLabel>("searchSummary").text()));
    fixture.savePictures(QStringLiteral("search"));
}

void SearchTest::enterOpensTheHitAndF3GoesOn()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("first.pdf"), 4, 1), pdf(QStringLiteral("second.pdf"), 3, 3)});
    QVERIFY(fixture.waitDone(2));
    QVERIFY(type(fixture, QStringLiteral("outlier"), 0));
    press(Qt::Key_Down); // into the list
    auto &view = fixture.find<ui::SearchView>("searchView");
    const auto first = view.current();
    QVERIFY(first);
    press(Qt::Key_Return);
    auto &reader = fixture.find<ui::ReaderView>("readerView");
    QVERIFY(reader.isVisible());
    QVERIFY(fixture.wait([&] {
        return reader.isReading() && fixture.window().isSettled() &&
               !reader.canvas().markedAreas(first->hit.number).isEmpty();
    }));
    QCOMPARE(reader.documentId(), first->hit.document);
    QCOMPARE(reader.currentPage(), first->hit.number);
    fixture.savePictures(QStringLiteral("search-opened"));

    // On to the next page, and at the end of the document to the next one.
    QSet<qint64> documents{first->hit.document.value};
    QSet<QPair<qint64, int>> seen{{first->hit.document.value, first->hit.number}};
    for (int step = 0; step < 4; ++step) {
        fixture.trigger(command::kFindNext);
        const auto next = view.current();
        QVERIFY(next);
        QVERIFY(fixture.wait([&] {
            return reader.documentId() == next->hit.document && reader.isReading() &&
                   reader.currentPage() == next->hit.number;
        }));
        documents.insert(next->hit.document.value);
        seen.insert({next->hit.document.value, next->hit.number});
    }
    QCOMPARE(seen.size(), 5);
    QCOMPARE(documents.size(), 2);
    fixture.trigger(command::kViewSearch);
    QCOMPARE(view.words(), QStringLiteral("outlier"));
}

void SearchTest::spaceShowsThePageBesideTheList()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("first.pdf"), 4, 1)});
    QVERIFY(fixture.waitDone(1));
    fixture.trigger(command::kDetailPane);
    QVERIFY(type(fixture, QStringLiteral("title:first \"worn pump\""), 0));
    press(Qt::Key_Down);
    const auto hit = fixture.find<ui::SearchView>("searchView").current();
    QVERIFY(hit);
    auto &detail = fixture.find<ui::DetailPane>("detailPane");
    QVERIFY(!detail.isVisible());
    press(Qt::Key_Space);
    QVERIFY(detail.isVisible());
    QVERIFY(fixture.wait([&] {
        return detail.document() == hit->hit.document && detail.pages().currentPage() == hit->hit.number;
    }));
}

void SearchTest::meaningFindsOtherWords()
{
    WindowFixture fixture(m_place->folder());
    fixture.useEmbedding();
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("first.pdf"), 4, 1)});
    QVERIFY(fixture.waitDone(1));
    const QString question = QStringLiteral("pollution of drinking water");
    QVERIFY(type(fixture, question, 0));
    const auto hits = [&] { return results(fixture).model()->rowCount(); };
    QVERIFY(type(fixture, question, 1));
    // Vectors follow the text; the list follows them.
    QVERIFY(fixture.wait([&] { return hits() == 1; }));
    const QModelIndex document = results(fixture).model()->index(0, 0);
    QVERIFY(!document.data(presentation::SearchModel::SomeWordsRole).toBool());
    fixture.savePictures(QStringLiteral("search-meaning"));
}

void SearchTest::nothingFoundOffersAWayOn()
{
    WindowFixture fixture(m_place->folder());
    fixture.useEmbedding();
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("first.pdf"), 2, 1)});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(type(fixture, QStringLiteral("submarine"), 0));
    auto &empty = fixture.find<ui::Placeholder>("searchEmpty");
    QVERIFY(empty.isVisible());
    fixture.savePictures(QStringLiteral("search-nothing"));
    QTest::mouseClick(empty.findChild<QPushButton *>(), Qt::LeftButton);
    QCOMPARE(fixture.find<ui::SegmentedControl>("searchMode").currentIndex(), 2);
    QVERIFY(fixture.wait([&] { return results(fixture).model()->rowCount() == 1; }));

    // What a filter hides is offered to be shown.
    fixture.find<ui::SegmentedControl>("searchMode").setCurrentIndex(0);
    QVERIFY(type(fixture, QStringLiteral("laboratories"), 0));
    QCOMPARE(results(fixture).model()->rowCount(), 1);
}

void SearchTest::resultsComeWhileDocumentsAreRead()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("first.pdf"), 2, 1)});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(type(fixture, QStringLiteral("outlier"), 0));
    QCOMPARE(results(fixture).model()->rowCount(), 1);
    press(Qt::Key_Down);
    const auto chosen = fixture.find<ui::SearchView>("searchView").current();
    QVERIFY(chosen);
    fixture.client().add({pdf(QStringLiteral("second.pdf"), 3, 3)}, domain::Goal::Analysis);
    QVERIFY(fixture.wait([&] { return results(fixture).model()->rowCount() == 2; }));
    const auto still = fixture.find<ui::SearchView>("searchView").current();
    QVERIFY(still);
    QCOMPARE(still->hit.page, chosen->hit.page);
    QCOMPARE(results(fixture).currentIndex().parent().row(), 0); // nothing jumped
}

QTEST_MAIN(SearchTest)
#include "tst_Search.moc"
