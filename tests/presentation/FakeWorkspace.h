// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Tokenizer.h"
#include "net/HttpClient.h"
#include "store/Database.h"
#include "workspace/EmbeddingModels.h"
#include "workspace/ModelDirectory.h"
#include "workspace/ResumeCheck.h"
#include "workspace/Workspace.h"

#include <QHash>
#include <QMutex>
#include <QSemaphore>
#include <QStringList>

#include <atomic>
#include <memory>
#include <optional>
#include <utility>

namespace lectern::presentation {

/// What a test and the fake workspace share: it outlives the workspace.
struct FakeState {
    QSemaphore adding;    ///< add() waits for one, looking at its cancel token
    QSemaphore rendering; ///< renderPage() too
    QMutex mutex;
    QStringList calls; ///< in the order in which they began; guarded by mutex
    std::atomic<int> destroyed = 0;
    std::atomic<bool> onGuiThread = false;
    std::atomic<bool> diskFull = false;
    QVector<domain::OutlineItem> outline;        ///< of any document; set before it is asked for
    QHash<int, QVector<domain::PageLink>> links; ///< by page; likewise

    void note(const QString &call);
    [[nodiscard]] QStringList soFar();
};

/// A workspace that does nothing but note what it is asked, and waits where a test wants it to.
class FakeWorkspace final : public workspace::Workspace {
public:
    FakeWorkspace(std::shared_ptr<FakeState> state, store::Database &database)
        : m_state(std::move(state)), m_database(database)
    {
    }
    ~FakeWorkspace() override { ++m_state->destroyed; }

    QString folder() const override { return QStringLiteral("/library"); }
    workspace::LaunchReport launchReport() const override
    {
        workspace::LaunchReport report;
        report.jobsResumed = 3;
        report.jobsSetAside = 1;
        return report;
    }
    store::Database &database() override { return m_database; }
    std::optional<base::Error> problem() const override
    {
        return m_state->diskFull ? std::optional(base::Error{base::ErrorCode::DiskFull, {}}) : std::nullopt;
    }
    base::Result<workspace::AddReport> add(const QStringList &paths, domain::Goal,
                                           const base::CancelToken &cancel) override;
    base::Result<workspace::AddReport> addForRun(const QStringList &paths, const workspace::RunRequest &,
                                                 const base::CancelToken &cancel) override
    {
        return add(paths, domain::Goal::Analysis, cancel);
    }
    workspace::ModelDirectory &directory() override { return m_directory; }
    workspace::EmbeddingModels &embeddings() override { return m_embeddings; }
    base::Status saveEndpoint(const domain::Endpoint &endpoint) override
    {
        return m_directory.save(endpoint);
    }
    base::Result<QHash<QString, models::Estimate>> estimates(const workspace::RunPages &,
                                                             const QVector<domain::ModelRef> &,
                                                             const base::CancelToken &) override
    {
        return done(QStringLiteral("estimates"), QHash<QString, models::Estimate>());
    }
    base::Result<workspace::RunReport> analyse(const workspace::RunPages &,
                                               const workspace::RunRequest &) override
    {
        return done(QStringLiteral("analyse"), workspace::RunReport());
    }
    base::Result<QVector<workspace::OpenRun>> openRuns() override
    {
        return done(QStringLiteral("openRuns"), QVector<workspace::OpenRun>());
    }
    base::Status acceptRun(domain::RunId) override { return done(QStringLiteral("acceptRun")); }
    base::Result<workspace::RunPages> pagesOf(domain::RunId) override
    {
        return done(QStringLiteral("pagesOf"), workspace::RunPages());
    }
    base::Status cancelTrial(domain::RunId, const QVector<domain::DocumentId> &) override
    {
        return done(QStringLiteral("cancelTrial"));
    }
    base::Status setBudget(store::Budgets::Period, std::optional<domain::Money>) override { return {}; }
    base::Status setRunCap(domain::RunId, std::optional<domain::Money>) override { return {}; }
    base::Result<int> verifySources(const base::CancelToken &) override
    {
        return done(QStringLiteral("verify"), 2);
    }
    base::Status pauseAll(bool paused) override
    {
        return done(paused ? QStringLiteral("pause") : QStringLiteral("resume"));
    }
    base::Status pauseRun(domain::RunId, bool) override { return done(QStringLiteral("pauseRun")); }
    base::Status pauseDocuments(const QVector<domain::DocumentId> &, bool) override
    {
        return done(QStringLiteral("pauseDocuments"));
    }
    base::Status cancelDocuments(const QVector<domain::DocumentId> &) override
    {
        return done(QStringLiteral("cancel"));
    }
    base::Result<int> retryDocuments(const QVector<domain::DocumentId> &) override
    {
        return done(QStringLiteral("retry"), 7);
    }
    base::Status retryPage(domain::DocumentId, int) override { return done(QStringLiteral("retryPage")); }
    base::Status runNext(const QVector<domain::DocumentId> &) override
    {
        return done(QStringLiteral("runNext"));
    }
    base::Status setPriority(const QVector<domain::DocumentId> &, domain::Priority) override
    {
        return done(QStringLiteral("priority"));
    }
    base::Status remove(const QVector<domain::DocumentId> &) override;
    base::Status restore(const QVector<domain::DocumentId> &) override
    {
        return done(QStringLiteral("restore"));
    }
    base::Status deleteForGood(const QVector<domain::DocumentId> &) override
    {
        return done(QStringLiteral("delete"));
    }
    base::Status unlock(domain::DocumentId, const QString &) override;
    base::Result<QVector<domain::DocumentId>> tryPasswordOnOthers(const QString &) override;
    base::Result<domain::PageImage> renderPage(domain::DocumentId, const domain::RenderRequest &request,
                                               const base::CancelToken &cancel) override;
    base::Result<QVector<domain::OutlineItem>> outline(domain::DocumentId, const base::CancelToken &) override
    {
        return done(QStringLiteral("outline"), m_state->outline);
    }
    base::Result<QVector<domain::PageLink>> links(domain::DocumentId, int page,
                                                  const base::CancelToken &) override
    {
        return done(QStringLiteral("links %1").arg(page), m_state->links.value(page));
    }
    base::Result<workspace::SearchReport> search(const workspace::SearchRequest &request,
                                                 const base::CancelToken &cancel) override;
    base::Result<QVector<Finding>> diagnose() override
    {
        return done(QStringLiteral("diagnose"), QVector<Finding>());
    }

private:
    base::Status done(const QString &call);
    template <class T> base::Result<T> done(const QString &call, T value)
    {
        m_state->note(call);
        return value;
    }

    std::shared_ptr<FakeState> m_state;
    store::Database &m_database;
    base::SystemClock m_clock;
    net::HttpClient m_http;
    workspace::ModelDirectory m_directory{m_database, m_http, m_clock, {}};
    models::Tokenizer m_tokenizer;
    workspace::BuiltInEmbedder m_builtIn{QStringLiteral("none")};
    workspace::EndpointEmbedder m_endpointEmbedder{m_database, m_directory, m_http, m_clock};
    workspace::EmbeddingModels m_embeddings{m_database,         m_directory, m_builtIn,
                                            m_endpointEmbedder, m_tokenizer, [] {}};
};

} // namespace lectern::presentation
