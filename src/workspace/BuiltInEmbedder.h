// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "embed/SentenceEmbedder.h"

#include <QString>

#include <mutex>
#include <optional>

namespace lectern::workspace {

/// The embedding that comes with the program, read from its file at its first use. Thread-safe.
class BuiltInEmbedder {
public:
    /// `path`: of the embedding's file; empty: where the program has it.
    explicit BuiltInEmbedder(QString path) : m_path(std::move(path)) {}

    /// Errors: EmbeddingMissing.
    [[nodiscard]] base::Result<embed::SentenceEmbedder> embedder();

    /// How a space of its vectors is called.
    [[nodiscard]] static QString modelName(const embed::SentenceEmbedder &embedder);
    /// The only language it knows, BCP 47.
    [[nodiscard]] static QString language() { return QStringLiteral("en"); }

private:
    const QString m_path;
    std::mutex m_mutex;
    std::optional<base::Result<embed::SentenceEmbedder>> m_loaded; ///< under m_mutex
};

} // namespace lectern::workspace
