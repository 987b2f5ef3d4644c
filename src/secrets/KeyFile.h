// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "secrets/Secret.h"

#include <QMap>
#include <QString>

namespace lectern::secrets {

/// Keys in a JSON file that only its owner may read (mode 0600). The callers take turns.
class KeyFile {
public:
    explicit KeyFile(QString path);

    /// No file is no keys. FileUnreadable when it can't be read, others may read it, or it is not such a
    /// file: the detail says which, and never holds a part of its content.
    [[nodiscard]] base::Result<QMap<QString, Secret>> read() const;
    /// Replaces the file in one step. Without keys the file is removed.
    [[nodiscard]] base::Status write(const QMap<QString, Secret> &keys) const;

private:
    QString m_path;
};

} // namespace lectern::secrets
