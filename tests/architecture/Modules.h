// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "SourceFile.h"

#include <QMap>
#include <QSet>

namespace lectern::architecture {

/// What each module may include, as its CMakeLists.txt declares it. A module is known by the folder that its
/// includes start with: "store", "ui/style", "ui" (every folder of views), "app/cli".
class Modules {
public:
    explicit Modules(const QList<SourceFile> &files);

    /// Folder of the module that owns `path` (a file, or an include path with src/ left away). Empty: no
    /// module.
    [[nodiscard]] QString ownerOf(const QString &path) const;
    [[nodiscard]] bool contains(const QString &folder) const { return m_uses.contains(folder); }
    /// Folders that `folder` declares; a program is also given what its modules offer.
    [[nodiscard]] QSet<QString> usesOf(const QString &folder) const { return m_uses.value(folder); }
    /// "a → b → a" for the first circle found, else empty.
    [[nodiscard]] QString firstCircle() const;

private:
    void readModule(const SourceFile &file, const QString &text);
    void readProgram(const SourceFile &file, const QString &text);

    QMap<QString, QSet<QString>> m_uses;
};

} // namespace lectern::architecture
