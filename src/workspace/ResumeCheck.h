// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "domain/ModelPrice.h"
#include "engine/Engine.h"
#include "store/Database.h"
#include "store/Questions.h"
#include "workspace/ModelDirectory.h"

#include <optional>

namespace lectern::workspace {

/// A run of a model with work left, as people are told of it.
struct OpenRun {
    domain::RunId run;
    domain::ModelRef model;
    store::Question question = store::Question::None;
    int documents = 0;
    qint64 pages = 0; ///< of these documents
    qint64 pagesLeft = 0;
    /// What the rest will cost at the price of today; nothing where nobody can say.
    std::optional<domain::Money> costLeft;
    std::optional<domain::Money> costThen; ///< and at the price it was approved with
    int pricePercent = 0;                  ///< how much dearer, when the price rose; 0: it cost nothing then
    QString file;                          ///< the first that changed
};

/// Decides at a start which runs go on by themselves: those that are still what was approved. The others ask
/// and wait. Any thread but the GUI's.
class ResumeCheck {
public:
    /// All of them outlive this.
    ResumeCheck(store::Database &database, ModelDirectory &directory, const base::Clock &clock);

    /// Before any job is claimed. Nothing when another program is at work: then this is no start. A run that
    /// asked is asked about anew, but for a crash, which only an answer ends.
    [[nodiscard]] base::Status decide(const engine::Engine::Resumed &found);
    /// Runs with work left, those that ask included.
    [[nodiscard]] base::Result<QVector<OpenRun>> openRuns();
    /// The run goes on, approved with what its model costs now.
    [[nodiscard]] base::Status accept(domain::RunId run);
    /// What a run with this model is approved with: the price of a page, and whether its endpoint lists it.
    void addApproval(const domain::ModelRef &model, store::RunPlan &plan);

private:
    [[nodiscard]] base::Result<store::Question>
    questionOf(store::Connection &reader, const store::Questions::OpenRun &open, bool crashed);
    [[nodiscard]] base::Result<bool> isBudgetShort(store::Connection &reader,
                                                   const store::Questions::OpenRun &open);
    [[nodiscard]] bool isModelGone(const store::Questions::OpenRun &open);
    [[nodiscard]] base::Result<QString> changedFile(store::Connection &reader, domain::RunId run);
    [[nodiscard]] std::optional<domain::Money> pagePrice(const domain::ModelRef &model);
    [[nodiscard]] std::optional<domain::Money> costLeft(const store::Questions::OpenRun &open,
                                                        bool atOldPrice);

    store::Database &m_database;
    ModelDirectory &m_directory;
    const base::Clock &m_clock;
};

} // namespace lectern::workspace
