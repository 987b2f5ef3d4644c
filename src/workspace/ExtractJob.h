// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "engine/JobHandler.h"
#include "pdf/HelperPool.h"
#include "workspace/PageBatch.h"
#include "workspace/PasswordVault.h"

#include <QString>

#include <functional>

namespace lectern::workspace {

/// Fetching and Rendering: takes a document from its file to the text of every page, findable by word.
class ExtractJob final : public engine::JobHandler {
public:
    /// How the keys of an analyser's answers are made, by its id.
    using AnswerKeysOf = std::function<base::Result<PageBatch::AnswerKeyOf>(store::Connection &reader,
                                                                            const QString &analyzer)>;

    /// `answerKeysOf` and `random` are called from many threads.
    ExtractJob(pdf::HelperPool &helpers, const PasswordVault &passwords, const base::Clock &clock,
               AnswerKeysOf answerKeysOf, std::function<double()> random);

    [[nodiscard]] engine::JobResult run(const engine::JobContext &context) override;

private:
    [[nodiscard]] base::Status chooseKeys(const engine::JobContext &context, PageBatch &batch) const;

    pdf::HelperPool &m_helpers;
    const PasswordVault &m_passwords;
    const base::Clock &m_clock;
    AnswerKeysOf m_answerKeysOf;
    std::function<double()> m_random;
};

} // namespace lectern::workspace
