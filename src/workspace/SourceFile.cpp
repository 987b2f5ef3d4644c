// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/SourceFile.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>

namespace lectern::workspace {

using base::ErrorCode;

namespace {

constexpr qint64 kHeaderBytes =
    1024; // PDF 1.7, annex H.3.4.1: readers look for the header in the first 1024 bytes
constexpr qint64 kChunkBytes = 1 << 20;

} // namespace

base::Result<domain::DocumentKind> kindOfFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return base::fail(ErrorCode::FileMissing, path);
    if (!file.open(QIODevice::ReadOnly))
        return base::fail(ErrorCode::FileUnreadable, path);
    if (path.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive) ||
        file.read(kHeaderBytes).contains("%PDF-"))
        return domain::DocumentKind::Pdf;
    return domain::DocumentKind::Unknown;
}

base::Result<FileStamp> stampOf(const QString &path)
{
    const QFileInfo info(path);
    if (!info.isFile())
        return base::fail(ErrorCode::FileMissing, path);
    if (!info.isReadable())
        return base::fail(ErrorCode::FileUnreadable, path);
    return FileStamp{info.size(), info.lastModified().toMSecsSinceEpoch()};
}

base::Result<store::Fetched> fetchFile(const QString &path, const base::CancelToken &cancel)
{
    const auto before = stampOf(path);
    if (!before)
        return base::fail(before.error());
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return base::fail(ErrorCode::FileUnreadable, path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray chunk(kChunkBytes, Qt::Uninitialized);
    qint64 total = 0;
    while (true) {
        if (cancel.isCancelled())
            return base::fail(ErrorCode::Cancelled);
        const qint64 count = file.read(chunk.data(), chunk.size());
        if (count < 0)
            return base::fail(ErrorCode::FileUnreadable, path);
        if (count == 0)
            break;
        hash.addData(QByteArrayView(chunk.constData(), count));
        total += count;
    }
    if (total != before->bytes)
        return base::fail(ErrorCode::FileChanged, path);
    return store::Fetched{hash.result(), total, before->modifiedAt, domain::DocumentKind::Pdf};
}

} // namespace lectern::workspace
