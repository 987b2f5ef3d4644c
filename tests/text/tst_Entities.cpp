// SPDX-License-Identifier: GPL-3.0-or-later
#include "PageBuilder.h"

#include "text/Entities.h"
#include "text/PageLayout.h"

#include "support/Strict.h"

#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace lectern;
using domain::Entity;
using domain::EntityKind;

namespace {

/// Processor time of this process in milliseconds: unlike the clock on the wall it is the same on a busy
/// machine.
qint64 processorMs()
{
    return static_cast<qint64>(std::clock()) * 1000 / CLOCKS_PER_SEC;
}

QVector<Entity> entitiesOf(const QString &text, const QString &language)
{
    return text::findEntities(text::readLayout(tests::plainPage(text), language));
}

/// Entities of one kind as "text" or "text=value", with bars between.
QString found(const QString &text, const QString &language, EntityKind kind, bool values)
{
    QStringList list;
    for (const Entity &entity : entitiesOf(text, language)) {
        if (entity.kind == kind)
            list.append(values ? entity.text + u'=' + entity.value : entity.text);
    }
    return list.join(u'|');
}

} // namespace

class EntitiesTest : public QObject {
    Q_OBJECT

private:
    static void columns()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
    }

    static void row(const char *name, const QString &language, const QString &text, const QString &expected)
    {
        QTest::newRow(name) << language << text << expected;
    }

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void dates_data()
    {
        columns();
        row("ISO", u"en"_s, u"on 2005-06-30 at"_s, u"2005-06-30=2005-06-30"_s);
        row("day month year", u"en"_s, u"30 June 2005."_s, u"30 June 2005=2005-06-30"_s);
        row("month day year", u"en"_s, u"of June 30, 2005, and"_s, u"June 30, 2005=2005-06-30"_s);
        row("ordinal", u"en"_s, u"the 3rd of March 2001"_s, u"3rd of March 2001=2001-03-03"_s);
        row("month year", u"en"_s, u"in July 2017"_s, u"July 2017=2017-07"_s);
        row("abbreviated", u"en"_s, u"Apr. 28, 2000 and Sept 2001"_s,
            u"Apr. 28, 2000=2000-04-28|Sept 2001=2001-09"_s);
        row("without a year", u"en"_s, u"between January 19 and April 10, 2009"_s,
            u"January 19=--01-19|April 10, 2009=2009-04-10"_s);
        row("of a computer", u"en"_s, u"Thu May 13 08:47:13 JST 2021"_s,
            u"May 13 08:47:13 JST 2021=2021-05-13"_s);
        row("with hyphens", u"en"_s, u"12-Mar-2019"_s, u"12-Mar-2019=2019-03-12"_s);
        row("clear slashes", u"en"_s, u"6/30/2005 and 30/6/2005"_s, u"6/30/2005=2005-06-30"_s);
        row("unclear slashes", u"en"_s, u"on 6/5/2005"_s, u"6/5/2005="_s);
        row("slashes in French", u"fr"_s, u"le 6/5/2005"_s, u"6/5/2005=2005-05-06"_s);
        row("German", u"de"_s, u"am 3. Mai 1999 und am 30.06.2005"_s,
            u"3. Mai 1999=1999-05-03|30.06.2005=2005-06-30"_s);
        row("French", u"fr"_s, u"le 1er janvier 2001"_s, u"1er janvier 2001=2001-01-01"_s);
        row("Spanish", u"es"_s, u"el 12 de mayo de 2020"_s, u"12 de mayo de 2020=2020-05-12"_s);
        row("Italian", u"it"_s, u"il 2 giugno 1946"_s, u"2 giugno 1946=1946-06-02"_s);
        row("Portuguese", u"pt"_s, u"em 7 de setembro de 1822"_s, u"7 de setembro de 1822=1822-09-07"_s);
        row("Dutch", u"nl"_s, u"op 5 mei 1945"_s, u"5 mei 1945=1945-05-05"_s);
        row("Russian", u"ru"_s, u"9 мая 1945 года"_s, u"9 мая 1945=1945-05-09"_s);
        row("Chinese", u"zh-Hans"_s, u"于2021年5月13日发布"_s, u"2021年5月13日=2021-05-13"_s);
        row("Japanese era", u"ja"_s, u"令和3年5月1日に"_s, u"令和3年5月1日=2021-05-01"_s);
        row("Korean", u"ko"_s, u"2021년 5월 13일"_s, u"2021년 5월 13일=2021-05-13"_s);
        row("Arabic", u"ar"_s, u"في ١٣ مايو ٢٠٢١"_s, u"١٣ مايو ٢٠٢١=2021-05-13"_s);
        row("once", u"en"_s, u"30 June 2005 and June 30, 2005"_s, u"30 June 2005=2005-06-30"_s);
        row("over a line end", u"en"_s, u"signed on June\n30, 2005 by"_s, u"June 30, 2005=2005-06-30"_s);
        row("no verb", u"en"_s, u"you may 5 times march 12 miles"_s, QString());
        row("no version", u"en"_s, u"version 1.2.2003.4 of 10.12.20"_s, QString());
        row("no day 31 June", u"en"_s, u"31 June 2005"_s, u"June 2005=2005-06"_s);
        row("no year alone", u"en"_s, u"since 1999 or 2001"_s, QString());
        row("no number", u"en"_s, u"May 3.5 and Table March 12% 12345-67-89"_s, QString());
    }

    void dates()
    {
        QFETCH(QString, language);
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(found(text, language, EntityKind::Date, true), expected);
    }

    void money_data()
    {
        columns();
        row("dollars", u"en"_s, u"costs $1,234.50 each"_s, u"$1,234.50=USD 1234.5"_s);
        row("million", u"en"_s, u"$3.1 million"_s, u"$3.1 million=USD 3100000"_s);
        row("short billion", u"en"_s, u"of €2.5bn."_s, u"€2.5bn=EUR 2500000000"_s);
        row("code in front", u"en"_s, u"USD 500"_s, u"USD 500=USD 500"_s);
        row("code behind", u"en"_s, u"500 CHF"_s, u"500 CHF=CHF 500"_s);
        row("other dollars", u"en"_s, u"HK$20 and US$ 30"_s, u"HK$20=HKD 20|US$ 30=USD 30"_s);
        row("words", u"en"_s, u"20 million dollars"_s, u"20 million dollars=USD 20000000"_s);
        row("German", u"de"_s, u"1.200,50 € oder 3 Mio. Euro"_s,
            u"1.200,50 €=EUR 1200.5|3 Mio. Euro=EUR 3000000"_s);
        row("French", u"fr"_s, u"1 250 000 € de"_s, u"1 250 000 €=EUR 1250000"_s);
        row("Russian", u"ru"_s, u"5 млн руб. в"_s, u"5 млн руб.=RUB 5000000"_s);
        row("Chinese", u"zh-Hans"_s, u"价格为3万元。"_s, u"3万元=CNY 30000"_s);
        row("Japanese", u"ja"_s, u"1,000円です"_s, u"1,000円=JPY 1000"_s);
        row("equal amounts once", u"en"_s, u"$5.00 or $5"_s, u"$5.00=USD 5"_s);
        row("shell", u"en"_s, u"awk '{print $1}' | sed s/x/$2/;"_s, QString());
        row("version", u"en"_s, u"1.2.3.4 USD"_s, QString());
        row("variable", u"en"_s, u"$foo and a$5"_s, QString());
    }

    void money()
    {
        QFETCH(QString, language);
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(found(text, language, EntityKind::Money, true), expected);
    }

    void percentages_data()
    {
        columns();
        row("sign", u"en"_s, u"between 68% and 92.5 %,"_s, u"68%=68|92.5 %=92.5"_s);
        row("word", u"en"_s, u"73 percent, 10 per cent"_s, u"73 percent=73|10 per cent=10"_s);
        row("German", u"de"_s, u"12,5 Prozent"_s, u"12,5 Prozent=12.5"_s);
        row("French", u"fr"_s, u"3 pour cent"_s, u"3 pour cent=3"_s);
        row("negative", u"en"_s, u"fell by -3.5% in"_s, u"-3.5%=-3.5"_s);
        row("URL escape", u"en"_s, u"a%20b %2 = x 50%s"_s, QString());
    }

    void percentages()
    {
        QFETCH(QString, language);
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(found(text, language, EntityKind::Percentage, true), expected);
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("mail");
        QTest::addColumn<QString>("web");
        QTest::addColumn<QString>("doi");
        QTest::newRow("mail") << u"write to Joe.Doe@Example.org, or (a+b@x-y.co.uk)."_s
                              << u"Joe.Doe@Example.org=joe.doe@example.org|a+b@x-y.co.uk=a+b@x-y.co.uk"_s
                              << QString() << QString();
        QTest::newRow("no mail") << u"user@localhost a@b @home x@y.1 .@."_s << QString() << QString()
                                 << QString();
        QTest::newRow("web")
            << u"see (https://Example.org/A/b_c?x=1#top). Or www.test.de!"_s << QString()
            << u"https://Example.org/A/b_c?x=1#top=https://example.org/A/b_c?x=1#top|www.test.de=http://www.test.de"_s
            << QString();
        QTest::newRow("brackets")
            << u"https://en.example.org/wiki/C_(language) and"_s << QString()
            << u"https://en.example.org/wiki/C_(language)=https://en.example.org/wiki/C_(language)"_s
            << QString();
        QTest::newRow("broken line")
            << u"from https://www.acm.org/publications/\nproceedings-template/x.html. The"_s << QString()
            << u"https://www.acm.org/publications/proceedings-template/x.html=https://www.acm.org/publications/proceedings-template/x.html"_s
            << QString();
        QTest::newRow("line ends there")
            << u"from https://www.acm.org/publications/\nThe next. http://a.org\nand on"_s << QString()
            << u"https://www.acm.org/publications/=https://www.acm.org/publications/|http://a.org=http://a.org"_s
            << QString();
        QTest::newRow("doi")
            << u"doi:10.18637/jss.v067.i01. https://doi.org/10.1000/ABC(1)2; 10.12/x 1.10.1234/5"_s
            << QString() << QString()
            << u"10.18637/jss.v067.i01=10.18637/jss.v067.i01|10.1000/ABC(1)2=10.1000/abc(1)2"_s;
    }

    void addresses()
    {
        QFETCH(QString, text);
        QFETCH(QString, mail);
        QFETCH(QString, web);
        QFETCH(QString, doi);
        QCOMPARE(found(text, u"en"_s, EntityKind::Email, true), mail);
        QCOMPARE(found(text, u"en"_s, EntityKind::WebAddress, true), web);
        QCOMPARE(found(text, u"en"_s, EntityKind::Doi, true), doi);
    }

    void people_data()
    {
        columns();
        row("given name", u"en"_s, u"It was written by Douglas Bates and Mary C. Noriega in spring."_s,
            u"Douglas Bates|Mary C. Noriega"_s);
        row("honorific", u"en"_s, u"We thank Dr. Okonkwo and Prof. Dr. Abara for help."_s,
            u"Dr. Okonkwo|Prof. Dr. Abara"_s);
        row("middle initial", u"en"_s, u"The idea of Rotislav P. Kumquat was new."_s,
            u"Rotislav P. Kumquat"_s);
        row("initials", u"en"_s, u"as G.K.M. Tobin and D. E. Knuth showed"_s, u"G.K.M. Tobin|D. E. Knuth"_s);
        row("et al.", u"en"_s, u"found by Petersen et al. (2001)"_s, u"Petersen"_s);
        row("particles", u"en"_s, u"law, Johan van der Knijff has waived"_s, u"Johan van der Knijff"_s);
        row("office", u"en"_s, u"then President Obama signed it"_s, u"Obama"_s);
        row("mail", u"en"_s, u"Contact Zorbax Achtenb for more: zorbax_achtenb@nps.gov"_s,
            u"Zorbax Achtenb"_s);
        row("German", u"de"_s, u"Das sagte Frau Müller und auch Jürgen Habermas gestern."_s,
            u"Frau Müller|Jürgen Habermas"_s);
        row("Russian", u"ru"_s, u"об этом писал Иванов И. И. и Пётр Петрович Сидоров вчера"_s,
            u"Иванов И. И.|Пётр Петрович Сидоров"_s);
        row("family name alone is the same person", u"en"_s,
            u"We met Anna Karenina. Karenina et al. (1999) wrote."_s, u"Anna Karenina"_s);
        row("no place", u"en"_s, u"in San Antonio Texas, Monte Carlo Methods and Virginia Beach"_s,
            QString());
        row("no term", u"en"_s, u"The Alexander Method is old; the method works. Will Power helps."_s,
            QString());
        row("no section", u"en"_s, u"Section A. Introduction follows. See Part B. Then go."_s, QString());
        row("no country", u"en"_s, u"the U.S. Supreme rules and the U.K. Border"_s, QString());
        row("no mathematics", u"de"_s, u"Sei X. Dann gilt K. Menge ist offen in Y. Raum."_s, QString());
        row("no capitals", u"en"_s, u"JOHN SMITH AND COMPANY"_s, QString());
        row("no publisher", u"en"_s, u"published by John Wiley & Sons in"_s, QString());
        row("no product", u"en"_s, u"runs on MS Windows today"_s, QString());
        row("no company", u"en"_s, u"bought from John Deere Company last week"_s, QString());
    }

    void people()
    {
        QFETCH(QString, language);
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(found(text, language, EntityKind::Person, false), expected);
    }

    void organisations_data()
    {
        columns();
        row("university", u"en"_s, u"He is at Tsinghua University and at the University of California now."_s,
            u"Tsinghua University|University of California"_s);
        row("with and", u"en"_s, u"by the National Institute of Standards and Technology in"_s,
            u"National Institute of Standards and Technology"_s);
        row("two", u"en"_s, u"the Department of Agriculture and the Bureau of Land Management are"_s,
            u"Department of Agriculture|Bureau of Land Management"_s);
        row("two without article", u"en"_s, u"by Harvard University and Stanford University in"_s,
            u"Harvard University|Stanford University"_s);
        row("role before", u"en"_s, u"the Director of the Bureau of Land Management may"_s,
            u"Bureau of Land Management"_s);
        row("dotted", u"en"_s, u"by the U.S. Environmental Protection Agency (USEPA) in"_s,
            u"U.S. Environmental Protection Agency|USEPA"_s);
        row("legal form", u"en"_s, u"sold to Acme Widgets, Inc. and Foo Bar GmbH & Co. KG today"_s,
            u"Acme Widgets, Inc.|Foo Bar GmbH & Co. KG"_s);
        row("known", u"en"_s, u"engineers of NASA and Microsoft met"_s, u"NASA|Microsoft"_s);
        row("once", u"en"_s,
            u"The Drug Enforcement Administration acts. Later the Drug Enforcement\nAdministration left."_s,
            u"Drug Enforcement Administration"_s);
        row("German", u"de"_s,
            u"Er lehrt an der Technischen Universität München und am Institut für Informatik seit Jahren."_s,
            u"Technischen Universität München|Institut für Informatik"_s);
        row("French", u"fr"_s,
            u"selon le Ministère de l’Éducation nationale et l'Université de Paris aujourd'hui"_s,
            u"Ministère de l’Éducation nationale|Université de Paris"_s);
        row("Spanish", u"es"_s, u"según el Ministerio de Economía y la Universidad de Granada hoy"_s,
            u"Ministerio de Economía|Universidad de Granada"_s);
        row("Russian", u"ru"_s, u"компания ООО «Ромашка» и Московский государственный университет вместе"_s,
            u"ООО «Ромашка»|Московский государственный университет"_s);
        row("Chinese", u"zh-Hans"_s, u"他在北京大学学习。"_s, u"北京大学"_s);
        row("not alone", u"en"_s,
            u"The Committee met. Each Department reports. The Working Group and Customer Service agree."_s,
            QString());
        row("no term", u"en"_s, u"ask customer service. The good Customer Service is"_s, QString());
        row("no law", u"en"_s, u"under the Department of the Interior Appropriations Act of"_s, QString());
        row("no capitals", u"en"_s, u"METHODS OF THE UNIVERSITY OF NOWHERE"_s, QString());
        row("no part of a name", u"en"_s, u"wrote Foundation, Inc. of America, Inc. in"_s, QString());
        row("no shouting", u"en"_s, u"The (3) RELATION TO AGENCY POLICY of 1999 is old."_s, QString());
        row("services", u"en"_s, u"from the National Park Service and the Quick File Service in"_s,
            u"National Park Service"_s);
        row("no heading", u"en"_s, u"Using Modern Database Systems And Storage Solutions\n\nText."_s,
            QString());
    }

    void organisations()
    {
        QFETCH(QString, language);
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(found(text, language, EntityKind::Organisation, false), expected);
    }

    void authorsAboveTheirAffiliation()
    {
        const QString page = u"Lars Thørväld\nThe Thørväld Group\nHekla, Iceland\nlarst@affiliation.org\n\n"
                             "Huifen Chan\nTsinghua University\nHaidian Qu, Beijing Shi, China\n"_s;
        QCOMPARE(found(page, u"en"_s, EntityKind::Person, false), u"Lars Thørväld|Huifen Chan"_s);
        QCOMPARE(found(page, u"en"_s, EntityKind::Organisation, false),
                 u"Thørväld Group|Tsinghua University"_s);
    }

    void columnsAreNotOneName()
    {
        tests::PageBuilder builder;
        builder.line(u"Martin Mächler  Benjamin M. Bolker  Steven C. Walker"_s)
            .line(u"ETH Zurich  McMaster University  McMaster University"_s);
        const auto entities = text::findEntities(text::readLayout(builder.page(), u"en"_s));
        QStringList people;
        for (const Entity &entity : entities) {
            if (entity.kind == EntityKind::Person)
                people.append(entity.text);
        }
        QCOMPARE(people, (QStringList{u"Martin Mächler"_s, u"Benjamin M. Bolker"_s, u"Steven C. Walker"_s}));
    }

    void placesPointIntoThePage()
    {
        const QString page =
            u"On June 30, 2005 Douglas\nBates of the Uni-\nversity of Wisconsin wrote to joe@example.org about $5 million.\n"_s;
        qint32 last = -1;
        for (const Entity &entity : entitiesOf(page, u"en"_s)) {
            QVERIFY(entity.offset >= 0 && entity.offset + entity.length <= page.size());
            QString there = page.mid(entity.offset, entity.length);
            QCOMPARE(there.replace(u"-\n"_s, QString()).simplified(), entity.text);
            QVERIFY(entity.offset > last);
            last = entity.offset;
        }
        QCOMPARE(entitiesOf(page, u"en"_s).size(), 5);
    }

    void boundedOnHostileInput()
    {
        for (const QString &text :
             {u"1 January 2001 "_s.repeated(100'000), u"University of the "_s.repeated(100'000),
              u"http://a.b/c-\n"_s.repeated(100'000), u"@"_s.repeated(1'000'000),
              u"10.1234/"_s.repeated(200'000), u"J. K. L. "_s.repeated(100'000), u"$1,"_s.repeated(300'000),
              QString(500'000, QChar(0xd800)), u"Dr. "_s.repeated(200'000), u"北京大学"_s.repeated(50'000)}) {
            const qint64 start = processorMs();
            QVERIFY(entitiesOf(text, u"en"_s).size() <= 8 * text::kMostEntitiesOfAKind);
            QVERIFY2(processorMs() - start < 6000,
                     qPrintable(text.left(12) + QString::number(processorMs() - start)));
        }
    }
};

QTEST_APPLESS_MAIN(EntitiesTest)
#include "tst_Entities.moc"
