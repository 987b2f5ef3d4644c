// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/ButtonKind.h"
#include "ui/style/LecternStyle.h"
#include "ui/style/Metrics.h"
#include "ui/style/Theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QImage>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSlider>
#include <QSpinBox>
#include <QStyleOption>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace lectern::ui;
using namespace Qt::StringLiterals;

namespace {

QImage pictureOf(QWidget &widget)
{
    return widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
}

bool shows(const QImage &image, const QColor &color)
{
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) == color.rgb())
                return true;
        }
    }
    return false;
}

/// The best contrast that any pixel has against the ground.
double strongest(const QImage &image, const QColor &ground)
{
    double best = 1;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            best = std::max(best, contrastRatio(image.pixelColor(x, y), ground));
    }
    return best;
}

void bothThemes()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

const Theme &use(bool dark)
{
    const Theme &theme = dark ? Theme::darkTheme() : Theme::light();
    QApplication::setPalette(theme.palette());
    return theme;
}

} // namespace

class TestLecternStyle : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void indicatorsAreVisible_data() { bothThemes(); }
    void indicatorsAreVisible();
    void fieldHasAFrame_data() { bothThemes(); }
    void fieldHasAFrame();
    void keyboardFocusHasARing_data() { bothThemes(); }
    void keyboardFocusHasARing();
    void mouseFocusHasNone();
    void primaryButtonIsAccented_data() { bothThemes(); }
    void primaryButtonIsAccented();
    void selectionIsSoft_data() { bothThemes(); }
    void selectionIsSoft();
    void rowsAndControlsAreTall_data();
    void rowsAndControlsAreTall();
    void scrollBarHasNoArrows();
    void scrollBarHandleFollowsItsValue();
    void groupBoxPartsDoNotOverlap();
    void everythingMirrors();
    void iconsOfRowsStandNearTheirWords();
};

void TestLecternStyle::initTestCase()
{
    QApplication::setStyle(new LecternStyle);
    QFont font = QApplication::font();
    font.setPointSizeF(10);
    QApplication::setFont(font);
}

void TestLecternStyle::indicatorsAreVisible()
{
    QFETCH(bool, dark);
    const Theme &theme = use(dark);
    QCheckBox box;
    QRadioButton radio;
    QVERIFY(strongest(pictureOf(box), theme.window) >= 3);
    QVERIFY(strongest(pictureOf(radio), theme.window) >= 3);
    box.setChecked(true);
    radio.setChecked(true);
    QVERIFY(shows(pictureOf(box), theme.accentFill));
    QVERIFY(shows(pictureOf(radio), theme.accentFill));
}

void TestLecternStyle::fieldHasAFrame()
{
    QFETCH(bool, dark);
    const Theme &theme = use(dark);
    QLineEdit field;
    const QImage image = pictureOf(field);
    QCOMPARE(image.pixelColor(image.width() / 2, 0), theme.fieldBorder);
    QCOMPARE(image.pixelColor(image.width() / 2, image.height() / 2), theme.surface);
    QCOMPARE(image.pixelColor(0, 0), theme.window); // a rounded corner
}

void TestLecternStyle::keyboardFocusHasARing()
{
    QFETCH(bool, dark);
    const Theme &theme = use(dark);
    QWidget window;
    QVBoxLayout layout(&window);
    QPushButton button(u"Retry"_s);
    QLineEdit field;
    layout.addWidget(&button);
    layout.addWidget(&field);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    field.setFocus(Qt::TabFocusReason);
    QVERIFY(shows(pictureOf(field), theme.accent));
    QVERIFY(!shows(pictureOf(button), theme.accent));
    QTest::keyClick(&field, Qt::Key_Tab);
    QTRY_VERIFY(button.hasFocus());
    QVERIFY(shows(pictureOf(button), theme.accent));
}

void TestLecternStyle::mouseFocusHasNone()
{
    const Theme &theme = use(false);
    QWidget window;
    QVBoxLayout layout(&window);
    QPushButton button(u"Retry"_s);
    layout.addWidget(&button);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    button.setFocus(Qt::MouseFocusReason);
    window.setAttribute(Qt::WA_KeyboardFocusChange, false);
    QVERIFY(button.hasFocus());
    QVERIFY(!shows(pictureOf(button), theme.accent));
}

void TestLecternStyle::primaryButtonIsAccented()
{
    QFETCH(bool, dark);
    const Theme &theme = use(dark);
    QPushButton button(u"Analyze"_s);
    QVERIFY(!shows(pictureOf(button), theme.accentFill));
    setButtonKind(button, ButtonKind::Primary);
    QVERIFY(shows(pictureOf(button), theme.accentFill));
    QVERIFY(shows(pictureOf(button), theme.onAccent));
    button.setEnabled(false);
    QVERIFY(!shows(pictureOf(button), theme.accentFill));
}

void TestLecternStyle::selectionIsSoft()
{
    QFETCH(bool, dark);
    const Theme &theme = use(dark);
    QTreeWidget tree;
    tree.setRootIsDecorated(false);
    tree.setColumnCount(2);
    new QTreeWidgetItem(&tree, {u"one"_s, u"1"_s});
    new QTreeWidgetItem(&tree, {u"two"_s, u"2"_s});
    tree.topLevelItem(1)->setSelected(true);
    const QImage image = pictureOf(*tree.viewport());
    const QRect row = tree.visualItemRect(tree.topLevelItem(1));
    const QColor middle = image.pixelColor(row.width() / 2 + 30, row.top() + 4);
    QVERIFY2(middle == theme.selection || middle == theme.selectionIdle, qPrintable(middle.name()));
    QCOMPARE(image.pixelColor(0, row.center().y()), theme.surface); // the row ends before the view does
    const QColor text = tree.palette().color(QPalette::HighlightedText);
    QCOMPARE(text, theme.text);
}

void TestLecternStyle::rowsAndControlsAreTall_data()
{
    QTest::addColumn<double>("points");
    QTest::newRow("ordinary") << 10.0;
    QTest::newRow("half as much again") << 15.0;
}

void TestLecternStyle::rowsAndControlsAreTall()
{
    QFETCH(double, points);
    QFont font = QApplication::font();
    font.setPointSizeF(points);
    const QFontMetrics fontMetrics(font);
    QListWidget list;
    list.setFont(font);
    list.addItem(u"row"_s);
    QVERIFY(list.visualItemRect(list.item(0)).height() >= metrics::kRowHeight);
    QVERIFY(list.visualItemRect(list.item(0)).height() >= fontMetrics.height() + 8);
    QPushButton button(u"Retry"_s);
    QComboBox combo;
    QLineEdit field;
    QSpinBox spin;
    for (QWidget *widget : std::initializer_list<QWidget *>{&button, &combo, &field, &spin}) {
        widget->setFont(font);
        QCOMPARE(widget->sizeHint().height(), metrics::controlHeight(fontMetrics));
    }
    QVERIFY(metrics::controlHeight(fontMetrics) >= 30);
}

void TestLecternStyle::scrollBarHasNoArrows()
{
    QScrollBar bar(Qt::Vertical);
    bar.resize(12, 200);
    bar.setRange(0, 100);
    QStyleOptionSlider option;
    option.initFrom(&bar);
    option.minimum = 0;
    option.maximum = 100;
    option.pageStep = 50;
    option.orientation = Qt::Vertical;
    QVERIFY(bar.style()
                ->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarAddLine, &bar)
                .isEmpty());
    QVERIFY(bar.style()
                ->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSubLine, &bar)
                .isEmpty());
    QCOMPARE(bar.style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarGroove, &bar),
             bar.rect());
}

void TestLecternStyle::scrollBarHandleFollowsItsValue()
{
    QScrollBar bar(Qt::Vertical);
    bar.resize(12, 200);
    QStyleOptionSlider option;
    option.initFrom(&bar);
    option.minimum = 0;
    option.maximum = 1'000'000;
    option.pageStep = 10;
    option.orientation = Qt::Vertical;
    const auto handle = [&](int position) {
        option.sliderPosition = position;
        return bar.style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, &bar);
    };
    QCOMPARE(handle(0).top(), 0);
    QVERIFY(handle(0).height() >= 24); // still easy to grab in a list of a million
    QCOMPARE(handle(option.maximum).bottom(), 199);
}

void TestLecternStyle::groupBoxPartsDoNotOverlap()
{
    QGroupBox box(u"Fields"_s);
    box.setCheckable(true);
    box.resize(300, 200);
    QStyleOptionGroupBox option;
    option.initFrom(&box);
    option.text = box.title();
    option.subControls = QStyle::SC_GroupBoxFrame | QStyle::SC_GroupBoxLabel | QStyle::SC_GroupBoxCheckBox;
    const auto part = [&](QStyle::SubControl control) {
        return box.style()->subControlRect(QStyle::CC_GroupBox, &option, control, &box);
    };
    QVERIFY(!part(QStyle::SC_GroupBoxLabel).intersects(part(QStyle::SC_GroupBoxFrame)));
    QVERIFY(!part(QStyle::SC_GroupBoxLabel).intersects(part(QStyle::SC_GroupBoxCheckBox)));
    QVERIFY(part(QStyle::SC_GroupBoxFrame).contains(part(QStyle::SC_GroupBoxContents)));
}

void TestLecternStyle::everythingMirrors()
{
    QComboBox combo;
    combo.resize(200, 30);
    QStyleOptionComboBox option;
    option.initFrom(&combo);
    const auto arrow = [&](Qt::LayoutDirection direction) {
        option.direction = direction;
        return combo.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxArrow, &combo);
    };
    QVERIFY(arrow(Qt::LeftToRight).left() > 100);
    QVERIFY(arrow(Qt::RightToLeft).right() < 100);
}

void TestLecternStyle::iconsOfRowsStandNearTheirWords()
{
    QListWidget list;
    QStyleOptionViewItem option;
    option.initFrom(&list);
    option.rect = QRect(0, 0, 300, 28);
    option.features = QStyleOptionViewItem::HasDecoration | QStyleOptionViewItem::HasDisplay;
    option.decorationSize = QSize(16, 16);
    option.decorationAlignment = Qt::AlignCenter;
    option.text = u"Census-trade.pdf"_s;
    option.displayAlignment = Qt::AlignLeft | Qt::AlignVCenter;
    const auto part = [&](QStyle::SubElement element) {
        return list.style()->subElementRect(element, &option, &list);
    };
    const QRect icon = part(QStyle::SE_ItemViewItemDecoration);
    const QRect text = part(QStyle::SE_ItemViewItemText);
    // A rectangle of text keeps Qt's own margin of 8 inside, and the icon stands in the middle of its own.
    const int iconEnd = icon.left() + (icon.width() + option.decorationSize.width()) / 2;
    QCOMPARE(text.left() + 8 - iconEnd, 8);
}

QTEST_MAIN(TestLecternStyle)
#include "tst_LecternStyle.moc"
