// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Role.h"
#include "presentation/ModelDesk.h"

namespace lectern::presentation {

/// Puts together what ModelDesk shows. On a thread of the models lane.
class ModelReader {
public:
    ModelReader(workspace::Workspace &workspace, const base::Clock &clock)
        : m_workspace(workspace), m_clock(clock)
    {
    }

    [[nodiscard]] base::Result<ModelSnapshot> snapshot() const;
    [[nodiscard]] base::Result<MoneyNow> money() const;

    [[nodiscard]] QDate today() const;
    /// Of every endpoint, the built-in analyser first; without what one run would cost.
    [[nodiscard]] base::Result<QVector<ModelChoice>> choices(store::Connection &reader) const;
    /// Those that make vectors, the built-in one first.
    [[nodiscard]] base::Result<QVector<ModelChoice>> embedders(store::Connection &reader) const;
    [[nodiscard]] base::Result<Budgets> budgets(store::Connection &reader) const;

private:
    [[nodiscard]] base::Result<QVector<ModelChoice>> choicesFor(store::Connection &reader,
                                                                models::Role role) const;

    workspace::Workspace &m_workspace;
    const base::Clock &m_clock;
};

// Settings of the workspace about money: amounts as decimal text.
inline const QString kRunCapSetting = QStringLiteral("budget.run");
inline const QString kAskFromSetting = QStringLiteral("budget.ask_from");

/// The built-in analyser among the models, and the built-in embedding among those that make vectors: as a
/// choice, and as what is chosen.
inline const QString kBuiltInId = QStringLiteral("built-in");
/// "built-in", however its rules are versioned.
[[nodiscard]] bool isBuiltIn(const QString &modelId);

} // namespace lectern::presentation
