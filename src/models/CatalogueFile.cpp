// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/CatalogueFile.h"

#include "models/CatalogueJson.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <utility>

namespace lectern::models {

using base::ErrorCode;

CatalogueFile::CatalogueFile(QString path) : m_path(std::move(path)) {}

base::Result<CatalogueData> CatalogueFile::read() const
{
    QFile file(m_path);
    if (!file.exists())
        return CatalogueData{};
    if (!file.open(QIODevice::ReadOnly))
        return base::fail(ErrorCode::FileUnreadable, m_path);
    base::Result<CatalogueData> data = catalogueFromJson(file.readAll());
    if (!data)
        return base::fail(data.error().code, m_path + QStringLiteral(": ") + data.error().detail);
    return data;
}

base::Status CatalogueFile::write(const CatalogueData &data) const
{
    const auto failed = [&](const QSaveFile &file) {
        const bool full = file.error() == QFileDevice::ResourceError;
        return base::fail(full ? ErrorCode::DiskFull : ErrorCode::ReadOnly,
                          m_path + QStringLiteral(": ") + file.errorString());
    };
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly))
        return failed(file);
    file.write(toJson(data));
    if (!file.commit())
        return failed(file);
    return {};
}

} // namespace lectern::models
