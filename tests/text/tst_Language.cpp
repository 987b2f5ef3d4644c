// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/Language.h"
#include "text/Sentences.h"
#include "text/Stemmer.h"
#include "text/StopWords.h"

#include "support/Strict.h"

#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace lectern;

namespace {

/// Processor time of this process in milliseconds: unlike the clock on the wall it is the same on a busy
/// machine.
qint64 processorMs()
{
    return static_cast<qint64>(std::clock()) * 1000 / CLOCKS_PER_SEC;
}

} // namespace

class LanguageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void detects_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("language");
        QTest::newRow("English")
            << u"The methods described in this report were tested in several laboratories over two years."_s
            << u"en"_s;
        QTest::newRow("German")
            << u"Die Ergebnisse der Untersuchung wurden im Jahr darauf an der Hochschule veröffentlicht."_s
            << u"de"_s;
        QTest::newRow("French")
            << u"Les résultats de cette étude ont été publiés par le ministère au printemps."_s << u"fr"_s;
        QTest::newRow("Spanish")
            << u"Los resultados del estudio fueron publicados por el ministerio en la primavera."_s
            << u"es"_s;
        QTest::newRow("Italian")
            << u"I risultati dello studio sono stati pubblicati dal ministero nella primavera."_s << u"it"_s;
        QTest::newRow("Portuguese")
            << u"Os resultados do estudo não foram publicados pelo ministério até a primavera."_s << u"pt"_s;
        QTest::newRow("Dutch")
            << u"De resultaten van het onderzoek werden in het voorjaar door het ministerie gepubliceerd."_s
            << u"nl"_s;
        QTest::newRow("Russian")
            << u"Для получения требуемых для установки файлов может быть использована сеть."_s << u"ru"_s;
        QTest::newRow("Chinese")
            << u"如果你在安装的过程中安装了一个图形环境，那么你在启动系统后将使用图形登录界面。"_s
            << u"zh-Hans"_s;
        QTest::newRow("Chinese, traditional")
            << u"如果你在安裝的過程中安裝了一個圖形環境，那麼你在啟動系統後將使用圖形登錄界面。"_s
            << u"zh-Hant"_s;
        QTest::newRow("Japanese") << u"この文書は、システムの導入方法について説明しています。"_s << u"ja"_s;
        QTest::newRow("Korean") << u"이 문서는 시스템 설치 방법을 설명합니다."_s << u"ko"_s;
        QTest::newRow("Arabic")
            << u"يهدف مشروع الخط إلى إحياء تقاليد الطباعة العربية وموائمتها لتقنيات عصر الحواسيب."_s
            << u"ar"_s;
        QTest::newRow("Hebrew, named he and not iw")
            << u"המסמך הזה מתאר את תהליך ההתקנה של מערכת ההפעלה במחשב שלך."_s << u"he"_s;
        QTest::newRow("Thai") << u"เอกสารนี้อธิบายวิธีการติดตั้งระบบปฏิบัติการ"_s << u"th"_s;
        QTest::newRow("too little") << u"Invoice 2021"_s << u"und"_s;
        QTest::newRow("numbers") << u"12.5 13.7 2001 45 % 88,1"_s << u"und"_s;
        QTest::newRow("nothing") << QString() << u"und"_s;
        QTest::newRow("addresses say nothing")
            << u"http://example.org/the/and/of www.example.com joe@example.com"_s << u"und"_s;
        QTest::newRow("half a character") << QString(200, QChar(0xd800)) << u"und"_s;
        QTest::newRow("control characters") << QString(500, QChar(1)) << u"und"_s;
    }

    void detects()
    {
        QFETCH(QString, text);
        QFETCH(QString, language);
        QCOMPARE(text::detectLanguage(text), language);
    }

    void readsOnlyTheBeginningOfHugeTexts()
    {
        const qint64 start = processorMs();
        const QString text =
            u"The report describes the results of a survey of the forest. "_s.repeated(40000);
        QCOMPARE(text::detectLanguage(text), u"en"_s);
        QVERIFY(processorMs() - start < 2000);
    }

    void splitsSentences_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QStringList>("sentences"); // joined with a space they are the text
        QTest::newRow("plain") << u"en"_s
                               << QStringList{u"This is one."_s, u"This is two!"_s, u"Is this three?"_s,
                                              u"Yes."_s};
        QTest::newRow("titles") << u"en"_s << QStringList{u"Dr. Smith met Prof. Jones."_s, u"They agreed."_s};
        QTest::newRow("initials") << u"en"_s
                                  << QStringList{u"The book by D. E. Knuth is old."_s, u"It sells."_s};
        QTest::newRow("figures") << u"en"_s
                                 << QStringList{u"As Fig. 3 shows, it grew 3.5 mg."_s, u"Then it stopped."_s};
        QTest::newRow("latin") << u"en"_s
                               << QStringList{u"Use a tool, e.g. Emacs, i.e. an editor."_s, u"It works."_s};
        QTest::newRow("et al.") << u"en"_s
                                << QStringList{u"Petersen et al. (1999) found more."_s, u"We did not."_s};
        QTest::newRow("country") << u"en"_s
                                 << QStringList{u"The U.S. Geological Survey wrote it."_s,
                                                u"Others read it."_s};
        QTest::newRow("quotes") << u"en"_s << QStringList{u"He said “No.”"_s, u"She left."_s};
        QTest::newRow("end with company")
            << u"en"_s << QStringList{u"It was sold to Acme Inc."_s, u"Then it closed."_s};
        QTest::newRow("German ordinals")
            << u"de"_s << QStringList{u"Am 3. Mai kam er an."_s, u"Am 4. ging er."_s};
        QTest::newRow("German short forms")
            << u"de"_s
            << QStringList{u"Das gilt z.B. für Häuser bzw. Umgebungen von x."_s, u"Es gilt nicht immer."_s};
        QTest::newRow("French") << u"fr"_s << QStringList{u"M. Dupont est parti."_s, u"Il reviendra."_s};
        QTest::newRow("Russian") << u"ru"_s << QStringList{u"Это т.е. пример."_s, u"Вот и всё."_s};
        QTest::newRow("German number ends")
            << u"de"_s << QStringList{u"Siehe Satz 2."_s, u"Sei nun X kompakt."_s};
    }

    void splitsSentences()
    {
        QFETCH(QString, language);
        QFETCH(QStringList, sentences);
        QCOMPARE(text::splitSentences(sentences.join(u' '), language), sentences);
    }

    void splitsSentencesWithoutSpaces()
    {
        const QStringList sentences = {u"现在，你就在这里。"_s, u"它解析你的命令！"_s, u"好吗？"_s};
        QCOMPARE(text::splitSentences(sentences.join(QString()), u"zh"_s), sentences);
    }

    void stems()
    {
        text::Stemmer english(u"en"_s);
        QCOMPARE(english.stem(u"payments"_s), english.stem(u"payment"_s));
        text::Stemmer russian(u"ru"_s);
        QCOMPARE(russian.stem(u"установки"_s), russian.stem(u"установка"_s));
        text::Stemmer unknown(u"und"_s);
        QCOMPARE(unknown.stem(u"payments"_s), u"payments"_s);
        QCOMPARE(english.stem(QString(1000, u'a')), QString(1000, u'a'));
    }

    void stopWordsAreLowerCaseAndThere()
    {
        for (const QString &language : text::stopWordLanguages()) {
            const text::StopWords &words = text::stopWords(language);
            QVERIFY2(words.function.size() >= 60, qPrintable(language));
            for (const QString &word : words.function)
                QCOMPARE(word, word.toLower());
        }
        QVERIFY(text::stopWords(u"en"_s).contains(u"the"_s));
        QVERIFY(text::stopWords(u"xx"_s).function.isEmpty());
    }
};

QTEST_APPLESS_MAIN(LanguageTest)
#include "tst_Language.moc"
