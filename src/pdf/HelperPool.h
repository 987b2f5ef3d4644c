// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "pdf/DocumentSession.h"
#include "pdf/HelperSettings.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>

namespace lectern::pdf {

class HelperRoster;

/// Owns the helper processes. Thread-safe. At most `maxHelpers` requests run at the same time, others wait;
/// sessions may be open in any number, since an idle one lends its helper to others and gets a new one when
/// it needs it. Helpers are started when first needed and kept; none outlives the pool, or the program,
/// however that ends.
class HelperPool {
public:
    explicit HelperPool(HelperSettings settings);
    /// Sessions still open answer HelperUnavailable from now on.
    ~HelperPool();
    HelperPool(const HelperPool &) = delete;
    HelperPool &operator=(const HelperPool &) = delete;

    /// Opens a PDF; blocks, and looks at `token` at least every 100 ms.
    /// Errors: FileMissing, FileUnreadable, PasswordNeeded, PasswordWrong, CertificateNeeded, Corrupt (also
    /// when the document makes its helper crash, hang or run out of memory: the detail says which),
    /// HelperUnavailable, HelperProtocol, Cancelled.
    [[nodiscard]] base::Result<std::unique_ptr<DocumentSession>>
    open(const QString &path, const QByteArray &password, const base::CancelToken &token);

    /// The same for an open descriptor of a regular file, which is taken over.
    [[nodiscard]] base::Result<std::unique_ptr<DocumentSession>>
    open(int descriptor, const QByteArray &password, const base::CancelToken &token);

    /// How many helper processes exist at the moment.
    [[nodiscard]] int helperCount() const;

    /// Which parts of the helpers' confinement this system could not provide, in words for people; empty when
    /// all is in force, and until the first helper has started.
    [[nodiscard]] QStringList missingProtection() const;

private:
    std::shared_ptr<HelperRoster> m_roster;
};

} // namespace lectern::pdf
