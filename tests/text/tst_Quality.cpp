// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Quality.h"

#include "support/Strict.h"

#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace lectern;
using domain::PageText;
using domain::TextVerdict;

namespace {

/// Processor time of this process in milliseconds: unlike the clock on the wall it is the same on a busy
/// machine.
qint64 processorMs()
{
    return static_cast<qint64>(std::clock()) * 1000 / CLOCKS_PER_SEC;
}

QString english()
{
    return u"The methods described in this report were tested in several laboratories over two years. Water "
           u"samples were taken "
           "from forty wells, and the concentration of each compound was determined by gas chromatography. "
           "Results below the "
           "reporting limit are given as less than values, because users of the data must not take them for zero."_s;
}

QString shifted(const QString &text, int by)
{
    QString out;
    for (const QChar c : text)
        out += c.isSpace() ? c : QChar(static_cast<char16_t>(c.unicode() + by));
    return out;
}

QString rotated(const QString &text, int by)
{
    QString out;
    for (const QChar c : text.toLower()) {
        const bool letter = c >= u'a' && c <= u'z';
        out += letter ? QChar(static_cast<char16_t>(u'a' + (c.unicode() - u'a' + by) % 26)) : c;
    }
    return out;
}

PageText plain(const QString &text)
{
    PageText page;
    page.text = text;
    return page;
}

TextVerdict verdictOf(const QString &text)
{
    return text::assessQuality(plain(text)).verdict;
}

/// Every word of `text` in font `font`, appended to the page.
void addWords(PageText &page, const QString &text, qint32 font)
{
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (!page.text.isEmpty())
            page.text += u' ';
        page.words.append(
            {static_cast<qint32>(page.text.size()), static_cast<qint32>(word.size()), 0, 0, 10, 10, font});
        page.text += word;
    }
}

} // namespace

class QualityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void good_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("English") << english();
        QTest::newRow("German")
            << u"Die Ergebnisse der Untersuchung wurden im darauffolgenden Jahr veröffentlicht. Schlüsselwörter für Größenverhältnisse und äußerst lange Zusammensetzungen gehören dazu."_s;
        QTest::newRow("Polish")
            << u"Wyniki badań zostały opublikowane w następnym roku. Szczegółowe źródła są wymienione w końcowej części książki, a także w przypisach."_s;
        QTest::newRow("Czech")
            << u"Výsledky výzkumu byly zveřejněny v následujícím roce. Podrobné prameny jsou uvedeny v závěrečné části knihy a také v poznámkách."_s;
        QTest::newRow("Turkish")
            << u"Araştırmanın sonuçları ertesi yıl yayımlandı. Ayrıntılı kaynaklar kitabın son bölümünde ve ayrıca dipnotlarda belirtilmiştir."_s;
        QTest::newRow("Vietnamese")
            << u"Kết quả của nghiên cứu đã được công bố vào năm sau. Các nguồn chi tiết được liệt kê ở phần cuối của cuốn sách và trong chú thích."_s;
        QTest::newRow("Russian")
            << u"Для получения требуемых для установки файлов может быть использована сеть. Будет ли задействована сеть, зависит от метода."_s;
        QTest::newRow("Greek")
            << u"Τα αποτελέσματα της έρευνας δημοσιεύθηκαν το επόμενο έτος και περιλαμβάνουν όλες τις πηγές."_s;
        QTest::newRow("Chinese")
            << u"如果你在安装的过程中，安装了一个图形环境，那么你在启动系统后将使用图形登录界面。输入你的用户名和密码可以登录到非特权用户帐号。使用键盘可以在用户名和密码之间移动，也可以使用鼠标点击。要在图形用户界面环境下获得提示符。"_s;
        QTest::newRow("Japanese")
            << u"わたくしといふ現象は仮定された有機交流電燈のひとつの青い照明です。風景やみんなといっしょにせはしく明滅しながら。"_s;
        QTest::newRow("Korean")
            << u"이 문서는 시스템 설치 방법을 설명합니다. 설치 프로그램을 시작하기 전에 읽어 주십시오."_s;
        QTest::newRow("Arabic")
            << u"يهدف مشروع الخط الأميري إلى إحياء تقاليد و جماليات الطباعة العربية و موائمتها لتقنيات عصر الحواسيب."_s;
        QTest::newRow("Hebrew") << u"המסמך הזה מתאר את תהליך ההתקנה של מערכת ההפעלה במחשב שלך."_s;
        QTest::newRow("Thai") << u"เอกสารนี้อธิบายวิธีการติดตั้งระบบปฏิบัติการในเครื่องคอมพิวเตอร์ของคุณ"_s;
        QTest::newRow("Hindi") << u"यह दस्तावेज़ प्रणाली की स्थापना की विधि बताता है और कृपया इसे ध्यान से पढ़ें।"_s;
        QTest::newRow("capitals") << english().toUpper();
        QTest::newRow("contents")
            << u"1 Introduction . . . . . . . . . . . . . 5\n2 Methods of analysis . . . . . . . . . . 12\n3 Results ................ 20\n"_s;
        QTest::newRow("a few bullets of Symbol") << english() + u"\n\uf0b7 first\n\uf0b7 second"_s;
    }

    void good()
    {
        QFETCH(QString, text);
        const auto quality = text::assessQuality(plain(text));
        QVERIFY2(quality.verdict == TextVerdict::Good, qPrintable(QString::number(quality.score)));
        QVERIFY(quality.score > 0.72 && quality.score <= 1);
    }

    void garbled_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("letters as glyph numbers") << shifted(english(), -29);
        QTest::newRow("shifted by one") << rotated(english(), 1);
        QTest::newRow("shifted by three") << rotated(english(), 3);
        QTest::newRow("shifted by thirteen") << rotated(english(), 13);
        QTest::newRow("private use") << shifted(english(), 0xe000);
        QTest::newRow("replacement characters") << QString(300, QChar(0xfffd)) + u" page"_s;
        QTest::newRow("control characters") << shifted(u"!!\"\"##$$ !\"#!\"# $!$!"_s.repeated(20), -30);
        QTest::newRow("symbols only") << u"!\"#$ %&'() *+,-. /:;<= >?@[\\ ]^_`{ |}~!# "_s.repeated(10);
        QTest::newRow("Cyrillic decoded as Latin")
            << u"Ðàñïðåäåëåíèå ïàìÿòè è äèñêîâîãî ïðîñòðàíñòâà çàâèñèò îò ìåòîäà óñòàíîâêè ñèñòåìû è âàøèõ îòâåòîâ íà âîïðîñû"_s;
        QTest::newRow("lone surrogates") << QString(300, QChar(0xd800));
        QTest::newRow("two scripts in each word")
            << u"Тhеsе wоrds аrе mаdе оf twо sсriрts thаt nо lаnguаgе mixеs whеn it is writtеn"_s.replace(
                   u' ', u"рх "_s);
        QTest::newRow("ideographs at random") << [] {
            QString text;
            for (int i = 0; i < 300; ++i)
                text += QChar(static_cast<char16_t>(0x6fff + i * 37 % 5000));
            return text;
        }();
    }

    void garbled()
    {
        QFETCH(QString, text);
        const auto quality = text::assessQuality(plain(text));
        if (qstrcmp(QTest::currentDataTag(), "two scripts in each word") ==
            0) // readable for people, useless for search
            QVERIFY2(quality.verdict != TextVerdict::Good, qPrintable(QString::number(quality.score)));
        else
            QVERIFY2(quality.verdict == TextVerdict::Garbled, qPrintable(QString::number(quality.score)));
    }

    void doubtfulAtMost_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("numbers") << u"1,200 900 1,300 950 12.5 13.8 2001 1999 45 67 "_s.repeated(10);
        QTest::newRow("formulas") << u"∑ᵢ xᵢ² = y ⊇ K × Y ∈ ℝⁿ ⇒ f(x) ≤ g(y) + ε ∀ x ∈ X ∃ U ⊂ V "_s.repeated(
            5);
        QTest::newRow("program")
            << u"for (int i = 0; i < n; ++i) { buf[i] = strtoul(ptr, &end, 16) ^ 0xff; if (!ptr) return -1; }\n"_s
                   .repeated(5);
        QTest::newRow("codes") << u"AB12-XK BN77-QZ 4F3A 9C2D X99 KJH-2 "_s.repeated(10);
        QTest::newRow("chemistry")
            << u"3-Methylfentanyl (N-[3-methyl-1-(2-phenylethyl)-4-piperidyl]-N-phenylpropanamide) 9813 para-fluorofentanyl "_s
                   .repeated(6);
    }

    void doubtfulAtMost()
    {
        QFETCH(QString, text);
        const auto quality = text::assessQuality(plain(text));
        QVERIFY2(quality.verdict == TextVerdict::Good || quality.verdict == TextVerdict::Doubtful,
                 qPrintable(QString::number(quality.score)));
    }

    void missing()
    {
        for (const QString &text : {QString(), u" \n\n \f"_s, QString(5, QChar(0x200f))}) {
            const auto quality = text::assessQuality(plain(text));
            QVERIFY(quality.verdict == TextVerdict::Missing);
            QCOMPARE(quality.score, 0.0);
        }
    }

    void findsTheBrokenFont()
    {
        PageText page;
        page.fonts = {{u"Good"_s, 0, 10, true, true},
                      {u"Broken"_s, 0, 10, true, false},
                      {u"Unused"_s, 0, 10, true, true}};
        addWords(page, english(), 0);
        addWords(page, shifted(english(), -29), 1);
        const auto quality = text::assessQuality(page);
        QCOMPARE(quality.fonts.size(), 2);
        QCOMPARE(quality.fonts.at(0).font, u"Good"_s);
        QVERIFY(quality.fonts.at(0).score > 0.9);
        QCOMPARE(quality.fonts.at(1).font, u"Broken"_s);
        QVERIFY(quality.fonts.at(1).score < 0.42);
        QVERIFY(quality.verdict == TextVerdict::Doubtful);
        QVERIFY(quality.fonts.at(0).characters > 250);
    }

    void shortTextsGetTheBenefitOfTheDoubt()
    {
        QVERIFY(verdictOf(u"Xqz Ltd"_s) == TextVerdict::Good);
        QVERIFY(verdictOf(u"17"_s) != TextVerdict::Garbled);
    }

    void wrongLayoutIsNoCrash()
    {
        PageText page = plain(u"abc"_s);
        page.words = {
            {-5, 3, 0, 0, 1, 1, 0}, {1, 100, 0, 0, 1, 1, 7}, {0, -1, 0, 0, 1, 1, -1}, {0, 3, 0, 0, 1, 1, 99}};
        QVERIFY(text::assessQuality(page).verdict == TextVerdict::Good);
    }

    void isFastAndBounded()
    {
        PageText page;
        page.fonts = {{u"F"_s, 0, 10, true, true}};
        for (int i = 0; i < 9; ++i)
            addWords(page, english(), 0);
        QVERIFY(text::assessQuality(page).verdict == TextVerdict::Good);
        const qint64 start = processorMs();
        for (int i = 0; i < 100; ++i)
            QVERIFY(text::assessQuality(page).verdict == TextVerdict::Good);
        // Aim: under 0.5 ms a page; ten times as much is a defect even on a busy machine.
        QVERIFY2(processorMs() - start < 500, qPrintable(QString::number(processorMs() - start)));
        const qint64 startOfLong = processorMs();
        QVERIFY(verdictOf(QString(20'000'000, u'x')) != TextVerdict::Missing);
        QVERIFY(processorMs() - startOfLong < 2000);
    }
};

QTEST_APPLESS_MAIN(QualityTest)
#include "tst_Quality.moc"
