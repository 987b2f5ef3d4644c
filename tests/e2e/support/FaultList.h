// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/ScriptedServer.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QVector>

namespace lectern::e2e {

/// Something that a server of models does, and what must come of it. A page costs 0.00325 dollars when all is
/// well: 3,000 tokens in, 50 out.
struct Fault {
    enum class Server { AiMock, MockLlm, Scripted };

    QString name; ///< and the model's
    Server server = Server::AiMock;
    QJsonArray fixtures;              ///< of the third-party servers
    QVector<servers::Script> scripts; ///< of ours: for the first request, the second, … and all further ones
    QString path = QStringLiteral("/v1");
    QStringList endpointOptions;
    QJsonArray prices;  ///< others than 1 and 5 dollars
    QJsonObject quirks; ///< what is known of the model from before
    QString silence = QStringLiteral("60");
    int pages = 1;

    // Expected.
    int page = 1; ///< the one that the fault is about
    QString state = QStringLiteral("done");
    QString code;     ///< of its error
    QString written;  ///< by the model, kept with the failure
    QString waitsFor; ///< what the program ends with, since only a person can change it
    int attempts = 1;
    /// The ledger: state, outcome, tokens in and out, dollars. As many requests have reached the server.
    QStringList rows;
};

/// Every fault of servers that is known of.
[[nodiscard]] QVector<Fault> allFaults();

} // namespace lectern::e2e
