// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/PasswordVault.h"

#include <cstring>

namespace lectern::workspace {

namespace {

void overwrite(QByteArray &secret)
{
    // A plain fill of memory that is about to be freed is dropped by the optimiser; explicit_bzero is not.
    ::explicit_bzero(secret.data(), static_cast<size_t>(secret.size()));
}

} // namespace

PasswordVault::~PasswordVault()
{
    for (QByteArray &password : m_passwords)
        overwrite(password);
}

void PasswordVault::remember(domain::DocumentId document, const QByteArray &password)
{
    const std::lock_guard lock(m_mutex);
    m_passwords.insert(document, QByteArray(password.constData(), password.size()));
}

void PasswordVault::forget(domain::DocumentId document)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_passwords.find(document); found != m_passwords.end()) {
        overwrite(*found);
        m_passwords.erase(found);
    }
}

QByteArray PasswordVault::passwordOf(domain::DocumentId document) const
{
    const std::lock_guard lock(m_mutex);
    return m_passwords.value(document);
}

} // namespace lectern::workspace
