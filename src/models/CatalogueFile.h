// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "models/ModelFacts.h"

#include <QString>

namespace lectern::models {

/// The user's own catalogue: prices and properties that go before all others. Plain text, so that people may
/// write it themselves. Use from any one thread at a time.
class CatalogueFile {
public:
    explicit CatalogueFile(QString path);

    /// Nothing in it when there is no such file. Errors: FileUnreadable; InvalidArgument with the path of the
    /// first wrong field, and the file is then left as it is.
    [[nodiscard]] base::Result<CatalogueData> read() const;

    /// Replaces the file as a whole, or leaves the old one: never half of each. Makes the folder if it must.
    /// Errors: ReadOnly, DiskFull.
    [[nodiscard]] base::Status write(const CatalogueData &data) const;

    [[nodiscard]] QString path() const { return m_path; }

private:
    QString m_path;
};

} // namespace lectern::models
