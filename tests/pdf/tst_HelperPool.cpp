// SPDX-License-Identifier: GPL-3.0-or-later
// The client's side of things that go wrong: helpers that hang, crash, lie, are killed or come too late.
#include "pdf/FakeHelper.h"
#include "pdf/HelperPool.h"
#include "pdf/TinyPdf.h"
#include "support/Expect.h"
#include "support/Strict.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <dirent.h>
#include <fcntl.h>

#include <csignal>
#include <future>
#include <thread>

using namespace lectern;
using base::CancelToken;
using base::ErrorCode;
using test::TinyPdf;

namespace {

pdf::HelperSettings realSettings()
{
    pdf::HelperSettings settings;
    settings.program = QStringLiteral(LECTERN_BIN_DIR "/lectern-pdf");
    settings.maxHelpers = 1;
    return settings;
}

// Processes whose parent is `parent`, read from /proc.
QList<qint64> childrenOf(qint64 parent)
{
    QList<qint64> children;
    for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile file(QStringLiteral("/proc/%1/stat").arg(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray stat = file.readAll();
        const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
        if (fields.value(0) != "Z" && fields.value(1).toLongLong() == parent)
            children.append(name.toLongLong());
    }
    return children;
}

constexpr qint64 kTicksOfOpening =
    20; ///< more than opening a small document takes: it is at its endless page

// Processor time of a process in the kernel's ticks.
qint64 processorTicks(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray stat = file.readAll();
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return fields.value(11).toLongLong() + fields.value(12).toLongLong();
}

// Running, and neither gone nor waiting to be reaped by somebody else.
bool isRunning(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray stat = file.readAll();
    return !stat.isEmpty() && stat.at(stat.lastIndexOf(')') + 2) != 'Z';
}

int openDescriptors()
{
    return static_cast<int>(QDir(QStringLiteral("/proc/self/fd"))
                                .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
                                .size());
}

} // namespace

class HelperPoolTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        TinyPdf pdf;
        for (int number = 1; number <= 5; ++number)
            pdf.addTextPage("page number " + QByteArray::number(number));
        m_pdf = write(QStringLiteral("five.pdf"), pdf.bytes());
        TinyPdf endless; // thirty forms, each drawn twice by the one before: 2^30 drawings
        QByteArray inner;
        int form = endless.addStream("", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]");
        for (int i = 0; i < 30; ++i)
            form = endless.addStream("/X Do /X Do",
                                     "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << "
                                     "/XObject << /X " +
                                         QByteArray::number(form) + " 0 R >> >>");
        endless.addPage("/X Do", "/MediaBox [0 0 600 800]",
                        "/XObject << /X " + QByteArray::number(form) + " 0 R >>");
        endless.addTextPage("after it");
        m_endlessPdf = write(QStringLiteral("endless.pdf"), endless.bytes());
    }

    void init() { support::failOnWarnings(); }

    void cleanup() { QCOMPARE(childrenOf(getpid()), QList<qint64>()); }

    void readsAndDraws()
    {
        pdf::HelperPool pool(realSettings());
        const auto session = support::must(pool.open(m_pdf, {}, CancelToken()));
        QCOMPARE(session->info().pageCount, 5);
        QCOMPARE(support::must(session->page({3, true}, CancelToken())).text.text.trimmed(),
                 QStringLiteral("page number 3"));
        const domain::PageImage image = support::must(session->render({1, 2.0, 4'000'000}, CancelToken()));
        QCOMPARE(image.width, 1'200);
        // A font that is not in the document was found in spite of the confinement.
        QVERIFY(image.pixels.contains('\0'));
        EXPECT_ERROR(session->page({6, true}, CancelToken()), ErrorCode::InvalidArgument);
        QCOMPARE(pool.helperCount(), 1);
    }

    void streamsPages()
    {
        pdf::HelperPool pool(realSettings());
        const auto session = support::must(pool.open(m_pdf, {}, CancelToken()));
        QStringList texts;
        const auto collect = [&](int number, base::Result<domain::PageContent> page) {
            texts.append(QString::number(number) + u':' +
                         support::must(std::move(page)).text.text.trimmed().right(1));
            return true;
        };
        EXPECT_OK(session->pages(2, 5, true, collect, CancelToken()));
        QCOMPARE(texts.join(u' '), QStringLiteral("2:2 3:3 4:4 5:5"));
        int seen = 0;
        EXPECT_OK(session->pages(
            1, 5, true, [&](int, const auto &) { return ++seen < 2; }, CancelToken()));
        QCOMPARE(seen, 2);
        EXPECT_OK(session->page({1, true}, CancelToken())); // and goes on with another helper
    }

    void filesThatCannotBeOpened()
    {
        pdf::HelperPool pool(realSettings());
        EXPECT_ERROR(pool.open(m_folder.filePath(QStringLiteral("none.pdf")), {}, CancelToken()),
                     ErrorCode::FileMissing);
        EXPECT_ERROR(pool.open(m_folder.path(), {}, CancelToken()), ErrorCode::FileUnreadable);
        EXPECT_ERROR(pool.open(QStringLiteral("/dev/null"), {}, CancelToken()), ErrorCode::FileUnreadable);
        EXPECT_ERROR(pool.open(write(QStringLiteral("empty.pdf"), {}), {}, CancelToken()),
                     ErrorCode::Corrupt);
        QCOMPARE(pool.helperCount(), 1);
    }

    void missingProgram()
    {
        pdf::HelperSettings settings = realSettings();
        settings.program = QStringLiteral("/nowhere/lectern-pdf");
        pdf::HelperPool pool(settings);
        EXPECT_ERROR(pool.open(m_pdf, {}, CancelToken()), ErrorCode::HelperUnavailable);
        QCOMPARE(pool.helperCount(), 0);
    }

    void misbehavingHelpers_data()
    {
        QTest::addColumn<ErrorCode>("expected");
        QTest::addRow("hangs") << ErrorCode::PageTimedOut;
        QTest::addRow("promises") << ErrorCode::PageTimedOut;
        QTest::addRow("uses-cpu") << ErrorCode::PageTimedOut;
        QTest::addRow("crashes") << ErrorCode::PageCrashed;
        QTest::addRow("aborts") << ErrorCode::PageCrashed;
        QTest::addRow("killed") << ErrorCode::PageOutOfMemory;
        QTest::addRow("out-of-memory") << ErrorCode::PageOutOfMemory;
        QTest::addRow("garbage") << ErrorCode::HelperProtocol;
        QTest::addRow("huge") << ErrorCode::HelperProtocol;
        QTest::addRow("wrong-page") << ErrorCode::HelperProtocol;
        QTest::addRow("wrong-id") << ErrorCode::HelperProtocol;
        QTest::addRow("hangs-up") << ErrorCode::HelperProtocol;
    }

    // Page 2 is lost with its helper; pages 1 and 3 are read, the last one by another helper.
    void misbehavingHelpers()
    {
        QFETCH(ErrorCode, expected);
        pdf::HelperPool pool(fakeSettings(QLatin1String(QTest::currentDataTag())));
        const auto session = support::must(pool.open(m_pdf, {}, CancelToken()));
        QStringList outcome;
        const auto note = [&](int number, const base::Result<domain::PageContent> &page) {
            outcome.append(QString::number(number) + u':' +
                           (page ? page->text.text : base::errorName(page.error().code)));
            return true;
        };
        EXPECT_OK(session->pages(1, 3, true, note, CancelToken()));
        QCOMPARE(outcome.join(u' '), QStringLiteral("1:1 2:%1 3:3").arg(base::errorName(expected)));
        EXPECT_ERROR(session->page({2, true}, CancelToken()), expected);
        EXPECT_OK(session->page({3, true}, CancelToken()));
        QVERIFY(pool.helperCount() <= 1);
    }

    void helpersThatDoNotStart_data()
    {
        QTest::addColumn<ErrorCode>("expected");
        QTest::addRow("quits") << ErrorCode::HelperUnavailable;
        QTest::addRow("old") << ErrorCode::HelperProtocol;
        QTest::addRow("babbles") << ErrorCode::HelperProtocol;
        QTest::addRow("hangs-in-open") << ErrorCode::Corrupt;
        QTest::addRow("crashes-in-open") << ErrorCode::Corrupt;
    }

    void helpersThatDoNotStart()
    {
        QFETCH(ErrorCode, expected);
        pdf::HelperPool pool(fakeSettings(QLatin1String(QTest::currentDataTag())));
        EXPECT_ERROR(pool.open(m_pdf, {}, CancelToken()), expected);
        QCOMPARE(pool.helperCount(), 0);
    }

    void pictureLargerThanAskedFor()
    {
        pdf::HelperPool pool(fakeSettings(QStringLiteral("fine")));
        const auto session = support::must(pool.open(m_pdf, {}, CancelToken()));
        EXPECT_ERROR(session->render({1, 1, 10'000}, CancelToken()), ErrorCode::HelperProtocol);
    }

    void leadsOutOfTheDocument()
    {
        pdf::HelperPool pool(fakeSettings(QStringLiteral("fine")));
        const auto session = support::must(pool.open(m_pdf, {}, CancelToken()));
        const auto outline = support::must(session->outline(CancelToken()));
        QCOMPARE(outline.size(), 2);
        QCOMPARE(outline.at(0).page, 0); // it said 99 of 3
        QCOMPARE(outline.at(1).page, 3);
        const auto links = support::must(session->links(1, CancelToken()));
        QCOMPARE(links.size(), 1);
        QCOMPARE(links.at(0).page, 2);
        EXPECT_ERROR(session->links(2, CancelToken()), ErrorCode::HelperProtocol);
        EXPECT_ERROR(session->links(4, CancelToken()), ErrorCode::InvalidArgument);
        const domain::RenderRequest part{1, 1, 2'000'000, 0, QRect(0, 0, 100, 100)};
        EXPECT_ERROR(session->render(part, CancelToken()), ErrorCode::HelperProtocol); // it sends 1000 × 1000
    }

    void documentThatNeverEnds()
    {
        pdf::HelperSettings settings = realSettings();
        settings.pageDeadlineMs = 700;
        pdf::HelperPool pool(settings);
        const auto session = support::must(pool.open(m_endlessPdf, {}, CancelToken()));
        EXPECT_ERROR(session->page({1, true}, CancelToken()), ErrorCode::PageTimedOut);
        EXPECT_OK(session->page({2, true}, CancelToken()));
    }

    void processorTimeIsLimited()
    {
        pdf::HelperSettings settings = realSettings();
        settings.cpuSecondsPerRequest = 1;
        settings.pageDeadlineMs = 20'000;
        // On a machine that is busy with other things the deadline may come first: one try of three must show
        // the limit.
        QString detail;
        for (int attempt = 0; attempt < 3 && !detail.contains(QStringLiteral("processor")); ++attempt) {
            pdf::HelperPool pool(settings);
            const auto session = support::must(pool.open(m_endlessPdf, {}, CancelToken()));
            const auto page = session->page({1, true}, CancelToken());
            EXPECT_ERROR(page, ErrorCode::PageTimedOut);
            detail = page.error().detail;
        }
        QVERIFY2(detail.contains(QStringLiteral("processor")), qPrintable(detail));
    }

    void memoryIsLimited()
    {
        pdf::HelperSettings settings = realSettings();
        settings.memoryLimitBytes = 250'000'000;
        pdf::HelperPool pool(settings);
        TinyPdf pdf;
        pdf.addPage(QByteArray("q ").repeated(3'000'000)); // each keeps a copy of the state
        pdf.addTextPage("after it");
        const auto session =
            support::must(pool.open(write(QStringLiteral("greedy.pdf"), pdf.bytes()), {}, CancelToken()));
        if (const auto page = session->page({1, true}, CancelToken()); page)
            QSKIP("built with a sanitizer, which knows no memory limit");
        EXPECT_ERROR(session->page({1, true}, CancelToken()), ErrorCode::PageOutOfMemory);
        EXPECT_OK(session->page({2, true}, CancelToken()));
    }

    void cancellingTakesEffectAtOnce()
    {
        pdf::HelperPool pool(realSettings());
        const auto session = support::must(pool.open(m_endlessPdf, {}, CancelToken()));
        CancelToken token;
        auto reading = std::async(std::launch::async, [&] { return session->page({1, true}, token); });
        QVERIFY(reading.wait_for(std::chrono::milliseconds(200)) == std::future_status::timeout);
        QElapsedTimer sinceCancelled;
        sinceCancelled.start();
        token.cancel();
        const auto page = reading.get();
        const qint64 elapsed = sinceCancelled.elapsed();
        EXPECT_ERROR(page, ErrorCode::Cancelled);
        QVERIFY2(elapsed < 1'000, qPrintable(QString::number(elapsed)));
        EXPECT_OK(session->page({2, true}, CancelToken()));
    }

    void waitingForAHelperCanBeCancelled()
    {
        pdf::HelperPool pool(realSettings());
        const auto busy = support::must(pool.open(m_endlessPdf, {}, CancelToken()));
        CancelToken busyToken;
        auto reading = std::async(std::launch::async, [&] {
            return busy->page({1, true}, busyToken).has_value();
        });
        const QList<qint64> helpers = childrenOf(getpid());
        QCOMPARE(helpers.size(), 1);
        QVERIFY(QTest::qWaitFor([&] { return processorTicks(helpers.first()) > kTicksOfOpening; }, 60'000));
        CancelToken token;
        auto waiting =
            std::async(std::launch::async, [&] { return pool.open(m_pdf, {}, token).has_value(); });
        QVERIFY(waiting.wait_for(std::chrono::milliseconds(150)) == std::future_status::timeout);
        token.cancel();
        QVERIFY(!waiting.get());
        busyToken.cancel();
        QVERIFY(!reading.get());
    }

    void helperKilledFromOutside()
    {
        pdf::HelperPool pool(realSettings());
        const auto session = support::must(pool.open(m_endlessPdf, {}, CancelToken()));
        const QList<qint64> helpers = childrenOf(getpid());
        QCOMPARE(helpers.size(), 1);
        auto reading = std::async(std::launch::async, [&] {
            return session->page({1, true}, CancelToken());
        });
        QVERIFY(reading.wait_for(std::chrono::milliseconds(300)) == std::future_status::timeout);
        ::kill(static_cast<pid_t>(helpers.first()), SIGKILL);
        EXPECT_ERROR(reading.get(), ErrorCode::PageOutOfMemory);
        EXPECT_OK(session->page({2, true}, CancelToken()));
    }

    void idleHelperKilledFromOutsideCostsNothing()
    {
        pdf::HelperPool pool(realSettings());
        const auto session = support::must(pool.open(m_pdf, {}, CancelToken()));
        const qint64 helper = childrenOf(getpid()).value(0);
        ::kill(static_cast<pid_t>(helper), SIGKILL);
        QTRY_VERIFY(!isRunning(helper));
        EXPECT_OK(session->page({1, true}, CancelToken()));
    }

    // The session keeps the descriptor: a file that was replaced does not mix into what was opened before.
    void aReplacedFileDoesNotMixIn()
    {
        TinyPdf before;
        before.addTextPage("before");
        TinyPdf after;
        after.addTextPage("after");
        const QString path = write(QStringLiteral("replaced.pdf"), before.bytes());
        pdf::HelperPool pool(realSettings());
        const auto session = support::must(pool.open(path, {}, CancelToken()));
        QVERIFY(
            QFile::rename(write(QStringLiteral("new.pdf"), after.bytes()), path + QStringLiteral(".new")));
        QVERIFY(std::rename(QFile::encodeName(path + QStringLiteral(".new")).constData(),
                            QFile::encodeName(path).constData()) == 0);
        const qint64 helper = childrenOf(getpid()).value(0);
        ::kill(static_cast<pid_t>(helper), SIGKILL);
        QTRY_VERIFY(!isRunning(helper));
        QCOMPARE(support::must(session->page({1, true}, CancelToken())).text.text.trimmed(),
                 QStringLiteral("before"));
    }

    void manySessionsShareOneHelper()
    {
        pdf::HelperPool pool(realSettings());
        std::vector<std::unique_ptr<pdf::DocumentSession>> sessions;
        for (int i = 0; i < 5; ++i)
            sessions.push_back(support::must(pool.open(m_pdf, {}, CancelToken())));
        for (int number = 1; number <= 5; ++number)
            for (const auto &session : sessions)
                QVERIFY(support::must(session->page({number, true}, CancelToken()))
                            .text.text.contains(QString::number(number)));
        QCOMPARE(pool.helperCount(), 1);
    }

    void sessionsInManyThreads()
    {
        pdf::HelperSettings settings = realSettings();
        settings.maxHelpers = 2;
        pdf::HelperPool pool(settings);
        std::vector<std::future<int>> readers;
        for (int i = 0; i < 6; ++i) {
            readers.push_back(std::async(std::launch::async, [&] {
                int good = 0;
                for (int round = 0; round < 10; ++round) {
                    const auto session = pool.open(m_pdf, {}, CancelToken());
                    const auto count = [&](int, const auto &page) { return good += page ? 1 : 0, true; };
                    if (session)
                        (void)(*session)->pages(1, 5, true, count, CancelToken());
                }
                return good;
            }));
        }
        for (auto &reader : readers)
            QCOMPARE(reader.get(), 50);
        QVERIFY(pool.helperCount() <= 2);
    }

    void helpersAreReplacedAfterAWhile_data()
    {
        QTest::addColumn<int>("documents");
        QTest::addColumn<qint64>("residentBytes");
        QTest::addColumn<int>("helpers");
        QTest::addRow("kept") << 100 << qint64(1'000'000'000) << 1;
        QTest::addRow("after two documents") << 2 << qint64(1'000'000'000) << 2;
        QTest::addRow("when they have grown") << 100 << qint64(1) << 4;
    }

    void helpersAreReplacedAfterAWhile()
    {
        QFETCH(int, documents);
        QFETCH(qint64, residentBytes);
        QFETCH(int, helpers);
        pdf::HelperSettings settings = realSettings();
        settings.documentsPerHelper = documents;
        settings.idleResidentLimitBytes = residentBytes;
        pdf::HelperPool pool(settings);
        QList<qint64> seen;
        for (int i = 0; i < 4; ++i) {
            EXPECT_OK(pool.open(m_pdf, {}, CancelToken()));
            const qint64 helper = childrenOf(getpid()).value(0);
            if (!seen.contains(helper))
                seen.append(helper);
        }
        QCOMPARE(seen.size(), helpers);
    }

    void nothingLeaks()
    {
        {
            pdf::HelperPool pool(realSettings());
            EXPECT_OK(pool.open(m_pdf, {}, CancelToken())); // what is opened once and kept
        }
        const int before = openDescriptors();
        for (int i = 0; i < 3; ++i) {
            pdf::HelperPool pool(realSettings());
            EXPECT_OK(pool.open(m_pdf, {}, CancelToken()));
            EXPECT_ERROR(pool.open(m_folder.path(), {}, CancelToken()), ErrorCode::FileUnreadable);
        }
        QCOMPARE(openDescriptors(), before);
    }

    void sessionsOutliveThePool()
    {
        std::unique_ptr<pdf::DocumentSession> session;
        {
            pdf::HelperPool pool(realSettings());
            session = support::must(pool.open(m_pdf, {}, CancelToken()));
        }
        QCOMPARE(childrenOf(getpid()), QList<qint64>());
        EXPECT_ERROR(session->page({1, true}, CancelToken()), ErrorCode::HelperUnavailable);
    }

    // The program that owns the helper is killed while the helper is lost in a document.
    void noHelperOutlivesItsProgram()
    {
        QProcess program;
        program.start(QCoreApplication::applicationFilePath(),
                      {QStringLiteral("--read-endlessly"), m_endlessPdf});
        QVERIFY(program.waitForReadyRead(20'000));
        const QList<qint64> helpers = childrenOf(program.processId());
        QCOMPARE(helpers.size(), 1);
        program.kill();
        QVERIFY(program.waitForFinished());
        QTRY_VERIFY_WITH_TIMEOUT(!isRunning(helpers.first()), 10'000);
    }

private:
    QString write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(name));
        return file.fileName();
    }

    pdf::HelperSettings fakeSettings(const QString &manner)
    {
        pdf::HelperSettings settings;
        settings.program = m_folder.filePath(manner);
        settings.maxHelpers = 1;
        settings.pageDeadlineMs = 400;
        settings.openDeadlineMs = 400;
        if (!QFileInfo::exists(settings.program))
            QFile::link(QCoreApplication::applicationFilePath(), settings.program);
        return settings;
    }

    QTemporaryDir m_folder;
    QString m_pdf;
    QString m_endlessPdf;
};

namespace {

// Opens a document, says so, and gets lost in its first page.
int readEndlessly(const QString &path)
{
    pdf::HelperPool pool(realSettings());
    std::unique_ptr<pdf::DocumentSession> session;
    // Opened in a thread that ends: the helper must not end with it.
    std::thread([&] { session = support::must(pool.open(path, {}, CancelToken())); }).join();
    std::printf("open\n");
    std::fflush(stdout);
    return session->page({1, true}, CancelToken()) ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    const QByteArray name = QByteArray(argv[0]).mid(QByteArray(argv[0]).lastIndexOf('/') + 1);
    if (argc > 1 && QByteArray(argv[1]) == "--serve")
        return test::FakeHelper(name).run();
    QCoreApplication application(argc, argv);
    if (argc > 2 && QByteArray(argv[1]) == "--read-endlessly")
        return readEndlessly(QString::fromLocal8Bit(argv[2]));
    HelperPoolTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_HelperPool.moc"
