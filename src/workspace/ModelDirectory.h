// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ai/EndpointProbe.h"
#include "ai/PromptTemplate.h"
#include "base/CancelToken.h"
#include "base/Clock.h"
#include "base/Result.h"
#include "domain/Endpoint.h"
#include "models/Catalogue.h"
#include "models/CatalogueFile.h"
#include "models/Pictures.h"
#include "secrets/KeyStore.h"
#include "store/Database.h"
#include "workspace/AnswerKey.h"
#include "workspace/ModelDefault.h"

#include <QVector>

#include <functional>
#include <mutex>

namespace lectern::workspace {

/// Who can be asked, with which key, at which price, and how: endpoints, keys, catalogue, prompt. Any thread
/// but the GUI's.
class ModelDirectory {
public:
    struct Options {
        QString keyFile;       ///< for keys that the user allowed to be kept in a file
        QString catalogueFile; ///< the user's own prices
        std::function<QString(const QString &)> environment; ///< of the program
    };
    /// All references outlive this.
    ModelDirectory(store::Database &database, net::HttpClient &http, const base::Clock &clock,
                   Options options);

    /// Reads what is stored: endpoints, those that the environment names, their lists, the user's prices.
    [[nodiscard]] base::Status load();

    /// What is wrong with the user's own prices, which are then left out. Set by load().
    [[nodiscard]] const std::optional<base::Error> &userPricesProblem() const { return m_userProblem; }

    // Endpoints.
    [[nodiscard]] base::Result<QVector<domain::Endpoint>> endpoints();
    /// NotFound.
    [[nodiscard]] base::Result<domain::Endpoint> endpoint(const QString &id);
    [[nodiscard]] base::Status save(const domain::Endpoint &endpoint);
    /// With its key.
    [[nodiscard]] base::Status remove(const QString &id);
    /// The key store first, then the environment. Empty when there is none.
    [[nodiscard]] base::Result<secrets::Secret> key(const QString &endpointId);
    [[nodiscard]] secrets::KeyStore &keys() { return *m_keys; }
    /// The key comes from a variable of the environment, and none is stored.
    [[nodiscard]] bool isKeyFromEnvironment(const QString &endpointId) const;
    /// Asks the endpoint for its models and remembers them.
    [[nodiscard]] base::Status refresh(const QString &endpointId, const base::CancelToken &cancel);
    /// Sends nothing but what lists models. A success ends a hold of the endpoint.
    [[nodiscard]] ai::EndpointReport test(const domain::Endpoint &endpoint, const secrets::Secret &key,
                                          const QString &model, const base::CancelToken &cancel);
    [[nodiscard]] QVector<domain::Endpoint> findLocal(const base::CancelToken &cancel);

    // Models.
    [[nodiscard]] models::Catalogue catalogue() const;
    /// Where the user's own prices are kept.
    [[nodiscard]] QString userPricesFile() const { return m_options.catalogueFile; }
    /// The user's own price of a model, for one token each. It goes before every other.
    [[nodiscard]] base::Status setPrice(const domain::ModelRef &model, domain::Money input,
                                        domain::Money output);
    [[nodiscard]] base::Result<models::ModelInfo> info(const domain::ModelRef &model);
    /// The model to analyse with where nobody names one; none: the built-in analyser.
    [[nodiscard]] base::Result<std::optional<domain::ModelRef>> defaultModel();
    /// The same for a kind of work, with who says so.
    [[nodiscard]] base::Result<ModelDefault> modelDefault(models::Role role);

    // How pages are asked about.
    /// All that, beside the page, decides what a model is asked. A value.
    struct Inquiry {
        domain::Endpoint endpoint;
        models::ModelInfo model;
        ai::PromptTemplate prompt;
        models::PictureMode pictures = models::PictureMode::WhenNeeded;

        /// Of the answer to a page's content.
        [[nodiscard]] QByteArray answerKey(const QByteArray &contentHash) const;
    };
    /// As it is now, in one look. NotFound: there is no such endpoint.
    [[nodiscard]] base::Result<Inquiry> inquiry(store::Connection &reader,
                                                const domain::ModelRef &model) const;
    /// The text of the prompt that comes with the program.
    [[nodiscard]] static QString builtInPromptText();
    [[nodiscard]] base::Result<models::PictureMode> pictureMode();
    /// How the keys of answers by this analyser are made from now on.
    [[nodiscard]] base::Result<std::function<QByteArray(const QByteArray &)>>
    answerKeys(store::Connection &reader, const QString &analyzer) const;

    [[nodiscard]] base::Result<QString> setting(const char *key);
    [[nodiscard]] base::Status setSetting(const char *key, const QString &value);
    static constexpr auto kPromptSetting = "analysis.prompt";
    static constexpr auto kPicturesSetting = "analysis.pictures";
    static constexpr auto kModelSetting = "analysis.model";
    static constexpr auto kEmbeddingModelSetting = "embedding.model";
    static constexpr auto kChatModelSetting = "chat.model";

private:
    [[nodiscard]] base::Result<models::ModelInfo> infoOf(const domain::ModelRef &model,
                                                         domain::EndpointKind kind) const;
    [[nodiscard]] base::Status addFromEnvironment();
    [[nodiscard]] QString variable(const char *name) const;

    store::Database &m_database;
    const base::Clock &m_clock;
    Options m_options;
    ai::EndpointProbe m_probe;
    std::unique_ptr<secrets::KeyStore> m_keys;
    models::CatalogueFile m_userFile;
    std::optional<base::Error> m_userProblem;
    mutable std::mutex m_mutex;
    std::optional<models::Catalogue> m_catalogue; ///< guarded by m_mutex; none until load()
};

} // namespace lectern::workspace
