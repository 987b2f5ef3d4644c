// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace lectern::workspace {

/// The key under which an answer is stored and looked up before anybody is asked: SHA-256 of page content and
/// analyser, whose id stands for its prompt, model and parameters. 32 bytes.
[[nodiscard]] QByteArray answerKey(const QByteArray &contentHash, const QString &analyzer);

} // namespace lectern::workspace
