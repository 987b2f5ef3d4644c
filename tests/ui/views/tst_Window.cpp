// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdfs.h"
#include "WindowFixture.h"

#include "presentation/CommandId.h"
#include "presentation/LibraryFeed.h"
#include "presentation/Notices.h"
#include "presentation/Roles.h"
#include "support/TemporaryWorkspace.h"
#include "ui/jobs/JobsView.h"
#include "ui/library/CollectionList.h"
#include "ui/shell/StatusLine.h"
#include "ui/style/Theme.h"
#include "ui/widgets/DropOverlay.h"
#include "ui/widgets/PageStrip.h"
#include "ui/widgets/TwoFillProgressBar.h"
#include "ui/widgets/UndoBar.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>

using namespace lectern;
using namespace lectern::test;
namespace command = lectern::presentation::command;

/// The window driven as a person does it: drop, pause, resume, remove, undo, filter, look.
class WindowTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void firstRunShowsWelcome();
    void libraryThatCannotOpen();
    void dropIsIndexed();
    void dropOfFolder();
    void overlayNamesWhatIsDropped();
    void pauseHoldsAndResumeGoesOn();
    void removeIsUndone();
    void trashRestoresAndDeletes();
    void filterNarrowsTheList();
    void detailShowsPage();
    void failedPageSaysWhy();
    void damagedFileIsNamed();
    void jobsViewListsWork();
    void themeSwitches();
    void settingsAreKept();
    void closingGoesOnNextTime();
    void notificationOnlyWhenAway();

private:
    [[nodiscard]] QString pdf(const QString &name, int pages, int seed = 1);
    std::unique_ptr<support::TemporaryWorkspace> m_place;
};

void WindowTest::init()
{
    m_place = std::make_unique<support::TemporaryWorkspace>();
}

QString WindowTest::pdf(const QString &name, int pages, int seed)
{
    const QString path = m_place->pathOf(name);
    SamplePdfs::book(path, pages, seed);
    return path;
}

void WindowTest::firstRunShowsWelcome()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    QVERIFY(fixture.find<QWidget>("welcomeCard").isVisible());
    fixture.desktop.filesToChoose = {pdf(QStringLiteral("first.pdf"), 1)};
    fixture.trigger(command::kAddFiles);
    QVERIFY(fixture.waitDone(1));
    QVERIFY(!fixture.find<QWidget>("welcomeCard").isVisible());
}

void WindowTest::libraryThatCannotOpen()
{
    QFile blocker(m_place->pathOf(QStringLiteral("file")));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    WindowFixture fixture(m_place->pathOf(QStringLiteral("file/workspace")));
    fixture.window().show();
    workspace::Workspace::Options options;
    options.folder = m_place->pathOf(QStringLiteral("file/workspace"));
    fixture.client().open(options);
    QVERIFY(fixture.wait([&] { return !fixture.banners().isEmpty(); }));
    QVERIFY(fixture.find<QWidget>("loadingState").isVisible());
    QVERIFY(!fixture.isEnabled(command::kAddFiles));
    QVERIFY(fixture.close());
}

void WindowTest::dropIsIndexed()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("one.pdf"), 3, 1), pdf(QStringLiteral("two.pdf"), 2, 2)});
    QVERIFY(fixture.waitDone(2));
    QVERIFY(fixture.wait(
        [&] { return fixture.document(QStringLiteral("one.pdf")).state == domain::DocumentState::Done; }));
    QCOMPARE(fixture.document(QStringLiteral("one.pdf")).pagesDone, 3);
    QCOMPARE(fixture.snapshot().totals.pagesDone, qint64{5});
    QCOMPARE(fixture.model().count(), 2);
    const QModelIndex phase = fixture.model().index(0, presentation::DocumentListModel::Phase);
    QVERIFY(!phase.data(Qt::AccessibleTextRole).toString().isEmpty());
    // The same content from another place is the same document.
    const QString copy = m_place->pathOf(QStringLiteral("copy of one.pdf"));
    QVERIFY(QFile::copy(m_place->pathOf(QStringLiteral("one.pdf")), copy));
    fixture.drop({copy});
    QVERIFY(fixture.wait([&] { return fixture.document(QStringLiteral("one.pdf")).places == 2; }));
    QVERIFY(fixture.waitDone(2));
}

void WindowTest::dropOfFolder()
{
    QVERIFY(QDir().mkpath(m_place->pathOf(QStringLiteral("papers/old"))));
    (void)pdf(QStringLiteral("papers/a.pdf"), 1, 1);
    (void)pdf(QStringLiteral("papers/old/b.pdf"), 1, 2);
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({m_place->pathOf(QStringLiteral("papers"))});
    QVERIFY(fixture.waitDone(2));
}

void WindowTest::overlayNamesWhatIsDropped()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    auto *overlay = fixture.window().findChild<ui::DropOverlay *>();
    QVERIFY(overlay);
    QVERIFY(!overlay->isVisible());
    fixture.dragOver({QStringLiteral("/a.pdf"), QStringLiteral("/b.pdf")});
    QVERIFY(overlay->isVisible());
    QVERIFY2(overlay->message().contains(presentation::Notices::dropText(2)), qPrintable(overlay->message()));
}

void WindowTest::pauseHoldsAndResumeGoesOn()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.trigger(command::kPauseAll);
    QVERIFY(fixture.wait([&] { return fixture.snapshot().paused; }));
    QVERIFY(!fixture.isEnabled(command::kPauseAll));
    fixture.drop({pdf(QStringLiteral("waiting.pdf"), 4)});
    QVERIFY(fixture.wait([&] { return fixture.snapshot().totals.documents == 1; }));
    QCOMPARE(fixture.snapshot().totals.pagesDone, qint64{0});
    QVERIFY(fixture.wait([&] { return !fixture.banners().isEmpty(); }));
    fixture.trigger(command::kResumeAll);
    QVERIFY(fixture.waitDone(1));
    QCOMPARE(fixture.snapshot().totals.pagesDone, qint64{4});

    // One document alone.
    fixture.trigger(command::kPauseAll);
    QVERIFY(fixture.wait([&] { return fixture.snapshot().paused; }));
    fixture.drop({pdf(QStringLiteral("held.pdf"), 2, 5), pdf(QStringLiteral("free.pdf"), 2, 6)});
    QVERIFY(fixture.wait([&] { return fixture.snapshot().totals.documents == 3; }));
    QVERIFY(fixture.select(QStringLiteral("held.pdf")));
    fixture.client().pauseDocuments({fixture.document(QStringLiteral("held.pdf")).id}, true);
    QVERIFY(fixture.wait([&] { return fixture.document(QStringLiteral("held.pdf")).paused; }));
    fixture.trigger(command::kResumeAll);
    QVERIFY(fixture.wait(
        [&] { return fixture.document(QStringLiteral("free.pdf")).state == domain::DocumentState::Done; }));
    QVERIFY(!domain::isSettled(fixture.document(QStringLiteral("held.pdf")).state));
    QVERIFY(fixture.wait([&] { return fixture.isEnabled(command::kResumeDocument); }));
    fixture.trigger(command::kResumeDocument);
    QVERIFY(fixture.waitDone(3));
}

void WindowTest::removeIsUndone()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("keep.pdf"), 1, 1), pdf(QStringLiteral("mistake.pdf"), 1, 2)});
    QVERIFY(fixture.waitDone(2));
    QVERIFY(fixture.select(QStringLiteral("mistake.pdf")));
    fixture.trigger(command::kRemove);
    auto &bar = fixture.find<ui::UndoBar>("undoBar");
    QVERIFY(fixture.wait([&] { return bar.isOffering(); }));
    QVERIFY(fixture.wait([&] { return fixture.model().count() == 1; }));
    QCOMPARE(fixture.snapshot().totals.documentsInTrash, 1);
    QTest::mouseClick(bar.findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(fixture.wait([&] { return fixture.model().count() == 2; }));
    QVERIFY(fixture.wait([&] { return fixture.document(QStringLiteral("mistake.pdf")).pagesDone == 1; }));
    QVERIFY(!bar.isOffering());
}

void WindowTest::trashRestoresAndDeletes()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("a.pdf"), 1, 1), pdf(QStringLiteral("b.pdf"), 1, 2)});
    QVERIFY(fixture.waitDone(2));
    QVERIFY(fixture.wait([&] { return fixture.model().count() == 2; }));
    fixture.trigger(command::kSelectAll);
    fixture.trigger(command::kRemove);
    QVERIFY(fixture.wait([&] { return fixture.snapshot().totals.documentsInTrash == 2; }));
    fixture.trigger(command::kShowTrash);
    QVERIFY(fixture.wait([&] { return fixture.model().count() == 2; }));
    QVERIFY(fixture.select(QStringLiteral("a.pdf")));
    fixture.trigger(command::kRestore);
    QVERIFY(fixture.wait([&] { return fixture.model().count() == 1; }));
    QVERIFY(fixture.select(QStringLiteral("b.pdf")));
    fixture.desktop.sure = false;
    fixture.trigger(command::kDeleteForGood);
    QCOMPARE(fixture.desktop.questions.size(), 1);
    QCOMPARE(fixture.snapshot().totals.documentsInTrash, 1);
    fixture.desktop.sure = true;
    fixture.trigger(command::kDeleteForGood);
    QVERIFY(fixture.wait([&] { return fixture.snapshot().totals.documentsInTrash == 0; }));
    QVERIFY(QFile::exists(m_place->pathOf(QStringLiteral("b.pdf"))));
}

void WindowTest::filterNarrowsTheList()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("nitrate-report.pdf"), 1, 1), pdf(QStringLiteral("census.pdf"), 1, 2),
                  pdf(QStringLiteral("minutes.pdf"), 1, 3)});
    QVERIFY(fixture.waitDone(3));
    auto &field = fixture.find<QLineEdit>("searchField");
    QTest::keyClicks(&field, QStringLiteral("NITRATE"));
    QVERIFY(fixture.wait([&] { return fixture.model().count() == 1; }));
    QCOMPARE(fixture.model().documentAt(0)->name, QStringLiteral("nitrate-report.pdf"));
    QVERIFY(fixture.find<QLabel>("documentCount").text().contains(QStringLiteral("1 of 3")));
    QTest::keyClicks(&field, QStringLiteral("xyz"));
    QVERIFY(fixture.wait([&] { return fixture.find<QWidget>("emptyState").isVisible(); }));
    QTest::mouseClick(fixture.find<QWidget>("emptyState").findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(fixture.wait([&] { return fixture.model().count() == 3; }));
    QVERIFY(field.text().isEmpty());
}

void WindowTest::detailShowsPage()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("report.pdf"), 5)});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(fixture.select(QStringLiteral("report.pdf")));
    auto &strip = fixture.find<ui::PageStrip>("pageStrip");
    QVERIFY(fixture.wait([&] { return strip.cells().pageCount() == 5; }));
    QVERIFY(fixture.wait([&] { return fixture.window().isSettled(); }));
    auto &text = fixture.find<QPlainTextEdit>("pageText");
    QVERIFY2(text.toPlainText().contains(QStringLiteral("part 1")), qPrintable(text.toPlainText().left(200)));
    QVERIFY(!fixture.find<QLabel>("pageSummary").text().isEmpty());
    strip.setFocus();
    QTest::keyClick(&strip, Qt::Key_Right);
    QTest::keyClick(&strip, Qt::Key_Right);
    QVERIFY(fixture.wait([&] { return text.toPlainText().contains(QStringLiteral("part 3")); }));
}

void WindowTest::failedPageSaysWhy()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    const QString path = m_place->pathOf(QStringLiteral("holes.pdf"));
    SamplePdfs::missingPages(path);
    fixture.drop({path});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(fixture.wait([&] { return fixture.document(QStringLiteral("holes.pdf")).pagesFailed == 2; }));
    QVERIFY(fixture.select(QStringLiteral("holes.pdf")));
    const QModelIndex state =
        fixture.list().currentIndex().siblingAtColumn(presentation::DocumentListModel::Phase);
    QVERIFY(!state.data(presentation::SentenceRole).toString().isEmpty());
    // The link in the row leads to the page.
    const QRect link = fixture.list().linkRect(state);
    QVERIFY(!link.isEmpty());
    QTest::mouseClick(fixture.list().viewport(), Qt::LeftButton, {}, link.center());
    auto &strip = fixture.find<ui::PageStrip>("pageStrip");
    QVERIFY(fixture.wait([&] { return strip.currentPage() == 2; }));
    QVERIFY(fixture.wait([&] { return fixture.isEnabled(command::kRetryPage); }));
}

void WindowTest::damagedFileIsNamed()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    const QString path = m_place->pathOf(QStringLiteral("damaged.pdf"));
    SamplePdfs::damaged(path);
    fixture.drop({path, pdf(QStringLiteral("fine.pdf"), 1)});
    QVERIFY(fixture.waitDone(2));
    QVERIFY(fixture.wait([&] {
        return fixture.document(QStringLiteral("damaged.pdf")).state == domain::DocumentState::Corrupt;
    }));
    fixture.trigger(command::kShowProblems);
    QVERIFY(fixture.wait([&] { return fixture.model().count() == 1; }));
    QCOMPARE(fixture.find<ui::CollectionList>("collectionList").currentRow(), 1);
}

void WindowTest::jobsViewListsWork()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    const QString path = m_place->pathOf(QStringLiteral("holes.pdf"));
    SamplePdfs::missingPages(path);
    fixture.drop({path, pdf(QStringLiteral("fine.pdf"), 2)});
    QVERIFY(fixture.waitDone(2));
    QVERIFY(fixture.wait([&] { return fixture.document(QStringLiteral("holes.pdf")).id.isValid(); }));
    const domain::DocumentId holes = fixture.document(QStringLiteral("holes.pdf")).id;
    fixture.trigger(command::kViewJobs);
    auto &jobs = fixture.find<ui::JobsView>("jobsView");
    QVERIFY(jobs.isVisible());
    auto &list = fixture.find<ui::RowView>("jobList");
    QVERIFY(fixture.wait([&] { return jobs.model().rowCount() == 2; }));
    QCOMPARE(jobs.model().segmentCount(presentation::JobListModel::Segment::Failed), 1);
    // Looked up each time, because rows move as their work goes on.
    const auto broken = [&](int column) { return jobs.model().index(jobs.model().rowOf(holes), column); };
    QVERIFY(fixture.wait([&] { return broken(0).isValid() && jobs.model().hasChildren(broken(0)); }));
    list.setCurrentIndex(broken(presentation::JobListModel::Job));
    list.expand(broken(0));
    QVERIFY(fixture.wait([&] { return jobs.model().rowCount(broken(0)) == 2; }));

    auto views = fixture.window().findChildren<QTreeView *>(QStringLiteral("logView"));
    QVERIFY(fixture.wait([&] {
        return std::any_of(views.cbegin(), views.cend(), [](const QTreeView *view) {
            return view->isVisible() && view->model()->rowCount() > 0;
        });
    }));
}

void WindowTest::themeSwitches()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.trigger(command::kThemeDark);
    QVERIFY(fixture.wait([&] { return ui::Theme::of(fixture.window().palette()).dark; }));
    fixture.trigger(command::kThemeLight);
    QVERIFY(fixture.wait([&] { return !ui::Theme::of(fixture.window().palette()).dark; }));
    QVERIFY(fixture.window().settings().theme == presentation::Settings::Theme::Light);
}

void WindowTest::settingsAreKept()
{
    presentation::Settings kept;
    {
        WindowFixture fixture(m_place->folder());
        QVERIFY(fixture.open());
        fixture.list().setColumnShown(presentation::DocumentListModel::Size, true);
        fixture.list().sortByColumn(presentation::DocumentListModel::Name, Qt::AscendingOrder);
        fixture.trigger(command::kViewJobs);
        kept = fixture.window().settings();
        QVERIFY(fixture.close());
    }
    WindowFixture fixture(m_place->folder(), kept);
    QVERIFY(fixture.open());
    QVERIFY(fixture.find<QWidget>("jobsView").isVisible());
    QVERIFY(!fixture.list().isColumnHidden(presentation::DocumentListModel::Size));
    QCOMPARE(fixture.model().sortColumn(), presentation::DocumentListModel::Name);
}

void WindowTest::closingGoesOnNextTime()
{
    {
        WindowFixture fixture(m_place->folder());
        QVERIFY(fixture.open());
        fixture.drop({pdf(QStringLiteral("long.pdf"), 60)});
        QVERIFY(fixture.wait([&] { return fixture.snapshot().totals.documents == 1; }));
        QVERIFY(fixture.close());
    }
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    QVERIFY(fixture.waitDone(1));
    QCOMPARE(fixture.snapshot().totals.pagesDone, qint64{60});
}

void WindowTest::notificationOnlyWhenAway()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("watched.pdf"), 1, 1)});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(fixture.desktop.notifications.isEmpty());
    QWidget other;
    other.show();
    QApplication::setActiveWindow(&other);
    QVERIFY(QTest::qWaitForWindowActive(&other));
    fixture.drop({pdf(QStringLiteral("unseen.pdf"), 30, 2)});
    QVERIFY(fixture.waitDone(2));
    QVERIFY(fixture.wait([&] { return fixture.desktop.notifications.size() == 1; }));
}

QTEST_MAIN(WindowTest)
#include "tst_Window.moc"
