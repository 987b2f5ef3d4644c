// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/PageTextMap.h"
#include "presentation/ReaderMarks.h"
#include "presentation/TextSelection.h"
#include "support/Strict.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern;
using presentation::PageTextMap;
using presentation::ReaderMarks;
using presentation::TextSelection;
using Range = PageTextMap::Range;

namespace {

/// A page of lines: each word ten points wide per letter and ten high, a blank ten wide, lines 15 apart.
/// Lines of right-to-left letters begin at 500 and run to the left.
domain::PageText pageOf(const QStringList &lines)
{
    domain::PageText page;
    float y = 100;
    for (const QString &line : lines) {
        const bool rightToLeft = !line.isEmpty() && line.at(0).direction() == QChar::DirR;
        float x = rightToLeft ? 500 : 50;
        qsizetype at = 0;
        for (const QString &word : line.split(u' ')) {
            const auto width = static_cast<float>(word.size() * 10);
            const float left = rightToLeft ? x - width : x;
            page.words.append({static_cast<qint32>(page.text.size() + at), static_cast<qint32>(word.size()),
                               left, y, width, 10, -1});
            x += (rightToLeft ? -1.0F : 1.0F) * (width + 10);
            at += word.size() + 1;
        }
        page.text += line + u'\n';
        y += 15;
    }
    return page;
}

} // namespace

/// From text to places on the page and back.
class PageTextMapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void wholeWordsAreExact()
    {
        const PageTextMap map(pageOf({u"one three"_s, u"two"_s}));
        QCOMPARE(map.areas(0, 3), QVector<QRectF>{QRectF(50, 100, 30, 10)});
        QCOMPARE(map.areas(0, 9), QVector<QRectF>{QRectF(50, 100, 90, 10)}); // with the blank between
        QCOMPARE(map.areas(0, 13), (QVector<QRectF>{QRectF(50, 100, 90, 10), QRectF(50, 115, 30, 10)}));
        QVERIFY(map.areas(3, 4).isEmpty());
        QVERIFY(map.areas(5, 5).isEmpty());
    }

    void partsOfWords()
    {
        const PageTextMap map(pageOf({u"abcd"_s}));
        QCOMPARE(map.areas(0, 2), QVector<QRectF>{QRectF(50, 100, 20, 10)});
        QCOMPARE(map.areas(3, 4), QVector<QRectF>{QRectF(80, 100, 10, 10)});
        // A thin letter takes less of the word than a wide one.
        const PageTextMap uneven(pageOf({u"im"_s}));
        QVERIFY(uneven.areas(0, 1).constFirst().width() < uneven.areas(1, 2).constFirst().width());
    }

    void rightToLeftBeginsAtTheRight()
    {
        const PageTextMap map(pageOf({u"\u05d0\u05d1\u05d2\u05d3 \u05d4\u05d5"_s}));
        QCOMPARE(map.areas(0, 1), QVector<QRectF>{QRectF(490, 100, 10, 10)});
        QCOMPARE(map.areas(0, 7), QVector<QRectF>{QRectF(430, 100, 70, 10)});
        QCOMPARE(map.caret(0).x(), 500.0);
        QCOMPARE(map.caret(4).x(), 460.0);
        QCOMPARE(map.positionAt(QPointF(495, 105)), 0);
        QCOMPARE(map.positionAt(QPointF(483, 105)), 2);
        QCOMPARE(map.positionAt(QPointF(10, 105)), 7);
        QVERIFY(map.isRightToLeft(2));
    }

    void wordsApartAreMarkedApart()
    {
        domain::PageText page = pageOf({u"left right"_s});
        page.words[1].x = 400; // of another column, though on the same line of the text
        QCOMPARE(PageTextMap(page).areas(0, 10).size(), 2);
    }

    void downwards()
    {
        domain::PageText page;
        page.text = u"\u65e5\u672c\u8a9e\n"_s;
        page.words = {{0, 3, 300, 100, 10, 30, -1}};
        const PageTextMap map(page);
        QCOMPARE(map.areas(1, 2), QVector<QRectF>{QRectF(300, 110, 10, 10)});
        QCOMPARE(map.positionAt(QPointF(305, 121)), 2);
    }

    // The boxes of many fonts, Arabic ones above all, are higher than a short word is wide.
    void shortWordsInHighBoxesAreNotDownwards()
    {
        domain::PageText page;
        page.text = u"It is so\n"_s;
        page.words = {{0, 2, 50, 100, 7, 14, -1}, {3, 2, 60, 100, 8, 14, -1}, {6, 2, 71, 100, 10, 14, -1}};
        const PageTextMap map(page);
        QCOMPARE(map.areas(0, 8), QVector<QRectF>{QRectF(50, 100, 31, 14)});
        QCOMPARE(map.areas(4, 5).constFirst().height(), 14.0); // the letter s
        domain::PageText alone;
        alone.text = u"It\n"_s;
        alone.words = {{0, 2, 50, 100, 7, 14, -1}};
        QCOMPARE(PageTextMap(alone).areas(1, 2).constFirst().height(), 14.0);
    }

    void pointsFindTheNearestText()
    {
        const PageTextMap map(pageOf({u"first line"_s, u"second"_s}));
        QCOMPARE(map.positionAt(QPointF(51, 104)), 0);
        QCOMPARE(map.positionAt(QPointF(0, 104)), 0);    // left of the line
        QCOMPARE(map.positionAt(QPointF(900, 104)), 10); // right of it
        QCOMPARE(map.positionAt(QPointF(52, 5)), 0);     // above
        QCOMPARE(map.positionAt(QPointF(900, 900)), 17); // below
        QCOMPARE(map.positionAt(QPointF(50, 120)), 11);
        QVERIFY(map.isOnText(QPointF(60, 105)));
        QVERIFY(!map.isOnText(QPointF(60, 112)));
        QCOMPARE(PageTextMap().positionAt(QPointF(5, 5)), 0);
        QVERIFY(PageTextMap().isEmpty());
    }

    void wordsAndLines()
    {
        const PageTextMap map(pageOf({u"a red-hot line"_s, u"next"_s}));
        QCOMPARE(map.wordAt(3), (Range{2, 5}));
        QCOMPARE(map.wordAt(5), (Range{2, 5})); // right behind it
        QCOMPARE(map.lineAt(3), (Range{0, 14}));
        QCOMPARE(map.lineAt(16), (Range{15, 19}));
        QCOMPARE(map.nextWord(0), 1);
        QCOMPARE(map.nextWord(1), 5);
        QCOMPARE(map.previousWord(14), 10);
        QCOMPARE(map.previousWord(10), 6);
        QCOMPARE(map.lineDown(0), 15);
        QCOMPARE(map.lineDown(13), 19);
        QCOMPARE(map.lineDown(16), -1);
        QCOMPARE(map.lineUp(16), 1);
        QCOMPARE(map.lineUp(3), -1);
    }

    void charactersAreNotCutInTwo()
    {
        domain::PageText page = pageOf({u"a\U0001F600e\u0301b"_s});
        page.text += u"\n\nlast\n"_s;
        page.words.append({9, 4, 50, 200, 40, 10, -1});
        const PageTextMap map(page);
        QVector<int> stops;
        for (int at = 0; at < map.length(); at = map.nextCharacter(at))
            stops.append(at);
        QCOMPARE(stops.mid(0, 5), (QVector<int>{0, 1, 3, 5, 6}));
        QVERIFY(stops.contains(9)); // over the empty lines in one step
        QVERIFY(!stops.contains(8));
        QVector<int> back;
        for (int at = map.length(); at > 0; at = map.previousCharacter(at))
            back.append(at);
        QVERIFY(back.contains(3) && !back.contains(2) && !back.contains(4));
        QCOMPARE(map.nextCharacter(map.length()), map.length());
        QCOMPARE(map.previousCharacter(0), 0);
    }

    void selectionSpansPages()
    {
        const TextSelection selection({4, 10}, {2, 3}); // dragged upwards
        QCOMPARE(selection.on(1, 100), (Range{0, 0}));
        QCOMPARE(selection.on(2, 100), (Range{3, 100}));
        QCOMPARE(selection.on(3, 50), (Range{0, 50}));
        QCOMPARE(selection.on(4, 100), (Range{0, 10}));
        QCOMPARE(selection.on(4, 5), (Range{0, 5}));
        QCOMPARE(selection.on(5, 100), (Range{0, 0}));
        QVERIFY(TextSelection({3, 5}, {3, 5}).isEmpty());
        QCOMPARE(TextSelection({1, 0}, {9, TextSelection::kPageEnd}).on(9, 40), (Range{0, 40}));
    }

    void marksAreWholeWordsOrPassages()
    {
        const QString text = u"Nitrate in nitrates: the nitrate was\nmeasured twice. Nitrat-\ne"_s;
        ReaderMarks marks;
        marks.words = {u"nitrate"_s};
        const auto words = [&] {
            QStringList found;
            for (const Range &range : marks.rangesIn(text))
                found.append(text.mid(range.start, range.end - range.start));
            return found;
        };
        QCOMPARE(words(), (QStringList{u"Nitrate"_s, u"nitrate"_s, u"Nitrat-\ne"_s}));
        marks.words = {u"nitrate*"_s};
        QCOMPARE(words().size(), 4);
        marks.words = {u"rate"_s};
        QVERIFY(words().isEmpty());
        marks.words.clear();
        marks.quote = u"the nitrate was measured"_s;
        QCOMPARE(words(), QStringList{u"the nitrate was\nmeasured"_s});
        marks.quote = u"was never measured"_s;
        QVERIFY(words().isEmpty());
        // Scripts without spaces have no word ends.
        ReaderMarks chinese;
        chinese.words = {u"\u6c34\u8d28"_s};
        QCOMPARE(chinese.rangesIn(u"\u5730\u4e0b\u6c34\u8d28\u62a5\u544a"_s), QVector<Range>{(Range{2, 4})});
    }

    void marksAreWhatASearchFound()
    {
        const QString text = u"one two one"_s;
        ReaderMarks marks;
        QVERIFY(marks.isEmpty());
        marks.ranges = {{4, 7}};
        QVERIFY(!marks.isEmpty());
        QCOMPARE(marks.rangesIn(text), QVector<Range>{(Range{4, 7})});
        QVERIFY(marks.rangesElsewhere(text).isEmpty());
        // What is found by the search's own rules is marked on every page, and once.
        marks.matcher = [](const QString &page) {
            return QVector<Range>{{static_cast<int>(page.lastIndexOf(u"one"_s)), 11}, {4, 7}};
        };
        QCOMPARE(marks.rangesIn(text), (QVector<Range>{{4, 7}, {8, 11}}));
        QCOMPARE(marks.rangesElsewhere(text), (QVector<Range>{{8, 11}, {4, 7}}));
    }
};

QTEST_GUILESS_MAIN(PageTextMapTest)
#include "tst_PageTextMap.moc"
