// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdfs.h"
#include "WindowFixture.h"

#include "presentation/CommandId.h"
#include "presentation/LibraryFeed.h"
#include "support/TemporaryWorkspace.h"
#include "ui/reader/PageCanvas.h"
#include "ui/reader/ReaderView.h"
#include "ui/reader/SideBar.h"
#include "ui/reader/ThumbnailList.h"
#include "ui/search/SearchView.h"
#include "ui/shell/ReaderController.h"
#include "ui/widgets/EntityChips.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>
#include <QTreeView>

using namespace lectern;
using namespace lectern::test;
namespace command = lectern::presentation::command;

namespace {

void press(int key, Qt::KeyboardModifiers modifiers = {})
{
    QTest::keyClick(QApplication::focusWidget(), static_cast<Qt::Key>(key), modifiers);
}

/// A mouse event as the window system sends it: with the buttons that are held.
void sendMouse(QWidget &widget, QEvent::Type type, const QPoint &at, Qt::MouseButton button,
               Qt::MouseButtons held)
{
    QMouseEvent event(type, at, widget.mapToGlobal(at), button, held, Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &event);
}

void drag(QWidget &widget, const QPoint &from, const QPoint &to)
{
    sendMouse(widget, QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton);
    sendMouse(widget, QEvent::MouseMove, (from + to) / 2, Qt::NoButton, Qt::LeftButton);
    sendMouse(widget, QEvent::MouseMove, to, Qt::NoButton, Qt::LeftButton);
    sendMouse(widget, QEvent::MouseButtonRelease, to, Qt::LeftButton, Qt::NoButton);
}

} // namespace

/// Text in the reader of the real window: finding, choosing, copying, marks, the analysis beside it; and what
/// leads about: outline, thumbnails, links.
class ReaderTextTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsAsOneTypes();
    void findGoesOverPages();
    void choosesByMouse();
    void choosesByKeyboard();
    void copiesOverPages();
    void keepsToCopyingNotAllowed();
    void marksWhatItIsOpenedFor();
    void searchLeadsFromHitToHit();
    void analysisFollowsThePage();
    void outlineLeads();
    void thumbnailsLead();
    void linksInsideJump();
    void linksOutsideAsk();
    void annotationsAndFormsAreShown();
    void pagesAreNamedForAssistivePrograms();
    void sidesGiveWay();

private:
    [[nodiscard]] bool read(WindowFixture &fixture, const QString &path);
    /// Waits until pages and texts in view are there.
    [[nodiscard]] static bool untilSettled(WindowFixture &fixture);
    /// A point of the viewport over the middle of the words, which must be on the page.
    [[nodiscard]] static QPoint over(WindowFixture &fixture, int page, const QRectF &area);
    [[nodiscard]] QString linked();
    /// How many pixels of a part of the page are of the marker's colour: less blue than red, or, of what is
    /// selected, more.
    [[nodiscard]] static int marked(WindowFixture &fixture, int page, const QRectF &area,
                                    bool selected = false);
    std::unique_ptr<support::TemporaryWorkspace> m_place;
};

void ReaderTextTest::init()
{
    m_place = std::make_unique<support::TemporaryWorkspace>();
}

QString ReaderTextTest::linked()
{
    const QString path = m_place->pathOf(QStringLiteral("linked.pdf"));
    SamplePdfs::linked(path);
    return path;
}

bool ReaderTextTest::untilSettled(WindowFixture &fixture)
{
    auto &canvas = fixture.find<ui::ReaderView>("readerView").canvas();
    return fixture.wait([&] {
        return fixture.window().isSettled() &&
               (canvas.currentPage() == 0 || !canvas.pageWords(canvas.currentPage()).isEmpty());
    });
}

bool ReaderTextTest::read(WindowFixture &fixture, const QString &path)
{
    if (!fixture.open())
        return false;
    fixture.drop({path});
    if (!fixture.waitDone(1) || !fixture.select(QFileInfo(path).fileName()))
        return false;
    fixture.trigger(command::kRead);
    auto &view = fixture.find<ui::ReaderView>("readerView");
    return fixture.wait([&] { return view.isReading(); }) && untilSettled(fixture);
}

QPoint ReaderTextTest::over(WindowFixture &fixture, int page, const QRectF &area)
{
    auto &canvas = fixture.find<ui::ReaderView>("readerView").canvas();
    return (canvas.flow().transform(page).map(area.center()) - canvas.offset()).toPoint();
}

int ReaderTextTest::marked(WindowFixture &fixture, int page, const QRectF &area, bool selected)
{
    auto &canvas = fixture.find<ui::ReaderView>("readerView").canvas();
    const QImage view = canvas.viewport()->grab().toImage();
    const QRectF place = canvas.flow().transform(page).mapRect(area).translated(-canvas.offset());
    const double ratio = view.devicePixelRatio();
    const QRect pixels = QRectF(place.topLeft() * ratio, place.size() * ratio).toRect() & view.rect();
    int count = 0;
    for (int y = pixels.top(); y <= pixels.bottom(); ++y) {
        for (int x = pixels.left(); x <= pixels.right(); ++x) {
            const QColor color = view.pixelColor(x, y);
            const int lessBlue = color.red() - color.blue();
            count += (selected ? -lessBlue : lessBlue) > 40 ? 1 : 0;
        }
    }
    return count;
}

void ReaderTextTest::findsAsOneTypes()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, linked()));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    press(Qt::Key_F, Qt::ControlModifier);
    auto &field = fixture.find<QLineEdit>("findField");
    auto &count = fixture.find<QLabel>("findCount");
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&field));
    QTest::keyClicks(&field, QStringLiteral("CHAPTER"));
    QVERIFY(fixture.wait([&] { return count.text() == QStringLiteral("1/6"); }));
    QCOMPARE(view.canvas().markedAreas(1).size(), 1);
    // Exactly where it stands: 22 points high at 60, 700 of a page 842 high.
    const QRectF mark = view.canvas().markedAreas(1).constFirst();
    QVERIFY2(std::abs(mark.left() - 60) < 1 && mark.top() > 842 - 730 && mark.bottom() < 842 - 690,
             qPrintable(QStringLiteral("%1 %2").arg(mark.left()).arg(mark.top())));
    QVERIFY(marked(fixture, 1, mark) > 200);
    QCOMPARE(marked(fixture, 1, mark.translated(0, 60)), 0);
    press(Qt::Key_Return);
    QCOMPARE(count.text(), QStringLiteral("2/6"));
    press(Qt::Key_Return, Qt::ShiftModifier);
    press(Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(count.text(), QStringLiteral("6/6"));
    QCOMPARE(view.currentPage(), 6);
    QTest::mouseClick(&fixture.find<QToolButton>("findCaseButton"), Qt::LeftButton);
    QVERIFY(fixture.wait([&] { return !view.finder().isSearching() && view.finder().count() == 0; }));
    QVERIFY(!count.text().isEmpty() && !count.text().contains(QLatin1Char('/')));
    press(Qt::Key_Escape);
    QVERIFY(!field.isVisible());
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&view.canvas()));
    QVERIFY(view.canvas().markedAreas(6).isEmpty());
}

void ReaderTextTest::findGoesOverPages()
{
    const QString path = m_place->pathOf(QStringLiteral("report.pdf"));
    SamplePdfs::book(path, 30);
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, path));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    view.goToPage(20);
    fixture.trigger(command::kFind);
    auto &field = fixture.find<QLineEdit>("findField");
    QTest::keyClicks(&field, QStringLiteral("part 1"));
    // The one on show is the first that is gone to, not the first of the book: parts 1 and 10 to 19 all have
    // it.
    QVERIFY(fixture.wait([&] { return view.finder().count() == 11 && !view.finder().isSearching(); }));
    QCOMPARE(view.finder().current()->page, 1);
    field.setText(QStringLiteral("part 2"));
    QVERIFY(fixture.wait([&] { return view.finder().count() == 11 && view.currentPage() == 2; }));
    field.setText(QStringLiteral("no such words"));
    QVERIFY(fixture.wait([&] { return view.finder().count() == 0 && !view.finder().isSearching(); }));
    QCOMPARE(view.currentPage(), 2);
}

void ReaderTextTest::choosesByMouse()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, linked()));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    auto &canvas = view.canvas();
    fixture.trigger(command::kFitPage);
    QVERIFY(untilSettled(fixture));
    fixture.trigger(command::kFind);
    fixture.find<QLineEdit>("findField").setText(QStringLiteral("words that stand"));
    QVERIFY(fixture.wait([&] { return view.finder().count() == 6; }));
    const QRectF area = canvas.markedAreas(1).constFirst();
    press(Qt::Key_Escape);
    // Dragged from the left edge of the passage to its right edge.
    const QPoint from = over(fixture, 1, QRectF(area.left() + 1, area.top(), 0, area.height()));
    const QPoint to = over(fixture, 1, QRectF(area.right() - 1, area.top(), 0, area.height()));
    drag(*canvas.viewport(), from, to);
    QVERIFY(marked(fixture, 1, area, true) > 100);
    press(Qt::Key_C, Qt::ControlModifier);
    QVERIFY(fixture.wait([&] { return !fixture.desktop.clipboard.isEmpty(); }));
    QCOMPARE(fixture.desktop.clipboard, QStringLiteral("words that stand"));
    // A double click takes the word, a third click the line.
    const QPoint middle = over(fixture, 1, area);
    QTest::mouseDClick(canvas.viewport(), Qt::LeftButton, {}, middle);
    fixture.trigger(command::kCopyText);
    QVERIFY(fixture.wait([&] { return fixture.desktop.clipboard == QStringLiteral("that"); }));
    QTest::mouseClick(canvas.viewport(), Qt::LeftButton, {}, middle);
    fixture.trigger(command::kCopyText);
    QVERIFY(fixture.wait(
        [&] { return fixture.desktop.clipboard == QStringLiteral("Plain words that stand alone"); }));
    press(Qt::Key_Escape);
    QVERIFY(canvas.selection().isEmpty());
    QVERIFY(!fixture.isEnabled(command::kCopyText));
}

void ReaderTextTest::choosesByKeyboard()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, linked()));
    auto &canvas = fixture.find<ui::ReaderView>("readerView").canvas();
    const auto copied = [&] {
        fixture.desktop.clipboard.clear();
        press(Qt::Key_C, Qt::ControlModifier);
        (void)fixture.wait([&] { return !fixture.desktop.clipboard.isEmpty(); });
        return fixture.desktop.clipboard;
    };
    for (int i = 0; i < 4; ++i)
        press(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(copied(), QStringLiteral("Chap"));
    press(Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(copied(), QStringLiteral("Cha"));
    press(Qt::Key_Right, Qt::ShiftModifier | Qt::ControlModifier);
    QCOMPARE(copied(), QStringLiteral("Chapter"));
    press(Qt::Key_End, Qt::ShiftModifier);
    QCOMPARE(copied(), QStringLiteral("Chapter 1"));
    press(Qt::Key_Down, Qt::ShiftModifier);
    QVERIFY(copied().startsWith(QStringLiteral("Chapter 1\n")));
    // Over the end of the page into the next.
    for (int i = 0; i < 12; ++i)
        press(Qt::Key_Down, Qt::ShiftModifier);
    QVERIFY(fixture.wait([&] {
        press(Qt::Key_Down, Qt::ShiftModifier);
        return canvas.selection().cursor().page >= 2;
    }));
    QVERIFY(copied().contains(QStringLiteral("Chapter 2")) || canvas.selection().cursor().position == 0);
    press(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(copied().count(QStringLiteral("Chapter")), 6);
}

void ReaderTextTest::copiesOverPages()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, linked()));
    auto &canvas = fixture.find<ui::ReaderView>("readerView").canvas();
    fixture.trigger(command::kFitPage);
    fixture.trigger(command::kZoomOut);
    fixture.trigger(command::kZoomOut);
    fixture.trigger(command::kZoomOut);
    QVERIFY(untilSettled(fixture));
    QVERIFY(fixture.wait([&] { return !canvas.pageWords(2).isEmpty(); }));
    const QPoint from = over(fixture, 1, QRectF(61, 842 - 705, 0, 0));
    const QPoint to = over(fixture, 2, QRectF(400, 842 - 705, 0, 0));
    QVERIFY(canvas.viewport()->rect().contains(to));
    drag(*canvas.viewport(), from, to);
    press(Qt::Key_C, Qt::ControlModifier);
    QVERIFY(fixture.wait([&] { return !fixture.desktop.clipboard.isEmpty(); }));
    QVERIFY2(fixture.desktop.clipboard.startsWith(QStringLiteral("Chapter 1")) &&
                 fixture.desktop.clipboard.endsWith(QStringLiteral("Chapter 2")),
             qPrintable(fixture.desktop.clipboard));
}

void ReaderTextTest::keepsToCopyingNotAllowed()
{
    const QString guarded = m_place->pathOf(QStringLiteral("guarded.pdf"));
    if (!SamplePdfs::forbidCopying(linked(), guarded))
        QSKIP("the program qpdf, which guards the sample file, is not installed");
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, guarded));
    press(Qt::Key_A, Qt::ControlModifier);
    QSignalSpy said(&fixture.find<ui::ReaderView>("readerView"), &ui::ReaderView::said);
    press(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(said.size(), 1);
    QVERIFY(fixture.window().isSettled());
    QVERIFY(fixture.desktop.clipboard.isEmpty());
}

void ReaderTextTest::marksWhatItIsOpenedFor()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, linked()));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    presentation::ReaderMarks marks;
    marks.quote = QStringLiteral("words that stand alone");
    view.open(view.documentId(), 4, marks);
    QVERIFY(fixture.wait([&] { return view.canvas().markedAreas(4).size() == 1; }));
    QCOMPARE(view.currentPage(), 4);
    QVERIFY(view.canvas().markedAreas(3).isEmpty());
    const QRectF area = view.canvas().markedAreas(4).constFirst();
    QVERIFY(view.canvas().viewport()->rect().contains(over(fixture, 4, area)));
    marks = {};
    marks.words = {QStringLiteral("page"), QStringLiteral("web")};
    view.open(view.documentId(), 2, marks);
    QVERIFY(fixture.wait([&] { return view.canvas().markedAreas(2).size() == 3; }));
    QSignalSpy said(&view, &ui::ReaderView::said);
    marks = {};
    marks.quote = QStringLiteral("what is nowhere");
    view.open(view.documentId(), 6, marks);
    QVERIFY(fixture.wait([&] { return said.size() == 1; }));
}

void ReaderTextTest::searchLeadsFromHitToHit()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, linked()));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    auto &canvas = view.canvas();
    auto *reader = fixture.window().findChild<ui::ReaderController *>();
    QVERIFY(reader);
    // Stretches of that page's text, and what is found by the same rules on its neighbours.
    presentation::ReaderMarks marks;
    marks.ranges = {{0, 7}};
    marks.matcher = [](const QString &text) {
        const auto at = static_cast<int>(text.indexOf(QStringLiteral("stand alone")));
        return presentation::ReaderMarks::Ranges{{at, at + 11}};
    };
    reader->open(view.documentId(), 3, marks);
    QVERIFY(fixture.wait([&] { return canvas.markedAreas(3).size() == 2; }));
    QCOMPARE(view.currentPage(), 3);
    QVERIFY(canvas.viewport()->rect().contains(over(fixture, 3, canvas.markedAreas(3).constFirst())));
    QVERIFY(fixture.wait([&] { return canvas.markedAreas(4).size() == 1; }));
    const QRectF chapter = canvas.markedAreas(3).constFirst();
    QVERIFY(marked(fixture, 3, chapter) > 200);
    press(Qt::Key_Escape);
    QCOMPARE(marked(fixture, 3, chapter), 0);
    QVERIFY(canvas.markedAreas(3).isEmpty() && canvas.markedAreas(4).isEmpty());
    // F3 goes on where the search says, unless something is looked for in the document.
    QVector<bool> steps;
    reader->setHitSteps([&steps](bool forwards) {
        steps.append(forwards);
        return true;
    });
    press(Qt::Key_F3);
    press(Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(steps, (QVector<bool>{true, false}));
    auto &field = fixture.find<QLineEdit>("findField");
    QVERIFY(!field.isVisible());
    fixture.trigger(command::kFind);
    field.setText(QStringLiteral("Chapter"));
    QVERIFY(fixture.wait([&] { return view.finder().count() == 6; }));
    const int before = view.finder().ordinal();
    press(Qt::Key_F3);
    QCOMPARE(view.finder().ordinal(), before % 6 + 1);
    QCOMPARE(steps.size(), 2);
    press(Qt::Key_Escape);
    reader->setHitSteps([](bool) { return false; });
    press(Qt::Key_F3);
    QVERIFY(field.isVisible());
}

void ReaderTextTest::analysisFollowsThePage()
{
    const QString path = m_place->pathOf(QStringLiteral("report.pdf"));
    SamplePdfs::book(path, 8);
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, path));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    auto *heading = view.findChild<QLabel *>(QStringLiteral("analysisHeading"));
    auto *summary = view.findChild<QLabel *>(QStringLiteral("pageSummary"));
    QVERIFY(fixture.wait(
        [&] { return heading->text().contains(QLatin1Char('1')) && !summary->text().isEmpty(); }));
    view.goToPage(5);
    QVERIFY(fixture.wait([&] { return heading->text().contains(QLatin1Char('5')) && view.isSettled(); }));
    // What it names can be looked for.
    QSignalSpy searched(&view, &ui::ReaderView::searchRequested);
    const auto chips = view.findChildren<ui::EntityChips *>();
    const auto named = std::find_if(chips.cbegin(), chips.cend(), [](const ui::EntityChips *each) {
        return each->isVisible() && !each->chips().isEmpty();
    });
    QVERIFY(named != chips.cend());
    Q_EMIT(*named)->chipClicked(0);
    QCOMPARE(searched.size(), 1);
    const QString name = (*named)->chips().constFirst().text;
    QCOMPARE(searched.first().first().toString(), name);
    auto &search = fixture.find<ui::SearchView>("searchView");
    QVERIFY(search.isVisible());
    QCOMPARE(search.words(), name);
    fixture.trigger(command::kViewReader);
    // F4 hides it and brings it back.
    fixture.trigger(command::kDetailPane);
    QVERIFY(!heading->isVisible());
    fixture.trigger(command::kDetailPane);
    QVERIFY(heading->isVisible());
}

void ReaderTextTest::outlineLeads()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, linked()));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    QTreeView &tree = view.sideBar().outline();
    QVERIFY(fixture.wait([&] { return tree.model()->rowCount() == 2; }));
    const QModelIndex preface = tree.model()->index(0, 0);
    QVERIFY(tree.isExpanded(preface)); // as the document wants it
    QCOMPARE(preface.siblingAtColumn(1).data().toString(), QStringLiteral("1 (i)"));
    tree.setFocus();
    tree.setCurrentIndex(tree.model()->index(0, 0, preface));
    press(Qt::Key_Return);
    QCOMPARE(view.currentPage(), 2);
    // Not the page's top but the place on it.
    const double top =
        view.canvas().flow().transform(2).map(QPointF(0, 842 - 420)).y() - view.canvas().offset().y();
    QVERIFY2(std::abs(top) < 3, qPrintable(QString::number(top)));
    QTest::mouseClick(tree.viewport(), Qt::LeftButton, {},
                      tree.visualRect(tree.model()->index(1, 0)).center());
    QCOMPARE(view.currentPage(), 4);
    QCOMPARE(fixture.find<QLineEdit>("pageField").text(), QStringLiteral("4 (2)"));
    press(Qt::Key_G, Qt::ControlModifier);
    press(Qt::Key_Return); // nothing typed: nowhere to go
    QCOMPARE(view.currentPage(), 4);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&view.canvas()));
    press(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(view.currentPage(), 2);
    // It follows the page.
    view.canvas().setFocus();
    view.goToPage(6);
    QCOMPARE(tree.currentIndex(), tree.model()->index(1, 0));
}

void ReaderTextTest::thumbnailsLead()
{
    const QString path = m_place->pathOf(QStringLiteral("report.pdf"));
    SamplePdfs::book(path, 40);
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, path));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    view.sideBar().showThumbnails();
    auto &list = fixture.find<ui::ThumbnailList>("thumbnails");
    QVERIFY(list.isVisible());
    QVERIFY(untilSettled(fixture));
    const QRect third = list.visualRect(list.model()->index(2, 0));
    const QImage picture = list.viewport()->grab(third).toImage();
    int dark = 0;
    for (int y = 0; y < picture.height() * 3 / 4; ++y)
        for (int x = 0; x < picture.width(); ++x)
            dark += qGray(picture.pixel(x, y)) < 160 ? 1 : 0;
    QVERIFY2(dark > 50, qPrintable(QString::number(dark)));
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, third.center());
    QCOMPARE(view.currentPage(), 3);
    view.goToPage(38);
    QCOMPARE(list.currentIndex().row(), 37);
    QVERIFY(list.viewport()->rect().intersects(list.visualRect(list.currentIndex())));
    QCOMPARE(list.model()->index(0, 0).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("Page 1: Done"));
}

void ReaderTextTest::linksInsideJump()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, linked()));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    const QRectF link(60, 842 - 620, 240, 30);
    QVERIFY(fixture.wait([&] {
        sendMouse(*view.canvas().viewport(), QEvent::MouseMove, over(fixture, 1, link), Qt::NoButton, {});
        return view.canvas().viewport()->cursor().shape() == Qt::PointingHandCursor;
    }));
    QTest::mouseClick(view.canvas().viewport(), Qt::LeftButton, {}, over(fixture, 1, link));
    QCOMPARE(view.currentPage(), 5);
    fixture.trigger(command::kGoBack);
    QCOMPARE(view.currentPage(), 1);
    QVERIFY(fixture.desktop.questions.isEmpty());
}

void ReaderTextTest::linksOutsideAsk()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, linked()));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    const QString address = QStringLiteral("https://example.org/report?id=7");
    const QRectF web(60, 842 - 570, 240, 30);
    const QRectF script(60, 842 - 520, 240, 30);
    fixture.desktop.sure = false;
    QVERIFY(fixture.wait([&] {
        QTest::mouseClick(view.canvas().viewport(), Qt::LeftButton, {}, over(fixture, 1, web));
        return !fixture.desktop.questions.isEmpty();
    }));
    QCOMPARE(fixture.desktop.questions.constLast(), address);
    QVERIFY(fixture.desktop.addresses.isEmpty());
    fixture.desktop.sure = true;
    QTest::mouseClick(view.canvas().viewport(), Qt::LeftButton, {}, over(fixture, 1, web));
    QCOMPARE(fixture.desktop.addresses, QList<QUrl>{QUrl(address)});
    // Anything else is not even asked about.
    const auto asked = fixture.desktop.questions.size();
    QSignalSpy outside(&view, &ui::ReaderView::outsideRequested);
    QTest::mouseClick(view.canvas().viewport(), Qt::LeftButton, {}, over(fixture, 1, script));
    QCOMPARE(outside.size(), 1);
    QCOMPARE(fixture.desktop.questions.size(), asked);
    QCOMPARE(fixture.desktop.addresses.size(), 1);
}

void ReaderTextTest::annotationsAndFormsAreShown()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, linked()));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    fixture.trigger(command::kFitPage);
    QVERIFY(untilSettled(fixture));
    const QImage picture = view.canvas().viewport()->grab().toImage();
    const double ratio = picture.devicePixelRatio();
    const auto colorAt = [&](double x, double y) {
        return picture.pixelColor(over(fixture, 1, QRectF(x, 842 - y, 0, 0)) * ratio);
    };
    QVERIFY(colorAt(440, 620).green() > colorAt(440, 620).red() + 60); // the stamp
    QVERIFY(colorAt(440, 520).blue() > colorAt(440, 520).red() + 60);  // the field
    QCOMPARE(colorAt(440, 300), QColor(Qt::white));
}

void ReaderTextTest::pagesAreNamedForAssistivePrograms()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, linked()));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    fixture.trigger(command::kFitPage);
    view.goToPage(2);
    QVERIFY(untilSettled(fixture));
    QCOMPARE(view.canvas().objectName(), QStringLiteral("pageView"));
    QCOMPARE(view.canvas().accessibleName(), QStringLiteral("Page 2 (ii) of 6"));
    QAccessibleInterface *root = QAccessible::queryAccessibleInterface(&view.canvas());
    QVERIFY(root);
    QCOMPARE(root->role(), QAccessible::Document);
    QVERIFY(root->childCount() >= 1);
    QAccessibleInterface *page = root->focusChild();
    QVERIFY(page);
    QCOMPARE(page->text(QAccessible::Name), QStringLiteral("Page 2 (ii) of 6"));
    QVERIFY(page->text(QAccessible::Value).contains(QStringLiteral("Chapter 2")));
    QCOMPARE(page->parent(), root);
    QCOMPARE(root->child(root->indexOfChild(page)), page);
    QCOMPARE(root->childAt(page->rect().center().x(), page->rect().center().y()), page);
    QVERIFY(page->state().focused);
    view.goToPage(6);
    QVERIFY(page->state().offscreen);
}

void ReaderTextTest::sidesGiveWay()
{
    WindowFixture fixture(m_place->folder());
    QVERIFY(read(fixture, linked()));
    auto &view = fixture.find<ui::ReaderView>("readerView");
    QVERIFY(view.sideBar().isVisible());
    QVERIFY(view.findChild<QWidget *>(QStringLiteral("analysisSide"))->isVisible());
    fixture.window().resize(800, 600);
    QVERIFY(fixture.wait(
        [&] { return !view.findChild<QWidget *>(QStringLiteral("analysisSide"))->isVisible(); }));
    QVERIFY(view.sideBar().isVisible());
    QVERIFY(fixture.wait([&] { return view.canvas().viewport()->width() > 400; }));
    // Who asks for it gets it, in place of the side bar.
    fixture.trigger(command::kDetailPane);
    QVERIFY(view.findChild<QWidget *>(QStringLiteral("analysisSide"))->isVisible());
    QVERIFY(!view.sideBar().isVisible());
    fixture.trigger(command::kDetailPane);
    QVERIFY(view.sideBar().isVisible());
    fixture.trigger(command::kSideBar);
    QVERIFY(!view.sideBar().isVisible());
    fixture.window().resize(1360, 860);
    fixture.trigger(command::kDetailPane);
    QVERIFY(view.findChild<QWidget *>(QStringLiteral("analysisSide"))->isVisible());
    fixture.trigger(command::kSideBar);
    QVERIFY(view.sideBar().isVisible());
    // F6 reaches the pages and what stands beside them.
    QSet<QWidget *> reached;
    for (int i = 0; i < 14; ++i) {
        press(Qt::Key_F6);
        reached.insert(QApplication::focusWidget());
    }
    const auto inside = [&reached](const QWidget &region) {
        return std::any_of(reached.cbegin(), reached.cend(), [&region](const QWidget *widget) {
            return widget == &region || region.isAncestorOf(widget);
        });
    };
    QVERIFY(inside(view.canvas()));
    QVERIFY(inside(view.sideBar()));
    QVERIFY(inside(*view.findChild<QWidget *>(QStringLiteral("analysisSide"))));
}

QTEST_MAIN(ReaderTextTest)
#include "tst_ReaderText.moc"
