// SPDX-License-Identifier: GPL-3.0-or-later
#include "Corpus.h"
#include "Scene.h"
#include "Snapshot.h"
#include "Sqlite.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace lectern::e2e;

/// One run over the whole folder of test documents, judged row by row.
class tst_Corpus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void document_data();
    void document();
    void locked_data();
    void locked();
    void queueIsEmpty();
    void nothingIsLeftBehind();

private:
    void checkOpened(const Corpus::Row &row, const QJsonObject &document) const;
    void checkFound(const Corpus::Row &row, qint64 document) const;

    Corpus m_corpus;
    Scene m_scene;
    qint64 m_session = 0;
    QHash<QString, QJsonObject> m_documents; ///< by path
};

namespace {

// Three files of the corpus never end, or take gigabytes: a shorter limit than the default spares the test
// minutes.
const QStringList kLimits{u"--page-time-limit"_s, u"5"_s};

/// The states that a row's outcome may show as.
QStringList statesOf(const QString &outcome)
{
    if (outcome == u"ok"_s)
        return {u"done"_s, u"done-with-failures"_s};
    if (outcome.isEmpty())
        return {};
    return {outcome};
}

} // namespace

void tst_Corpus::initTestCase()
{
    m_corpus = Corpus::find();
    if (m_corpus.isEmpty())
        QSKIP("LECTERN_CORPUS names no folder of test documents with an expected.tsv.");
    const auto process = m_scene.start(kLimits + QStringList{u"index"_s, u"--json"_s, m_corpus.folder()});
    QVERIFY(process->waitForStarted());
    m_session = process->processId();
    const Finished finished = Scene::finish(*process, 300'000);
    QVERIFY2(!finished.crashed, finished.told().constData());
    QVERIFY2(finished.exitCode == 3, finished.told().constData()); // some are locked, damaged or unsupported
    QCOMPARE(finished.events(u"finished"_s).size(), 1);
    qInfo("indexed in %.1f s", finished.events(u"finished"_s).first().value(u"seconds"_s).toDouble());
    for (const QJsonValue document : m_scene.run({u"documents"_s, u"--json"_s}).array())
        m_documents.insert(document.toObject().value(u"path"_s).toString(), document.toObject());
}

void tst_Corpus::document_data()
{
    QTest::addColumn<int>("index");
    for (int index = 0; index < m_corpus.rows().size(); ++index)
        QTest::newRow(qPrintable(m_corpus.rows().at(index).path)) << index;
}

void tst_Corpus::document()
{
    QFETCH(int, index);
    const Corpus::Row &row = m_corpus.rows().at(index);
    const QJsonObject document = m_documents.value(m_corpus.absolute(row));
    const QString state = document.value(u"state"_s).toString();
    const QJsonObject error = document.value(u"error"_s).toObject();
    if (!row.isPdf()) {
        QCOMPARE(state, u"unsupported"_s);
        QCOMPARE(error.value(u"code"_s).toString(), u"unsupported_kind"_s);
        QVERIFY(!error.value(u"title"_s).toString().isEmpty());
        return;
    }
    const QStringList acceptable = statesOf(row.outcome) + statesOf(row.alsoAcceptable);
    // A file that hangs is damaged as far as anybody can tell, but what is known is only that it hangs.
    const bool timedOut =
        row.mayHang && state == u"failed"_s && error.value(u"code"_s).toString().startsWith(u"page_"_s);
    QVERIFY2(acceptable.contains(state) || timedOut,
             qPrintable(u"“%1” instead of “%2”"_s.arg(state, acceptable.join(u"”, “"_s))));
    if (statesOf(u"ok"_s).contains(state))
        checkOpened(row, document);
    else
        QVERIFY2(!error.isEmpty(), qPrintable(state));
}

void tst_Corpus::checkOpened(const Corpus::Row &row, const QJsonObject &document) const
{
    const QString id = QString::number(document.value(u"id"_s).toInteger());
    const QJsonArray pages = m_scene.run({u"pages"_s, u"--full"_s, u"--json"_s, id}).array();
    if (row.pages >= 0)
        QCOMPARE(document.value(u"pages_total"_s).toInt(), row.pages);
    QCOMPARE(pages.size(), document.value(u"pages_total"_s).toInt());
    QSet<int> failedPages;
    for (const QJsonValue value : pages) {
        const QJsonObject page = value.toObject();
        const int number = page.value(u"number"_s).toInt();
        const QString text = page.value(u"text"_s).toString();
        if (page.value(u"state"_s).toString() == u"failed"_s) {
            failedPages.insert(number);
            QVERIFY(!page.value(u"error"_s).toObject().value(u"title"_s).toString().isEmpty());
            continue;
        }
        QCOMPARE(page.value(u"state"_s).toString(), u"done"_s);
        QVERIFY(page.value(u"analysis"_s).isObject());
        if (row.pagesWithoutText.contains(number))
            QVERIFY2(Corpus::comparable(text).isEmpty(), qPrintable(text));
        if (number == row.phrasePage)
            QVERIFY2(Corpus::comparable(text).contains(Corpus::comparable(row.phrase)),
                     qPrintable(Corpus::comparable(text).left(2'000)));
        if (number == row.phrasePage)
            checkFound(row, document.value(u"id"_s).toInteger());
        // Every box names the characters it stands around.
        for (const QJsonValue box : page.value(u"words"_s).toArray()) {
            const QJsonObject word = box.toObject();
            const int offset = word.value(u"offset"_s).toInt();
            const int length = word.value(u"length"_s).toInt();
            QVERIFY(offset >= 0 && length > 0 && offset + length <= text.size());
        }
    }
    QCOMPARE(failedPages, row.pagesThatFail);
    QCOMPARE(document.value(u"pages_failed"_s).toInt(), static_cast<int>(row.pagesThatFail.size()));
}

// By its words, as a person types them, and all of them.
void tst_Corpus::checkFound(const Corpus::Row &row, qint64 document) const
{
    const QJsonArray pages = m_scene
                                 .run({u"search"_s, u"--json"_s, u"--mode"_s, u"words"_s, u"--limit"_s,
                                       u"1000"_s, u"--"_s, row.phrase})
                                 .array();
    const bool isFound = std::any_of(pages.begin(), pages.end(), [&](const QJsonValue &value) {
        const QJsonObject page = value.toObject();
        return page.value(u"document"_s).toInteger() == document &&
               page.value(u"page"_s).toInt() == row.phrasePage && page.value(u"all_words"_s).toBool();
    });
    QVERIFY2(isFound, qPrintable(row.phrase));
}

void tst_Corpus::locked_data()
{
    QTest::addColumn<int>("index");
    for (int index = 0; index < m_corpus.rows().size(); ++index) {
        const Corpus::Row &row = m_corpus.rows().at(index);
        if (row.isPdf() && !row.password.isEmpty())
            QTest::newRow(qPrintable(row.path)) << index;
    }
}

void tst_Corpus::locked()
{
    QFETCH(int, index);
    const Corpus::Row &row = m_corpus.rows().at(index);
    const QString path = m_corpus.absolute(row);
    const Finished wrong = m_scene.run({u"unlock"_s, path, u"--json"_s}, "certainly wrong\n");
    QCOMPARE(wrong.exitCode, 1);
    QCOMPARE(wrong.events(u"error"_s).value(0).value(u"error"_s).toObject().value(u"code"_s).toString(),
             u"password_wrong"_s);

    const Finished right = m_scene.run({u"unlock"_s, path}, row.password.toUtf8() + '\n');
    QVERIFY2(right.exitCode == 0, right.told().constData());
    const QJsonObject document = m_scene.documents().value(path.section(u'/', -1));
    QCOMPARE(document.value(u"state"_s).toString(), u"done"_s);
    checkOpened(row, document);
}

void tst_Corpus::queueIsEmpty()
{
    const QJsonObject jobs = m_scene.run({u"status"_s, u"--json"_s}).object().value(u"jobs"_s).toObject();
    for (const QString &state : {u"ready"_s, u"scheduled"_s, u"held"_s, u"running"_s})
        QCOMPARE(jobs.value(state).toInt(-1), 0);
    const QByteArrayList broken = brokenRules(m_scene.database());
    QVERIFY2(broken.isEmpty(), broken.join('\n').constData());
    QCOMPARE(Sqlite::value(m_scene.database(), "PRAGMA integrity_check"), QByteArray("ok"));
}

void tst_Corpus::nothingIsLeftBehind()
{
    QTRY_VERIFY(Scene::sessionMembers(m_session).isEmpty());
    QCOMPARE(Sqlite::value(m_scene.database(), "SELECT count(*) FROM worker"), QByteArray("0"));
}

QTEST_GUILESS_MAIN(tst_Corpus)
#include "tst_Corpus.moc"
