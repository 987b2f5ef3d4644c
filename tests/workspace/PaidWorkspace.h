// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "servers/ModelServer.h"
#include "workspace/Workspace.h"

#include <QByteArrayList>
#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace lectern::workspace {

/// A workspace whose pages are analysed by a model of a third-party server, at prices of its own: a page
/// costs 0.00325 dollars. Main thread.
class PaidWorkspace {
public:
    static constexpr int kTokensIn = 3'000;
    static constexpr int kTokensOut = 50;
    static inline const domain::ModelRef kModel{QStringLiteral("mock"), QStringLiteral("gpt-4")};

    /// `latencyMs`: how long the server thinks. The workspace is not open yet.
    explicit PaidWorkspace(int latencyMs = 0);
    ~PaidWorkspace();

    /// Why there is no server; empty when there is one.
    [[nodiscard]] QString whyNot() const { return m_server.error(); }
    /// Of a million tokens, in dollars as text; heard at the next opening.
    void setPrice(double input, double output);
    /// Opens it and connects the endpoint, unless it is there. Ends the test program when it can't be opened.
    Workspace &open(bool work = true);
    void close() { m_workspace.reset(); }
    [[nodiscard]] Workspace &workspace() { return *m_workspace; }
    [[nodiscard]] QString folder() const { return m_place.filePath(QStringLiteral("workspace")); }
    [[nodiscard]] QString file(const QString &name) const { return m_place.filePath(name); }

    /// A book of text, written and read, without analysis.
    domain::DocumentId addBook(const QString &name, int pages, int seed);
    /// The same with a page for each text.
    domain::DocumentId addPages(const QString &name, const QByteArrayList &pages);
    /// A run over these pages, with a cap of a dollar unless told.
    RunReport analyse(const RunPages &pages, int trialPages = 0, const QString &cap = QStringLiteral("1"));
    bool wait(const std::function<bool()> &condition) const;
    bool waitSettled(domain::DocumentId document);
    [[nodiscard]] domain::Document document(domain::DocumentId id);
    /// Requests about pages that the server has seen.
    [[nodiscard]] int requests() const;
    [[nodiscard]] models::Estimate estimate(const RunPages &pages);
    [[nodiscard]] domain::Money spent();

private:
    domain::DocumentId add(const QString &name, const QByteArray &pdf);

    QTemporaryDir m_place;
    servers::ModelServer m_server;
    base::SystemClock m_clock;
    std::unique_ptr<Workspace> m_workspace;
};

} // namespace lectern::workspace
