// SPDX-License-Identifier: GPL-3.0-or-later
#include "presentation/Settings.h"

#include "presentation/DocumentListModel.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <QStringList>

#include <algorithm>

namespace lectern::presentation {

namespace {

const QStringList kThemes = {QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")};
const QStringList kViews = {QStringLiteral("library"), QStringLiteral("search"), QStringLiteral("jobs"),
                            QStringLiteral("costs")};
/// Larger than any state of a window or header; a larger one is damage.
constexpr qsizetype kMaximumState = 64 * 1'024;

/// Reads each value with its own rule; whatever does not fit leaves the default as it is.
class Reader {
public:
    explicit Reader(const QSettings &settings) : m_settings(settings) {}

    void read(const QString &key, bool &value) const
    {
        const QString text = m_settings.value(key).toString();
        if (text == QLatin1String("true") || text == QLatin1String("false"))
            value = text == QLatin1String("true");
    }
    void read(const QString &key, int &value, int minimum, int maximum) const
    {
        bool ok = false;
        const int number = m_settings.value(key).toInt(&ok);
        if (ok && number >= minimum && number <= maximum)
            value = number;
    }
    void read(const QString &key, QByteArray &value) const
    {
        const QByteArray encoded = m_settings.value(key).toString().toLatin1();
        const auto decoded = QByteArray::fromBase64Encoding(encoded, QByteArray::AbortOnBase64DecodingErrors);
        if (decoded && decoded.decoded.size() <= kMaximumState)
            value = decoded.decoded;
    }
    void read(const QString &key, QString &value, const QStringList &allowed) const
    {
        const QString text = m_settings.value(key).toString();
        if (allowed.contains(text))
            value = text;
    }
    [[nodiscard]] QString text(const QString &key) const { return m_settings.value(key).toString(); }

private:
    const QSettings &m_settings;
};

QStringList columnNames()
{
    QStringList names;
    for (int column = 0; column < DocumentListModel::kColumnCount; ++column)
        names << DocumentListModel::columnName(static_cast<DocumentListModel::Column>(column));
    return names;
}

QString encoded(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

} // namespace

SettingsFile::SettingsFile(QString path) : m_path(std::move(path))
{
    if (m_path.isEmpty())
        m_path = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                 QStringLiteral("/lectern/window.ini");
}

Settings SettingsFile::load() const
{
    const QSettings file(m_path, QSettings::IniFormat);
    const Reader reader(file);
    Settings settings;
    QString theme = kThemes.constFirst();
    reader.read(QStringLiteral("theme"), theme, kThemes);
    settings.theme = static_cast<Settings::Theme>(kThemes.indexOf(theme));
    reader.read(QStringLiteral("view"), settings.view, kViews);
    reader.read(QStringLiteral("detail_pane"), settings.detailPane);
    reader.read(QStringLiteral("detail_width"), settings.detailWidth, Settings::kMinimumDetailWidth,
                Settings::kMaximumDetailWidth);
    reader.read(QStringLiteral("window_geometry"), settings.windowGeometry);
    reader.read(QStringLiteral("library_columns"), settings.libraryColumns);
    reader.read(QStringLiteral("job_columns"), settings.jobColumns);
    reader.read(QStringLiteral("library_sort"), settings.librarySort, columnNames());
    reader.read(QStringLiteral("library_sort_descending"), settings.librarySortDescending);
    const QString folder = reader.text(QStringLiteral("last_folder"));
    if (QDir::isAbsolutePath(folder))
        settings.lastFolder = folder;
    reader.read(QStringLiteral("paused_on_start"), settings.pausedOnStart);
    reader.read(QStringLiteral("reduce_motion"), settings.reduceMotion);
    reader.read(QStringLiteral("welcome_done"), settings.welcomeDone);
    return settings;
}

bool SettingsFile::save(const Settings &settings) const
{
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QSettings file(m_path, QSettings::IniFormat);
    file.setValue(QStringLiteral("theme"), kThemes.at(static_cast<int>(settings.theme)));
    file.setValue(QStringLiteral("view"), settings.view);
    file.setValue(QStringLiteral("detail_pane"), settings.detailPane);
    file.setValue(
        QStringLiteral("detail_width"),
        std::clamp(settings.detailWidth, Settings::kMinimumDetailWidth, Settings::kMaximumDetailWidth));
    file.setValue(QStringLiteral("window_geometry"), encoded(settings.windowGeometry));
    file.setValue(QStringLiteral("library_columns"), encoded(settings.libraryColumns));
    file.setValue(QStringLiteral("job_columns"), encoded(settings.jobColumns));
    file.setValue(QStringLiteral("library_sort"), settings.librarySort);
    file.setValue(QStringLiteral("library_sort_descending"), settings.librarySortDescending);
    file.setValue(QStringLiteral("last_folder"), settings.lastFolder);
    file.setValue(QStringLiteral("paused_on_start"), settings.pausedOnStart);
    file.setValue(QStringLiteral("reduce_motion"), settings.reduceMotion);
    file.setValue(QStringLiteral("welcome_done"), settings.welcomeDone);
    file.sync();
    return file.status() == QSettings::NoError;
}

} // namespace lectern::presentation
