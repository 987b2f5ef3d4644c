// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Clock.h"
#include "base/Result.h"
#include "domain/Document.h"
#include "domain/Endpoint.h"
#include "domain/Money.h"
#include "domain/OutlineItem.h"
#include "domain/PageLink.h"
#include "domain/PageText.h"
#include "domain/RenderRequest.h"
#include "domain/Run.h"
#include "engine/Engine.h"
#include "models/Estimator.h"
#include "store/Budgets.h"
#include "store/Database.h"
#include "store/JobQueue.h"
#include "store/Library.h"
#include "workspace/RunPages.h"
#include "workspace/Search.h"

#include <QHash>
#include <QString>
#include <QStringList>
#include <QVector>

#include <functional>
#include <memory>
#include <optional>

namespace lectern::workspace {

class EmbeddingModels;
class ModelDirectory;
class Workspace;
struct OpenRun;

/// What AddSources did with the paths it was given.
struct AddReport {
    domain::RunId run;
    QVector<domain::DocumentId> documents; ///< every document the paths lead to, new or known
    int added = 0;                         ///< new rows
    int known = 0;                         ///< already in the library and unchanged
    int unsupported = 0;                   ///< of these `documents`, kinds that can't be read yet
    QStringList missing;                   ///< paths that lead nowhere
};

/// Who analyses the pages of a run, and what that may cost.
struct RunRequest {
    std::optional<domain::ModelRef> model; ///< none: the built-in analyser
    store::RunPlan plan;
    /// Above 0: only so many pages, chosen to stand for all (TrialPages.h), and nothing else of the documents
    /// changes. See store::Trials.
    int trialPages = 0;
};

/// What happened to documents that were given to a run.
struct RunReport {
    domain::RunId run;
    int documents = 0;
    qint64 pagesWaiting = 0;
    qint64 pagesAnswered = 0;                   ///< from the store, for nothing
    QVector<domain::DocumentId> trialDocuments; ///< of a trial: where its pages are
};

/// How an open workspace was found.
struct LaunchReport {
    int jobsResumed = 0;
    int jobsSetAside = 0;
    domain::Totals totals;
    // Of these totals, what belongs to runs that wait for an answer (Workspace::openRuns()).
    int documentsAsking = 0;
    qint64 pagesAsking = 0;
    qint64 pagesLeftAsking = 0;
    /// What the rest of all others will cost; nothing: no model that costs money is asked, or nobody can say.
    std::optional<domain::Money> costLeft;
};

/// One library: a folder with `workspace.db` and caches, its queue, and the engine that works on it.
/// The only place where store, pdf, ai and engine meet. Every method may be called from any thread but the
/// GUI's (they wait for the disk); the window calls them through presentation::WorkspaceClient.
class Workspace {
public:
    struct Options {
        QString folder;
        QString program = QStringLiteral("lectern"); ///< who opens it, for the list of workers
        QString helperProgram; ///< path of lectern-pdf; empty: found beside the running program
        bool work = true;      ///< start the engine; false only looks and asks
        int jobs = 0;          ///< documents read at once; 0: as many as there are cores
        qint64 pageDeadlineMs = 30'000;
        qint64 modelSilenceMs = 0; ///< a model may say nothing for so long; 0: as usual for its endpoint
        QString settingsFolder; ///< for the user's own prices and, where allowed, keys; empty: the platform's
        QString embeddingFile;  ///< of the built-in embedding; empty: where the program has it
        std::function<QString(const QString &)>
            environment; ///< variables of the program; none: its real ones
    };
    [[nodiscard]] static base::Result<std::unique_ptr<Workspace>> open(const Options &options,
                                                                       const base::Clock &clock);
    virtual ~Workspace() = default;

    [[nodiscard]] virtual QString folder() const = 0;
    [[nodiscard]] virtual LaunchReport launchReport() const = 0;
    [[nodiscard]] virtual store::Database &database() = 0;
    /// Why nothing can be stored at the moment (disk full, read-only); nothing when all is well.
    [[nodiscard]] virtual std::optional<base::Error> problem() const = 0;

    /// The user's own workspace: $XDG_DATA_HOME/lectern/workspace, or what the platform has for it.
    [[nodiscard]] static QString defaultFolder();

    // Add. Folders are searched for files; hidden ones are skipped. Rows appear in batches of 500 while it
    // runs.
    [[nodiscard]] virtual base::Result<AddReport> add(const QStringList &paths, domain::Goal goal,
                                                      const base::CancelToken &cancel) = 0;
    /// The same, analysed as the request says; documents that are known already are given to its run.
    [[nodiscard]] virtual base::Result<AddReport>
    addForRun(const QStringList &paths, const RunRequest &request, const base::CancelToken &cancel) = 0;
    /// Looks whether the files of the library are still there and unchanged; changed ones are read again.
    /// Returns how many places changed or went missing.
    [[nodiscard]] virtual base::Result<int> verifySources(const base::CancelToken &cancel) = 0;

    // Models.
    [[nodiscard]] virtual ModelDirectory &directory() = 0;
    [[nodiscard]] virtual EmbeddingModels &embeddings() = 0;
    /// New or changed settings of an endpoint; work for it goes on with them.
    [[nodiscard]] virtual base::Status saveEndpoint(const domain::Endpoint &endpoint) = 0;
    /// What it would cost to analyse these pages with each of the models; pages that are not read yet are
    /// left out, and so are models whose endpoint is gone. Reads the text of every page that was not counted
    /// before: a second for some thousands. By domain::ModelRef::text().
    [[nodiscard]] virtual base::Result<QHash<QString, models::Estimate>>
    estimates(const RunPages &pages, const QVector<domain::ModelRef> &models,
              const base::CancelToken &cancel) = 0;
    /// With one model. Errors: NotFound too, no such endpoint.
    [[nodiscard]] base::Result<models::Estimate>
    estimate(const RunPages &pages, const domain::ModelRef &model, const base::CancelToken &cancel);
    /// Gives pages to a new run. Those analysed otherwise before keep their old analysis until the new one
    /// comes. A trial needs a model; its report counts the pages that are asked about.
    [[nodiscard]] virtual base::Result<RunReport> analyse(const RunPages &pages,
                                                          const RunRequest &request) = 0;
    /// Pages of a trial that were not asked about yet are not any more. `documents` are those of its report.
    [[nodiscard]] virtual base::Status cancelTrial(domain::RunId run,
                                                   const QVector<domain::DocumentId> &documents) = 0;
    [[nodiscard]] virtual base::Status setBudget(store::Budgets::Period period,
                                                 std::optional<domain::Money> limit) = 0;
    [[nodiscard]] virtual base::Status setRunCap(domain::RunId run, std::optional<domain::Money> cap) = 0;

    /// Runs of models with work left. Those with a question wait until it is answered.
    [[nodiscard]] virtual base::Result<QVector<OpenRun>> openRuns() = 0;
    /// Yes to what such a run asks: it goes on at the prices of today.
    [[nodiscard]] virtual base::Status acceptRun(domain::RunId run) = 0;
    /// The pages that such a run has left.
    [[nodiscard]] virtual base::Result<RunPages> pagesOf(domain::RunId run) = 0;

    // Control.
    [[nodiscard]] virtual base::Status pauseAll(bool paused) = 0;
    [[nodiscard]] virtual base::Status pauseRun(domain::RunId run, bool paused) = 0;
    [[nodiscard]] virtual base::Status pauseDocuments(const QVector<domain::DocumentId> &documents,
                                                      bool paused) = 0;
    [[nodiscard]] virtual base::Status cancelDocuments(const QVector<domain::DocumentId> &documents) = 0;
    /// Empty: every document with a failure. Returns how many jobs start again.
    [[nodiscard]] virtual base::Result<int> retryDocuments(const QVector<domain::DocumentId> &documents) = 0;
    [[nodiscard]] virtual base::Status retryPage(domain::DocumentId document, int page) = 0;
    [[nodiscard]] virtual base::Status runNext(const QVector<domain::DocumentId> &documents) = 0;
    [[nodiscard]] virtual base::Status setPriority(const QVector<domain::DocumentId> &documents,
                                                   domain::Priority priority) = 0;
    [[nodiscard]] virtual base::Status remove(const QVector<domain::DocumentId> &documents) = 0;
    [[nodiscard]] virtual base::Status restore(const QVector<domain::DocumentId> &documents) = 0;
    [[nodiscard]] virtual base::Status deleteForGood(const QVector<domain::DocumentId> &documents) = 0;

    // Locked documents. Passwords are kept in memory only, until the workspace closes.
    /// PasswordWrong when it does not open the document. Otherwise the document goes on.
    [[nodiscard]] virtual base::Status unlock(domain::DocumentId document, const QString &password) = 0;
    /// Tries a password on every other locked document; returns those it opened.
    [[nodiscard]] virtual base::Result<QVector<domain::DocumentId>>
    tryPasswordOnOthers(const QString &password) = 0;

    // Read.
    /// Draws a page or a part of one for the eye. Uses helpers of its own, so that a busy queue delays it
    /// little; two pages are drawn at once, so that one that takes long does not hold up the others.
    [[nodiscard]] virtual base::Result<domain::PageImage> renderPage(domain::DocumentId document,
                                                                     const domain::RenderRequest &request,
                                                                     const base::CancelToken &cancel) = 0;
    /// The document's own outline; empty when it has none.
    [[nodiscard]] virtual base::Result<QVector<domain::OutlineItem>>
    outline(domain::DocumentId document, const base::CancelToken &cancel) = 0;
    /// What can be clicked on a page. Addresses are as the document states them: not to be trusted.
    [[nodiscard]] virtual base::Result<QVector<domain::PageLink>> links(domain::DocumentId document, int page,
                                                                        const base::CancelToken &cancel) = 0;
    /// Finds pages by their words.
    [[nodiscard]] virtual base::Result<SearchReport> search(const SearchRequest &request,
                                                            const base::CancelToken &cancel) = 0;

    /// One finding of the doctor.
    struct Finding {
        QString
            check; ///< stable name: "integrity", "helper", "confinement", "disk_space", "queue", "sources", …
        bool ok = true;
        QString detail;
    };
    [[nodiscard]] virtual base::Result<QVector<Finding>> diagnose() = 0;
};

} // namespace lectern::workspace
