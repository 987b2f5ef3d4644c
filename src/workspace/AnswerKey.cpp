// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/AnswerKey.h"

#include "domain/PageText.h"

#include <QCryptographicHash>

namespace lectern::workspace {

QByteArray answerKey(const QByteArray &contentHash, const QString &analyzer)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(domain::contentOfHash(contentHash));
    hash.addData(analyzer.toUtf8());
    return hash.result();
}

QByteArray answerKey(const QByteArray &contentHash, const ModelQuestion &question)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    // Each part with its length, so that no two different questions are written alike.
    for (const QByteArray &part : {contentHash, question.model.toUtf8(), question.promptHash,
                                   question.pictures.toUtf8(), question.parameters}) {
        hash.addData(QByteArray::number(part.size()) + ':');
        hash.addData(part);
    }
    return hash.result();
}

} // namespace lectern::workspace
