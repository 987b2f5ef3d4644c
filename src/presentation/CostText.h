// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Document.h"
#include "presentation/CostSummary.h"

#include <QCoreApplication>
#include <QString>

namespace lectern::presentation {

/// Words for costs. Pure.
class CostText {
    Q_DECLARE_TR_FUNCTIONS(CostText)

public:
    [[nodiscard]] static QString groupingName(CostGrouping grouping);
    /// "Committed ≈ $3.30", empty for none.
    [[nodiscard]] static QString committed(domain::Money committed);
    /// "412 pages were answered from the store: $0.53 saved." Empty for none.
    [[nodiscard]] static QString saved(qint64 pages, domain::Money saved);
    /// What the unknown outcomes are, in full. Empty for none.
    [[nodiscard]] static QString unknown(const CostSummary &summary);
    /// "Prices of 20 Aug 2026", empty without a date.
    [[nodiscard]] static QString pricesOf(const CostSummary &summary);
    /// "Only run 7", empty when it is about everything.
    [[nodiscard]] static QString narrowed(const CostQuery &query);
    /// The chart in words, newest day first.
    [[nodiscard]] static QString chart(const QVector<CostDay> &days);

    /// "Run 7 · 22 Nov 14:02 · openai/gpt-6-luna".
    [[nodiscard]] static QString runName(qint64 run, const QString &model, qint64 startedAt);
    /// "Analyze 12 documents", "Analyze report.pdf".
    [[nodiscard]] static QString runTitle(qint64 run, int documents, const QString &first);
    /// "Spent $0.05, estimate ≈ $0.09 – $0.14".
    [[nodiscard]] static QString run(const RunCost &run);
    /// "$0.05 / ≈ $0.09 – $0.14", where there is little room.
    [[nodiscard]] static QString runShort(const RunCost &run);
    /// "Cap $0.50: $0.45 left".
    [[nodiscard]] static QString runCap(const RunCost &run);
    /// "41 of 86 pages · $0.0013 per page · 2.1 M tokens in, 0.6 M of them cached, 310 K out".
    [[nodiscard]] static QString runFacts(const RunCost &run);
    /// "6 failed requests, 4 sent again", empty when all went well.
    [[nodiscard]] static QString runTrouble(const RunCost &run);
    /// Why it waits, empty when it does not.
    [[nodiscard]] static QString runHeld(const RunCost &run, qint64 nowMs);
    /// The same in a few words: "Cap of this run reached".
    [[nodiscard]] static QString runHeldShort(const RunCost &run, qint64 nowMs);
    [[nodiscard]] static QString spokenRun(const RunCost &run);

    // What a document cost; `run` is the one it belongs to, if that goes on.
    /// "$0.31", while work goes on "≈ $0.12" for all of it, "—" when it costs nothing.
    [[nodiscard]] static QString document(const domain::Document &document, const RunCost *run);
    /// "$0.05 / ≈ $0.12".
    [[nodiscard]] static QString documentSoFar(const domain::Document &document, const RunCost *run);
    /// In a sentence, for tool tips and screen readers; empty when it costs nothing.
    [[nodiscard]] static QString documentInFull(const domain::Document &document, const RunCost *run);

private:
    /// When all is done; nothing while nobody can tell.
    [[nodiscard]] static std::optional<domain::Money> whole(const domain::Document &document,
                                                            const RunCost *run);
};

} // namespace lectern::presentation
