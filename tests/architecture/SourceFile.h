// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace lectern::architecture {

/// One thing that breaks a rule.
struct Finding {
    QString rule; ///< stable name, the one that exceptions name
    QString path; ///< relative to the project
    int line = 0; ///< 1-based; 0 = the whole file
    QString what;
};

/// One text file of the project. C++ is read in three ways, line for line, so that a rule sees only what it
/// is about.
struct SourceFile {
    QString path;        ///< relative to the project, with '/'
    QStringList lines;   ///< as written
    QStringList code;    ///< without comments and without the contents of string literals
    QStringList strings; ///< nothing but the contents of string literals

    [[nodiscard]] bool isHeader() const { return path.endsWith(QLatin1String(".h")); }
    [[nodiscard]] bool isCpp() const { return isHeader() || path.endsWith(QLatin1String(".cpp")); }
    /// "src", "ui", "app", "tests", …
    [[nodiscard]] QString root() const { return path.section(QLatin1Char('/'), 0, 0); }
    /// The path starts with `folder` and a slash.
    [[nodiscard]] bool isIn(QLatin1String folder) const;
};

/// Reads every source of the project's own folders below `root`; files that tools left there are not read.
[[nodiscard]] QList<SourceFile> readSources(const QString &root);

} // namespace lectern::architecture
