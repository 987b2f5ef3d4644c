// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace lectern::presentation {

/// What the window remembers between starts. A plain value; every field has a good default.
struct Settings {
    enum class Theme { System, Light, Dark };
    static constexpr int kMinimumDetailWidth = 240;
    static constexpr int kMaximumDetailWidth = 2'000;

    Theme theme = Theme::System;
    QString view = QStringLiteral("library"); ///< "library" or "jobs"
    bool detailPane = true;
    int detailWidth = 380;     ///< device-independent pixels
    QByteArray windowGeometry; ///< QWidget::saveGeometry(); empty: the default place
    QByteArray libraryColumns; ///< QHeaderView::saveState()
    QByteArray jobColumns;
    QString librarySort = QStringLiteral("added"); ///< DocumentListModel::columnName()
    bool librarySortDescending = true;
    QString lastFolder;         ///< of the last file dialog
    bool pausedOnStart = false; ///< don't resume by itself
    bool reduceMotion = false;
    bool welcomeDone = false;

    friend bool operator==(const Settings &, const Settings &) = default;
};

/// Reads and writes Settings as one file. The only place of the program that uses QSettings. GUI thread, at
/// start and end; a few hundred bytes.
class SettingsFile {
public:
    /// Empty: the user's own file.
    explicit SettingsFile(QString path = {});
    /// A missing, unknown, damaged or out-of-range value becomes its default.
    [[nodiscard]] Settings load() const;
    /// False when the file cannot be written.
    [[nodiscard]] bool save(const Settings &settings) const;
    [[nodiscard]] QString path() const { return m_path; }

private:
    QString m_path;
};

} // namespace lectern::presentation
