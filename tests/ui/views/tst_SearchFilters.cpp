// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdfs.h"
#include "WindowFixture.h"

#include "presentation/CommandId.h"
#include "presentation/LibraryFeed.h"
#include "presentation/SearchModel.h"
#include "support/TemporaryWorkspace.h"
#include "ui/forms/NameDialog.h"
#include "ui/library/CollectionList.h"
#include "ui/library/DetailPane.h"
#include "ui/library/LibraryView.h"
#include "ui/library/PagePanel.h"
#include "ui/search/CoveragePopup.h"
#include "ui/search/EntityField.h"
#include "ui/search/FilterChip.h"
#include "ui/search/SavedSearchButton.h"
#include "ui/search/SavedSearchesDialog.h"
#include "ui/search/SearchFilters.h"
#include "ui/search/SearchView.h"
#include "ui/widgets/Placeholder.h"
#include "ui/widgets/SegmentedControl.h"

#include <QApplication>
#include <QComboBox>
#include <QCompleter>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QTreeView>

using namespace lectern;
using namespace lectern::test;
namespace command = lectern::presentation::command;

/// What stands around a search in the real window: conditions, collections, saved searches, the coverage, and
/// results that come while one reads them.
class SearchFiltersTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_place = std::make_unique<support::TemporaryWorkspace>(); }
    void onlyInTheseDocuments();
    void mentionsAreOfferedAndHold();
    void whatHidesEverythingIsNamed();
    void collectionsHoldDocumentsAndSearches();
    void searchesAreSavedRunRenamedAndDeleted();
    void theCoverageSaysWhy();
    void whatWasClosedStaysClosed();
    void nothingJumpsWhileResultsCome();
    void smallPicturesComeWithTheDrawing();
    void everythingSetInASmallWindow();

private:
    [[nodiscard]] QString pdf(const QString &name, int pages, int seed)
    {
        const QString path = m_place->pathOf(name);
        SamplePdfs::book(path, pages, seed);
        return path;
    }
    [[nodiscard]] static ui::SearchView &view(WindowFixture &fixture)
    {
        return fixture.find<ui::SearchView>("searchView");
    }
    [[nodiscard]] static bool settle(WindowFixture &fixture)
    {
        return fixture.wait([&] { return view(fixture).isSettled(); });
    }
    [[nodiscard]] static bool type(WindowFixture &fixture, const QString &words, int mode = 0)
    {
        fixture.trigger(command::kViewSearch);
        fixture.find<ui::SegmentedControl>("searchMode").setCurrentIndex(mode);
        auto &field = fixture.find<QLineEdit>("searchWordsField");
        field.clear();
        QTest::keyClicks(&field, words);
        return settle(fixture);
    }
    [[nodiscard]] static QTreeView &results(WindowFixture &fixture)
    {
        return fixture.find<QTreeView>("resultList");
    }
    [[nodiscard]] static int found(WindowFixture &fixture) { return results(fixture).model()->rowCount(); }
    template <class Dialog> [[nodiscard]] static Dialog *dialog()
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (auto *wanted = qobject_cast<Dialog *>(widget); wanted && wanted->isVisible())
                return wanted;
        }
        return nullptr;
    }
    /// Gives a name in the dialog that asks for it.
    [[nodiscard]] static bool name(WindowFixture &fixture, const QString &text)
    {
        if (!fixture.wait([] { return dialog<ui::NameDialog>() != nullptr; }))
            return false;
        auto *field = dialog<ui::NameDialog>()->findChild<QLineEdit *>(QStringLiteral("nameField"));
        field->setText(text);
        QTest::keyClick(field, Qt::Key_Return);
        return fixture.wait([] { return dialog<ui::NameDialog>() == nullptr; });
    }
    [[nodiscard]] static QStringList savedSearches(WindowFixture &fixture)
    {
        auto &menu = fixture.find<QMenu>("savedSearchMenu");
        Q_EMIT menu.aboutToShow();
        QStringList texts;
        for (const QAction *action : menu.actions())
            texts.append(action->text());
        return texts;
    }

    std::unique_ptr<support::TemporaryWorkspace> m_place;
};

void SearchFiltersTest::onlyInTheseDocuments()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("first.pdf"), 4, 1), pdf(QStringLiteral("second.pdf"), 3, 3)});
    QVERIFY(fixture.waitDone(2));
    QVERIFY(type(fixture, QStringLiteral("outlier")));
    QCOMPARE(found(fixture), 2);
    auto &chip = fixture.find<ui::FilterChip>("searchDocumentChip");
    QVERIFY(!chip.isVisible());
    QVERIFY(!fixture.find<QPushButton>("clearFiltersButton").isVisible());

    fixture.trigger(command::kViewLibrary);
    QVERIFY(fixture.select(QStringLiteral("second.pdf")));
    fixture.trigger(command::kSearchHere);
    QVERIFY(view(fixture).isVisible());
    QVERIFY(fixture.wait(
        [&] { return found(fixture) == 1 && chip.text().contains(QLatin1String("second.pdf")); }));
    QVERIFY(chip.isVisible());
    QCOMPARE(results(fixture).model()->index(0, 0).data().toString(), QStringLiteral("second.pdf"));
    fixture.savePictures(QStringLiteral("search-in-document"));
    QTest::mouseClick(&chip, Qt::LeftButton);
    QVERIFY(fixture.wait([&] { return found(fixture) == 2; }));
    QVERIFY(!chip.isVisible());

    // From a result: its document, by the row of the document too.
    results(fixture).setCurrentIndex(results(fixture).model()->index(1, 0));
    const QString name = results(fixture).currentIndex().data().toString();
    QVERIFY(fixture.isEnabled(command::kSearchHere));
    fixture.trigger(command::kSearchHere);
    QVERIFY(fixture.wait([&] { return found(fixture) == 1 && chip.text().contains(name); }));
    QTest::keyClick(&chip, Qt::Key_Delete);
    QVERIFY(fixture.wait([&] { return found(fixture) == 2; }));
}

void SearchFiltersTest::mentionsAreOfferedAndHold()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("first.pdf"), 4, 1)});
    SamplePdfs::missingPages(m_place->pathOf(QStringLiteral("other.pdf")));
    fixture.drop({m_place->pathOf(QStringLiteral("other.pdf"))});
    QVERIFY(fixture.waitDone(2));
    QVERIFY(type(fixture, QStringLiteral("the")));
    QCOMPARE(found(fixture), 2);
    auto &field = fixture.find<ui::EntityField>("searchMentionField");
    field.setFocus();
    QTest::keyClicks(&field, QStringLiteral("jens"));
    const QAbstractItemModel &offers = *field.offers().model();
    QVERIFY(fixture.wait([&] { return offers.rowCount() > 0; }));
    QVERIFY2(offers.index(0, 0).data().toString().startsWith(QLatin1String("Maria Jensen")) ||
                 offers.index(0, 0).data().toString().contains(QLatin1String("Jensen")),
             qPrintable(offers.index(0, 0).data().toString()));
    const QString taken = offers.index(0, 0).data(Qt::UserRole).toString();
    field.setText(taken);
    QTest::keyClick(&field, Qt::Key_Return);
    QVERIFY(fixture.wait([&] { return found(fixture) == 1; }));
    auto &chip = fixture.find<ui::FilterChip>("searchMentionChip");
    QVERIFY(chip.isVisible() && chip.text().contains(taken) && field.text().isEmpty());
    QTest::mouseClick(&fixture.find<QPushButton>("clearFiltersButton"), Qt::LeftButton);
    QVERIFY(fixture.wait([&] { return found(fixture) == 2; }));
    QVERIFY(!chip.isVisible());
}

void SearchFiltersTest::whatHidesEverythingIsNamed()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("first.pdf"), 2, 1)});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(type(fixture, QStringLiteral("nitrate")));
    QCOMPARE(found(fixture), 1);
    auto &filters = fixture.find<ui::SearchFilters>("searchFilters");
    filters.setMention(QStringLiteral("Nobody Knows"));
    fixture.find<QComboBox>("searchAddedFilter").setCurrentIndex(1);
    QVERIFY(fixture.wait([&] { return settle(fixture) && found(fixture) == 0; }));
    auto &empty = fixture.find<ui::Placeholder>("searchEmpty");
    QVERIFY(empty.isVisible());
    QVERIFY2(empty.accessibleDescription().contains(QLatin1String("Nobody Knows")) &&
                 empty.accessibleDescription().contains(QLatin1String("Added today")),
             qPrintable(empty.accessibleDescription()));
    fixture.savePictures(QStringLiteral("search-hidden"));
    QTest::mouseClick(empty.findChild<QPushButton *>(QStringLiteral("placeholderAction")), Qt::LeftButton);
    QVERIFY(fixture.wait([&] { return found(fixture) == 1; }));
    QVERIFY(!filters.isSet());
}

void SearchFiltersTest::collectionsHoldDocumentsAndSearches()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("first.pdf"), 2, 1), pdf(QStringLiteral("second.pdf"), 2, 3)});
    QVERIFY(fixture.waitDone(2));
    auto &combo = fixture.find<QComboBox>("searchCollectionFilter");
    QVERIFY(combo.isHidden());

    // Made from the menu of a document.
    QVERIFY(fixture.select(QStringLiteral("first.pdf")));
    bool hasAsked = false;
    QTimer::singleShot(0, &fixture.window(), [&] {
        auto *menu = fixture.window().findChild<QMenu *>(QStringLiteral("collectionsMenu"));
        hasAsked = menu != nullptr;
        if (menu)
            menu->actions().last()->trigger();
        if (auto *popup = qobject_cast<QMenu *>(QApplication::activePopupWidget()))
            popup->close();
    });
    Q_EMIT fixture.find<ui::LibraryView>("libraryView").menuRequested(QPoint(300, 300));
    QVERIFY(hasAsked);
    QVERIFY(name(fixture, QStringLiteral("Thesis & more")));
    auto &collections = fixture.find<ui::CollectionList>("collectionList");
    QVERIFY(fixture.wait([&] { return collections.count() == 5; }));
    collections.setCurrentRow(3);
    QVERIFY(fixture.wait([&] { return fixture.model().count() == 1; }));
    QCOMPARE(fixture.model().documentAt(0)->name, QStringLiteral("first.pdf"));
    QVERIFY(fixture.wait(
        [&] { return fixture.find<QLabel>("documentCount").text().startsWith(QLatin1Char('1')); }));
    fixture.savePictures(QStringLiteral("library-collection"));

    QVERIFY(type(fixture, QStringLiteral("nitrate")));
    QCOMPARE(found(fixture), 2);
    QVERIFY(combo.isVisible());
    combo.setCurrentIndex(1);
    QVERIFY(fixture.wait([&] { return found(fixture) == 1; }));
    QCOMPARE(combo.currentText(), QStringLiteral("Thesis & more"));

    // Renamed, and deleted after a question: the search is free again, the documents are still there.
    fixture.trigger(command::kViewLibrary);
    collections.setFocus();
    QTest::keyClick(&collections, Qt::Key_F2);
    QVERIFY(name(fixture, QStringLiteral("Book")));
    QVERIFY(fixture.wait([&] { return combo.itemText(1) == QLatin1String("Book"); }));
    fixture.desktop.sure = true;
    Q_EMIT collections.deleteRequested({domain::CollectionId{combo.itemData(1).toLongLong()}, {}, 1});
    QCOMPARE(fixture.desktop.questions.size(), 1);
    QVERIFY(fixture.wait([&] { return collections.count() == 4 && fixture.model().count() == 2; }));
    QVERIFY(type(fixture, QStringLiteral("nitrate")));
    QVERIFY(fixture.wait([&] { return found(fixture) == 2; }));
}

void SearchFiltersTest::searchesAreSavedRunRenamedAndDeleted()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("first.pdf"), 3, 1)});
    QVERIFY(fixture.waitDone(1));
    fixture.trigger(command::kViewSearch);
    QCOMPARE(savedSearches(fixture).size(), 1);
    auto &menu = fixture.find<QMenu>("savedSearchMenu");
    QVERIFY(!menu.actions().first()->isEnabled()); // nothing to save

    QVERIFY(type(fixture, QStringLiteral("outlier")));
    fixture.find<QComboBox>("searchTextFilter").setCurrentIndex(1);
    fixture.find<QComboBox>("searchAddedFilter").setCurrentIndex(2);
    Q_EMIT menu.aboutToShow();
    menu.actions().first()->trigger();
    QVERIFY(name(fixture, QStringLiteral("Pumps & co")));
    QVERIFY(fixture.wait([&] { return savedSearches(fixture).contains(QStringLiteral("Pumps && co")); }));

    QVERIFY(type(fixture, QStringLiteral("something else"), 2));
    fixture.find<ui::SearchFilters>("searchFilters").clear();
    Q_EMIT menu.aboutToShow();
    menu.actions().at(2)->trigger();
    QCOMPARE(view(fixture).words(), QStringLiteral("outlier"));
    QCOMPARE(fixture.find<ui::SegmentedControl>("searchMode").currentIndex(), 0);
    QCOMPARE(fixture.find<QComboBox>("searchTextFilter").currentIndex(), 1);
    QCOMPARE(fixture.find<QComboBox>("searchAddedFilter").currentIndex(), 2);
    QVERIFY(settle(fixture));
    QCOMPARE(found(fixture), 1);

    Q_EMIT menu.aboutToShow();
    menu.actions().last()->trigger();
    QVERIFY(fixture.wait([] { return dialog<ui::SavedSearchesDialog>() != nullptr; }));
    auto *list = dialog<ui::SavedSearchesDialog>()->findChild<QListWidget *>();
    QCOMPARE(list->count(), 1);
    list->item(0)->setText(QStringLiteral("Pumps"));
    QVERIFY(fixture.wait([&] { return savedSearches(fixture).contains(QStringLiteral("Pumps")); }));
    list->item(0)->setText(QStringLiteral("  "));
    QVERIFY(fixture.wait([&] { return list->item(0)->text() == QLatin1String("Pumps"); }));
    QTest::mouseClick(
        dialog<ui::SavedSearchesDialog>()->findChild<QPushButton *>(QStringLiteral("deleteSearchButton")),
        Qt::LeftButton);
    QVERIFY(fixture.wait([&] { return list->count() == 0 && savedSearches(fixture).size() == 1; }));
    dialog<ui::SavedSearchesDialog>()->close();
}

void SearchFiltersTest::theCoverageSaysWhy()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    SamplePdfs::scan(m_place->pathOf(QStringLiteral("scan of an old letter with a very long name.pdf")), 1);
    SamplePdfs::damaged(m_place->pathOf(QStringLiteral("broken.pdf")));
    fixture.drop({pdf(QStringLiteral("first.pdf"), 2, 1),
                  m_place->pathOf(QStringLiteral("scan of an old letter with a very long name.pdf")),
                  m_place->pathOf(QStringLiteral("broken.pdf"))});
    QVERIFY(fixture.waitDone(3));
    QVERIFY(type(fixture, QStringLiteral("submarine")));
    auto &coverage = fixture.find<QLabel>("searchCoverage");
    QVERIFY(fixture.wait([&] { return coverage.text() == QLatin1String("Index: 1 of 3 documents"); }));
    auto &why = fixture.find<QPushButton>("searchWhyButton");
    QVERIFY(why.isVisible());
    auto &popup = fixture.find<ui::CoveragePopup>("coveragePopup");
    auto &list = fixture.find<QListWidget>("coverageList");

    // Among the ways on of a search that finds nothing, too.
    auto &empty = fixture.find<ui::Placeholder>("searchEmpty");
    fixture.savePictures(QStringLiteral("search-nothing-at-all"));
    QVERIFY(empty.findChildren<QPushButton *>().size() >= 2);
    QTest::mouseClick(&why, Qt::LeftButton);
    QVERIFY(fixture.wait([&] { return popup.isVisible(); }));
    QCOMPARE(list.count(), 2);
    QCOMPARE(list.item(0)->text(), QStringLiteral("broken.pdf"));
    QVERIFY(!list.item(0)->data(Qt::AccessibleTextRole).toString().endsWith(QLatin1String(": ")));
    popup.grab().save(QStringLiteral(LECTERN_PICTURE_DIR "/search-why-light-%1x.png")
                          .arg(qRound(popup.devicePixelRatioF())));
    list.setCurrentRow(1);
    QTest::keyClick(&list, Qt::Key_Return);
    QVERIFY(!popup.isVisible());
    auto &library = fixture.find<ui::LibraryView>("libraryView");
    QVERIFY(library.isVisible());
    QVERIFY(fixture.wait([&] {
        return library.currentId() ==
               fixture.document(QStringLiteral("scan of an old letter with a very long name.pdf")).id;
    }));
}

void SearchFiltersTest::whatWasClosedStaysClosed()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("first.pdf"), 2, 1)});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(type(fixture, QStringLiteral("outlier")));
    QTreeView &list = results(fixture);
    QVERIFY(list.isExpanded(list.model()->index(0, 0)));
    list.collapse(list.model()->index(0, 0));
    fixture.client().add({pdf(QStringLiteral("second.pdf"), 3, 3)}, domain::Goal::Analysis);
    QVERIFY(fixture.wait([&] { return found(fixture) == 2; }));
    QVERIFY(!list.isExpanded(list.model()->index(0, 0)));
    QVERIFY(list.isExpanded(list.model()->index(1, 0)));
}

void SearchFiltersTest::nothingJumpsWhileResultsCome()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("first.pdf"), 9, 1), pdf(QStringLiteral("second.pdf"), 9, 3)});
    QVERIFY(fixture.waitDone(2));
    QVERIFY(type(fixture, QStringLiteral("samples")));
    QTreeView &list = results(fixture);
    const QModelIndex last = list.model()->index(1, 0);
    const QPersistentModelIndex read(list.model()->index(2, 0, last));
    list.scrollTo(read, QAbstractItemView::PositionAtTop);
    list.verticalScrollBar()->setValue(list.verticalScrollBar()->value() + 7); // a part of it is out of sight
    const int before = list.visualRect(read).top();
    QVERIFY(list.verticalScrollBar()->value() > 0);

    // What is above goes: its document is removed.
    const domain::DocumentId gone{list.model()->index(0, 0).data(presentation::DocumentIdRole).toLongLong()};
    fixture.client().remove({gone});
    QVERIFY(fixture.wait([&] { return found(fixture) == 1; }));
    QVERIFY(read.isValid());
    QCOMPARE(list.visualRect(read).top(), before);
}

void SearchFiltersTest::smallPicturesComeWithTheDrawing()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("first.pdf"), 3, 1)});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(type(fixture, QStringLiteral("outlier")));
    QTreeView &list = results(fixture);
    const QModelIndex page = list.model()->index(0, 0, list.model()->index(0, 0));
    const QRect before = list.visualRect(page);
    QVERIFY(before.height() >= 84);
    QVERIFY(!page.data(Qt::DecorationRole).isValid()); // nothing is drawn for the list's sake
    QVERIFY(page.data(presentation::SearchModel::PageSizeRole).toSizeF().height() > 800);
    QTest::keyClick(&fixture.find<QLineEdit>("searchWordsField"), Qt::Key_Down);
    QTest::keyClick(&list, Qt::Key_Space);
    QVERIFY(fixture.wait([&] { return page.data(Qt::DecorationRole).isValid(); }));
    const auto picture = page.data(Qt::DecorationRole).value<QImage>();
    QVERIFY2(picture.height() == 168 && picture.width() <= 128,
             qPrintable(QString::number(picture.height())));
    QCOMPARE(list.visualRect(page).height(), before.height());
    fixture.savePictures(QStringLiteral("search-thumbnail"));
}

// For the pictures: every condition at once, names of any length, in the smallest window that is promised.
void SearchFiltersTest::everythingSetInASmallWindow()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    const QString longName = QStringLiteral("Report on the water of the northern provinces, third and "
                                            "completed edition with all of its appendices.pdf");
    fixture.drop({pdf(longName, 4, 1), pdf(QStringLiteral("第二份报告.pdf"), 3, 3)});
    QVERIFY(fixture.waitDone(2));
    fixture.window().resize(960, 600);
    QVERIFY(fixture.select(longName));
    fixture.trigger(command::kSearchHere);
    QVERIFY(type(fixture, QStringLiteral("nitrate outlier submarine")));
    auto &filters = fixture.find<ui::SearchFilters>("searchFilters");
    domain::SavedSearch search = view(fixture).asSaved();
    search.filter.worstText = domain::TextVerdict::Doubtful;
    search.filter.languages = {QStringLiteral("en")};
    search.filter.named = QStringLiteral("Geological Survey");
    search.addedInDays = 30;
    filters.setConditions(search);
    QVERIFY(settle(fixture));
    QVERIFY(fixture.wait([&] {
        return fixture.find<ui::FilterChip>("searchDocumentChip").text().contains(QLatin1String("Report"));
    }));
    fixture.savePictures(QStringLiteral("search-all-filters"));
    for (QWidget *part : filters.findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (part->isVisible())
            QVERIFY2(filters.rect().contains(part->geometry()), qPrintable(part->objectName()));
    }
    filters.clear();
    QVERIFY(settle(fixture));
    fixture.savePictures(QStringLiteral("search-small"));
}

QTEST_MAIN(SearchFiltersTest)
#include "tst_SearchFilters.moc"
