// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdfs.h"
#include "WindowFixture.h"

#include "presentation/CommandId.h"
#include "presentation/LibraryFeed.h"
#include "support/TemporaryWorkspace.h"
#include "ui/jobs/JobsView.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLineEdit>

using namespace lectern;
using namespace lectern::test;
namespace command = lectern::presentation::command;

/// Every state of the window as a picture, light and dark, to be looked at.
class PicturesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void empty();
    void indexing();
    void paused();
    void mixed();
    void locked();
    void longNamesAndScripts();
    void nothingMatches();
    void jobs();
    void palette();
    void dropping();
    void small();
    void corpus();

private:
    [[nodiscard]] QString pdf(const QString &name, int pages, int seed = 1, const QString &title = {});
    [[nodiscard]] QStringList mixedFiles();
    std::unique_ptr<support::TemporaryWorkspace> m_place;
};

void PicturesTest::init()
{
    m_place = std::make_unique<support::TemporaryWorkspace>();
}

QString PicturesTest::pdf(const QString &name, int pages, int seed, const QString &title)
{
    const QString path = m_place->pathOf(name);
    SamplePdfs::book(path, pages, seed, title);
    return path;
}

QStringList PicturesTest::mixedFiles()
{
    const QString holes = m_place->pathOf(QStringLiteral("holes.pdf"));
    SamplePdfs::missingPages(holes);
    const QString damaged = m_place->pathOf(QStringLiteral("damaged.pdf"));
    SamplePdfs::damaged(damaged);
    QFile note(m_place->pathOf(QStringLiteral("spreadsheet.xlsx")));
    if (note.open(QIODevice::WriteOnly))
        note.write("PK\x03\x04 a table");
    QStringList files{
        pdf(QStringLiteral("USGS-methods.pdf"), 24, 1, QStringLiteral("Methods of the Geological Survey")),
        pdf(QStringLiteral("annual-report-2019.pdf"), 12, 2),
        pdf(QStringLiteral("minutes-of-the-board.pdf"), 3, 3),
        holes,
        damaged,
        note.fileName()};
    const QString secret = m_place->pathOf(QStringLiteral("loan-agreement.pdf"));
    if (SamplePdfs::lock(files.at(2), secret, QStringLiteral("secret")))
        files.append(secret);
    return files;
}

void PicturesTest::empty()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.savePictures(QStringLiteral("empty"));
}

void PicturesTest::indexing()
{
    QStringList files{pdf(QStringLiteral("long-manual.pdf"), 120, 1, QStringLiteral("The long manual"))};
    for (int i = 2; i < 12; ++i)
        files.append(pdf(QStringLiteral("paper-%1.pdf").arg(i), 10, i));
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    bool taken = false;
    QObject::connect(&fixture.client().feed(), &presentation::LibraryFeed::snapshotChanged, &fixture.window(),
                     [&] {
                         const domain::Totals &totals = fixture.snapshot().totals;
                         if (fixture.model().count() > 3 && !fixture.list().currentIndex().isValid())
                             fixture.list().setCurrentIndex(fixture.model().index(0, 0));
                         if (taken || totals.pagesDone < 30 || !fixture.window().isSettled())
                             return;
                         taken = true;
                         fixture.savePictures(QStringLiteral("indexing"));
                     });
    fixture.drop(files);
    QVERIFY(fixture.waitDone(static_cast<int>(files.size())));
    QVERIFY(taken);
}

void PicturesTest::paused()
{
    QStringList files;
    for (int i = 1; i < 7; ++i)
        files.append(pdf(QStringLiteral("chapter-%1.pdf").arg(i), 30, i));
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop(files);
    QVERIFY(fixture.wait([&] { return fixture.snapshot().totals.pagesDone >= 20; }));
    fixture.trigger(command::kPauseAll);
    QVERIFY(fixture.wait([&] { return fixture.snapshot().paused && fixture.snapshot().running.isEmpty(); }));
    QVERIFY(fixture.select(QStringLiteral("chapter-1.pdf")));
    QVERIFY(fixture.wait([&] { return fixture.window().isSettled(); }));
    fixture.savePictures(QStringLiteral("paused"));
}

void PicturesTest::mixed()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    const QStringList files = mixedFiles();
    fixture.drop(files);
    QVERIFY(fixture.waitDone(static_cast<int>(files.size())));
    QVERIFY(fixture.select(QStringLiteral("USGS-methods.pdf")));
    QVERIFY(fixture.wait([&] { return fixture.window().isSettled(); }));
    fixture.savePictures(QStringLiteral("done"));
    QVERIFY(fixture.select(QStringLiteral("holes.pdf")));
    fixture.trigger(command::kShowFailedPages);
    QVERIFY(
        fixture.wait([&] { return fixture.isEnabled(command::kRetryPage) && fixture.window().isSettled(); }));
    fixture.savePictures(QStringLiteral("failed"));
    QVERIFY(fixture.select(QStringLiteral("damaged.pdf")));
    QVERIFY(fixture.wait([&] { return fixture.window().isSettled(); }));
    fixture.savePictures(QStringLiteral("damaged"));
    QVERIFY(fixture.select(QStringLiteral("minutes-of-the-board.pdf")));
    const domain::DocumentId id = fixture.document(QStringLiteral("minutes-of-the-board.pdf")).id;
    fixture.trigger(command::kRemove);
    QVERIFY(fixture.wait(
        [&] { return fixture.find<QWidget>("undoBar").isVisible() && fixture.model().rowOf(id) < 0; }));
    fixture.savePictures(QStringLiteral("removed"));
}

void PicturesTest::locked()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    const QStringList files = mixedFiles();
    if (!files.constLast().endsWith(QStringLiteral("loan-agreement.pdf")))
        QSKIP("the program qpdf, which locks the sample file, is not installed");
    fixture.drop(files);
    QVERIFY(fixture.waitDone(static_cast<int>(files.size())));
    QVERIFY(fixture.select(QStringLiteral("loan-agreement.pdf")));
    fixture.trigger(command::kEnterPassword);
    auto &field =
        *fixture.find<QWidget>("passwordBar").findChild<QLineEdit *>(QStringLiteral("passwordField"));
    QVERIFY(fixture.wait([&] { return field.isVisible(); }));
    QTest::keyClicks(&field, QStringLiteral("guess"));
    QTest::keyClick(&field, Qt::Key_Return);
    QVERIFY(fixture.wait([&] { return !field.isReadOnly() && field.hasSelectedText(); }));
    QVERIFY(fixture.wait([&] { return fixture.window().isSettled(); }));
    fixture.savePictures(QStringLiteral("locked"));
}

void PicturesTest::longNamesAndScripts()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    const QStringList names{QStringLiteral("A very long name of a report that nobody would give a file by "
                                           "hand but that programs make all the "
                                           "time, final version (3) copy.pdf"),
                            QStringLiteral("Отчёт о качестве воды за 2019 год.pdf"),
                            QStringLiteral("تقرير عن جودة المياه.pdf"),
                            QStringLiteral("水質に関する年次報告書.pdf"),
                            QStringLiteral("Übergrößenträger-Maßnahmenkatalog.pdf"),
                            QStringLiteral("data & <b>markup %1.pdf")};
    QStringList files;
    for (qsizetype i = 0; i < names.size(); ++i)
        files.append(
            pdf(names.at(i), 2, static_cast<int>(i) + 1,
                i == 0 ? QStringLiteral("A title that is as long as the name of its file and goes on and on "
                                        "until it does not fit into any pane of the window")
                       : QString()));
    fixture.drop(files);
    QVERIFY(fixture.waitDone(static_cast<int>(files.size())));
    QVERIFY(fixture.select(QFileInfo(files.constFirst()).fileName()));
    QVERIFY(fixture.wait([&] { return fixture.window().isSettled(); }));
    fixture.savePictures(QStringLiteral("long-names"));
}

void PicturesTest::nothingMatches()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("one.pdf"), 1)});
    QVERIFY(fixture.waitDone(1));
    QTest::keyClicks(&fixture.find<QLineEdit>("searchField"), QStringLiteral("xylophone"));
    QVERIFY(fixture.wait([&] { return fixture.find<QWidget>("emptyState").isVisible(); }));
    fixture.savePictures(QStringLiteral("nothing-matches"));
}

void PicturesTest::jobs()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    const QStringList files = mixedFiles();
    fixture.drop(files);
    QVERIFY(fixture.waitDone(static_cast<int>(files.size())));
    QVERIFY(fixture.select(QStringLiteral("holes.pdf")));
    const domain::DocumentId id = fixture.document(QStringLiteral("holes.pdf")).id;
    fixture.trigger(command::kViewJobs);
    auto &view = fixture.find<ui::JobsView>("jobsView");
    auto &list = fixture.find<ui::RowView>("jobList");
    QVERIFY(fixture.wait(
        [&] { return view.model().rowOf(id) >= 0 && view.model().documentAt(view.model().rowOf(id)); }));
    // The row may move while others are being updated, so it is looked up each time.
    const auto row = [&] { return view.model().index(view.model().rowOf(id), 0); };
    list.setCurrentIndex(row());
    list.expand(row());
    QVERIFY(fixture.wait([&] {
        list.expand(row());
        return view.model().rowCount(row()) == 2;
    }));
    const auto logs = fixture.window().findChildren<QTreeView *>(QStringLiteral("logView"));
    QVERIFY(fixture.wait([&] {
        return std::any_of(logs.cbegin(), logs.cend(), [](const QTreeView *log) {
            return log->isVisible() && log->model()->rowCount() > 0;
        });
    }));
    fixture.savePictures(QStringLiteral("jobs"));
}

void PicturesTest::palette()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("retreat.pdf"), 2)});
    QVERIFY(fixture.waitDone(1));
    fixture.trigger(command::kPalette);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("re"));
    QVERIFY(fixture.wait([&] {
        const auto *rows = fixture.find<QAbstractItemView>("paletteList").model();
        return !rows->match(rows->index(0, 0), Qt::DisplayRole, QStringLiteral("retreat.pdf")).isEmpty();
    }));
    auto *rows = &fixture.find<QAbstractItemView>("paletteList");
    QVERIFY(!rows->visualRect(rows->model()->index(0, 0)).isEmpty());
    fixture.savePictures(QStringLiteral("palette"));
}

void PicturesTest::dropping()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.dragOver({QStringLiteral("/a.pdf"), QStringLiteral("/b.pdf"), QStringLiteral("/c.pdf")});
    fixture.savePictures(QStringLiteral("dropping"));
}

void PicturesTest::small()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.window().resize(960, 600);
    const QStringList files = mixedFiles();
    fixture.drop(files);
    QVERIFY(fixture.waitDone(static_cast<int>(files.size())));
    QVERIFY(fixture.wait([&] { return fixture.model().documentAt(0).has_value(); }));
    fixture.savePictures(QStringLiteral("small"));
}

void PicturesTest::corpus()
{
    const QString corpus = qEnvironmentVariable("LECTERN_CORPUS");
    if (corpus.isEmpty())
        QSKIP("LECTERN_CORPUS does not name the folder of test documents");
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    QStringList files;
    for (const char *name :
         {"report-usgs-methods", "paper-acm-two-column", "book-german-math", "arabic-amiri",
          "japanese-vertical", "scan-book-page", "slides-rotated-53p", "tables-census-trade"})
        files.append(corpus + QStringLiteral("/pdf/") + QString::fromLatin1(name) + QStringLiteral(".pdf"));
    fixture.drop(files);
    QVERIFY(fixture.waitDone(static_cast<int>(files.size())));
    QVERIFY(fixture.select(QStringLiteral("report-usgs-methods.pdf")));
    QVERIFY(fixture.wait([&] { return fixture.window().isSettled(); }));
    fixture.savePictures(QStringLiteral("corpus"));
}

QTEST_MAIN(PicturesTest)
#include "tst_Pictures.moc"
