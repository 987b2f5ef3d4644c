// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdfs.h"
#include "WindowFixture.h"

#include "presentation/CommandId.h"
#include "presentation/LibraryFeed.h"
#include "support/TemporaryWorkspace.h"
#include "ui/reader/PageCanvas.h"
#include "ui/reader/PageCard.h"
#include "ui/reader/ReaderView.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/PageStrip.h"
#include "ui/widgets/Placeholder.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

#include <unistd.h>

using namespace lectern;
using namespace lectern::test;
namespace command = lectern::presentation::command;

namespace {

void press(int key, Qt::KeyboardModifiers modifiers = {})
{
    QWidget *target = QApplication::focusWidget();
    QTest::keyClick(target ? target : QApplication::activeWindow(), static_cast<Qt::Key>(key), modifiers);
}

/// How many pixels of the page as shown are dark: letters.
int darkPixels(ui::PageCanvas &canvas, int page)
{
    const QImage view = canvas.viewport()->grab().toImage();
    const double ratio = view.devicePixelRatio();
    const QRectF rect = canvas.viewRect(page);
    const QRect place =
        QRectF(rect.topLeft() * ratio, rect.size() * ratio).toRect().adjusted(3, 3, -3, -3) & view.rect();
    int dark = 0;
    for (int y = place.top(); y <= place.bottom(); ++y)
        for (int x = place.left(); x <= place.right(); ++x)
            dark += qGray(view.pixel(x, y)) < 100 ? 1 : 0;
    return dark;
}

/// Memory of this program that is in use.
qint64 residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

constexpr qint64 kSlack = 96 * 1024 * 1024; ///< texts, links, the picture under way

} // namespace

/// Reading in the real window: open, scroll, zoom, jump, come back, and pages that can't be shown.
class ReaderTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void nothingOpenLeadsToTheLibrary();
    void enterOpensAndKeysTurnPages();
    void stripOpensThatPage();
    void everyPageIsDrawn();
    void zoomsWithoutLosingThePlace();
    void turnsAndInverts();
    void jumpsGoBackAcrossDocuments();
    void pageFieldTakesNumbers();
    void failedPageHasItsCard();
    void lockedDocumentAsksForItsPassword();
    void passwordIsAskedForAgainAfterAStart();
    void unsupportedAndDamagedAreSaid();
    void pagesAppearWhileTheyAreRead();
    void thousandsOfPagesKeepWithinTheirMemory();

private:
    [[nodiscard]] QString pdf(const QString &name, int pages, int seed = 1);
    /// Waits until what is in view is drawn.
    [[nodiscard]] static bool untilSharp(WindowFixture &fixture);
    [[nodiscard]] static bool read(WindowFixture &fixture, const QString &name);
    std::unique_ptr<support::TemporaryWorkspace> m_place;
};

void ReaderTest::init()
{
    m_place = std::make_unique<support::TemporaryWorkspace>();
}

QString ReaderTest::pdf(const QString &name, int pages, int seed)
{
    const QString path = m_place->pathOf(name);
    SamplePdfs::book(path, pages, seed);
    return path;
}

bool ReaderTest::untilSharp(WindowFixture &fixture)
{
    return fixture.wait([&fixture] {
        return fixture.find<ui::ReaderView>("readerView").isReading() && fixture.window().isSettled();
    });
}

bool ReaderTest::read(WindowFixture &fixture, const QString &name)
{
    fixture.trigger(command::kViewLibrary);
    if (!fixture.select(name))
        return false;
    fixture.trigger(command::kRead);
    return untilSharp(fixture);
}

void ReaderTest::nothingOpenLeadsToTheLibrary()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.window().activateWindow();
    press(Qt::Key_2, Qt::AltModifier);
    auto &obstacle = fixture.find<ui::Placeholder>("readerObstacle");
    QVERIFY(obstacle.isVisible());
    QVERIFY(!fixture.isEnabled(command::kZoomIn));
    QTest::mouseClick(obstacle.findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(fixture.find<QWidget>("libraryView").isVisible());
}

void ReaderTest::enterOpensAndKeysTurnPages()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("report.pdf"), 5)});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(fixture.select(QStringLiteral("report.pdf")));
    fixture.list().setFocus();
    press(Qt::Key_Return);
    auto &view = fixture.find<ui::ReaderView>("readerView");
    auto &canvas = view.canvas();
    QVERIFY(view.isVisible());
    QVERIFY(fixture.desktop.opened.isEmpty());
    QVERIFY(untilSharp(fixture));
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&canvas));
    QCOMPARE(fixture.find<ui::ElidedLabel>("readerTitle").text(), QStringLiteral("report.pdf"));
    QCOMPARE(fixture.find<QLineEdit>("pageField").text(), QStringLiteral("1"));
    QVERIFY(fixture.find<QLabel>("readerPageCount").text().contains(QStringLiteral("5")));
    QVERIFY(darkPixels(canvas, 1) > 500);
    QCOMPARE(canvas.accessibleName(), QStringLiteral("Page 1 of 5"));
    // Whole pages: a key, a page.
    fixture.trigger(command::kFitPage);
    for (const int page : {2, 3, 4}) {
        press(Qt::Key_PageDown);
        QCOMPARE(view.currentPage(), page);
    }
    press(Qt::Key_PageUp);
    QCOMPARE(view.currentPage(), 3);
    press(Qt::Key_Right);
    QCOMPARE(view.currentPage(), 4);
    press(Qt::Key_End);
    QCOMPARE(view.currentPage(), 5);
    QCOMPARE(fixture.find<QLineEdit>("pageField").text(), QStringLiteral("5"));
    press(Qt::Key_Home);
    QCOMPARE(view.currentPage(), 1);
    press(Qt::Key_PageDown, Qt::ControlModifier);
    QCOMPARE(view.currentPage(), 2);
    // As wide as the view: a screen at a time, but never past the beginning of a page.
    fixture.trigger(command::kFitWidth);
    press(Qt::Key_Home);
    int screens = 0;
    QSet<int> beginnings;
    while (canvas.verticalScrollBar()->value() < canvas.verticalScrollBar()->maximum() && ++screens < 50) {
        press(Qt::Key_Space);
        for (int page = 2; page <= 5; ++page)
            if (std::abs(canvas.viewRect(page).top() - ui::PageFlow::kAbove) < 2)
                beginnings.insert(page);
    }
    QVERIFY(screens > 5);
    QVERIFY2(beginnings.size() >= 3, qPrintable(QString::number(beginnings.size())));
    press(Qt::Key_Space, Qt::ShiftModifier);
    QVERIFY(canvas.verticalScrollBar()->value() < canvas.verticalScrollBar()->maximum());
}

void ReaderTest::stripOpensThatPage()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("report.pdf"), 8)});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(fixture.select(QStringLiteral("report.pdf")));
    auto &strip = fixture.find<ui::PageStrip>("pageStrip");
    QVERIFY(fixture.wait([&] { return strip.cells().pageCount() == 8 && fixture.window().isSettled(); }));
    strip.setFocus();
    for (int i = 0; i < 4; ++i)
        press(Qt::Key_Right);
    press(Qt::Key_Return);
    auto &view = fixture.find<ui::ReaderView>("readerView");
    QVERIFY(view.isVisible());
    QVERIFY(untilSharp(fixture));
    QCOMPARE(view.currentPage(), 5);
    // Where it was left is where it is opened again.
    QVERIFY(read(fixture, QStringLiteral("report.pdf")));
    QCOMPARE(view.currentPage(), 5);
    fixture.trigger(command::kViewLibrary);
    QTest::mouseClick(&fixture.find<QToolButton>("openPageButton"), Qt::LeftButton);
    QVERIFY(view.isVisible());
}

void ReaderTest::everyPageIsDrawn()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("report.pdf"), 12)});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(read(fixture, QStringLiteral("report.pdf")));
    auto &canvas = fixture.find<ui::ReaderView>("readerView").canvas();
    fixture.trigger(command::kFitPage);
    for (int page = 1; page <= 12; ++page) {
        canvas.goToPage(page);
        QVERIFY(untilSharp(fixture));
        QVERIFY2(darkPixels(canvas, page) > 500, qPrintable(QString::number(page)));
    }
}

void ReaderTest::zoomsWithoutLosingThePlace()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("report.pdf"), 6)});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(read(fixture, QStringLiteral("report.pdf")));
    auto &canvas = fixture.find<ui::ReaderView>("readerView").canvas();
    fixture.find<ui::ReaderView>("readerView").goToPage(4);
    canvas.verticalScrollBar()->setValue(canvas.verticalScrollBar()->value() + 100);
    const ui::PagePlace before = canvas.flow().placeAt(
        QPointF(canvas.viewport()->width() / 2.0,
                canvas.verticalScrollBar()->value() + canvas.viewport()->height() / 2.0));
    QCOMPARE(before.page, 4);
    for (int i = 0; i < 12; ++i)
        press(Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(canvas.zoom() > 3);
    const ui::PagePlace after = canvas.flow().placeAt(
        QPointF(canvas.horizontalScrollBar()->value() + canvas.viewport()->width() / 2.0,
                canvas.verticalScrollBar()->value() + canvas.viewport()->height() / 2.0));
    QCOMPARE(after.page, 4);
    QVERIFY2(std::abs(after.share.y() - before.share.y()) < 0.02,
             qPrintable(QStringLiteral("%1 %2").arg(before.share.y()).arg(after.share.y())));
    // Drawn in parts now, and sharp: the edges of large letters are a pixel or two wide.
    QVERIFY(untilSharp(fixture));
    QVERIFY(darkPixels(canvas, 4) > 500);
    press(Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(canvas.zoom(), 1.0);
    QVERIFY(fixture.find<QToolButton>("readerZoom").text().contains(QStringLiteral("100")));
    for (int i = 0; i < 30; ++i)
        press(Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(canvas.zoom(), ui::PageFlow::kMinimumZoom);
    QVERIFY(untilSharp(fixture));
    QCOMPARE(canvas.visiblePages().last, 6);
    fixture.trigger(command::kFitWidth);
    QVERIFY(fixture.window().findChild<QAction *>(command::kFitWidth)->isChecked());
}

void ReaderTest::turnsAndInverts()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("report.pdf"), 3)});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(read(fixture, QStringLiteral("report.pdf")));
    auto &canvas = fixture.find<ui::ReaderView>("readerView").canvas();
    fixture.trigger(command::kFitPage);
    QVERIFY(canvas.viewRect(1).height() > canvas.viewRect(1).width());
    fixture.trigger(command::kNextPage);
    fixture.trigger(command::kRotateRight);
    QCOMPARE(canvas.currentPage(), 2);
    QVERIFY(canvas.viewRect(2).height() < canvas.viewRect(2).width());
    QVERIFY(untilSharp(fixture));
    const int dark = darkPixels(canvas, 2);
    QVERIFY(dark > 500);
    fixture.trigger(command::kThemeDark);
    QVERIFY(fixture.wait([&] { return ui::Theme::of(fixture.window().palette()).dark; }));
    QCOMPARE(darkPixels(canvas, 2), dark); // paper stays white
    fixture.trigger(command::kInvertPages);
    QVERIFY(darkPixels(canvas, 2) > 5 * dark);
    fixture.trigger(command::kInvertPages);
    QCOMPARE(darkPixels(canvas, 2), dark);
    fixture.trigger(command::kRotateLeft);
    QVERIFY(canvas.viewRect(2).height() > canvas.viewRect(2).width());
}

void ReaderTest::jumpsGoBackAcrossDocuments()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("one.pdf"), 9, 1), pdf(QStringLiteral("two.pdf"), 9, 2)});
    QVERIFY(fixture.waitDone(2));
    QVERIFY(read(fixture, QStringLiteral("one.pdf")));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    const domain::DocumentId one = view.documentId();
    QVERIFY(!fixture.isEnabled(command::kGoBack));
    view.goToPage(7);
    QVERIFY(fixture.isEnabled(command::kGoBack));
    QVERIFY(read(fixture, QStringLiteral("two.pdf")));
    QVERIFY(view.documentId() != one);
    press(Qt::Key_Left, Qt::AltModifier);
    QVERIFY(untilSharp(fixture));
    QCOMPARE(view.documentId(), one);
    QCOMPARE(view.currentPage(), 7);
    press(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(view.currentPage(), 1);
    QVERIFY(!fixture.isEnabled(command::kGoBack));
    press(Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(view.currentPage(), 7);
    press(Qt::Key_Right, Qt::AltModifier);
    QVERIFY(untilSharp(fixture));
    QVERIFY(view.documentId() != one);
    QVERIFY(!fixture.isEnabled(command::kGoForward));
}

void ReaderTest::pageFieldTakesNumbers()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("report.pdf"), 12)});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(read(fixture, QStringLiteral("report.pdf")));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    auto &field = fixture.find<QLineEdit>("pageField");
    press(Qt::Key_G, Qt::ControlModifier);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&field));
    QTest::keyClicks(&field, QStringLiteral("11"));
    press(Qt::Key_Return);
    QCOMPARE(view.currentPage(), 11);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&view.canvas()));
    press(Qt::Key_G, Qt::ControlModifier);
    QTest::keyClicks(&field, QStringLiteral("99"));
    press(Qt::Key_Return);
    QCOMPARE(view.currentPage(), 11);
    press(Qt::Key_Escape);
    QCOMPARE(field.text(), QStringLiteral("11"));
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&view.canvas()));
}

void ReaderTest::failedPageHasItsCard()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    const QString path = m_place->pathOf(QStringLiteral("holes.pdf"));
    SamplePdfs::missingPages(path);
    fixture.drop({path});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(read(fixture, QStringLiteral("holes.pdf")));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    auto &canvas = view.canvas();
    QVERIFY(canvas.findChildren<ui::PageCard *>().size() <= 1); // of a page in view at most
    view.goToPage(2);
    QVERIFY(untilSharp(fixture));
    auto cards = canvas.findChildren<ui::PageCard *>();
    QVERIFY(std::any_of(cards.cbegin(), cards.cend(), [](const ui::PageCard *card) {
        return card->isVisible() && card->accessibleName().startsWith(QStringLiteral("Page 2"));
    }));
    QVERIFY(fixture.isEnabled(command::kRetryPage));
    // Retry asks the queue and draws anew; the page stays as missing as it was.
    QPushButton *retry = cards.constFirst()->findChild<QPushButton *>();
    QTest::mouseClick(retry, Qt::LeftButton);
    QVERIFY(fixture.wait([&] { return fixture.snapshot().totals.pagesFailed == 2 && view.isSettled(); }));
    view.goToPage(1);
    QVERIFY(untilSharp(fixture));
    QVERIFY(darkPixels(canvas, 1) > 100);
}

void ReaderTest::lockedDocumentAsksForItsPassword()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    const QString locked = m_place->pathOf(QStringLiteral("locked.pdf"));
    if (!SamplePdfs::lock(pdf(QStringLiteral("open.pdf"), 2), locked, QStringLiteral("secret")))
        QSKIP("the program qpdf, which locks the sample file, is not installed");
    fixture.drop({locked});
    QVERIFY(fixture.waitDone(1));
    QVERIFY(fixture.select(QStringLiteral("locked.pdf")));
    fixture.trigger(command::kRead);
    auto &view = fixture.find<ui::ReaderView>("readerView");
    auto &obstacle = fixture.find<ui::Placeholder>("readerObstacle");
    QVERIFY(fixture.wait([&] {
        return !obstacle.findChildren<QPushButton *>().isEmpty() &&
               obstacle.findChild<QPushButton *>()->isVisible();
    }));
    QTest::mouseClick(obstacle.findChild<QPushButton *>(), Qt::LeftButton);
    auto *field = view.findChild<QLineEdit *>(QStringLiteral("passwordField"));
    QVERIFY(field && field->isVisible());
    QTest::keyClicks(field, QStringLiteral("guess"));
    press(Qt::Key_Return);
    QVERIFY(fixture.wait([&] { return !field->isReadOnly() && field->hasSelectedText(); }));
    QVERIFY(field->isVisible());
    field->clear();
    QTest::keyClicks(field, QStringLiteral("secret"));
    press(Qt::Key_Return);
    QVERIFY(fixture.wait([&] { return view.isReading() && view.isSettled(); }));
    QVERIFY(!field->isVisible());
    QVERIFY(darkPixels(view.canvas(), 1) > 500);
}

void ReaderTest::passwordIsAskedForAgainAfterAStart()
{
    const QString locked = m_place->pathOf(QStringLiteral("locked.pdf"));
    if (!SamplePdfs::lock(pdf(QStringLiteral("open.pdf"), 2), locked, QStringLiteral("secret")))
        QSKIP("the program qpdf, which locks the sample file, is not installed");
    {
        WindowFixture fixture(m_place->folder());
        QVERIFY(fixture.open());
        fixture.drop({locked});
        QVERIFY(fixture.waitDone(1));
        const domain::DocumentId id = fixture.document(QStringLiteral("locked.pdf")).id;
        fixture.client().unlock(id, QStringLiteral("secret"));
        QVERIFY(fixture.wait([&] { return fixture.snapshot().totals.pagesDone == 2; }));
        QVERIFY(fixture.close());
    }
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    QVERIFY(fixture.select(QStringLiteral("locked.pdf")));
    fixture.trigger(command::kRead);
    auto &view = fixture.find<ui::ReaderView>("readerView");
    auto *field = view.findChild<QLineEdit *>(QStringLiteral("passwordField"));
    QVERIFY(fixture.wait([&] { return field->isVisible(); }));
    QTest::keyClicks(field, QStringLiteral("secret"));
    press(Qt::Key_Return);
    QVERIFY(fixture.wait([&] { return !field->isVisible() && view.isSettled(); }));
    QVERIFY(darkPixels(view.canvas(), 1) > 500);
}

void ReaderTest::unsupportedAndDamagedAreSaid()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    const QString damaged = m_place->pathOf(QStringLiteral("damaged.pdf"));
    SamplePdfs::damaged(damaged);
    QFile table(m_place->pathOf(QStringLiteral("table.xlsx")));
    QVERIFY(table.open(QIODevice::WriteOnly));
    table.write("PK\x03\x04 a table");
    table.close();
    fixture.drop({damaged, table.fileName()});
    QVERIFY(fixture.waitDone(2));
    auto &obstacle = fixture.find<ui::Placeholder>("readerObstacle");
    QStringList said;
    for (const QString &name : {QStringLiteral("damaged.pdf"), QStringLiteral("table.xlsx")}) {
        fixture.trigger(command::kViewLibrary);
        QVERIFY(fixture.select(name));
        fixture.trigger(command::kRead);
        QVERIFY(fixture.wait([&] { return fixture.window().isSettled(); }));
        QVERIFY(obstacle.isVisible());
        said.append(obstacle.text());
    }
    QVERIFY(!said.at(0).isEmpty() && !said.at(1).isEmpty());
    QVERIFY(said.at(0) != said.at(1));
}

void ReaderTest::pagesAppearWhileTheyAreRead()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.trigger(command::kPauseAll);
    QVERIFY(fixture.wait([&] { return fixture.snapshot().paused; }));
    fixture.drop({pdf(QStringLiteral("long.pdf"), 80)});
    QVERIFY(fixture.select(QStringLiteral("long.pdf")));
    fixture.trigger(command::kRead);
    auto &view = fixture.find<ui::ReaderView>("readerView");
    auto &obstacle = fixture.find<ui::Placeholder>("readerObstacle");
    QVERIFY(fixture.wait([&] { return view.isSettled(); }));
    QVERIFY(obstacle.isVisible());
    QVERIFY(!obstacle.text().isEmpty());
    fixture.client().pauseAll(false);
    QVERIFY(fixture.wait([&] { return view.isReading(); }));
    QVERIFY(fixture.waitDone(1));
    QVERIFY(untilSharp(fixture));
    QCOMPARE(view.document().pageCount(), 80);
    QCOMPARE(view.currentPage(), 1);
}

void ReaderTest::thousandsOfPagesKeepWithinTheirMemory()
{
    constexpr int kPages = 2'400;
    constexpr int kStops = 60;
    WindowFixture fixture(m_place->folder());
    QVERIFY(fixture.open());
    fixture.drop({pdf(QStringLiteral("manual.pdf"), kPages)});
    QVERIFY(fixture.select(QStringLiteral("manual.pdf")));
    fixture.trigger(command::kRead);
    auto &view = fixture.find<ui::ReaderView>("readerView");
    auto &canvas = view.canvas();
    // It is read while most of its pages are still to come.
    QVERIFY(untilSharp(fixture));
    QCOMPARE(view.document().pageCount(), kPages);
    fixture.client().pauseAll(true);
    QVERIFY(fixture.wait([&] { return fixture.snapshot().paused; }));
    QScrollBar &bar = *canvas.verticalScrollBar();
    const qint64 before = residentBytes();
    QVERIFY(before > 0);
    QSet<int> seen;
    for (int stop = 1; stop <= kStops; ++stop) {
        // What flies past is not waited for; where it stops is drawn.
        for (int step = 0; step < 20; ++step)
            bar.setValue(static_cast<int>(qint64{bar.maximum()} * (20 * stop - 20 + step) / (20 * kStops)));
        bar.setValue(static_cast<int>(qint64{bar.maximum()} * stop / kStops));
        QVERIFY(untilSharp(fixture));
        int dark = 0;
        for (int page = canvas.visiblePages().first; page <= canvas.visiblePages().last; ++page)
            dark += darkPixels(canvas, page);
        QVERIFY2(dark > 100, qPrintable(QString::number(view.currentPage())));
        seen.insert(view.currentPage());
    }
    QCOMPARE(seen.size(), kStops);
    QCOMPARE(view.currentPage(), kPages);
    // Pictures of the places seen would take far more than what is kept of them.
    const QSizeF page = canvas.viewRect(kPages).size();
    const auto needed = static_cast<qint64>(page.width() * page.height() * 4 * kStops);
    QVERIFY(needed > ui::ReaderView::kPageBytes);
    const qint64 grown = residentBytes() - before;
    QVERIFY2(grown < ui::ReaderView::kPageBytes + ui::ReaderView::kThumbnailBytes + kSlack,
             qPrintable(QStringLiteral("%1 MB").arg(grown / 1'048'576)));
    qInfo("%d pages: %lld MB more after %d stops", kPages, static_cast<long long>(grown / 1'048'576), kStops);
}

QTEST_MAIN(ReaderTest)
#include "tst_Reader.moc"
