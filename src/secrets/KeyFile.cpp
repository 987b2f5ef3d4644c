// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/KeyFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace lectern::secrets {

using base::ErrorCode;

namespace {

constexpr qint64 kLargest = 1'000'000;
constexpr QFileDevice::Permissions kOwnerAlone = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr QFileDevice::Permissions kOthers =
    QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;

} // namespace

KeyFile::KeyFile(QString path) : m_path(std::move(path)) {}

base::Result<QMap<QString, Secret>> KeyFile::read() const
{
    QMap<QString, Secret> keys;
    QFile file(m_path);
    if (!file.exists())
        return keys;
    const auto unusable = [this](const QString &why) {
        return base::fail(ErrorCode::FileUnreadable, m_path + QStringLiteral(": ") + why);
    };
    if (file.permissions() & kOthers)
        return unusable(QStringLiteral("others may read it; set its mode to 0600"));
    if (!file.open(QIODevice::ReadOnly))
        return unusable(file.errorString());
    if (file.size() > kLargest)
        return unusable(QStringLiteral("too large for a file of keys"));
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (!document.isObject())
        return unusable(QStringLiteral("not a file of keys"));
    const QJsonObject object = document.object();
    for (auto entry = object.constBegin(); entry != object.constEnd(); ++entry)
        keys.insert(entry.key(), Secret(entry.value().toString().toUtf8()));
    return keys;
}

base::Status KeyFile::write(const QMap<QString, Secret> &keys) const
{
    const auto failed = [this](const QString &why) {
        return base::fail(ErrorCode::ReadOnly, m_path + QStringLiteral(": ") + why);
    };
    if (keys.isEmpty()) {
        QFile file(m_path);
        return !file.exists() || file.remove() ? base::Status() : base::Status(failed(file.errorString()));
    }
    QJsonObject object;
    for (auto entry = keys.cbegin(); entry != keys.cend(); ++entry)
        object.insert(entry.key(), QString::fromUtf8(entry.value().reveal()));
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QSaveFile file(m_path);
    // Before the first byte, not after the last.
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(kOwnerAlone))
        return failed(file.errorString());
    file.write(QJsonDocument(object).toJson());
    return file.commit() ? base::Status() : base::Status(failed(file.errorString()));
}

} // namespace lectern::secrets
