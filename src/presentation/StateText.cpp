// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/StateText.h"

#include "presentation/CommandId.h"
#include "presentation/ErrorText.h"
#include "presentation/Format.h"
#include "store/Budgets.h"

#include <QStringList>

namespace lectern::presentation {

using domain::Document;
using domain::DocumentState;
using domain::Phase;

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(StateText)

public:
    static StateWords ofSettled(const Document &document);
    static StateWords ofFailure(const Document &document);
    static StateWords ofWork(const Document &document);
    static QString showPages(int pages);
    static QString pagesFailed(const Document &document);
};

QString Words::showPages(int pages)
{
    return pages == 1 ? tr("Show 1 page") : tr("Show %Ln pages", nullptr, pages);
}

QString Words::pagesFailed(const Document &document)
{
    if (document.pagesTotal == 1)
        return tr("Its only page failed");
    return tr("%1 of %2 pages failed")
        .arg(Format::count(document.pagesFailed), Format::count(document.pagesTotal));
}

StateWords Words::ofFailure(const Document &document)
{
    const base::ErrorCode code = document.error.code;
    StateWords words;
    words.text =
        code == base::ErrorCode::None ? StateText::stateName(document.state) : ErrorText::of(code).title;
    words.iconName = QStringLiteral("error");
    words.tone = StateTone::Failed;
    words.isSentence = true;
    words.actionText = code == base::ErrorCode::SetAsideAfterCrash ? tr("Try once more") : tr("Retry");
    words.actionCommand = command::kRetryFailed;
    return words;
}

StateWords Words::ofSettled(const Document &document)
{
    switch (document.state) {
    case DocumentState::Done:
        return {StateText::stateName(document.state), QStringLiteral("done"), StateTone::Done, false, {}, {}};
    case DocumentState::DoneWithFailures:
        return {pagesFailed(document),           QStringLiteral("warning"), StateTone::Failed, true,
                showPages(document.pagesFailed), command::kShowFailedPages};
    case DocumentState::NeedsPassword:
        if (document.error.code == base::ErrorCode::CertificateNeeded)
            return {ErrorText::of(document.error.code).title,
                    QStringLiteral("lock"),
                    StateTone::Waiting,
                    true,
                    {},
                    {}};
        return {StateText::stateName(document.state),
                QStringLiteral("lock"),
                StateTone::Waiting,
                true,
                tr("Enter password…"),
                command::kEnterPassword};
    case DocumentState::Unsupported:
        if (document.error.code != base::ErrorCode::None &&
            document.error.code != base::ErrorCode::UnsupportedKind)
            return {ErrorText::of(document.error.code).title,
                    QStringLiteral("unsupported"),
                    StateTone::Neutral,
                    true,
                    {},
                    {}};
        return {StateText::stateName(document.state),
                QStringLiteral("unsupported"),
                StateTone::Neutral,
                true,
                {},
                {}};
    case DocumentState::Cancelled:
        return {StateText::stateName(document.state),
                QStringLiteral("stop"),
                StateTone::Neutral,
                true,
                tr("Start again"),
                command::kRetryFailed};
    default:
        return ofFailure(document);
    }
}

StateWords Words::ofWork(const Document &document)
{
    const Phase phase = document.phase();
    StateWords words;
    words.iconName = StateText::phaseIconName(phase);
    words.tone = StateTone::Running;
    const QString total = Format::count(document.pagesTotal);
    switch (phase) {
    case Phase::Fetching:
        words.text = tr("Reading");
        break;
    case Phase::Rendering:
        words.text = tr("Rendering %1 of %2").arg(Format::count(document.pagesExtracted), total);
        break;
    case Phase::Analyzing:
        words.text = tr("Analyzing %1 of %2").arg(Format::count(document.pagesDone), total);
        break;
    case Phase::Embedding:
        words.text = tr("Embedding %1 of %2").arg(Format::count(document.pagesDone), total);
        break;
    case Phase::Storing:
        words.text = tr("Storing");
        break;
    }
    return words;
}

} // namespace

StateWords StateText::of(const Document &document, const StateContext &context)
{
    if (domain::isSettled(document.state))
        return Words::ofSettled(document);
    if (context.asking)
        return {tr("Waits for your answer"), QStringLiteral("waiting"), StateTone::Waiting, false, {}, {}};
    if (document.paused || context.allPaused)
        return {tr("Paused by you"), QStringLiteral("pause"), StateTone::Waiting, false, {}, {}};
    if (!context.running && context.nextTryAt >= store::Budgets::kNever)
        return {tr("Waits at its limit"), QStringLiteral("waiting"), StateTone::Waiting, false, {}, {}};
    if (!context.running && context.nextTryAt > context.nowMs) {
        const QString left = Format::countdown(context.nextTryAt - context.nowMs);
        return {tr("Waiting: next try in %1").arg(left),
                QStringLiteral("waiting"),
                StateTone::Waiting,
                false,
                {},
                {}};
    }
    if (document.state == DocumentState::Queued)
        return {stateName(document.state), QStringLiteral("queued"), StateTone::Neutral, false, {}, {}};
    return Words::ofWork(document);
}

QString StateText::spoken(const Document &document, const StateContext &context)
{
    const StateWords words = of(document, context);
    if (domain::isSettled(document.state) || words.tone != StateTone::Running || document.pagesTotal < 0)
        return words.text;
    const Phase phase = document.phase();
    const int part = phase == Phase::Rendering ? document.pagesExtracted : document.pagesDone;
    const QString counted =
        tr("%1, %2 of %3 pages")
            .arg(phaseName(phase), Format::count(part), Format::count(document.pagesTotal));
    if (!context.timeLeftMs)
        return counted;
    return tr("%1, %2 left").arg(counted, Format::spokenDuration(*context.timeLeftMs));
}

QString StateText::phaseCounts(const Document &document)
{
    const auto line = [](Phase phase, const QString &value) {
        return tr("%1: %2", "phase, count").arg(phaseName(phase), value);
    };
    QStringList lines;
    if (document.pagesTotal < 0) {
        lines << line(Phase::Fetching,
                      document.sha256.isEmpty() ? tr("not yet") : Format::bytes(document.bytes));
        return lines.constFirst();
    }
    const auto ofAll = [&document](int part) {
        return tr("%1 of %2").arg(Format::count(part), Format::count(document.pagesTotal));
    };
    lines << line(Phase::Fetching, Format::bytes(document.bytes));
    lines << line(Phase::Rendering, ofAll(document.pagesExtracted));
    if (document.goal == domain::Goal::Analysis)
        lines << line(Phase::Analyzing, ofAll(document.pagesDone));
    lines << line(Phase::Storing, ofAll(document.pagesDone));
    if (document.pagesFailed > 0)
        lines << tr("Failed: %1").arg(Format::count(document.pagesFailed));
    return lines.join(QLatin1Char('\n'));
}

QString StateText::phaseName(Phase phase)
{
    switch (phase) {
    case Phase::Fetching:
        return tr("Fetching");
    case Phase::Rendering:
        return tr("Rendering");
    case Phase::Analyzing:
        return tr("Analyzing");
    case Phase::Embedding:
        return tr("Embedding");
    case Phase::Storing:
        return tr("Storing");
    }
    return {};
}

QString StateText::stateName(DocumentState state)
{
    switch (state) {
    case DocumentState::Queued:
        return tr("Queued");
    case DocumentState::Indexing:
        return tr("Indexing");
    case DocumentState::Done:
        return tr("Done");
    case DocumentState::DoneWithFailures:
        return tr("Done, some pages failed");
    case DocumentState::NeedsPassword:
        return tr("Password needed");
    case DocumentState::Corrupt:
        return tr("File is damaged");
    case DocumentState::Unsupported:
        return tr("Not supported yet");
    case DocumentState::Failed:
        return tr("Failed");
    case DocumentState::Cancelled:
        return tr("Stopped by you");
    }
    return {};
}

QString StateText::phaseIconName(Phase phase)
{
    switch (phase) {
    case Phase::Fetching:
        return QStringLiteral("fetching");
    case Phase::Rendering:
        return QStringLiteral("rendering");
    case Phase::Analyzing:
        return QStringLiteral("analyzing");
    case Phase::Embedding:
        return QStringLiteral("embedding");
    case Phase::Storing:
        return QStringLiteral("storing");
    }
    return {};
}

QString StateText::textColumn(const Document &document)
{
    if (document.pagesExtracted <= 0)
        return Format::none();
    if (document.pagesWithText <= 0)
        return tr("none", "no page has text");
    // While pages are still coming, "yes" would be a promise: it is said of what has been read.
    return document.pagesWithText >= document.pagesExtracted ? tr("yes", "every page has text")
                                                             : tr("part", "some pages have text");
}

QString StateText::statusCounts(const LibrarySnapshot &snapshot)
{
    QStringList parts;
    const domain::Totals &totals = snapshot.totals;
    if (totals.documentsIndexing > 0)
        parts << tr("Running %1").arg(Format::count(totals.documentsIndexing));
    if (totals.documentsQueued > 0)
        parts << tr("Queued %1").arg(Format::count(totals.documentsQueued));
    const int failed = totals.documentsWithFailures + totals.documentsSetAside;
    if (failed > 0)
        parts << tr("Failed %1").arg(Format::count(failed));
    if (totals.documentsNeedPassword > 0)
        parts << tr("Locked %1").arg(Format::count(totals.documentsNeedPassword));
    if (parts.isEmpty())
        return totals.documents > 0 ? Format::documents(totals.documents) : QString();
    return parts.join(QStringLiteral(" · "));
}

QString StateText::statusProgress(const LibrarySnapshot &snapshot, std::optional<qint64> timeLeftMs)
{
    const domain::Totals &totals = snapshot.totals;
    if (!snapshot.hasWork())
        return totals.documents > 0 ? tr("All done") : QString();
    if (snapshot.paused)
        return tr("Paused by you");
    if (!snapshot.askingRuns.isEmpty() && totals.documentsUnfinished() <= totals.documentsPaused)
        return tr("Waits for your answer");
    if (totals.pages <= 0)
        return tr("Reading");
    const QString done = Format::count(totals.pagesDone + totals.pagesFailed);
    const QString all = Format::count(totals.pages);
    if (!timeLeftMs)
        return tr("%1/%2 pages").arg(done, all);
    return tr("%1/%2 pages · %3 left").arg(done, all, Format::duration(*timeLeftMs));
}

QString StateText::currentWork(const LibrarySnapshot &snapshot)
{
    if (snapshot.running.isEmpty())
        return {};
    const RunningWork &work = snapshot.running.constFirst();
    if (work.job.kind == domain::JobKind::Analyze && work.job.page > 0)
        return tr("Analyzing page %1 of %2").arg(Format::count(work.job.page), work.documentName);
    return tr("Reading %1").arg(work.documentName);
}

QString StateText::windowTitle(const LibrarySnapshot &snapshot, const QString &viewName)
{
    const domain::Totals &totals = snapshot.totals;
    if (!snapshot.hasWork() || totals.pages <= 0)
        return viewName;
    return tr("%1 – %2", "percentage, view")
        .arg(Format::percent(totals.pagesDone + totals.pagesFailed, totals.pages), viewName);
}

} // namespace lectern::presentation
