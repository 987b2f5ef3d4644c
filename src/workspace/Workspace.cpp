// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/Workspace.h"

#include "ai/BuiltInAnalyzer.h"
#include "net/HttpClient.h"
#include "pdf/HelperLocation.h"
#include "pdf/HelperPool.h"
#include "store/Connection.h"
#include "store/Trials.h"
#include "workspace/AddSources.h"
#include "workspace/AnalyzeJob.h"
#include "workspace/Doctor.h"
#include "workspace/EmbedJob.h"
#include "workspace/EmbeddingModels.h"
#include "workspace/EndpointEmbedJob.h"
#include "workspace/EndpointEmbedder.h"
#include "workspace/ExtractJob.h"
#include "workspace/Housekeeping.h"
#include "workspace/ModelAnalyzeJob.h"
#include "workspace/ModelDirectory.h"
#include "workspace/PageCounter.h"
#include "workspace/PageRenderer.h"
#include "workspace/ResumeCheck.h"
#include "workspace/RunEstimate.h"
#include "workspace/SearchUpkeep.h"
#include "workspace/StartRun.h"
#include "workspace/VerifySources.h"

#include <QRandomGenerator>
#include <QStandardPaths>

#include <algorithm>
#include <thread>

namespace lectern::workspace {

using base::ErrorCode;
using store::JobQueue;
using store::Library;
using store::Transaction;

namespace {

constexpr int kAnalyzeSlotsPerCore = 4; // most of them wait for their commit
constexpr int kReadingHelpers = 2;      // a page that takes long must not hold up its neighbours

pdf::HelperSettings helperSettings(const Workspace::Options &options, int helpers)
{
    pdf::HelperSettings settings;
    settings.program = options.helperProgram.isEmpty() ? pdf::helperProgramPath() : options.helperProgram;
    settings.pageDeadlineMs = options.pageDeadlineMs;
    settings.openDeadlineMs = options.pageDeadlineMs;
    settings.renderDeadlineMs = options.pageDeadlineMs;
    settings.maxHelpers = helpers;
    return settings;
}

QString settingsFolder(const Workspace::Options &options)
{
    return options.settingsFolder.isEmpty()
               ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                     QStringLiteral("/lectern")
               : options.settingsFolder;
}

ModelDirectory::Options directoryOptions(const Workspace::Options &options)
{
    const QString folder = settingsFolder(options);
    return {folder + QStringLiteral("/keys.json"), folder + QStringLiteral("/models.json"),
            options.environment ? options.environment : [](const QString &name) {
                return qEnvironmentVariable(name.toLocal8Bit().constData());
            }};
}

double randomFraction()
{
    return QRandomGenerator::global()->generateDouble();
}

/// Sends each job to who is to do it: the lane says who.
class LaneRouter final : public engine::JobHandler {
public:
    LaneRouter(engine::JobHandler &builtIn, engine::JobHandler &model) : m_builtIn(builtIn), m_model(model) {}

    [[nodiscard]] engine::JobResult run(const engine::JobContext &context) override
    {
        return domain::endpointOfLane(context.job.lane) ? m_model.run(context) : m_builtIn.run(context);
    }

private:
    engine::JobHandler &m_builtIn;
    engine::JobHandler &m_model;
};

class WorkspaceImpl final : public Workspace {
public:
    WorkspaceImpl(const Options &options, std::unique_ptr<store::Database> database, const base::Clock &clock,
                  int cores)
        : m_clock(clock), m_database(std::move(database)),
          m_helperProgram(helperSettings(options, cores).program), m_helpers(helperSettings(options, cores)),
          m_readingHelpers(helperSettings(options, kReadingHelpers)),
          m_directory(*m_database, m_http, clock, directoryOptions(options)),
          m_extractJob(
              m_helpers, m_passwords, clock,
              [this](store::Connection &reader, const QString &analyzer) {
                  return m_directory.answerKeys(reader, analyzer);
              },
              randomFraction),
          m_embedder(options.embeddingFile), m_endpointEmbedder(*m_database, m_directory, m_http, clock),
          m_embedJob(m_embedder, clock, randomFraction),
          m_endpointEmbedJob(m_endpointEmbedder, clock, randomFraction),
          m_analyzeJob(m_analyzer, clock, randomFraction),
          m_renderer(*m_database, m_readingHelpers, m_passwords, kReadingHelpers),
          m_pictureRenderer(*m_database, m_helpers, m_passwords, 1),
          m_modelJob(m_directory, m_http, m_pictureRenderer, clock, m_tokenizer, randomFraction,
                     options.modelSilenceMs),
          m_analyzeRouter(m_analyzeJob, m_modelJob)
    {
    }

    ~WorkspaceImpl() override
    {
        m_searchUpkeep.reset();
        m_engine.reset();
    }

    base::Status loadModels() { return m_directory.load(); }

    base::Status startEngine(const Options &options, int cores)
    {
        engine::Engine::Options engineOptions;
        engineOptions.program = options.program;
        const QString extractLane = domain::localLane(domain::JobKind::Extract);
        const QString analyzeLane = domain::localLane(domain::JobKind::Analyze);
        engineOptions.lanes = {{extractLane, cores, {}},
                               {analyzeLane, cores * kAnalyzeSlotsPerCore, extractLane},
                               {domain::localLane(domain::JobKind::Embed), cores, extractLane}};
        const auto endpoints = m_directory.endpoints();
        if (!endpoints)
            return base::fail(endpoints.error());
        for (const domain::Endpoint &endpoint : *endpoints)
            engineOptions.lanes.append(laneOf(endpoint));
        engineOptions.random = randomFraction;
        engineOptions.beforeWork = [this](const engine::Engine::Resumed &found) { return beforeWork(found); };
        auto started = engine::Engine::start(
            *m_database, m_clock,
            [this](domain::JobKind kind) -> engine::JobHandler * {
                switch (kind) {
                case domain::JobKind::Extract:
                    return &m_extractJob;
                case domain::JobKind::Analyze:
                case domain::JobKind::Trial:
                    return &m_analyzeRouter;
                case domain::JobKind::Embed:
                    return &m_embedRouter;
                }
                return nullptr;
            },
            engineOptions);
        if (!started)
            return base::fail(started.error());
        m_engine = std::move(*started);
        m_launch.jobsResumed = m_engine->resumed().jobs;
        m_launch.jobsSetAside = m_engine->resumed().setAside;
        m_searchUpkeep.emplace(*m_database, m_embeddings);
        return throwOldThingsAway(*m_database, m_clock);
    }

    // Nobody waits any more for what the program before tried out.
    base::Status beforeWork(const engine::Engine::Resumed &found)
    {
        if (found.workersAtWork > 0)
            return {};
        const auto ended = m_database->writer().run(
            [](Transaction &transaction) { return store::Trials::cancelAll(transaction); });
        return ended ? m_resumeCheck.decide(found) : base::fail(ended.error());
    }

    base::Status readTotals();

    [[nodiscard]] QString folder() const override { return m_database->folder(); }
    [[nodiscard]] LaunchReport launchReport() const override { return m_launch; }
    [[nodiscard]] store::Database &database() override { return *m_database; }
    [[nodiscard]] std::optional<base::Error> problem() const override
    {
        return m_engine ? m_engine->problem() : std::nullopt;
    }

    [[nodiscard]] base::Result<AddReport> add(const QStringList &paths, domain::Goal goal,
                                              const base::CancelToken &cancel) override
    {
        auto report = AddSources(m_database->writer(), m_analyzer.id()).add(paths, goal, cancel);
        wake();
        return report;
    }

    [[nodiscard]] base::Result<AddReport> addForRun(const QStringList &paths, const RunRequest &request,
                                                    const base::CancelToken &cancel) override;
    [[nodiscard]] ModelDirectory &directory() override { return m_directory; }
    [[nodiscard]] EmbeddingModels &embeddings() override { return m_embeddings; }
    [[nodiscard]] base::Status saveEndpoint(const domain::Endpoint &endpoint) override
    {
        const base::Status saved = m_directory.save(endpoint);
        if (saved && m_engine)
            m_engine->setLane(laneOf(endpoint));
        return saved;
    }
    [[nodiscard]] base::Result<QHash<QString, models::Estimate>>
    estimates(const RunPages &pages, const QVector<domain::ModelRef> &models,
              const base::CancelToken &cancel) override
    {
        return withReader(
            [&](store::Connection &reader) { return m_estimate.of(reader, pages, models, cancel); });
    }
    [[nodiscard]] base::Result<RunReport> analyse(const RunPages &pages, const RunRequest &request) override
    {
        auto report = m_startRun.start(pages, request);
        wake();
        return report;
    }
    [[nodiscard]] base::Status cancelTrial(domain::RunId run,
                                           const QVector<domain::DocumentId> &documents) override
    {
        return write([&](Transaction &transaction) -> base::Status {
            const auto ended = store::Trials::cancel(transaction, run, documents);
            return ended ? base::Status() : base::fail(ended.error());
        });
    }
    [[nodiscard]] base::Result<QVector<OpenRun>> openRuns() override { return m_resumeCheck.openRuns(); }
    [[nodiscard]] base::Status acceptRun(domain::RunId run) override
    {
        const base::Status accepted = m_resumeCheck.accept(run);
        wake();
        return accepted;
    }
    [[nodiscard]] base::Result<RunPages> pagesOf(domain::RunId run) override
    {
        return withReader([=](store::Connection &reader) { return store::Questions::documents(reader, run); })
            .map([](const QVector<domain::DocumentId> &documents) {
                return RunPages{documents, RunPages::Which::Waiting};
            });
    }
    [[nodiscard]] base::Status setBudget(store::Budgets::Period period,
                                         std::optional<domain::Money> limit) override
    {
        return write(
            [=](Transaction &transaction) { return store::Budgets::setLimit(transaction, period, limit); });
    }
    [[nodiscard]] base::Status setRunCap(domain::RunId run, std::optional<domain::Money> cap) override
    {
        return write(
            [=](Transaction &transaction) { return store::Budgets::setRunCap(transaction, run, cap); });
    }

    [[nodiscard]] base::Result<int> verifySources(const base::CancelToken &cancel) override
    {
        auto differences = VerifySources(*m_database, m_analyzer.id()).verify(cancel);
        wake();
        return differences;
    }

    [[nodiscard]] base::Status pauseAll(bool paused) override
    {
        return write([=](Transaction &transaction) { return JobQueue::setAllPaused(transaction, paused); });
    }
    [[nodiscard]] base::Status pauseRun(domain::RunId run, bool paused) override
    {
        return write(
            [=](Transaction &transaction) { return JobQueue::setRunPaused(transaction, run, paused); });
    }
    [[nodiscard]] base::Status pauseDocuments(const QVector<domain::DocumentId> &documents,
                                              bool paused) override
    {
        return writeEach(documents, [=](Transaction &transaction, domain::DocumentId document) {
            return JobQueue::setDocumentPaused(transaction, document, paused);
        });
    }
    [[nodiscard]] base::Status cancelDocuments(const QVector<domain::DocumentId> &documents) override
    {
        return writeEach(documents, JobQueue::cancelDocument);
    }
    [[nodiscard]] base::Result<int> retryDocuments(const QVector<domain::DocumentId> &documents) override;
    [[nodiscard]] base::Status retryPage(domain::DocumentId document, int page) override
    {
        return write(
            [=](Transaction &transaction) { return JobQueue::retryPage(transaction, document, page); });
    }
    [[nodiscard]] base::Status runNext(const QVector<domain::DocumentId> &documents) override
    {
        return writeEach(documents, JobQueue::runNext);
    }
    [[nodiscard]] base::Status setPriority(const QVector<domain::DocumentId> &documents,
                                           domain::Priority priority) override
    {
        return writeEach(documents, [=](Transaction &transaction, domain::DocumentId document) {
            return JobQueue::setPriority(transaction, document, priority);
        });
    }
    [[nodiscard]] base::Status remove(const QVector<domain::DocumentId> &documents) override
    {
        return write([=](Transaction &transaction) { return Library::remove(transaction, documents); });
    }
    [[nodiscard]] base::Status restore(const QVector<domain::DocumentId> &documents) override
    {
        return write([=](Transaction &transaction) { return Library::restore(transaction, documents); });
    }
    [[nodiscard]] base::Status deleteForGood(const QVector<domain::DocumentId> &documents) override
    {
        for (const domain::DocumentId document : documents)
            m_passwords.forget(document);
        return write([=](Transaction &transaction) { return Library::purge(transaction, documents); });
    }

    [[nodiscard]] base::Status unlock(domain::DocumentId document, const QString &password) override;
    [[nodiscard]] base::Result<QVector<domain::DocumentId>>
    tryPasswordOnOthers(const QString &password) override;

    [[nodiscard]] base::Result<domain::PageImage> renderPage(domain::DocumentId document,
                                                             const domain::RenderRequest &request,
                                                             const base::CancelToken &cancel) override
    {
        return m_renderer.render(document, request, cancel);
    }
    [[nodiscard]] base::Result<QVector<domain::OutlineItem>> outline(domain::DocumentId document,
                                                                     const base::CancelToken &cancel) override
    {
        return m_renderer.outline(document, cancel);
    }
    [[nodiscard]] base::Result<QVector<domain::PageLink>> links(domain::DocumentId document, int page,
                                                                const base::CancelToken &cancel) override
    {
        return m_renderer.links(document, page, cancel);
    }
    [[nodiscard]] base::Result<SearchReport> search(const SearchRequest &request,
                                                    const base::CancelToken &cancel) override
    {
        return withReader([&](store::Connection &reader) { return m_search.find(reader, request, cancel); });
    }
    [[nodiscard]] base::Result<QVector<Finding>> diagnose() override
    {
        return Doctor(*m_database, m_directory, m_helperProgram).examine();
    }

private:
    static engine::Lane laneOf(const domain::Endpoint &endpoint)
    {
        return {domain::endpointLane(endpoint.id),
                endpoint.enabled ? endpoint.concurrency : 0,
                {},
                !domain::isLocalKind(endpoint.kind)};
    }

    void wake()
    {
        if (m_engine)
            m_engine->wake();
    }

    template <class Write> base::Status write(Write statements)
    {
        const base::Status written = m_database->writer().run(
            [&](Transaction &transaction) -> base::Status { return statements(transaction); });
        wake();
        return written;
    }

    template <class Write>
    base::Status writeEach(const QVector<domain::DocumentId> &documents, Write statements)
    {
        return write([&](Transaction &transaction) -> base::Status {
            for (const domain::DocumentId document : documents) {
                if (const base::Status written = statements(transaction, document); !written)
                    return written;
            }
            return {};
        });
    }

    template <class Read> auto withReader(Read read) -> std::invoke_result_t<Read, store::Connection &>
    {
        const auto reader = m_database->openReader();
        if (!reader)
            return base::fail(reader.error());
        return read(**reader);
    }

    base::Result<QVector<domain::DocumentId>> documentsIn(std::initializer_list<domain::DocumentState> states)
    {
        return withReader([&](store::Connection &reader) {
            Library::DocumentQuery query;
            query.states = QVector<domain::DocumentState>(states);
            return Library::find(reader, query);
        });
    }

    base::Status tryPassword(domain::DocumentId document, const QByteArray &password);

    const base::Clock &m_clock;
    std::unique_ptr<store::Database> m_database;
    QString m_helperProgram;
    pdf::HelperPool m_helpers;
    pdf::HelperPool m_readingHelpers;
    PasswordVault m_passwords;
    ai::BuiltInAnalyzer m_analyzer;
    net::HttpClient m_http;
    models::Tokenizer m_tokenizer;
    ModelDirectory m_directory;
    PageCounter m_counter{m_tokenizer};
    RunEstimate m_estimate{m_directory, m_tokenizer, m_counter};
    ResumeCheck m_resumeCheck{*m_database, m_directory, m_clock};
    StartRun m_startRun{*m_database, m_directory, m_estimate, m_resumeCheck, m_analyzer.id()};
    ExtractJob m_extractJob;
    BuiltInEmbedder m_embedder;
    EndpointEmbedder m_endpointEmbedder;
    EmbeddingModels m_embeddings{*m_database,        m_directory, m_embedder,
                                 m_endpointEmbedder, m_tokenizer, [this] { wake(); }};
    Search m_search{m_embedder, m_endpointEmbedder};
    EmbedJob m_embedJob;
    EndpointEmbedJob m_endpointEmbedJob;
    LaneRouter m_embedRouter{m_embedJob, m_endpointEmbedJob};
    AnalyzeJob m_analyzeJob;
    PageRenderer m_renderer;
    PageRenderer m_pictureRenderer; ///< for what models get to see: never makes a reader wait
    ModelAnalyzeJob m_modelJob;
    LaneRouter m_analyzeRouter;
    std::unique_ptr<engine::Engine> m_engine;
    std::optional<SearchUpkeep> m_searchUpkeep;
    LaunchReport m_launch;
};

base::Status WorkspaceImpl::readTotals()
{
    const auto totals = withReader([](store::Connection &reader) { return Library::totals(reader); });
    const auto runs = m_resumeCheck.openRuns();
    if (!totals || !runs)
        return base::fail(totals ? runs.error() : totals.error());
    m_launch.totals = *totals;
    for (const OpenRun &run : *runs) {
        if (run.question != store::Question::None) {
            m_launch.documentsAsking += run.documents;
            m_launch.pagesAsking += run.pages;
            m_launch.pagesLeftAsking += run.pagesLeft;
        } else if (run.costLeft && !run.costLeft->isZero()) {
            m_launch.costLeft = m_launch.costLeft.value_or(domain::Money()) + *run.costLeft;
        }
    }
    return {};
}

base::Result<AddReport> WorkspaceImpl::addForRun(const QStringList &paths, const RunRequest &request,
                                                 const base::CancelToken &cancel)
{
    const auto run = m_startRun.create(request);
    if (!run)
        return base::fail(run.error());
    auto report = AddSources(m_database->writer(), *run).add(paths, domain::Goal::Analysis, cancel);
    if (!report)
        return report;
    const auto known =
        withReader([&](store::Connection &reader) { return Library::documents(reader, report->documents); });
    if (!known)
        return base::fail(known.error());
    QVector<domain::DocumentId> others;
    for (const domain::Document &document : *known) {
        if (document.run != *run)
            others.append(document.id);
    }
    if (const auto assigned = m_startRun.assign(*run, {others}, request); !assigned)
        return base::fail(assigned.error());
    wake();
    return report;
}

base::Result<int> WorkspaceImpl::retryDocuments(const QVector<domain::DocumentId> &documents)
{
    QVector<domain::DocumentId> chosen = documents;
    if (chosen.isEmpty()) {
        const auto failed =
            documentsIn({domain::DocumentState::DoneWithFailures, domain::DocumentState::Failed,
                         domain::DocumentState::Corrupt, domain::DocumentState::Cancelled});
        if (!failed)
            return base::fail(failed.error());
        chosen = *failed;
    }
    const auto jobs = m_database->writer().run([&](Transaction &transaction) -> base::Result<int> {
        int started = 0;
        for (const domain::DocumentId document : chosen) {
            const auto retried = JobQueue::retryDocument(transaction, document);
            if (!retried)
                return base::fail(retried.error());
            started += *retried;
        }
        return started;
    });
    wake();
    return jobs;
}

base::Status WorkspaceImpl::tryPassword(domain::DocumentId document, const QByteArray &password)
{
    const auto places =
        withReader([&](store::Connection &reader) { return Library::places(reader, document); });
    if (!places)
        return base::fail(places.error());
    if (places->isEmpty())
        return base::fail(ErrorCode::FileMissing);
    const auto session = m_readingHelpers.open(places->first().path, password, base::CancelToken());
    if (!session)
        return base::fail(session.error());
    m_passwords.remember(document, password);
    return write([&, worker = m_engine ? m_engine->workerId() : QString()](Transaction &transaction) {
        return Library::unlock(transaction, document, worker);
    });
}

base::Status WorkspaceImpl::unlock(domain::DocumentId document, const QString &password)
{
    return tryPassword(document, password.toUtf8());
}

base::Result<QVector<domain::DocumentId>> WorkspaceImpl::tryPasswordOnOthers(const QString &password)
{
    const auto locked = documentsIn({domain::DocumentState::NeedsPassword});
    if (!locked)
        return base::fail(locked.error());
    QVector<domain::DocumentId> opened;
    for (const domain::DocumentId document : *locked) {
        if (tryPassword(document, password.toUtf8()))
            opened.append(document);
    }
    return opened;
}

} // namespace

QString Workspace::defaultFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/lectern/workspace");
}

base::Result<models::Estimate> Workspace::estimate(const RunPages &pages, const domain::ModelRef &model,
                                                   const base::CancelToken &cancel)
{
    const auto found = estimates(pages, {model}, cancel);
    if (!found)
        return base::fail(found.error());
    const auto estimate = found->constFind(model.text());
    return estimate != found->constEnd()
               ? base::Result<models::Estimate>(*estimate)
               : base::fail(ErrorCode::NotFound, QStringLiteral("endpoint ") + model.endpoint);
}

base::Result<std::unique_ptr<Workspace>> Workspace::open(const Options &options, const base::Clock &clock)
{
    store::Database::Options databaseOptions;
    databaseOptions.folder = options.folder;
    auto database = store::Database::open(databaseOptions, clock);
    if (!database)
        return base::fail(database.error());
    const int cores =
        options.jobs > 0 ? options.jobs : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    auto workspace = std::make_unique<WorkspaceImpl>(options, std::move(*database), clock, cores);
    if (const base::Status loaded = workspace->loadModels(); !loaded)
        return base::fail(loaded.error());
    if (options.work) {
        if (const base::Status started = workspace->startEngine(options, cores); !started)
            return base::fail(started.error());
    }
    if (const base::Status read = workspace->readTotals(); !read)
        return base::fail(read.error());
    return std::unique_ptr<Workspace>(std::move(workspace));
}

} // namespace lectern::workspace
