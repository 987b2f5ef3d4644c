// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Endpoint.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QVector>

namespace lectern::ai {

/// How closely a model looks at a picture. Always sent: what a server takes without it differs by model, and
/// costs.
enum class PictureDetail { Low, High, Original, Auto };

struct ChatPicture {
    QByteArray bytes;
    QByteArray mediaType; ///< "image/jpeg" or "image/png"
    PictureDetail detail = PictureDetail::High;
};

struct ChatMessage {
    enum class Role { System, User, Assistant };
    Role role = Role::User;
    QString text;
    QVector<ChatPicture> pictures; ///< of a user's message
};

/// One question to one model of one endpoint. Times are milliseconds.
struct ChatRequest {
    domain::Endpoint endpoint;
    QByteArray key; ///< empty for servers without
    QString model;
    QVector<ChatMessage> messages;
    QString schemaName;         ///< [A-Za-z0-9_-], at most 64; empty: free text is asked for
    QJsonObject schema;         ///< what the answer must look like
    qint64 maxOutputTokens = 0; ///< 0: the model's own limit
    QJsonObject parameters;     ///< further fields as they are: temperature, reasoning_effort, seed, …
    bool stream = true;         ///< pieces as they come, so that only silence runs into a time limit
    int firstByteMs = 120'000;
    int idleMs = 60'000;
};

} // namespace lectern::ai
