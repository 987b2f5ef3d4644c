// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/CommandTable.h"
#include "presentation/StateText.h"
#include "support/Strict.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QTest>

using namespace lectern;
using base::ErrorCode;
using domain::Document;
using domain::DocumentState;
using presentation::LibrarySnapshot;
using presentation::StateContext;
using presentation::StateText;
using presentation::StateTone;
using presentation::StateWords;

namespace {

Document document(DocumentState state, int total = -1, int extracted = 0, int done = 0, int failed = 0)
{
    Document value;
    value.id = {1};
    value.state = state;
    value.pagesTotal = total;
    value.pagesExtracted = extracted;
    value.pagesDone = done;
    value.pagesFailed = failed;
    return value;
}

constexpr DocumentState kStates[] = {
    DocumentState::Queued,           DocumentState::Indexing,      DocumentState::Done,
    DocumentState::DoneWithFailures, DocumentState::NeedsPassword, DocumentState::Corrupt,
    DocumentState::Unsupported,      DocumentState::Failed,        DocumentState::Cancelled};

} // namespace

class StateTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init() { support::failOnWarnings(); }

    void workInWords()
    {
        const StateContext context{false, 1'000, 0, true, {}};
        QCOMPARE(StateText::of(document(DocumentState::Queued), context).text, QStringLiteral("Queued"));
        QCOMPARE(StateText::of(document(DocumentState::Indexing), context).text, QStringLiteral("Reading"));
        QCOMPARE(StateText::of(document(DocumentState::Indexing, 86, 12), context).text,
                 QStringLiteral("Rendering 12 of 86"));
        QCOMPARE(StateText::of(document(DocumentState::Indexing, 86, 86, 41), context).text,
                 QStringLiteral("Analyzing 41 of 86"));
        QCOMPARE(StateText::of(document(DocumentState::Indexing, 86, 86, 86), context).text,
                 QStringLiteral("Storing"));
        QCOMPARE(StateText::of(document(DocumentState::Indexing, 86, 12), context).tone, StateTone::Running);
    }

    void endsInWords()
    {
        const StateContext context;
        const StateWords done = StateText::of(document(DocumentState::Done, 3, 3, 3), context);
        QCOMPARE(done.text, QStringLiteral("Done"));
        QVERIFY(!done.isSentence);
        const StateWords failures =
            StateText::of(document(DocumentState::DoneWithFailures, 100, 98, 98, 2), context);
        QCOMPARE(failures.text, QStringLiteral("2 of 100 pages failed"));
        QCOMPARE(failures.actionText, QStringLiteral("Show 2 pages"));
        QCOMPARE(failures.actionCommand, presentation::command::kShowFailedPages);
        const StateWords locked = StateText::of(document(DocumentState::NeedsPassword), context);
        QCOMPARE(locked.text, QStringLiteral("Password needed"));
        QCOMPARE(locked.actionText, QStringLiteral("Enter password…"));
        QVERIFY(locked.isSentence);
    }

    void aCertificateIsNoPassword()
    {
        Document locked = document(DocumentState::NeedsPassword);
        locked.error = {ErrorCode::CertificateNeeded, {}};
        QVERIFY(StateText::of(locked, {}).actionText.isEmpty());
        QVERIFY(StateText::of(locked, {}).text != QStringLiteral("Password needed"));
    }

    void setAsideGetsAnotherChance()
    {
        Document failed = document(DocumentState::Failed);
        failed.error = {ErrorCode::SetAsideAfterCrash, {}};
        QCOMPARE(StateText::of(failed, {}).actionText, QStringLiteral("Try once more"));
        failed.error = {ErrorCode::FileMissing, {}};
        QCOMPARE(StateText::of(failed, {}).text, QStringLiteral("File not found"));
        QCOMPARE(StateText::of(failed, {}).actionText, QStringLiteral("Retry"));
    }

    void pausedAndWaiting()
    {
        Document paused = document(DocumentState::Indexing, 10, 5);
        paused.paused = true;
        QCOMPARE(StateText::of(paused, {}).text, QStringLiteral("Paused by you"));
        StateContext all;
        all.allPaused = true;
        QCOMPARE(StateText::of(document(DocumentState::Queued), all).text, QStringLiteral("Paused by you"));
        QCOMPARE(StateText::of(document(DocumentState::Done, 1, 1, 1), all).text, QStringLiteral("Done"));

        const StateContext waiting{false, 1'000, 39'000, false, {}};
        QCOMPARE(StateText::of(document(DocumentState::Indexing, 10, 10, 9), waiting).text,
                 QStringLiteral("Waiting: next try in 38 s"));
        // One page waits while another is being done: the document does not wait.
        const StateContext busy{false, 1'000, 39'000, true, {}};
        QCOMPARE(StateText::of(document(DocumentState::Indexing, 10, 10, 9), busy).text,
                 QStringLiteral("Analyzing 9 of 10"));
        const StateContext due{false, 40'000, 39'000, false, {}};
        QCOMPARE(StateText::of(document(DocumentState::Indexing, 10, 10, 9), due).text,
                 QStringLiteral("Analyzing 9 of 10"));
    }

    void spoken()
    {
        StateContext context;
        context.running = true;
        context.timeLeftMs = 180'000;
        QCOMPARE(StateText::spoken(document(DocumentState::Indexing, 86, 86, 41), context),
                 QStringLiteral("Analyzing, 41 of 86 pages, 3 minutes left"));
        context.timeLeftMs.reset();
        QCOMPARE(StateText::spoken(document(DocumentState::Indexing, 86, 12), context),
                 QStringLiteral("Rendering, 12 of 86 pages"));
        QCOMPARE(StateText::spoken(document(DocumentState::Done, 1, 1, 1), context), QStringLiteral("Done"));
    }

    void everyStateHasWordsAndAnIcon()
    {
        const presentation::CommandTable commands;
        for (const DocumentState state : kStates) {
            for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
                Document value = document(state, 10, 8, 8, 2);
                value.error.code = static_cast<ErrorCode>(code);
                const StateWords words = StateText::of(value, {});
                QVERIFY(!words.text.isEmpty());
                QVERIFY(QFileInfo::exists(
                    QStringLiteral(LECTERN_SOURCE_DIR "/resources/icons/%1.svg").arg(words.iconName)));
                QCOMPARE(words.actionText.isEmpty(), words.actionCommand.isEmpty());
                if (!words.actionCommand.isEmpty())
                    QVERIFY(commands.find(words.actionCommand) != nullptr);
                QVERIFY(!StateText::stateName(state).isEmpty());
            }
        }
        for (const auto phase : {domain::Phase::Fetching, domain::Phase::Rendering, domain::Phase::Analyzing,
                                 domain::Phase::Embedding, domain::Phase::Storing}) {
            QVERIFY(!StateText::phaseName(phase).isEmpty());
            QVERIFY(QFileInfo::exists(QStringLiteral(LECTERN_SOURCE_DIR "/resources/icons/%1.svg")
                                          .arg(StateText::phaseIconName(phase))));
        }
    }

    void textColumn()
    {
        Document value = document(DocumentState::Indexing, 10);
        QCOMPARE(StateText::textColumn(value), QStringLiteral("—"));
        value.pagesExtracted = 4;
        QCOMPARE(StateText::textColumn(value), QStringLiteral("none"));
        value.pagesWithText = 3;
        QCOMPARE(StateText::textColumn(value), QStringLiteral("part"));
        value.pagesWithText = 4;
        QCOMPARE(StateText::textColumn(value), QStringLiteral("yes"));
    }

    void phaseCountsAddUp()
    {
        Document value = document(DocumentState::Indexing, 86, 60, 41, 2);
        value.bytes = 1'400'000;
        const QString text = StateText::phaseCounts(value);
        QVERIFY(text.contains(QStringLiteral("Fetching: 1.4 MB")));
        QVERIFY(text.contains(QStringLiteral("Rendering: 60 of 86")));
        QVERIFY(text.contains(QStringLiteral("Analyzing: 41 of 86")));
        QVERIFY(text.contains(QStringLiteral("Failed: 2")));
        QCOMPARE(StateText::phaseCounts(document(DocumentState::Queued)),
                 QStringLiteral("Fetching: not yet"));
    }

    void statusBar()
    {
        LibrarySnapshot snapshot;
        QVERIFY(StateText::statusCounts(snapshot).isEmpty());
        QVERIFY(StateText::statusProgress(snapshot, {}).isEmpty());
        snapshot.totals.documents = 214;
        QCOMPARE(StateText::statusCounts(snapshot), QStringLiteral("214 documents"));
        QCOMPARE(StateText::statusProgress(snapshot, {}), QStringLiteral("All done"));
        snapshot.totals.documentsIndexing = 2;
        snapshot.totals.documentsQueued = 5;
        snapshot.totals.documentsSetAside = 1;
        snapshot.totals.pages = 1'031;
        snapshot.totals.pagesDone = 410;
        snapshot.totals.pagesFailed = 2;
        QCOMPARE(StateText::statusCounts(snapshot), QStringLiteral("Running 2 · Queued 5 · Failed 1"));
        QCOMPARE(StateText::statusProgress(snapshot, 840'000),
                 QStringLiteral("412/1,031 pages · 14 min left"));
        QCOMPARE(StateText::statusProgress(snapshot, {}), QStringLiteral("412/1,031 pages"));
        QCOMPARE(StateText::windowTitle(snapshot, QStringLiteral("Library")),
                 QStringLiteral("39 % – Library"));
        snapshot.paused = true;
        QCOMPARE(StateText::statusProgress(snapshot, 840'000), QStringLiteral("Paused by you"));
    }

    void currentWork()
    {
        LibrarySnapshot snapshot;
        QVERIFY(StateText::currentWork(snapshot).isEmpty());
        domain::Job job;
        job.kind = domain::JobKind::Analyze;
        job.page = 17;
        snapshot.running << presentation::RunningWork{job, QStringLiteral("a.pdf")};
        QCOMPARE(StateText::currentWork(snapshot), QStringLiteral("Analyzing page 17 of a.pdf"));
        snapshot.running.first().job.kind = domain::JobKind::Extract;
        QCOMPARE(StateText::currentWork(snapshot), QStringLiteral("Reading a.pdf"));
    }
};

QTEST_GUILESS_MAIN(StateTextTest)
#include "tst_StateText.moc"
