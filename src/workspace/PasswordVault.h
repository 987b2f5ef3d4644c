// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/Ids.h"

#include <QByteArray>
#include <QHash>

#include <mutex>

namespace lectern::workspace {

/// The passwords given since the workspace was opened, in memory only and overwritten at the end.
/// Thread-safe.
class PasswordVault {
public:
    PasswordVault() = default;
    ~PasswordVault();
    PasswordVault(const PasswordVault &) = delete;
    PasswordVault &operator=(const PasswordVault &) = delete;

    void remember(domain::DocumentId document, const QByteArray &password);
    void forget(domain::DocumentId document);
    /// Empty when none was given.
    [[nodiscard]] QByteArray passwordOf(domain::DocumentId document) const;

private:
    mutable std::mutex m_mutex;
    QHash<domain::DocumentId, QByteArray> m_passwords;
};

} // namespace lectern::workspace
