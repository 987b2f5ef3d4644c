// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Occurrences.h"

#include "support/Strict.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern;
using text::Occurrence;
using text::Occurrences;

namespace {

/// The stretches of the page that are found, as they stand there.
QStringList found(const QString &page, const QString &typed, bool caseSensitive = false, int limit = 100)
{
    QStringList stretches;
    for (const Occurrence &hit : Occurrences(typed, caseSensitive).in(page, limit))
        stretches.append(page.mid(hit.offset, hit.length));
    return stretches;
}

} // namespace

/// Finding what was typed in the text of a page.
class OccurrencesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void findsStretches_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("caseSensitive");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *name, const QString &page, const QString &typed, bool caseSensitive,
                            const QStringList &expected) {
            QTest::newRow(name) << page << typed << caseSensitive << expected;
        };
        row("plain", u"one two one"_s, u"one"_s, false, {u"one"_s, u"one"_s});
        row("any case", u"One ONE one"_s, u"oNe"_s, false, {u"One"_s, u"ONE"_s, u"one"_s});
        row("this case", u"One ONE one"_s, u"ONE"_s, true, {u"ONE"_s});
        row("within a word", u"concatenate"_s, u"cat"_s, false, {u"cat"_s});
        row("not overlapping", u"aaaa"_s, u"aa"_s, false, {u"aa"_s, u"aa"_s});
        row("over a line's end", u"the first\nline"_s, u"first line"_s, false, {u"first\nline"_s});
        row("over lines, this case", u"the First\n  Line"_s, u"First Line"_s, true, {u"First\n  Line"_s});
        row("split word", u"a hyphen-\nated word"_s, u"hyphenated"_s, false, {u"hyphen-\nated"_s});
        row("split word, this case", u"a Hyphen-\nated word"_s, u"Hyphenated"_s, true, {u"Hyphen-\nated"_s});
        row("accents", u"Übergrößen-Träger"_s, u"ubergrossen"_s, false, {u"Übergrößen"_s});
        row("accents kept", u"Träger Trager"_s, u"Träger"_s, true, {u"Träger"_s});
        row("ligature", u"of\uFB01ce office"_s, u"office"_s, false, {u"of\uFB01ce"_s, u"office"_s});
        row("half a ligature", u"e\uFB03cient"_s, u"ff"_s, false, {u"\uFB03"_s});
        row("one letter twice", u"Straße"_s, u"s"_s, false, {u"S"_s, u"ß"_s});
        row("Arabic", u"\u0645\u0631\u062d\u0628\u064b\u0627 \u0628\u0643"_s,
            u"\u0645\u0631\u062d\u0628\u0627"_s, false, {u"\u0645\u0631\u062d\u0628\u064b\u0627"_s});
        row("Chinese", u"\u6c34\u8d28\u62a5\u544a\u548c\u6c34\u8d28"_s, u"\u6c34\u8d28"_s, false,
            {u"\u6c34\u8d28"_s, u"\u6c34\u8d28"_s});
        row("full width", u"\uFF21\uFF22 12"_s, u"ab"_s, false, {u"\uFF21\uFF22"_s});
        row("blanks around", u"one two"_s, u"  two "_s, false, {u"two"_s});
        row("special characters", u"f(x) = [a*b]"_s, u"(x) = ["_s, false, {u"(x) = ["_s});
        row("nothing", u"one two"_s, u"three"_s, false, {});
        row("blank", u"one two"_s, u" \n"_s, false, {});
        row("empty page", QString(), u"a"_s, false, {});
    }

    void findsStretches()
    {
        QFETCH(QString, page);
        QFETCH(QString, typed);
        QFETCH(bool, caseSensitive);
        QFETCH(QStringList, expected);
        QCOMPARE(found(page, typed, caseSensitive), expected);
    }

    void isBounded()
    {
        QCOMPARE(found(u"x"_s.repeated(500), u"x"_s, false, 7).size(), 7);
        QVERIFY(Occurrences(u" "_s, false).isEmpty());
        QVERIFY(!Occurrences(u"a"_s, false).isEmpty());
    }
};

QTEST_GUILESS_MAIN(OccurrencesTest)
#include "tst_Occurrences.moc"
