// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "secrets/Secret.h"

#include <QString>

#include <memory>
#include <optional>

namespace lectern::secrets {

/// Where a key is kept.
enum class Keeping {
    System, ///< the system's key store (Secret Service, KWallet, Keychain, Credential Manager)
    Memory, ///< until the program ends
    File,   ///< a file that only its owner may read; the user agreed to that
};

/// The keys of endpoints, by a name such as "openai". All methods may be called from any thread but the
/// GUI's: the system's store may ask the user to unlock it. They wait at most Options::patienceMs.
class KeyStore {
public:
    struct Options {
        QString service = QStringLiteral("lectern"); ///< under which the system's store lists the keys
        QString file;                                ///< for Keeping::File
        qint64 patienceMs = 60'000;
    };
    [[nodiscard]] static std::unique_ptr<KeyStore> open(const Options &options);
    virtual ~KeyStore() = default;

    /// Memory first, then the file, then the system's store. An empty secret when none of them has it.
    /// KeyStoreUnavailable when it may be in the system's store but nobody unlocks that.
    [[nodiscard]] virtual base::Result<Secret> read(const QString &name) = 0;
    /// Where read() finds it; nothing when it is nowhere, or that can't be told.
    [[nodiscard]] virtual std::optional<Keeping> placeOf(const QString &name) = 0;
    /// Keeps the key in this place alone. KeyStoreUnavailable when the system's store can't be used: then
    /// nothing changed.
    [[nodiscard]] virtual base::Status write(const QString &name, const Secret &secret, Keeping keeping) = 0;
    /// Forgets the key in every place.
    [[nodiscard]] virtual base::Status remove(const QString &name) = 0;
    /// Whether the system's store answers; asked by writing nothing.
    [[nodiscard]] virtual bool hasSystemStore() = 0;
};

} // namespace lectern::secrets
