// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "engine/JobHandler.h"
#include "pdf/HelperPool.h"
#include "workspace/PasswordVault.h"

#include <QString>

#include <functional>

namespace lectern::workspace {

/// Fetching and Rendering: takes a document from its file to the text of every page, findable by word.
class ExtractJob final : public engine::JobHandler {
public:
    /// `random` is called from many threads.
    ExtractJob(pdf::HelperPool &helpers, const PasswordVault &passwords, const base::Clock &clock,
               QString analyzer, std::function<double()> random);

    [[nodiscard]] engine::JobResult run(const engine::JobContext &context) override;

private:
    pdf::HelperPool &m_helpers;
    const PasswordVault &m_passwords;
    const base::Clock &m_clock;
    QString m_analyzer;
    std::function<double()> m_random;
};

} // namespace lectern::workspace
