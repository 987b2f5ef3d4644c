// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdfs.h"
#include "WindowFixture.h"

#include "presentation/CommandId.h"
#include "presentation/LibraryFeed.h"
#include "support/TemporaryWorkspace.h"
#include "ui/reader/PageCanvas.h"
#include "ui/reader/ReaderView.h"
#include "ui/reader/SideBar.h"

#include <QApplication>
#include <QLineEdit>
#include <QScrollBar>

using namespace lectern;
using namespace lectern::test;
namespace command = lectern::presentation::command;

/// The reader's states as pictures, light and dark, to be looked at.
class ReaderPicturesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_place = std::make_unique<support::TemporaryWorkspace>(); }
    void nothingOpen();
    void reading();
    void finding();
    void thumbnails();
    void inverted();
    void turned();
    void failedPages();
    void locked();
    void longNamesAndSmall();
    void mirrored();
    void corpus_data();
    void corpus();

private:
    [[nodiscard]] bool read(WindowFixture &fixture, const QString &path);
    [[nodiscard]] static bool untilSettled(WindowFixture &fixture);
    [[nodiscard]] QString book(const QString &name, int pages);
    std::unique_ptr<support::TemporaryWorkspace> m_place;
};

QString ReaderPicturesTest::book(const QString &name, int pages)
{
    const QString path = m_place->pathOf(name);
    SamplePdfs::book(path, pages);
    return path;
}

bool ReaderPicturesTest::untilSettled(WindowFixture &fixture)
{
    return fixture.wait([&] {
        return fixture.find<ui::ReaderView>("readerView").isReading() && fixture.window().isSettled();
    });
}

bool ReaderPicturesTest::read(WindowFixture &fixture, const QString &path)
{
    if (!fixture.open())
        return false;
    fixture.drop({path});
    if (!fixture.waitDone(1) || !fixture.select(QFileInfo(path).fileName()))
        return false;
    fixture.trigger(command::kRead);
    return untilSettled(fixture);
}

void ReaderPicturesTest::nothingOpen()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.trigger(command::kViewReader);
    fixture.savePictures(QStringLiteral("reader-nothing"));
}

void ReaderPicturesTest::reading()
{
    const QString path = m_place->pathOf(QStringLiteral("linked.pdf"));
    SamplePdfs::linked(path);
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, path));
    fixture.savePictures(QStringLiteral("reader-outline"));
}

void ReaderPicturesTest::finding()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, book(QStringLiteral("USGS-methods.pdf"), 24)));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    view.goToPage(3);
    fixture.trigger(command::kFind);
    fixture.find<QLineEdit>("findField").setText(QStringLiteral("ground water"));
    QVERIFY(fixture.wait([&] { return view.finder().count() > 0 && !view.finder().isSearching(); }));
    QVERIFY(untilSettled(fixture));
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(&view.canvas(), Qt::Key_Right, Qt::ShiftModifier);
    fixture.savePictures(QStringLiteral("reader-finding"));
}

void ReaderPicturesTest::thumbnails()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, book(QStringLiteral("USGS-methods.pdf"), 24)));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    view.sideBar().showThumbnails();
    view.goToPage(6);
    fixture.trigger(command::kFitPage);
    QVERIFY(untilSettled(fixture));
    fixture.savePictures(QStringLiteral("reader-thumbnails"));
}

void ReaderPicturesTest::inverted()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, book(QStringLiteral("USGS-methods.pdf"), 4)));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    fixture.trigger(command::kInvertPages);
    presentation::ReaderMarks marks;
    marks.words = {QStringLiteral("samples"), QStringLiteral("laboratories")};
    view.open(view.documentId(), 1, marks);
    QVERIFY(untilSettled(fixture));
    QVERIFY(fixture.wait([&] { return !view.canvas().markedAreas(1).isEmpty(); }));
    fixture.savePictures(QStringLiteral("reader-inverted"));
}

void ReaderPicturesTest::turned()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, book(QStringLiteral("USGS-methods.pdf"), 6)));
    fixture.trigger(command::kRotateRight);
    fixture.trigger(command::kFitPage);
    fixture.trigger(command::kZoomOut);
    fixture.trigger(command::kZoomOut);
    QVERIFY(untilSettled(fixture));
    fixture.savePictures(QStringLiteral("reader-turned"));
}

void ReaderPicturesTest::failedPages()
{
    const QString path = m_place->pathOf(QStringLiteral("holes.pdf"));
    SamplePdfs::missingPages(path);
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, path));
    fixture.find<ui::ReaderView>("readerView").sideBar().showThumbnails();
    fixture.find<ui::ReaderView>("readerView").goToPage(2);
    QVERIFY(untilSettled(fixture));
    fixture.savePictures(QStringLiteral("reader-failed"));
}

void ReaderPicturesTest::locked()
{
    const QString locked = m_place->pathOf(QStringLiteral("loan-agreement.pdf"));
    if (!SamplePdfs::lock(book(QStringLiteral("open.pdf"), 2), locked, QStringLiteral("secret")))
        QSKIP("the program qpdf, which locks the sample file, is not installed");
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({locked});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(fixture.select(QStringLiteral("loan-agreement.pdf")));
    fixture.trigger(command::kRead);
    auto &view = fixture.find<ui::ReaderView>("readerView");
    QVERIFY(fixture.wait([&] { return view.isSettled(); }));
    view.askPassword();
    fixture.savePictures(QStringLiteral("reader-locked"));
}

void ReaderPicturesTest::longNamesAndSmall()
{
    const QString name =
        QStringLiteral("A very long name of a report that nobody would give a file by hand but "
                       "that programs make all the time, final version (3).pdf");
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, book(name, 3)));
    fixture.window().resize(960, 600);
    QVERIFY(untilSettled(fixture));
    fixture.savePictures(QStringLiteral("reader-small"));
}

// A language that is written from right to left: the window is mirrored, pages are not.
void ReaderPicturesTest::mirrored()
{
    QApplication::setLayoutDirection(Qt::RightToLeft);
    {
        const QString path = m_place->pathOf(QStringLiteral("linked.pdf"));
        SamplePdfs::linked(path);
        WindowFixture fixture(m_place->folder());
        QVERIFY(read(fixture, path));
        fixture.trigger(command::kFind);
        fixture.find<QLineEdit>("findField").setText(QStringLiteral("page"));
        QVERIFY(fixture.wait([&] {
            return fixture.find<ui::ReaderView>("readerView").finder().count() > 0 &&
                   fixture.window().isSettled();
        }));
        fixture.savePictures(QStringLiteral("reader-mirrored"));
    }
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

void ReaderPicturesTest::corpus_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("arabic-amiri") << QString::fromUtf8("الخط");
    QTest::newRow("japanese-vertical") << QString();
    QTest::newRow("report-usgs-methods") << QStringLiteral("recovery");
    QTest::newRow("annotations-all-types") << QString();
    QTest::newRow("page-enormous-size") << QString();
    QTest::newRow("slides-rotated-53p") << QString();
}

void ReaderPicturesTest::corpus()
{
    QFETCH(QString, words);
    const QString folder = qEnvironmentVariable("LECTERN_CORPUS");
    if (folder.isEmpty())
        QSKIP("LECTERN_CORPUS does not name the folder of test documents");
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    const QString path = folder + QStringLiteral("/pdf/%1.pdf").arg(name);
    if (!QFile::exists(path))
        QSKIP("not among the test documents");
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, path));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    if (!words.isEmpty()) {
        fixture.trigger(command::kFind);
        fixture.find<QLineEdit>("findField").setText(words);
        QVERIFY(fixture.wait([&] { return view.finder().count() > 0 && !view.finder().isSearching(); }));
    }
    QVERIFY(untilSettled(fixture));
    fixture.savePictures(QStringLiteral("reader-") + name);
}

QTEST_MAIN(ReaderPicturesTest)
#include "tst_ReaderPictures.moc"
