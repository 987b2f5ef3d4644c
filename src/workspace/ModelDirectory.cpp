// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/ModelDirectory.h"

#include "domain/PageText.h"
#include "models/CatalogueFile.h"
#include "store/Connection.h"
#include "store/Endpoints.h"
#include "store/RateLimits.h"
#include "store/WorkspaceSettings.h"
#include "workspace/ListedModels.h"

#include <QDateTime>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace lectern::workspace {

using base::ErrorCode;
using domain::Endpoint;
using domain::EndpointKind;
using domain::ModelRef;

namespace {

/// What the variables of the environment mean that other programs use too.
struct KnownEndpoint {
    const char *id;
    const char *name;
    EndpointKind kind;
    const char *address;
    const char *keyVariable;
    const char *addressVariable;
};

constexpr std::array kKnown{
    KnownEndpoint{"openai", "OpenAI", EndpointKind::OpenAi, "https://api.openai.com/v1", "OPENAI_API_KEY",
                  "OPENAI_BASE_URL"},
    KnownEndpoint{"openrouter", "OpenRouter", EndpointKind::OpenRouter, "https://openrouter.ai/api/v1",
                  "OPENROUTER_API_KEY", nullptr},
};

constexpr auto kPromptName = "page-analysis.v1";

models::PictureMode modeOf(const QString &name)
{
    return models::pictureModeFromName(name).value_or(models::PictureMode::WhenNeeded);
}

const char *settingOf(models::Role role)
{
    switch (role) {
    case models::Role::Embedding:
        return ModelDirectory::kEmbeddingModelSetting;
    case models::Role::Chat:
        return ModelDirectory::kChatModelSetting;
    case models::Role::Analysis:
        break;
    }
    return ModelDirectory::kModelSetting;
}

QDate dayOf(qint64 epochMs)
{
    return QDateTime::fromMSecsSinceEpoch(epochMs).date();
}

} // namespace

ModelDirectory::ModelDirectory(store::Database &database, net::HttpClient &http, const base::Clock &clock,
                               Options options)
    : m_database(database), m_clock(clock), m_options(std::move(options)), m_probe(http),
      m_userFile(m_options.catalogueFile)
{
    secrets::KeyStore::Options keys;
    keys.file = m_options.keyFile;
    m_keys = secrets::KeyStore::open(keys);
}

base::Status ModelDirectory::load()
{
    auto catalogue = models::Catalogue::builtIn();
    if (!catalogue)
        return base::fail(catalogue.error());
    // A mistake in the user's own prices is no reason to keep the library closed: the doctor tells of it.
    const auto user = m_userFile.read();
    if (user)
        catalogue->setUser(*user);
    else
        m_userProblem = user.error();
    if (const base::Status added = addFromEnvironment(); !added)
        return added;
    const auto reader = m_database.openReader();
    if (!reader)
        return base::fail(reader.error());
    const auto known = store::Endpoints::all(**reader);
    if (!known)
        return base::fail(known.error());
    for (const Endpoint &endpoint : *known) {
        const auto list = store::Endpoints::catalogue(**reader, endpoint.id);
        if (!list)
            return base::fail(list.error());
        if (*list)
            catalogue->setListed(endpoint.id, listedModelsFromJson((*list)->list),
                                 dayOf((*list)->fetchedAt).toString(Qt::ISODate));
    }
    const std::lock_guard lock(m_mutex);
    m_catalogue = std::move(*catalogue);
    return {};
}

QString ModelDirectory::variable(const char *name) const
{
    return name == nullptr || !m_options.environment
               ? QString()
               : m_options.environment(QString::fromLatin1(name)).trimmed();
}

base::Status ModelDirectory::addFromEnvironment()
{
    for (const KnownEndpoint &row : kKnown) {
        const QString address = variable(row.addressVariable);
        if (variable(row.keyVariable).isEmpty() && address.isEmpty())
            continue;
        const QString id = QString::fromLatin1(row.id);
        if (endpoint(id))
            continue; // the user's own settings go before
        Endpoint added;
        added.id = id;
        added.name = QString::fromLatin1(row.name);
        added.kind = address.isEmpty() ? row.kind : EndpointKind::Other;
        added.address = address.isEmpty() ? QString::fromLatin1(row.address) : address;
        while (added.address.endsWith(u'/'))
            added.address.chop(1);
        if (const base::Status saved = save(added); !saved)
            return saved;
    }
    return {};
}

base::Result<QVector<Endpoint>> ModelDirectory::endpoints()
{
    const auto reader = m_database.openReader();
    return reader ? store::Endpoints::all(**reader) : base::fail(reader.error());
}

base::Result<Endpoint> ModelDirectory::endpoint(const QString &id)
{
    const auto reader = m_database.openReader();
    if (!reader)
        return base::fail(reader.error());
    const auto found = store::Endpoints::find(**reader, id);
    if (!found)
        return base::fail(found.error());
    return *found ? base::Result<Endpoint>(**found)
                  : base::fail(ErrorCode::NotFound, QStringLiteral("endpoint ") + id);
}

base::Status ModelDirectory::save(const Endpoint &endpoint)
{
    return m_database.writer().run([&](store::Transaction &transaction) {
        return store::Endpoints::save(transaction, endpoint).and_then([&] {
            return store::RateLimits::endHold(transaction, endpoint.id);
        });
    });
}

base::Status ModelDirectory::remove(const QString &id)
{
    const base::Status removed = m_database.writer().run(
        [&](store::Transaction &transaction) { return store::Endpoints::remove(transaction, id); });
    if (!removed)
        return removed;
    {
        const std::lock_guard lock(m_mutex);
        if (m_catalogue)
            m_catalogue->forgetListed(id);
    }
    return m_keys->remove(id);
}

base::Result<secrets::Secret> ModelDirectory::key(const QString &endpointId)
{
    auto kept = m_keys->read(endpointId);
    if (kept && !kept->isEmpty())
        return kept;
    for (const KnownEndpoint &row : kKnown) {
        if (endpointId == QLatin1String(row.id)) {
            if (const QString value = variable(row.keyVariable); !value.isEmpty())
                return secrets::Secret(value.toUtf8());
            return kept;
        }
    }
    // Many other servers take no key. One that does will say that it misses it.
    if (!kept && kept.error().code == ErrorCode::KeyStoreUnavailable)
        return secrets::Secret();
    return kept;
}

bool ModelDirectory::isKeyFromEnvironment(const QString &endpointId) const
{
    return std::any_of(kKnown.begin(), kKnown.end(), [&](const KnownEndpoint &row) {
        return endpointId == QLatin1String(row.id) && !variable(row.keyVariable).isEmpty();
    });
}

base::Status ModelDirectory::setPrice(const ModelRef &model, domain::Money input, domain::Money output)
{
    auto data = m_userFile.read();
    if (!data)
        return base::fail(data.error());
    const QString id = model.text();
    auto found = std::find_if(data->models.begin(), data->models.end(),
                              [&](const models::ModelFacts &facts) { return facts.id == id; });
    if (found == data->models.end()) {
        models::ModelFacts facts;
        facts.id = id;
        data->models.append(facts);
        found = data->models.end() - 1;
    }
    found->price.input = input;
    found->price.output = output;
    if (const base::Status written = m_userFile.write(*data); !written)
        return written;
    const std::lock_guard lock(m_mutex);
    if (m_catalogue)
        m_catalogue->setUser(*data);
    return {};
}

base::Status ModelDirectory::setSetting(const char *key, const QString &value)
{
    return m_database.writer().run([&](store::Transaction &transaction) {
        return store::WorkspaceSettings::setValue(transaction, QString::fromLatin1(key), value);
    });
}

base::Status ModelDirectory::refresh(const QString &endpointId, const base::CancelToken &cancel)
{
    const auto asked = endpoint(endpointId);
    if (!asked)
        return base::fail(asked.error());
    const auto secret = key(endpointId);
    if (!secret)
        return base::fail(secret.error());
    const auto listed = m_probe.listModels(*asked, secret->reveal(), cancel);
    if (!listed)
        return base::fail(listed.error());
    {
        const std::lock_guard lock(m_mutex);
        if (m_catalogue)
            m_catalogue->setListed(endpointId, *listed, dayOf(m_clock.nowMs()).toString(Qt::ISODate));
    }
    return m_database.writer().run([&](store::Transaction &transaction) {
        return store::Endpoints::setCatalogue(transaction, endpointId, toJson(*listed));
    });
}

ai::EndpointReport ModelDirectory::test(const Endpoint &endpoint, const secrets::Secret &key,
                                        const QString &model, const base::CancelToken &cancel)
{
    ai::EndpointReport report = m_probe.test(endpoint, key.reveal(), model, cancel);
    if (report.error.code == ErrorCode::None) {
        const base::Status ended = m_database.writer().run([&](store::Transaction &transaction) {
            return store::RateLimits::endHold(transaction, endpoint.id);
        });
        Q_UNUSED(ended) // the test itself went well
    }
    return report;
}

QVector<Endpoint> ModelDirectory::findLocal(const base::CancelToken &cancel)
{
    return m_probe.findLocal(ai::EndpointProbe::usualLocalEndpoints(), cancel);
}

models::Catalogue ModelDirectory::catalogue() const
{
    const std::lock_guard lock(m_mutex);
    return m_catalogue.value_or(models::Catalogue({}));
}

base::Result<models::ModelInfo> ModelDirectory::infoOf(const ModelRef &model, EndpointKind kind) const
{
    const std::lock_guard lock(m_mutex);
    if (!m_catalogue)
        return base::fail(ErrorCode::Internal, QStringLiteral("the catalogue is not loaded"));
    return m_catalogue->find(model, kind, models::Role::Analysis);
}

base::Result<models::ModelInfo> ModelDirectory::info(const ModelRef &model)
{
    return endpoint(model.endpoint).and_then([&](const Endpoint &asked) {
        return infoOf(model, asked.kind);
    });
}

base::Result<QString> ModelDirectory::setting(const char *key)
{
    const auto reader = m_database.openReader();
    return reader ? store::WorkspaceSettings::value(**reader, QString::fromLatin1(key))
                  : base::fail(reader.error());
}

base::Result<std::optional<ModelRef>> ModelDirectory::defaultModel()
{
    return modelDefault(models::Role::Analysis).map([](const ModelDefault &found) { return found.model; });
}

base::Result<ModelDefault> ModelDirectory::modelDefault(models::Role role)
{
    const auto chosen = setting(settingOf(role));
    const auto known = endpoints();
    if (!chosen || !known)
        return base::fail(chosen ? known.error() : chosen.error());
    return workspace::modelDefault(role, *chosen, variable(modelVariable(role).toLatin1().constData()),
                                   *known, catalogue(), dayOf(m_clock.nowMs()));
}

QString ModelDirectory::builtInPromptText()
{
    return ai::PromptTemplate::builtInText(QString::fromLatin1(kPromptName)).value_or(QString());
}

base::Result<models::PictureMode> ModelDirectory::pictureMode()
{
    return setting(kPicturesSetting).map(modeOf);
}

QByteArray ModelDirectory::Inquiry::answerKey(const QByteArray &contentHash) const
{
    // With a picture of every page, the same words at another place are another question.
    const bool byPicture = pictures == models::PictureMode::Always && model.vision.valueOr(false);
    return workspace::answerKey(
        byPicture ? contentHash : domain::contentOfHash(contentHash),
        ModelQuestion{model.ref.text(), prompt.hash(), models::pictureModeName(pictures), {}});
}

base::Result<ModelDirectory::Inquiry> ModelDirectory::inquiry(store::Connection &reader,
                                                              const ModelRef &model) const
{
    const auto endpoint = store::Endpoints::find(reader, model.endpoint);
    if (!endpoint)
        return base::fail(endpoint.error());
    if (!*endpoint)
        return base::fail(ErrorCode::NotFound, QStringLiteral("endpoint ") + model.endpoint);
    const auto own = store::WorkspaceSettings::value(reader, QString::fromLatin1(kPromptSetting));
    const auto pictures = store::WorkspaceSettings::value(reader, QString::fromLatin1(kPicturesSetting));
    if (!own || !pictures)
        return base::fail(own ? pictures.error() : own.error());
    const auto prompt = own->isEmpty() ? ai::PromptTemplate::builtIn(QString::fromLatin1(kPromptName))
                                       : ai::PromptTemplate::fromText(*own);
    if (!prompt)
        return base::fail(prompt.error());
    const auto info = infoOf(model, (*endpoint)->kind);
    if (!info)
        return base::fail(info.error());
    return Inquiry{**endpoint, *info, *prompt, modeOf(*pictures)};
}

base::Result<std::function<QByteArray(const QByteArray &)>>
ModelDirectory::answerKeys(store::Connection &reader, const QString &analyzer) const
{
    using KeyOf = std::function<QByteArray(const QByteArray &)>;
    const auto model = ModelRef::fromText(analyzer);
    const auto asked = model ? inquiry(reader, *model) : base::fail(ErrorCode::NotFound);
    if (asked)
        return KeyOf([asked = *asked](const QByteArray &content) { return asked.answerKey(content); });
    if (asked.error().code != ErrorCode::NotFound)
        return base::fail(asked.error());
    return KeyOf([analyzer](const QByteArray &content) { return answerKey(content, analyzer); });
}

} // namespace lectern::workspace
