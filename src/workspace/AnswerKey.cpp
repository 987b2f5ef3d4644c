// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/AnswerKey.h"

#include <QCryptographicHash>

namespace lectern::workspace {

QByteArray answerKey(const QByteArray &contentHash, const QString &analyzer)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(contentHash);
    hash.addData(analyzer.toUtf8());
    return hash.result();
}

} // namespace lectern::workspace
