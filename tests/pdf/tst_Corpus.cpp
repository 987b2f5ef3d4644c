// SPDX-License-Identifier: GPL-3.0-or-later
// Real documents, hostile ones among them: each gets the outcome, the page count and the text that it must
// have, and only the pages fail that must.
#include "pdf/HelperPool.h"
#include "support/Expect.h"
#include "support/Strict.h"

#include <QFile>
#include <QObject>
#include <QRegularExpression>
#include <QTest>

using namespace lectern;
using base::CancelToken;
using base::ErrorCode;

namespace {

struct Row {
    QString path;
    int pages = 0; ///< 0: none to count
    QStringList outcomes;
    int phrasePage = 0;
    QString phrase;
    QByteArray password;
    QSet<int> failing;
    QSet<int> imageOnly;
    bool mayHang = false;
};

QSet<int> numbersIn(const QString &text)
{
    QSet<int> numbers;
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts)) {
        const QStringList ends = part.split(u'-', Qt::SkipEmptyParts);
        if (ends.isEmpty())
            continue;
        for (int number = ends.first().toInt(); number <= ends.last().toInt(); ++number)
            numbers.insert(number);
    }
    return numbers;
}

QList<Row> corpusRows(const QString &folder)
{
    QFile file(folder + QStringLiteral("/expected.tsv"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no expected.tsv in %s", qPrintable(folder));
    QList<Row> rows;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines.mid(1)) {
        const QStringList cells = line.split(u'\t');
        const auto cell = [&](int at) {
            return cells.value(at) == QStringLiteral("-") ? QString() : cells.value(at);
        };
        if (cell(1) != QStringLiteral("pdf"))
            continue;
        Row row{cell(0),
                cell(2).toInt(),
                {cell(3)},
                cell(5).toInt(),
                cell(6),
                cell(7).toUtf8(),
                numbersIn(cell(8)),
                numbersIn(cell(9)),
                cell(10) == QStringLiteral("yes")};
        if (!cell(4).isEmpty())
            row.outcomes.append(cell(4));
        rows.append(row);
    }
    return rows;
}

QString folded(const QString &text)
{
    return text.normalized(QString::NormalizationForm_KC).simplified();
}

QString outcomeOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::PasswordNeeded:
    case ErrorCode::PasswordWrong:
        return QStringLiteral("needs-password");
    case ErrorCode::CertificateNeeded:
        return QStringLiteral("unsupported");
    case ErrorCode::Corrupt:
        return QStringLiteral("corrupt");
    default:
        return base::errorName(code);
    }
}

} // namespace

Q_DECLARE_METATYPE(Row)

class CorpusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = qEnvironmentVariable("LECTERN_CORPUS");
        if (m_folder.isEmpty())
            QSKIP("LECTERN_CORPUS does not name the folder of test documents");
        pdf::HelperSettings settings;
        settings.program = QStringLiteral(LECTERN_BIN_DIR "/lectern-pdf");
        settings.maxHelpers = 1;
        m_pool = std::make_unique<pdf::HelperPool>(settings);
        settings.openDeadlineMs = 3'000;
        settings.pageDeadlineMs = 3'000;
        m_hurriedPool = std::make_unique<pdf::HelperPool>(settings);
    }

    void init() { support::failOnWarnings(); }

    void document_data()
    {
        QTest::addColumn<Row>("row");
        for (const Row &row : corpusRows(m_folder))
            QTest::newRow(qPrintable(row.path)) << row;
    }

    void document()
    {
        QFETCH(Row, row);
        // What may hang is stopped early, to keep the suite fast.
        pdf::HelperPool &pool = row.mayHang ? *m_hurriedPool : *m_pool;
        const QString path = m_folder + u'/' + row.path;
        auto session = pool.open(path, {}, CancelToken());
        const QString outcome = session ? QStringLiteral("ok") : outcomeOf(session.error().code);
        QVERIFY2(row.outcomes.contains(outcome), qPrintable(support::describe(session)));
        if (!session && row.password.isEmpty())
            return;
        if (!session) {
            EXPECT_ERROR(pool.open(path, "certainly not", CancelToken()), ErrorCode::PasswordWrong);
            session = pool.open(path, row.password, CancelToken());
            EXPECT_OK(session);
        }
        if (row.pages > 0)
            QCOMPARE((*session)->info().pageCount, row.pages);
        checkPages(row, **session);
        if (!row.mayHang)
            checkLeads(row, **session);
    }

    // Twice the same document gives twice the same: what resuming relies on.
    void extractionIsRepeatable()
    {
        const QString path = m_folder + QStringLiteral("/pdf/paper-acm-two-column.pdf");
        const auto session = support::must(m_pool->open(path, {}, CancelToken()));
        const domain::PageContent late = support::must(session->page({4, true}, CancelToken()));
        for (int number = 1; number <= session->info().pageCount; ++number)
            EXPECT_OK(session->page({number, true}, CancelToken()));
        QCOMPARE(support::must(session->page({4, true}, CancelToken())), late);
        const auto again = support::must(m_pool->open(path, {}, CancelToken()));
        QCOMPARE(support::must(again->page({4, true}, CancelToken())), late);
    }

    void cleanupTestCase()
    {
        m_pool.reset();
        m_hurriedPool.reset();
    }

private:
    static void checkPages(const Row &row, pdf::DocumentSession &session)
    {
        QSet<int> failed;
        QString phraseText;
        const auto check = [&](int number, const base::Result<domain::PageContent> &page) {
            if (!page) {
                failed.insert(number);
                return true;
            }
            if (number == row.phrasePage)
                phraseText = folded(page->text.text);
            if (row.imageOnly.contains(number) && !page->text.words.isEmpty())
                failed.insert(-number);
            return true;
        };
        EXPECT_OK(session.pages(1, session.info().pageCount, true, check, CancelToken()));
        QCOMPARE(failed, row.failing);
        if (row.phrasePage > 0)
            QVERIFY2(phraseText.contains(folded(row.phrase)), qPrintable(phraseText.left(2'000)));
    }

    // Outlines and links of the oddest documents are read, and lead to pages that are there.
    static void checkLeads(const Row &row, pdf::DocumentSession &session)
    {
        const int pages = session.info().pageCount;
        const auto outline = support::must(session.outline(CancelToken()));
        if (row.path == QStringLiteral("broken/outline-loop.pdf"))
            QVERIFY(!outline.isEmpty() && outline.size() < 100);
        if (row.path == QStringLiteral("pdf/manual-pari-675p.pdf"))
            QVERIFY(outline.size() == 45 && outline.last().page > 600);
        for (int number = 1; number <= std::min(pages, 10); ++number) {
            const auto links = session.links(number, CancelToken());
            QCOMPARE(links.has_value(), !row.failing.contains(number) ||
                                            (!links && links.error().code != ErrorCode::PageMissing));
            if (links)
                for (const domain::PageLink &link : *links)
                    QVERIFY(link.area.isValid());
        }
    }

    QString m_folder;
    std::unique_ptr<pdf::HelperPool> m_pool;
    std::unique_ptr<pdf::HelperPool> m_hurriedPool;
};

QTEST_GUILESS_MAIN(CorpusTest)
#include "tst_Corpus.moc"
