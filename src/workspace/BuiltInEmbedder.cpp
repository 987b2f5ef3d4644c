// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/BuiltInEmbedder.h"

namespace lectern::workspace {

base::Result<embed::SentenceEmbedder> BuiltInEmbedder::embedder()
{
    const std::lock_guard lock(m_mutex);
    if (!m_loaded)
        m_loaded = embed::SentenceEmbedder::load(m_path.isEmpty() ? embed::embeddingFilePath() : m_path);
    return *m_loaded;
}

QString BuiltInEmbedder::modelName(const embed::SentenceEmbedder &embedder)
{
    return QStringLiteral("built-in/") + embedder.name();
}

} // namespace lectern::workspace
