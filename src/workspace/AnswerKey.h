// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace lectern::workspace {

/// The key under which an answer is stored and looked up before anybody is asked: SHA-256 of page content and
/// analyser, whose id stands for its rules. 32 bytes.
[[nodiscard]] QByteArray answerKey(const QByteArray &contentHash, const QString &analyzer);

/// All that, beside the page, decides what a model is asked.
struct ModelQuestion {
    QString model; ///< "ENDPOINT/MODEL"
    QByteArray promptHash;
    QString pictures;      ///< name of the models::PictureMode
    QByteArray parameters; ///< canonical JSON
};

/// The same for a model: SHA-256 of page content, model, prompt and parameters.
[[nodiscard]] QByteArray answerKey(const QByteArray &contentHash, const ModelQuestion &question);

} // namespace lectern::workspace
