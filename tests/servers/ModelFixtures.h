// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace lectern::servers {

/// What a model writes about a page when all is well.
[[nodiscard]] QString pageAnswer(const QString &title = QStringLiteral("A page"));

/// An answer's bill.
[[nodiscard]] QJsonObject usage(int tokensIn, int tokensOut);

/// Fixtures of AiMock: the first that matches answers. Without a `match` all chats do.
[[nodiscard]] QJsonObject answering(const QString &content, const QJsonObject &usage, QJsonObject match = {});
/// `error` is {"message", "code", "param", …}; 0 seconds: no Retry-After.
[[nodiscard]] QJsonObject failing(int status, const QJsonObject &error, int retryAfterSeconds = 0,
                                  QJsonObject match = {});
/// The file that AiMock reads.
[[nodiscard]] QByteArray aiMockFile(const QJsonArray &fixtures);

/// A whole answer in the protocol's own form, for servers that send what they are told. `message` holds
/// "content" or "refusal".
[[nodiscard]] QJsonObject completion(const QJsonObject &message, const QString &finishReason,
                                     const QJsonObject &usage);
/// A rule of MockLlm: the last that matches answers. `match` is an expression of JMESPath.
[[nodiscard]] QJsonObject mockRule(const QString &match, int status, const QJsonObject &content);
/// The file that MockLlm reads (YAML takes JSON).
[[nodiscard]] QByteArray mockLlmFile(const QJsonArray &rules);

/// The user's own prices, in dollars for a million tokens, of models that see.
[[nodiscard]] QJsonObject price(const QString &model, double input, double output, bool vision = true);
[[nodiscard]] QByteArray priceFile(const QJsonArray &prices);

} // namespace lectern::servers
