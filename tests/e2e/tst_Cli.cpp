// SPDX-License-Identifier: GPL-3.0-or-later
#include "SamplePdf.h"
#include "Scene.h"

#include <QDateTime>
#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace lectern::e2e;

/// What the commands print and end with.
class tst_Cli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void usageErrors_data();
    void usageErrors();
    void usageErrorsAsJson();
    void helpAndVersion();
    void namesNoWorkspace();
    void indexEvents();
    void namesNoDocument();
    void listsDocuments();
    void listsPages();
    void showsAPage();
    void listsJobs();
    void countsStatus();
    void searches();
    void examinesItself();
    void findsDocumentsByAllTheirNames();
    void asksWhichOne();
    void writesTablesForPeople();
    void staysQuiet();
    void onlyExtracts();

private:
    Scene m_scene;
};

namespace {

using Type = QJsonValue::Type;

/// The fields of a promise, each with the types it may have.
using Shape = QList<std::pair<QString, QList<Type>>>;

const QList<Type> kText{Type::String};
const QList<Type> kTextOrNull{Type::String, Type::Null};
const QList<Type> kNumber{Type::Double};
const QList<Type> kNumberOrNull{Type::Double, Type::Null};
const QList<Type> kFlag{Type::Bool};
const QList<Type> kObjectOrNull{Type::Object, Type::Null};
const QList<Type> kArray{Type::Array};
const QList<Type> kObject{Type::Object};

/// What is wrong with it; empty when it has exactly these fields.
QString misfit(const QJsonObject &object, const Shape &shape)
{
    QStringList wrong;
    QStringList rest = object.keys();
    for (const auto &[name, types] : shape) {
        if (!types.contains(object.value(name).type()))
            wrong.append(u"%1 is of type %2"_s.arg(name).arg(object.value(name).type()));
        rest.removeAll(name);
    }
    if (!rest.isEmpty())
        wrong.append(u"undocumented: "_s + rest.join(u", "_s));
    return wrong.join(u"; "_s);
}

const Shape kErrorShape{{u"code"_s, kText}, {u"title"_s, kText}, {u"detail"_s, kTextOrNull}};

const Shape kPageShape{
    {u"number"_s, kNumber},           {u"label"_s, kText},        {u"state"_s, kText},
    {u"attempts"_s, kNumber},         {u"characters"_s, kNumber}, {u"text_quality"_s, kNumberOrNull},
    {u"text_verdict"_s, kTextOrNull}, {u"error"_s, kObjectOrNull}};

#define FITS(object, shape)                                                                                  \
    do {                                                                                                     \
        const QString lecternMisfit = misfit(object, shape);                                                 \
        QVERIFY2(lecternMisfit.isEmpty(), qPrintable(lecternMisfit));                                        \
    } while (false)

} // namespace

// Three documents: all well, one page missing, damaged; and a second copy of the first.
void tst_Cli::initTestCase()
{
    const QByteArray report =
        SamplePdf::make({"Annual report 2023\nThe bridge of Norden carried 1,200 people a day.\n"
                         "Write to info@example.org for USD 25.50 until 12 March 2024.",
                         "Second page\nRainfall was higher than expected in the valley."});
    m_scene.write(u"files/report.pdf"_s, report);
    m_scene.write(u"files/deep/copy-of-report.pdf"_s, report);
    m_scene.write(u"files/gap.pdf"_s,
                  SamplePdf::make({"The first page is here.", "The second page is here.", {}}));
    m_scene.write(u"files/broken.pdf"_s, "%PDF-1.4\nnothing else");
    m_scene.write(u"files/notes.txt"_s, "only text");
}

void tst_Cli::usageErrors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no command") << QStringList{};
    QTest::newRow("unknown command") << QStringList{u"frobnicate"_s};
    QTest::newRow("unknown option") << QStringList{u"index"_s, u"--fast"_s, u"x"_s};
    QTest::newRow("nothing to index") << QStringList{u"index"_s};
    QTest::newRow("only what?") << QStringList{u"index"_s, u"--only"_s, u"everything"_s, u"x"_s};
    QTest::newRow("zero jobs") << QStringList{u"index"_s, u"--jobs"_s, u"0"_s, u"x"_s};
    QTest::newRow("no number of jobs") << QStringList{u"resume"_s, u"--jobs"_s, u"many"_s};
    QTest::newRow("no page number") << QStringList{u"page"_s, u"1"_s, u"iv"_s};
    QTest::newRow("unknown state") << QStringList{u"jobs"_s, u"--state"_s, u"fine"_s};
    QTest::newRow("unknown document state") << QStringList{u"documents"_s, u"--state"_s, u"fine"_s};
    QTest::newRow("limit") << QStringList{u"search"_s, u"--limit"_s, u"-1"_s, u"x"_s};
    QTest::newRow("full without json") << QStringList{u"pages"_s, u"--full"_s, u"1"_s};
    QTest::newRow("unknown help") << QStringList{u"help"_s, u"frobnicate"_s};
}

void tst_Cli::usageErrors()
{
    QFETCH(QStringList, arguments);
    const Scene scene;
    const Finished finished = scene.run(arguments);
    QVERIFY2(finished.exitCode == 2, finished.told().constData());
    QVERIFY(finished.errors.startsWith("lectern-cli: "));
    QVERIFY(finished.output.isEmpty());
    QVERIFY(!QFile::exists(scene.workspace())); // nothing was made on the way
}

void tst_Cli::usageErrorsAsJson()
{
    const Scene scene;
    const Finished finished = scene.run({u"documents"_s, u"--json"_s, u"--state"_s, u"fine"_s});
    QCOMPARE(finished.exitCode, 2);
    QVERIFY(finished.errors.isEmpty());
    FITS(finished.object().value(u"error"_s).toObject(), kErrorShape);
    QCOMPARE(finished.object().value(u"error"_s).toObject().value(u"code"_s).toString(),
             u"invalid_argument"_s);
}

void tst_Cli::helpAndVersion()
{
    const Scene scene;
    QVERIFY(scene.run({u"--version"_s}).output.startsWith("lectern-cli "));
    const Finished help = scene.run({u"--help"_s});
    QCOMPARE(help.exitCode, 0);
    for (const QByteArray &command :
         QByteArrayList{"index", "resume", "status", "documents", "pages", "page", "jobs", "retry", "cancel",
                        "pause", "continue", "remove", "restore", "unlock", "search", "doctor"}) {
        QVERIFY2(help.output.contains("  " + command), command.constData());
        const Finished own = scene.run({QString::fromLatin1(command), u"--help"_s});
        QVERIFY2(own.exitCode == 0 && own.output.contains("Examples:\n  lectern-cli " + command),
                 command.constData());
    }
    QVERIFY(scene.run({u"help"_s, u"json"_s}).output.contains("text_quality"));
}

void tst_Cli::namesNoWorkspace()
{
    const Scene scene;
    for (const QStringList &command :
         {QStringList{u"status"_s}, {u"documents"_s}, {u"resume"_s}, {u"search"_s, u"x"_s}}) {
        const Finished finished = scene.run(command);
        QVERIFY2(finished.exitCode == 1, finished.told().constData());
        QVERIFY(finished.errors.contains("index"));
    }
    QVERIFY(!QFile::exists(scene.workspace()));
}

void tst_Cli::indexEvents()
{
    const Finished finished = m_scene.run({u"index"_s, u"--json"_s, m_scene.file(u"files"_s)});
    QVERIFY2(finished.exitCode == 3, finished.told().constData());
    QVERIFY(finished.errors.isEmpty());
    const QVector<QJsonObject> events = finished.events();
    for (const QJsonObject &event : events)
        QVERIFY(event.contains(u"event"_s));

    FITS(events.first(), (Shape{{u"event"_s, kText},
                                {u"workspace"_s, kText},
                                {u"jobs_taken_over"_s, kNumber},
                                {u"jobs_set_aside"_s, kNumber},
                                {u"documents_unfinished"_s, kNumber}}));
    const QJsonObject added = finished.events(u"added"_s).value(0);
    FITS(added, (Shape{{u"event"_s, kText},
                       {u"run"_s, kNumber},
                       {u"added"_s, kNumber},
                       {u"known"_s, kNumber},
                       {u"unsupported"_s, kNumber},
                       {u"documents"_s, kArray},
                       {u"missing"_s, kArray}}));
    QCOMPARE(added.value(u"added"_s).toInt(), 5);
    QCOMPARE(added.value(u"unsupported"_s).toInt(), 1);

    QHash<QString, QString> last;
    for (const QJsonObject &event : finished.events(u"document"_s)) {
        FITS(event, (Shape{{u"event"_s, kText},
                           {u"id"_s, kNumber},
                           {u"path"_s, kText},
                           {u"name"_s, kText},
                           {u"kind"_s, kText},
                           {u"state"_s, kText},
                           {u"pages_total"_s, kNumberOrNull},
                           {u"pages_done"_s, kNumber},
                           {u"pages_failed"_s, kNumber},
                           {u"error"_s, kObjectOrNull}}));
        last.insert(event.value(u"name"_s).toString(), event.value(u"state"_s).toString());
    }
    QCOMPARE(last.value(u"gap.pdf"_s), u"done-with-failures"_s);
    QCOMPARE(last.value(u"broken.pdf"_s), u"corrupt"_s);
    QCOMPARE(last.value(u"notes.txt"_s), u"unsupported"_s);
    for (const QJsonObject &event : finished.events(u"progress"_s)) {
        FITS(event, (Shape{{u"event"_s, kText},
                           {u"documents_total"_s, kNumber},
                           {u"documents_finished"_s, kNumber},
                           {u"pages_total"_s, kNumber},
                           {u"pages_extracted"_s, kNumber},
                           {u"pages_done"_s, kNumber},
                           {u"pages_failed"_s, kNumber},
                           {u"pages_per_second"_s, kNumber},
                           {u"seconds_left"_s, kNumberOrNull}}));
    }
    const QJsonObject end = events.last();
    FITS(end, (Shape{{u"event"_s, kText},
                     {u"outcome"_s, kText},
                     {u"exit_code"_s, kNumber},
                     {u"asking"_s, kNumber},
                     {u"waits_for"_s, kObjectOrNull},
                     {u"documents_total"_s, kNumber},
                     {u"documents"_s, kObject},
                     {u"pages_total"_s, kNumber},
                     {u"pages_done"_s, kNumber},
                     {u"pages_failed"_s, kNumber},
                     {u"seconds"_s, kNumber}}));
    QCOMPARE(end.value(u"outcome"_s).toString(), u"set-aside"_s);
    QCOMPARE(end.value(u"exit_code"_s).toInt(), 3);
    QCOMPARE(end.value(u"documents_total"_s).toInt(), 4); // the copy is the same document
    QCOMPARE(end.value(u"pages_done"_s).toInt(), 4);
    QCOMPARE(end.value(u"pages_failed"_s).toInt(), 1);

    // Everything is known and unchanged now.
    const Finished again = m_scene.run({u"index"_s, u"--json"_s, m_scene.file(u"files/report.pdf"_s)});
    QVERIFY2(again.exitCode == 0, again.told().constData());
    QCOMPARE(again.events(u"added"_s).value(0).value(u"known"_s).toInt(), 1);

    const Finished missing = m_scene.run({u"index"_s, m_scene.file(u"nowhere.pdf"_s)});
    QCOMPARE(missing.exitCode, 1);
    QVERIFY(missing.errors.contains("nowhere.pdf"));
}

void tst_Cli::namesNoDocument()
{
    const Finished finished = m_scene.run({u"pages"_s, u"nothing-like-it.pdf"_s, u"--json"_s});
    QCOMPARE(finished.exitCode, 1);
    QCOMPARE(finished.object().value(u"error"_s).toObject().value(u"code"_s).toString(), u"not_found"_s);
    QCOMPARE(m_scene.run({u"page"_s, u"report.pdf"_s, u"3"_s}).exitCode, 1); // it has two
}

void tst_Cli::listsDocuments()
{
    const QJsonArray documents = m_scene.run({u"documents"_s, u"--json"_s}).array();
    QCOMPARE(documents.size(), 4);
    for (const QJsonValue value : documents) {
        const QJsonObject document = value.toObject();
        FITS(document, (Shape{{u"id"_s, kNumber},
                              {u"path"_s, kText},
                              {u"name"_s, kText},
                              {u"kind"_s, kText},
                              {u"state"_s, kText},
                              {u"pages_total"_s, kNumberOrNull},
                              {u"pages_extracted"_s, kNumber},
                              {u"pages_with_text"_s, kNumber},
                              {u"pages_done"_s, kNumber},
                              {u"pages_failed"_s, kNumber},
                              {u"error"_s, kObjectOrNull},
                              {u"places"_s, kArray},
                              {u"goal"_s, kText},
                              {u"priority"_s, kText},
                              {u"title"_s, kTextOrNull},
                              {u"author"_s, kTextOrNull},
                              {u"language"_s, kTextOrNull},
                              {u"copy_allowed"_s, kFlag},
                              {u"bytes"_s, kNumber},
                              {u"sha256"_s, kTextOrNull},
                              {u"added_at"_s, kText},
                              {u"started_at"_s, kTextOrNull},
                              {u"finished_at"_s, kTextOrNull},
                              {u"removed_at"_s, kTextOrNull}}));
        if (document.value(u"error"_s).isObject())
            FITS(document.value(u"error"_s).toObject(), kErrorShape);
        QVERIFY(QDateTime::fromString(document.value(u"added_at"_s).toString(), Qt::ISODateWithMs).isValid());
    }
    const auto byName = m_scene.documents();
    const QString first = byName.contains(u"report.pdf"_s) ? u"report.pdf"_s : u"copy-of-report.pdf"_s;
    QCOMPARE(byName.value(first).value(u"places"_s).toArray().size(), 2);
    QCOMPARE(byName.value(first).value(u"language"_s).toString(), u"en"_s);
    QCOMPARE(byName.value(u"gap.pdf"_s).value(u"pages_failed"_s).toInt(), 1);
    QCOMPARE(byName.value(u"broken.pdf"_s).value(u"error"_s).toObject().value(u"code"_s).toString(),
             u"corrupt"_s);
    QVERIFY(byName.value(u"broken.pdf"_s).value(u"pages_total"_s).isNull());

    const QJsonArray corrupt = m_scene.run({u"documents"_s, u"--state"_s, u"corrupt"_s, u"--json"_s}).array();
    QCOMPARE(corrupt.size(), 1);
    QCOMPARE(m_scene.run({u"documents"_s, u"--filter"_s, u"gap"_s, u"--json"_s}).array().size(), 1);
    QCOMPARE(m_scene.run({u"documents"_s, u"--trash"_s, u"--json"_s}).array().size(), 0);
}

void tst_Cli::listsPages()
{
    const QJsonArray pages = m_scene.run({u"pages"_s, u"gap.pdf"_s, u"--json"_s}).array();
    QCOMPARE(pages.size(), 3);
    for (const QJsonValue page : pages)
        FITS(page.toObject(), kPageShape);
    const QJsonObject good = pages.at(0).toObject();
    QCOMPARE(good.value(u"state"_s).toString(), u"done"_s);
    QVERIFY(good.value(u"characters"_s).toInt() > 10);
    QCOMPARE(good.value(u"label"_s).toString(), u"1"_s);
    QVERIFY(good.value(u"text_quality"_s).toDouble() > 0.5);
    QCOMPARE(good.value(u"text_verdict"_s).toString(), u"good"_s);
    const QJsonObject bad = pages.at(2).toObject();
    QCOMPARE(bad.value(u"number"_s).toInt(), 3);
    QCOMPARE(bad.value(u"state"_s).toString(), u"failed"_s);
    FITS(bad.value(u"error"_s).toObject(), kErrorShape);
    QVERIFY(bad.value(u"text_quality"_s).isNull());
}

void tst_Cli::showsAPage()
{
    const QJsonObject page = m_scene.run({u"page"_s, u"report.pdf"_s, u"1"_s, u"--json"_s}).object();
    FITS(page, (kPageShape + Shape{{u"document"_s, kNumber},
                                   {u"width"_s, kNumber},
                                   {u"height"_s, kNumber},
                                   {u"rotation"_s, kNumber},
                                   {u"text_quality_fonts"_s, kArray},
                                   {u"text"_s, kText},
                                   {u"analysis"_s, kObject},
                                   {u"unusable_answer"_s, kTextOrNull},
                                   {u"words"_s, kArray},
                                   {u"fonts"_s, kArray}}));
    QCOMPARE(page.value(u"width"_s).toDouble(), 595.0);
    const QString text = page.value(u"text"_s).toString();
    QVERIFY(text.contains(u"The bridge of Norden"_s));

    const QJsonArray words = page.value(u"words"_s).toArray();
    QVERIFY(words.size() > 15);
    for (const QJsonValue value : words) {
        const QJsonObject word = value.toObject();
        FITS(word, (Shape{{u"text"_s, kText},
                          {u"offset"_s, kNumber},
                          {u"length"_s, kNumber},
                          {u"x"_s, kNumber},
                          {u"y"_s, kNumber},
                          {u"width"_s, kNumber},
                          {u"height"_s, kNumber},
                          {u"font"_s, kNumberOrNull}}));
        QCOMPARE(word.value(u"text"_s).toString(),
                 text.mid(word.value(u"offset"_s).toInt(), word.value(u"length"_s).toInt()));
        QVERIFY(word.value(u"x"_s).toDouble() >= 0 &&
                word.value(u"x"_s).toDouble() + word.value(u"width"_s).toDouble() <= 595);
        QVERIFY(word.value(u"y"_s).toDouble() >= 0 &&
                word.value(u"y"_s).toDouble() + word.value(u"height"_s).toDouble() <= 842);
    }
    for (const QJsonValue font : page.value(u"fonts"_s).toArray())
        FITS(font.toObject(), (Shape{{u"name"_s, kText},
                                     {u"characters"_s, kNumber},
                                     {u"size"_s, kNumber},
                                     {u"embedded"_s, kFlag},
                                     {u"has_to_unicode"_s, kFlag}}));

    const QJsonObject analysis = page.value(u"analysis"_s).toObject();
    FITS(analysis, (Shape{{u"analyzer"_s, kText},
                          {u"title"_s, kText},
                          {u"summary"_s, kText},
                          {u"key_phrases"_s, kArray},
                          {u"entities"_s, kArray},
                          {u"language"_s, kText}}));
    QStringList kinds;
    for (const QJsonValue value : analysis.value(u"entities"_s).toArray()) {
        const QJsonObject entity = value.toObject();
        kinds.append(entity.value(u"kind"_s).toString());
        QCOMPARE(entity.value(u"text"_s).toString(),
                 text.mid(entity.value(u"offset"_s).toInt(), entity.value(u"length"_s).toInt()));
    }
    QVERIFY2(kinds.contains(u"email"_s) && kinds.contains(u"money"_s) && kinds.contains(u"date"_s),
             qPrintable(kinds.join(u' ')));

    const QJsonArray full = m_scene.run({u"pages"_s, u"report.pdf"_s, u"--full"_s, u"--json"_s}).array();
    QCOMPARE(full.size(), 2);
    QCOMPARE(full.at(0).toObject(), page);
    // A page that failed has the same fields.
    const QJsonObject failed = m_scene.run({u"page"_s, u"gap.pdf"_s, u"3"_s, u"--json"_s}).object();
    QVERIFY(failed.value(u"analysis"_s).isNull());
    QCOMPARE(failed.keys(), page.keys());
}

void tst_Cli::listsJobs()
{
    const QJsonArray jobs = m_scene.run({u"jobs"_s, u"--json"_s}).array();
    QVERIFY(jobs.size() >= 7);
    for (const QJsonValue value : jobs) {
        FITS(value.toObject(), (Shape{{u"id"_s, kNumber},
                                      {u"kind"_s, kText},
                                      {u"state"_s, kText},
                                      {u"document"_s, kNumber},
                                      {u"page"_s, kNumberOrNull},
                                      {u"run"_s, kNumber},
                                      {u"lane"_s, kText},
                                      {u"priority"_s, kText},
                                      {u"attempt"_s, kNumber},
                                      {u"vectors"_s, kNumber},
                                      {u"milliseconds"_s, kNumber},
                                      {u"max_attempts"_s, kNumber},
                                      {u"crashes"_s, kNumber},
                                      {u"losses"_s, kNumber},
                                      {u"worker"_s, kTextOrNull},
                                      {u"next_try_at"_s, kTextOrNull},
                                      {u"created_at"_s, kText},
                                      {u"started_at"_s, kTextOrNull},
                                      {u"finished_at"_s, kTextOrNull},
                                      {u"error"_s, kObjectOrNull}}));
    }
    const QJsonArray failed = m_scene.run({u"jobs"_s, u"--state"_s, u"failed"_s, u"--json"_s}).array();
    QVERIFY(failed.size() >= 1);
    for (const QJsonValue job : failed)
        QCOMPARE(job.toObject().value(u"state"_s).toString(), u"failed"_s);
    const qint64 gap = m_scene.documents().value(u"gap.pdf"_s).value(u"id"_s).toInteger();
    const QJsonArray ofGap = m_scene.run({u"jobs"_s, u"--document"_s, u"gap.pdf"_s, u"--json"_s}).array();
    QCOMPARE(ofGap.size(), 3); // to read it, and to analyse the two pages it holds
    for (const QJsonValue job : ofGap)
        QCOMPARE(job.toObject().value(u"document"_s).toInteger(), gap);
    QCOMPARE(m_scene.run({u"jobs"_s, u"--limit"_s, u"2"_s, u"--json"_s}).array().size(), 2);
}

void tst_Cli::countsStatus()
{
    const QJsonObject status = m_scene.run({u"status"_s, u"--json"_s}).object();
    FITS(status, (Shape{{u"workspace"_s, kText},
                        {u"paused"_s, kFlag},
                        {u"documents_total"_s, kNumber},
                        {u"documents"_s, kObject},
                        {u"documents_in_trash"_s, kNumber},
                        {u"pages_total"_s, kNumber},
                        {u"pages"_s, kObject},
                        {u"jobs"_s, kObject},
                        {u"waiting"_s, kArray}}));
    QCOMPARE(status.value(u"documents_total"_s).toInt(), 4);
    const QJsonObject documents = status.value(u"documents"_s).toObject();
    QCOMPARE(documents.value(u"done"_s).toInt(), 1);
    QCOMPARE(documents.value(u"done-with-failures"_s).toInt(), 1);
    QCOMPARE(documents.value(u"corrupt"_s).toInt(), 1);
    QCOMPARE(documents.value(u"unsupported"_s).toInt(), 1);
    QCOMPARE(documents.value(u"paused"_s).toInt(-1), 0);
    const QJsonObject pages = status.value(u"pages"_s).toObject();
    QCOMPARE(pages.keys(), (QStringList{u"done"_s, u"extracted"_s, u"failed"_s, u"queued"_s}));
    QCOMPARE(pages.value(u"done"_s).toInt(), 4);
    QCOMPARE(pages.value(u"failed"_s).toInt(), 1);
    QCOMPARE(pages.value(u"queued"_s).toInt() + pages.value(u"extracted"_s).toInt(), 0);
    const QJsonObject jobs = status.value(u"jobs"_s).toObject();
    QCOMPARE(jobs.keys(), (QStringList{u"cancelled"_s, u"done"_s, u"failed"_s, u"held"_s, u"ready"_s,
                                       u"running"_s, u"scheduled"_s, u"skipped"_s}));
    QCOMPARE(jobs.value(u"running"_s).toInt(), 0);
}

void tst_Cli::searches()
{
    const QJsonArray hits = m_scene.run({u"search"_s, u"RAINFALL"_s, u"valley"_s, u"--json"_s}).array();
    QCOMPARE(hits.size(), 1);
    const QJsonObject hit = hits.first().toObject();
    FITS(hit, (Shape{{u"document"_s, kNumber},
                     {u"path"_s, kText},
                     {u"page"_s, kNumber},
                     {u"label"_s, kTextOrNull},
                     {u"language"_s, kTextOrNull},
                     {u"score"_s, kNumber},
                     {u"all_words"_s, {Type::Bool}},
                     {u"passage"_s, kObjectOrNull},
                     {u"snippet"_s, kText},
                     {u"marks"_s, kArray},
                     {u"name"_s, kText}}));
    QCOMPARE(hit.value(u"page"_s).toInt(), 2);
    const QString snippet = hit.value(u"snippet"_s).toString();
    const QJsonObject mark = hit.value(u"marks"_s).toArray().first().toObject();
    QCOMPARE(snippet.mid(mark.value(u"offset"_s).toInt(), mark.value(u"length"_s).toInt()).toLower(),
             u"rainfall"_s);

    QCOMPARE(m_scene.run({u"search"_s, u"zyzzyva"_s, u"--json"_s}).array().size(), 0);
    const Finished odd = m_scene.run({u"search"_s, u"\"unbalanced ( AND *"_s, u"--json"_s});
    QVERIFY2(odd.exitCode == 0, odd.told().constData()); // words, not a query language
}

void tst_Cli::examinesItself()
{
    const Finished finished = m_scene.run({u"doctor"_s, u"--json"_s});
    const QJsonObject report = finished.object();
    QVERIFY2(finished.exitCode == 0 && report.value(u"ok"_s).toBool(), finished.told().constData());
    QStringList checks;
    for (const QJsonValue value : report.value(u"findings"_s).toArray()) {
        FITS(value.toObject(), (Shape{{u"check"_s, kText}, {u"ok"_s, kFlag}, {u"detail"_s, kText}}));
        checks.append(value.toObject().value(u"check"_s).toString());
    }
    for (const QString &check :
         {u"workspace"_s, u"integrity"_s, u"confinement"_s, u"disk_space"_s, u"queue"_s, u"sources"_s})
        QVERIFY2(checks.contains(check), qPrintable(check));
}

void tst_Cli::findsDocumentsByAllTheirNames()
{
    const QJsonObject document = m_scene.documents().value(u"gap.pdf"_s);
    const QString id = QString::number(document.value(u"id"_s).toInteger());
    const QString path = document.value(u"path"_s).toString();
    const QString hash = document.value(u"sha256"_s).toString();
    for (const QString &name : {id, path, u"gap.pdf"_s, hash, hash.left(10), hash.left(10).toUpper(),
                                QDir::current().relativeFilePath(path)}) {
        const QJsonArray pages = m_scene.run({u"pages"_s, name, u"--json"_s}).array();
        QVERIFY2(pages.size() == 3, qPrintable(name));
    }
    // Each place of the same content has its own name.
    QCOMPARE(m_scene.run({u"pages"_s, u"copy-of-report.pdf"_s, u"--json"_s}).array().size(), 2);
    QCOMPARE(m_scene.run({u"pages"_s, u"report.pdf"_s, u"--json"_s}).array().size(), 2);
}

void tst_Cli::asksWhichOne()
{
    const Scene scene;
    scene.write(u"a/same.pdf"_s, SamplePdf::make({"one"}));
    scene.write(u"b/same.pdf"_s, SamplePdf::make({"two"}));
    QCOMPARE(scene.run({u"index"_s, scene.file(u"a"_s), scene.file(u"b"_s)}).exitCode, 0);
    const Finished text = scene.run({u"pages"_s, u"same.pdf"_s});
    QCOMPARE(text.exitCode, 2);
    QVERIFY(text.errors.contains(scene.file(u"a/same.pdf"_s).toUtf8()) &&
            text.errors.contains(scene.file(u"b/same.pdf"_s).toUtf8()));
    const Finished json = scene.run({u"pages"_s, u"same.pdf"_s, u"--json"_s});
    QCOMPARE(json.exitCode, 2);
    const QJsonArray candidates = json.object().value(u"candidates"_s).toArray();
    QCOMPARE(candidates.size(), 2);
    FITS(candidates.first().toObject(),
         (Shape{{u"id"_s, kNumber}, {u"path"_s, kText}, {u"sha256"_s, kTextOrNull}}));
    QCOMPARE(scene.run({u"pages"_s, scene.file(u"b/same.pdf"_s)}).exitCode, 0);
}

void tst_Cli::writesTablesForPeople()
{
    const Finished documents = m_scene.run({u"documents"_s});
    QCOMPARE(documents.exitCode, 0);
    QVERIFY(documents.output.startsWith("ID  STATE"));
    QVERIFY(!documents.output.contains('\x1b')); // no terminal, no colours
    const Finished page = m_scene.run({u"page"_s, u"report.pdf"_s, u"1"_s});
    QVERIFY2(page.output.contains("page 1 of 2: done") && page.output.contains("The bridge of Norden"),
             page.told().constData());
    QVERIFY(m_scene.run({u"status"_s}).output.contains("1 corrupt"));
    QVERIFY(m_scene.run({u"search"_s, u"rainfall"_s}).output.contains("page 2"));
}

void tst_Cli::staysQuiet()
{
    const Finished quiet = m_scene.run({u"index"_s, u"--quiet"_s, m_scene.file(u"files"_s)});
    QCOMPARE(quiet.exitCode, 3);
    QVERIFY2(quiet.output.isEmpty() && quiet.errors.isEmpty(), quiet.told().constData());
    QVERIFY(m_scene.run({u"--quiet"_s, u"page"_s, u"report.pdf"_s, u"1"_s})
                .output.contains("Norden")); // asked for
}

void tst_Cli::onlyExtracts()
{
    const Scene scene;
    const QString book = scene.write(u"book.pdf"_s, SamplePdf::book(4, 1));
    QCOMPARE(scene.run({u"index"_s, u"--only"_s, u"extract"_s, book}).exitCode, 0);
    QJsonObject page = scene.run({u"page"_s, u"book.pdf"_s, u"2"_s, u"--json"_s}).object();
    QCOMPARE(page.value(u"state"_s).toString(), u"done"_s);
    QVERIFY(page.value(u"analysis"_s).isNull());
    QCOMPARE(scene.documents().value(u"book.pdf"_s).value(u"goal"_s).toString(), u"text"_s);
    QVERIFY(scene.run({u"search"_s, u"farmers"_s, u"--json"_s}).array().size() > 0);

    // Asking for more later does only what is missing.
    QCOMPARE(scene.run({u"index"_s, book}).exitCode, 0);
    page = scene.run({u"page"_s, u"book.pdf"_s, u"2"_s, u"--json"_s}).object();
    QVERIFY(page.value(u"analysis"_s).isObject());
    QCOMPARE(page.value(u"attempts"_s).toInt(), 1);
}

QTEST_GUILESS_MAIN(tst_Cli)
#include "tst_Cli.moc"
