// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/EmbeddingDesk.h"

#include "presentation/ModelReader.h"
#include "presentation/WorkspaceClient.h"
#include "store/Connection.h"
#include "workspace/EmbeddingModels.h"
#include "workspace/ModelDirectory.h"

#include <QUrl>

#include <algorithm>
#include <utility>

namespace lectern::presentation {

using base::CancelToken;
using domain::ModelRef;
using workspace::EmbeddingModels;
using workspace::Workspace;

namespace {

constexpr int kIntervalMs = 1'000;
/// A large library is looked at less often: a tenth of the time at most.
constexpr qint64 kRest = 10;

/// The only language that the built-in embedding knows.
const QString kBuiltInLanguage = QStringLiteral("en");

ModelChoice choiceOf(const QString &id, const QVector<ModelChoice> &embedders)
{
    const QString wanted = isBuiltIn(id) ? kBuiltInId : id;
    for (const ModelChoice &choice : embedders) {
        if (choice.id == wanted)
            return choice;
    }
    // Its endpoint is gone, or lists it no more: the vectors are still here.
    ModelChoice choice;
    choice.id = id;
    if (const auto ref = ModelRef::fromText(id)) {
        choice.name = ref->model;
        choice.provider = ref->endpoint;
    }
    return choice;
}

std::optional<EmbeddingModelView> viewOf(const std::optional<EmbeddingModels::Part> &part,
                                         const QVector<ModelChoice> &embedders)
{
    if (!part)
        return std::nullopt;
    EmbeddingModelView view;
    view.model = choiceOf(part->space.model, embedders);
    view.dimensions = part->space.dimensions;
    view.language = part->space.language;
    view.passages = part->coverage.chunks;
    view.vectors = part->coverage.vectors;
    view.otherLanguage = part->coverage.otherLanguage;
    view.money = {part->money.limit, part->money.spent, part->money.reserved};
    return view;
}

base::Result<EmbeddingStanding> standingOf(Workspace &workspace, const base::Clock &clock)
{
    const auto reader = workspace.database().openReader();
    if (!reader)
        return base::fail(reader.error());
    const auto embedders = ModelReader(workspace, clock).embedders(**reader);
    const auto read = workspace.embeddings().standing();
    if (!embedders || !read)
        return base::fail(embedders ? read.error() : embedders.error());
    EmbeddingStanding standing;
    standing.serving = viewOf(read->serving, *embedders);
    standing.filling = viewOf(read->filling, *embedders);
    standing.previous = viewOf(read->previous, *embedders);
    standing.hasBuiltIn = read->hasBuiltIn;
    return standing;
}

/// "api.openai.com", "127.0.0.1:11434".
QString hostOf(const domain::Endpoint &endpoint)
{
    const QUrl url(endpoint.address);
    return url.port() < 0 ? url.host() : QStringLiteral("%1:%2").arg(url.host()).arg(url.port());
}

base::Status fill(EmbeddingOffer &offer, Workspace &workspace, const base::Clock &clock,
                  const CancelToken &cancel)
{
    const auto model = ModelRef::fromText(offer.model.id);
    if (!model)
        return base::fail(base::ErrorCode::InvalidArgument, offer.model.id);
    const auto endpoint = workspace.directory().endpoint(model->endpoint);
    const auto reader = workspace.database().openReader();
    if (!endpoint || !reader)
        return base::fail(endpoint ? reader.error() : endpoint.error());
    offer.host = hostOf(*endpoint);
    const auto budgets = ModelReader(workspace, clock).budgets(**reader);
    const auto estimate = workspace.embeddings().estimate(*model, cancel);
    if (!budgets || !estimate)
        return base::fail(budgets ? estimate.error() : budgets.error());
    offer.passages = estimate->passages;
    offer.passagesDone = estimate->passagesDone;
    offer.tokens = estimate->tokens.expected;
    offer.areTokensExact = estimate->isExact;
    offer.cap = budgets->run;
    offer.state = EmbeddingOffer::State::Ready;
    if (estimate->cost) {
        offer.low = estimate->cost->low;
        offer.likely = estimate->cost->expected;
        offer.high = estimate->cost->high;
    } else if (!offer.model.isFree() && estimate->priceState != models::PriceState::Free) {
        offer.state = EmbeddingOffer::State::PriceUnknown;
    }
    return {};
}

EmbeddingOffer offerOf(const ModelChoice &model, Workspace &workspace, const base::Clock &clock,
                       const CancelToken &cancel)
{
    EmbeddingOffer offer;
    offer.model = model;
    if (model.builtIn) {
        offer.language = kBuiltInLanguage;
        offer.state = EmbeddingOffer::State::Ready;
        return offer;
    }
    if (const base::Status done = fill(offer, workspace, clock, cancel); !done) {
        offer.state = EmbeddingOffer::State::Failed;
        offer.problem = done.error();
    }
    return offer;
}

store::RunPlan planOf(const EmbeddingDecision &decision)
{
    store::RunPlan plan;
    if (decision.offer.state == EmbeddingOffer::State::Ready) {
        plan.estimateLow = decision.offer.low;
        plan.estimateLikely = decision.offer.likely;
        plan.estimateHigh = decision.offer.high;
    }
    plan.cap = decision.cap;
    plan.unpricedAllowed = decision.unpricedAllowed;
    return plan;
}

} // namespace

EmbeddingDesk::EmbeddingDesk(WorkspaceClient &client, const base::Clock &clock, QObject *parent)
    : QObject(parent), m_client(client), m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &EmbeddingDesk::refresh);
    connect(&client, &WorkspaceClient::opened, this, [this] {
        m_isKnown = false;
        m_choosing = 0; // what a workspace was asked before is never answered
        if (m_watched)
            refreshAnew();
    });
    connect(&client.feed(), &LibraryFeed::snapshotChanged, this, [this] {
        if (m_watched && !m_reading && !m_timer.isActive())
            m_timer.start(kIntervalMs);
    });
}

void EmbeddingDesk::watch(bool watched)
{
    if (std::exchange(m_watched, watched) == watched)
        return;
    if (watched)
        refreshAnew();
    else
        m_timer.stop();
}

void EmbeddingDesk::refreshAnew()
{
    ++m_readings;
    m_reading = false;
    refresh();
}

void EmbeddingDesk::refresh()
{
    if (std::exchange(m_reading, true))
        return;
    m_timer.stop();
    m_client.askModels(this,
                       [this, number = m_readings, &clock = m_clock](
                           Workspace &workspace, const CancelToken &) -> std::function<void()> {
                           const qint64 before = clock.nowMs();
                           const auto standing = standingOf(workspace, clock);
                           const qint64 took = clock.nowMs() - before;
                           return [this, number, standing, took] {
                               if (number != m_readings)
                                   return;
                               m_reading = false;
                               if (standing)
                                   take(*standing, took);
                               else
                                   Q_EMIT failed(standing.error(), tr("Reading the embedding models"));
                           };
                       });
}

void EmbeddingDesk::take(const EmbeddingStanding &standing, qint64 tookMs)
{
    const bool isNew = !std::exchange(m_isKnown, true) || standing != m_standing;
    m_standing = standing;
    if (m_watched && isUnderWay())
        m_timer.start(static_cast<int>(std::clamp<qint64>(kRest * tookMs, kIntervalMs, 60'000)));
    if (isNew)
        Q_EMIT changed();
}

bool EmbeddingDesk::isUnderWay() const
{
    return m_standing.filling || (m_standing.serving && m_standing.serving->missing() > 0);
}

void EmbeddingDesk::addWhatIsKnown(EmbeddingOffer &offer) const
{
    const auto isIt = [&](const std::optional<EmbeddingModelView> &view) {
        return view && view->model.id == offer.model.id;
    };
    offer.serves = isIt(m_standing.serving) && !m_standing.filling;
    for (const auto *view : {&m_standing.serving, &m_standing.filling, &m_standing.previous}) {
        if (isIt(*view) && (*view)->money.limit)
            offer.cap = (*view)->money.limit; // what was agreed to before is the place to begin
    }
}

void EmbeddingDesk::estimate(const ModelChoice &model)
{
    const quint64 number = ++m_estimates;
    m_client.askNewest(QStringLiteral("embedding estimate"), this,
                       [this, model, number, &clock = m_clock](
                           Workspace &workspace, const CancelToken &cancel) -> std::function<void()> {
                           const EmbeddingOffer found = offerOf(model, workspace, clock, cancel);
                           return [this, found, number] {
                               if (number != m_estimates)
                                   return;
                               EmbeddingOffer offer = found;
                               addWhatIsKnown(offer);
                               Q_EMIT offered(offer);
                           };
                       });
}

void EmbeddingDesk::choose(const EmbeddingDecision &decision)
{
    ++m_choosing;
    Q_EMIT changed();
    m_client.askModels(
        this, [this, decision](Workspace &workspace, const CancelToken &cancel) -> std::function<void()> {
            const auto model =
                decision.offer.model.builtIn ? std::nullopt : ModelRef::fromText(decision.offer.model.id);
            const base::Status done = workspace.embeddings().choose(model, planOf(decision), cancel);
            return [this, done] {
                m_choosing = std::max(0, m_choosing - 1);
                refreshAnew();
                Q_EMIT changed();
                if (!done && done.error().code != base::ErrorCode::Cancelled)
                    Q_EMIT failed(done.error(), tr("Changing the embedding model"));
            };
        });
}

void EmbeddingDesk::goBack()
{
    m_client.askModels(this, [this](Workspace &workspace, const CancelToken &) -> std::function<void()> {
        const base::Status done = workspace.embeddings().goBack();
        return [this, done] {
            refreshAnew();
            if (!done)
                Q_EMIT failed(done.error(), tr("Going back to the embedding model before"));
        };
    });
}

void EmbeddingDesk::stop()
{
    m_client.askModels(this, [this](Workspace &workspace, const CancelToken &) -> std::function<void()> {
        const base::Status done = workspace.embeddings().giveUpFilling();
        return [this, done] {
            refreshAnew();
            if (!done)
                Q_EMIT failed(done.error(), tr("Stopping the preparation"));
        };
    });
}

void EmbeddingDesk::makeMissing()
{
    m_client.askModels(this, [this](Workspace &workspace, const CancelToken &) -> std::function<void()> {
        const auto documents = workspace.embeddings().makeMissing();
        return [this, documents] {
            refreshAnew();
            if (documents)
                Q_EMIT embedding(*documents);
            else
                Q_EMIT failed(documents.error(), tr("Embedding what is missing"));
        };
    });
}

} // namespace lectern::presentation
