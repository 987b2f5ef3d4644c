// SPDX-License-Identifier: GPL-3.0-or-later
#include "ai/AnswerReader.h"
#include "ai/AnswerSchema.h"
#include "ai/JsonInText.h"
#include "ai/PromptTemplate.h"
#include "ai/TextLocator.h"

#include "support/Expect.h"
#include "support/Strict.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace lectern;
using domain::Entity;
using domain::EntityKind;

namespace {

const QString kPage =
    QStringLiteral("Annual report\n\nThe Geological Survey of Aus-\ntria paid Dr. José Müller\n"
                   "$3.1 million on 12 March 2001. Müller agreed.\n如果地质调查局同意。\n");

QJsonObject answer()
{
    const auto entity = [](const QString &kind, const QString &text, const QJsonValue &value) {
        return QJsonObject{{u"kind"_s, kind}, {u"text"_s, text}, {u"value"_s, value}};
    };
    return {{u"title"_s, u"Annual report"_s},
            {u"summary"_s, u"The survey paid a lot."_s},
            {u"key_phrases"_s, QJsonArray{u"geological survey"_s, u"Geological Survey"_s, u"payment"_s}},
            {u"entities"_s,
             QJsonArray{entity(u"date"_s, u"12 March 2001"_s, u"2001-03-12"_s),
                        entity(u"organisation"_s, u"Geological Survey of Austria"_s, QJsonValue::Null),
                        entity(u"person"_s, u"Dr. Jose Muller"_s, u"Muller"_s),
                        entity(u"money"_s, u"$3.1 million"_s, u"USD 3100000"_s)}},
            {u"language"_s, u"en"_s}};
}

QString text(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

class AnswerReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { support::failOnWarnings(); }

    void readsAGoodAnswer()
    {
        const auto analysis = ai::readPageAnswer(text(answer()), kPage, false);
        QVERIFY2(analysis, qPrintable(analysis ? QString() : analysis.error().words));
        QCOMPARE(analysis->title, u"Annual report"_s);
        QCOMPARE(analysis->language, u"en"_s);
        QCOMPARE(analysis->keyPhrases, (QStringList{u"geological survey"_s, u"payment"_s}));
        QCOMPARE(analysis->entities.size(), 4);
        // In the page's order, spelled as the page does, with the place.
        const auto check = [&](qsizetype i, EntityKind kind, const QString &onPage, const QString &value) {
            const Entity &entity = analysis->entities.at(i);
            QCOMPARE(entity.kind, kind);
            QCOMPARE(kPage.mid(entity.offset, entity.length), onPage);
            QCOMPARE(entity.text, QString(onPage).simplified());
            QCOMPARE(entity.value, value);
        };
        check(0, EntityKind::Organisation, u"Geological Survey of Aus-\ntria"_s, {});
        check(1, EntityKind::Person, u"Dr. José Müller"_s, {});
        check(2, EntityKind::Money, u"$3.1 million"_s, u"USD 3100000"_s);
        check(3, EntityKind::Date, u"12 March 2001"_s, u"2001-03-12"_s);
    }

    void theAnswerIsFoundInWhatIsAroundIt_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("alone") << QString() << QString();
        QTest::newRow("blank") << u"\n  "_s << u"\n\n"_s;
        QTest::newRow("fence") << u"```json\n"_s << u"\n```"_s;
        QTest::newRow("fence without a name") << u"```\n"_s << u"\n```\n"_s;
        QTest::newRow("prose") << u"Here is the analysis you asked for:\n"_s
                               << u"\nTell me if you need more."_s;
        QTest::newRow("prose and fence") << u"Sure!\n```json\n"_s << u"\n```\nAnything else?"_s;
        QTest::newRow("thoughts") << u"<think>A {page} about \"money\", {\"a\": 1}?</think>\n"_s << QString();
        QTest::newRow("thoughts and fence") << u"<think>hm</think>```json\n"_s << u"\n```"_s;
        QTest::newRow("only the end of thoughts") << u"hm { hm</think>"_s << QString();
        QTest::newRow("braces in prose") << u"The set {a, b} and { here: "_s << u" }"_s;
        QTest::newRow("twice") << QString() << text(answer());
    }

    void theAnswerIsFoundInWhatIsAroundIt()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        const auto analysis = ai::readPageAnswer(before + text(answer()) + after, kPage, false);
        QVERIFY2(analysis, qPrintable(analysis ? QString() : analysis.error().words));
        QCOMPARE(*analysis, ai::readPageAnswer(text(answer()), kPage, false).value());
    }

    void whatIsCutIsNotCompleted()
    {
        const QString whole = text(answer());
        for (qsizetype length = 0; length < whole.size(); ++length)
            QVERIFY2(!ai::readPageAnswer(whole.left(length), kPage, false), qPrintable(whole.left(length)));
    }

    void problemsAreToldInWords_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QString &field, const QJsonValue &value,
                            const QString &words) { QTest::newRow(name) << field << value << words; };
        row("no title", u"title"_s, QJsonValue::Undefined, u"\"title\" is missing"_s);
        row("title as number", u"title"_s, 7, u"\"title\" must be a string"_s);
        row("title as null", u"title"_s, QJsonValue::Null, u"\"title\" must be a string"_s);
        row("phrases as text", u"key_phrases"_s, u"a, b"_s, u"\"key_phrases\" must be an array"_s);
        row("phrases of numbers", u"key_phrases"_s, QJsonArray{1},
            u"\"key_phrases\" must hold strings only"_s);
        row("no entities", u"entities"_s, QJsonValue::Undefined, u"\"entities\" is missing"_s);
        row("entities as texts", u"entities"_s, QJsonArray{u"x"_s}, u"each of \"entities\""_s);
        row("entity without text", u"entities"_s, QJsonArray{QJsonObject{{u"kind"_s, u"date"_s}}},
            u"each of \"entities\""_s);
        row("value as number", u"entities"_s,
            QJsonArray{QJsonObject{{u"kind"_s, u"date"_s}, {u"text"_s, u"x"_s}, {u"value"_s, 5}}},
            u"each of \"entities\""_s);
    }

    void problemsAreToldInWords()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        QFETCH(QString, words);
        QJsonObject wrong = answer();
        if (value.isUndefined())
            wrong.remove(field);
        else
            wrong.insert(field, value);
        const auto analysis = ai::readPageAnswer(text(wrong), kPage, false);
        QVERIFY(!analysis);
        QVERIFY(analysis.error().isJson);
        QVERIFY2(analysis.error().words.startsWith(words), qPrintable(analysis.error().words));
        for (const QString &nothing : {u""_s, u"I cannot see a page."_s, u"[1,2]"_s, u"\"text\""_s}) {
            const auto none = ai::readPageAnswer(nothing, kPage, false);
            QVERIFY(!none && !none.error().isJson);
        }
    }

    void aLongPageNeedsASummary()
    {
        QJsonObject silent = answer();
        silent.insert(u"summary"_s, u" \n"_s);
        QVERIFY(!ai::readPageAnswer(text(silent), kPage.repeated(3), false));
        QVERIFY(ai::readPageAnswer(text(silent), u"Blank."_s, false));
    }

    void whatThePageDoesNotSayIsLeftOut()
    {
        QJsonObject odd = answer();
        odd.insert(u"entities"_s,
                   QJsonArray{QJsonObject{{u"kind"_s, u"person"_s}, {u"text"_s, u"Ada Lovelace"_s}},
                              QJsonObject{{u"kind"_s, u"place"_s}, {u"text"_s, u"Austria"_s}},
                              QJsonObject{{u"kind"_s, u"Organization"_s}, {u"text"_s, u"Survey"_s}},
                              QJsonObject{{u"kind"_s, u"organisation"_s}, {u"text"_s, u"survey"_s}},
                              QJsonObject{{u"kind"_s, u"person"_s}, {u"text"_s, u"Mül"_s}},
                              QJsonObject{{u"kind"_s, u"organisation"_s}, {u"text"_s, u"地质调查局"_s}}});
        const auto analysis = ai::readPageAnswer(text(odd), kPage, false);
        QVERIFY(analysis);
        QCOMPARE(analysis->entities.size(), 2); // "Mül" is no word of the page, "survey" is there once
        QCOMPARE(analysis->entities.at(0).text, u"Survey"_s);
        QCOMPARE(analysis->entities.at(1).text, u"地质调查局"_s);
        // With its picture, the page may show more than its text says.
        const auto seen = ai::readPageAnswer(text(odd), kPage, true);
        QVERIFY(seen);
        QCOMPARE(seen->entities.size(), 4);
        QCOMPARE(seen->entities.at(2), (Entity{EntityKind::Person, u"Ada Lovelace"_s, {}, -1, 0}));
    }

    void everythingIsBounded()
    {
        QJsonArray phrases;
        QJsonArray entities;
        QString page;
        for (int i = 0; i < 1000; ++i) {
            phrases.append(u"phrase %1 "_s.arg(i).repeated(100));
            page += u"Person%1 "_s.arg(i);
            entities.append(QJsonObject{{u"kind"_s, u"person"_s}, {u"text"_s, u"Person%1"_s.arg(i)}});
        }
        QJsonObject huge = answer();
        huge.insert(u"title"_s, u"word "_s.repeated(100'000));
        huge.insert(u"summary"_s, QString(100'000, u'x'));
        huge.insert(u"key_phrases"_s, phrases);
        huge.insert(u"entities"_s, entities);
        huge.insert(u"language"_s, u"en\n<script>"_s);
        const auto analysis = ai::readPageAnswer(text(huge), page, false);
        QVERIFY(analysis);
        QVERIFY(analysis->title.size() <= ai::kLongestAnswerTitle && analysis->title.endsWith(u'…'));
        QVERIFY(analysis->summary.size() <= ai::kLongestAnswerSummary);
        QCOMPARE(analysis->keyPhrases.size(), ai::kMostAnswerPhrases);
        QVERIFY(analysis->keyPhrases.at(0).size() <= ai::kLongestAnswerPhrase);
        QCOMPARE(analysis->entities.size(), ai::kMostAnswerEntities);
        QCOMPARE(analysis->language, u"und"_s);
    }

    void harmfulCharactersGo()
    {
        QJsonObject odd = answer();
        odd.insert(u"title"_s, QString(u"a\u202Egnp.exe\u0000b\u001B[31m\tc"_s));
        odd.insert(u"summary"_s, QString(QChar(0xd800)) + u"x\u2066y\uFEFF😀"_s);
        const auto analysis = ai::readPageAnswer(text(odd), kPage, false);
        QVERIFY(analysis);
        QCOMPARE(analysis->title, u"agnp.exe b [31m c"_s);
        QVERIFY(analysis->summary.endsWith(u"xy😀"_s));
        for (const QChar c : analysis->summary)
            QVERIFY(c.isPrint() || c.isSurrogate());
    }

    void valuesKeepTheirForm_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("kept");
        QTest::newRow("date") << u"date"_s << u"2001-03"_s << u"2001-03"_s;
        QTest::newRow("day") << u"date"_s << u"--03-12"_s << u"--03-12"_s;
        QTest::newRow("no date") << u"date"_s << u"12.3.01"_s << QString();
        QTest::newRow("money") << u"money"_s << u"EUR -5.20"_s << u"EUR -5.20"_s;
        QTest::newRow("no money") << u"money"_s << u"5 euros"_s << QString();
        QTest::newRow("percentage") << u"percentage"_s << u"12.5"_s << u"12.5"_s;
        QTest::newRow("no percentage") << u"percentage"_s << u"12.5 %"_s << QString();
        QTest::newRow("address") << u"email"_s << u"other"_s << u"x@y.org"_s;
        QTest::newRow("person") << u"person"_s << u"X"_s << QString();
    }

    void valuesKeepTheirForm()
    {
        QFETCH(QString, kind);
        QFETCH(QString, value);
        QFETCH(QString, kept);
        QJsonObject one = answer();
        one.insert(u"entities"_s, QJsonArray{QJsonObject{
                                      {u"kind"_s, kind}, {u"text"_s, u"X@y.org"_s}, {u"value"_s, value}}});
        const auto analysis = ai::readPageAnswer(text(one), u"write to X@y.org"_s, false);
        QVERIFY(analysis);
        QCOMPARE(analysis->entities.value(0).value, kept);
    }

    void hostileAnswersCostNoTime()
    {
        const std::clock_t start = std::clock();
        for (const QString &hostile :
             {QString(200'000, u'{'), u"{\""_s.repeated(100'000), QString(200'000, u'['),
              u"{}"_s.repeated(100'000), u"```"_s.repeated(100'000), u"<think>"_s.repeated(50'000),
              u"{\"a\":"_s.repeated(50'000)})
            QVERIFY(!ai::readPageAnswer(hostile, kPage, false));
        const qint64 ms = static_cast<qint64>(std::clock() - start) * 1000 / CLOCKS_PER_SEC;
        QVERIFY2(ms < 3000, qPrintable(QString::number(ms)));
    }

    void placesAreFound()
    {
        const ai::TextLocator page(u"A well-known  “quote”\nand part, art.\nＦｕｌｌ width ﬁne"_s);
        using Range = ai::TextRange;
        QCOMPARE(page.find(u"WELL-KNOWN \"quote\" and"_s), (Range{2, 23}));
        QCOMPARE(page.find(u"art"_s), (Range{32, 3}));
        QCOMPARE(page.find(u"Full"_s), (Range{37, 4}));
        QCOMPARE(page.find(u"fine"_s), (Range{48, 3}));
        QCOMPARE(page.find(u"  "_s), std::optional<Range>());
        QCOMPARE(page.find(u"absent"_s), std::optional<Range>());
    }

    void schemaIsPortable()
    {
        // What all servers understand: everything required, nothing additional, no bounds or patterns.
        const std::function<void(const QJsonObject &)> check = [&](const QJsonObject &schema) {
            const QStringList known{u"type"_s,  u"properties"_s, u"required"_s, u"additionalProperties"_s,
                                    u"items"_s, u"enum"_s};
            for (const QString &key : schema.keys())
                QVERIFY2(known.contains(key), qPrintable(key));
            if (schema.value("type"_L1) == "object"_L1) {
                QCOMPARE(schema.value("additionalProperties"_L1), QJsonValue(false));
                const QJsonObject properties = schema.value("properties"_L1).toObject();
                QCOMPARE(schema.value("required"_L1).toArray().size(), properties.size());
                for (const QJsonValue property : properties)
                    check(property.toObject());
            }
            if (schema.contains("items"_L1))
                check(schema.value("items"_L1).toObject());
        };
        check(ai::pageAnswerSchema());
        QVERIFY(ai::pageAnswerSchemaName().size() <= 64);
    }

    void promptsAreFiles()
    {
        const auto prompt = ai::PromptTemplate::builtIn(u"page-analysis.v1"_s);
        EXPECT_OK(prompt);
        QCOMPARE(prompt->id(), u"page-analysis.v1"_s);
        QCOMPARE(prompt->hash().size(), 32);
        // Values are never looked at again, and nothing is left open.
        const QString user = prompt->user({{u"page_text"_s, u"{{mark}} and {{picture}}"_s},
                                           {u"mark"_s, u"abc"_s},
                                           {u"picture"_s, u"none"_s}});
        QVERIFY(user.contains(u"<page abc>\n{{mark}} and {{picture}}\n</page abc>"_s));
        QVERIFY(!prompt->system({}).contains(u"{{"_s));
        QVERIFY(
            prompt->repair({{u"problem"_s, u"\"title\" is missing"_s}}).contains(u"\"title\" is missing"_s));
        EXPECT_ERROR(ai::PromptTemplate::builtIn(u"absent"_s), base::ErrorCode::NotFound);
    }

    void damagedPromptsAreRefused()
    {
        const QString good =
            u"---\nname: mine\nversion: 3\n---\n# system\ns\n# user\n{{page_text}}\n# repair\nr\n"_s;
        const auto prompt = ai::PromptTemplate::fromText(good);
        EXPECT_OK(prompt);
        QCOMPARE(prompt->id(), u"mine.v3"_s);
        QVERIFY(prompt->hash() != ai::PromptTemplate::fromText(good + u"x"_s)->hash());
        for (const QString &part : {u"name: mine"_s, u"version: 3"_s, u"# system"_s, u"# user"_s,
                                    u"# repair"_s, u"{{page_text}}"_s, u"---\nname"_s})
            EXPECT_ERROR(ai::PromptTemplate::fromText(QString(good).remove(part)),
                         base::ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(AnswerReaderTest)
#include "tst_AnswerReader.moc"
